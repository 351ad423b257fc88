import {expect} from '@open-wc/testing';

import {safeHtml} from '../../src/elements/safe-html.js';

function shown(source: string): HTMLElement {
  const box = document.createElement('div');
  box.append(safeHtml(source));
  return box;
}

describe('HTML of a vendor', () => {
  it('keeps what a document needs', () => {
    const box = shown(
      '<h2>Terms</h2><p lang="sv">Text <b>bold</b> <a href="https://example.com/x">link</a></p><ol start="3"><li>a</li></ol><table><tr><th scope="col">x</th></tr></table>',
    );
    expect(box.querySelector('p')!.lang).to.equal('sv');
    expect(box.querySelector('ol')!.start).to.equal(3);
    expect(box.querySelector('th')!.scope).to.equal('col');
    expect(box.textContent).to.include('Text bold link');
  });

  it('puts its headings under those of the chat', () => {
    const box = shown('<h1>One <em>e</em></h1><h2>Two</h2><h4>Four</h4>');
    expect([...box.children].map(({tagName}) => tagName)).to.deep.equal(['H3', 'H3', 'H4']);
    expect(box.querySelector('em')!.textContent).to.equal('e');
  });

  it('guards links as those of an answer', () => {
    const box = shown(
      '<a href="https://user:x@example.com/">a</a><a href="/relative">b</a><a href="javascript:alert(1)">c</a>',
    );
    expect(box.querySelectorAll('a').length).to.equal(1);
    const {href, target, rel, referrerPolicy} = box.querySelector('a')!;
    expect([href, target, rel, referrerPolicy]).to.deep.equal([
      'https://example.com/',
      '_blank',
      'noopener noreferrer',
      'no-referrer',
    ]);
    expect(box.textContent).to.equal('abc');
  });

  for (const source of [
    '<script>window.pwned = 1</script>',
    '<img src=x onerror="window.pwned=1">',
    '<p onclick="window.pwned=1" id="x" name="y" style="position:fixed" class="root" part="terms">x</p>',
    '<svg><script>window.pwned=1</script></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>',
    '<iframe src="https://attacker.invalid"></iframe>',
    '<form action="https://attacker.invalid"><input name="q"></form>',
    '<style>*{display:none}</style>',
    '<template><img src=x onerror=window.pwned=1></template>',
    '<tillit-chat endpoint="https://attacker.invalid"></tillit-chat>',
    '<base href="https://attacker.invalid">',
    '<video src="https://attacker.invalid/x"></video>',
    '<p data-x="1" aria-live="assertive" slot="launcher">x</p>',
  ]) {
    it(`drops what does not belong in it: ${source}`, () => {
      const box = shown(source);
      expect(
        box.querySelector('script, img, svg, math, iframe, form, input, style, template, video, base, tillit-chat'),
      ).to.equal(null);
      for (const node of box.querySelectorAll('*'))
        for (const {name} of node.attributes)
          expect([
            'href',
            'lang',
            'dir',
            'start',
            'colspan',
            'rowspan',
            'scope',
            'target',
            'rel',
            'referrerpolicy',
          ]).to.include(name);
      expect('pwned' in window).to.equal(false);
    });
  }

  it('is nothing of nothing', () => expect(shown('').childNodes.length).to.equal(0));
});
