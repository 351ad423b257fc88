import {expect, fixture, html as template} from '@open-wc/testing';
import {html} from 'lit';

import type {TillitAnswerText} from '../../src/elements/answer-text.js';
import {drawn, markup, messages, renderAnswer} from '../support/answer.js';

describe('<tillit-answer-text>', () => {
  it('is accessible', async () => {
    const element = await renderAnswer({
      markdown:
        '# Title\n\nText with [a link](https://example.com/) and `code`.\n\n- [x] done\n- [ ] open\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nx\n```\n\n> quote',
    });
    await expect(element).to.be.accessible();
  });

  it('renders nothing of nothing', async () => {
    expect(markup(await renderAnswer({markdown: ''}))).to.equal('');
    expect(markup(await renderAnswer({markdown: '\n \n'}))).to.equal('');
  });

  for (const [level, tags] of [
    [4, ['H4', 'H5', 'H6', 'H6', 'H6', 'H6']],
    [3, ['H3', 'H4', 'H5', 'H6', 'H6', 'H6']],
    [6, ['H6', 'H6', 'H6', 'H6', 'H6', 'H6']],
  ] as const) {
    it(`puts headings under the chat, from level ${level}`, async () => {
      const element = await renderAnswer({
        headingLevel: level,
        markdown: '# a\n## b\n### c\n#### d\n##### e\n###### f',
      });
      expect([...element.querySelectorAll('.blocks > *')].map(({tagName}) => tagName)).to.deep.equal(tags);
    });
  }

  it('lets a table scroll in its own box, by keyboard too', async () => {
    const element = await renderAnswer({
      markdown: `|${' word |'.repeat(40)}\n|${'---|'.repeat(40)}\n|${' word |'.repeat(40)}`,
    });
    element.style.width = '300px';
    const box = element.querySelector<HTMLElement>('.table')!;
    expect(box.scrollWidth).to.be.above(box.clientWidth);
    expect(element.scrollWidth).to.equal(element.clientWidth);
    expect(box.tabIndex).to.equal(0);
    expect(box.getAttribute('aria-label')).to.equal(messages.t('tableLabel'));
  });

  it('aligns columns', async () => {
    const element = await renderAnswer({markdown: '| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |'});
    expect([...element.querySelectorAll('td')].map((cell) => getComputedStyle(cell).textAlign)).to.deep.equal([
      'start',
      'center',
      'end',
    ]);
  });

  it('names the language of code', async () => {
    const element = await renderAnswer({markdown: '```ts title="x"\nconst a = 1;\n```'});
    expect(element.querySelector('.code-bar span')!.textContent).to.equal('ts');
    expect(element.querySelector('pre')!.getAttribute('aria-label')).to.equal('Code: ts');
    expect(element.querySelector('code')!.textContent).to.equal('const a = 1;');
  });

  it('starts an ordered list where it starts', async () => {
    const element = await renderAnswer({markdown: '7. a\n8. b'});
    expect(element.querySelector('ol')!.start).to.equal(7);
  });

  it('tells tasks that are done from those that are not', async () => {
    const element = await renderAnswer({markdown: '- [x] a\n- [ ] b'});
    expect([...element.querySelectorAll('[role="img"]')].map((box) => box.getAttribute('aria-label'))).to.deep.equal([
      'Done',
      'Not done',
    ]);
  });

  it('says where a link leads when its words say something else', async () => {
    const element = await renderAnswer({markdown: '[bank.example](https://other.example/)'});
    expect(element.textContent).to.equal('bank.example (other.example)');
  });

  it('sends no referrer, and keeps the page', async () => {
    const {target, rel, referrerPolicy} = (await renderAnswer({markdown: '[x](https://example.com/)'})).querySelector(
      'a',
    )!;
    expect([target, rel, referrerPolicy]).to.deep.equal(['_blank', 'noopener noreferrer', 'no-referrer']);
  });

  it('lets the vendor draw code its own way, once it is whole', async () => {
    const seen: string[] = [];
    const renderCode: NonNullable<TillitAnswerText['renderCode']> = ({language, text}) => {
      seen.push(text);
      return language === 'math' ? html`<p class="formula">${text.toUpperCase()}</p>` : undefined;
    };
    const element = await renderAnswer({renderCode, streaming: true, markdown: '$$\nx + '});
    expect(seen).to.deep.equal([]);
    Object.assign(element, {streaming: false, markdown: '$$\nx + y\n$$\n\n```js\ncode\n```'});
    await drawn(element);
    expect(element.querySelector('.formula')!.textContent).to.equal('X + Y');
    expect(element.querySelector('code')!.textContent).to.equal('code');
  });

  it('brings its sheet into the shadow root around it, once', async () => {
    const host = await fixture(template`<div></div>`);
    const root = host.attachShadow({mode: 'open'});
    for (let i = 0; i < 2; i++) {
      const element = document.createElement('tillit-answer-text');
      Object.assign(element, {messages, markdown: 'x'});
      root.append(element);
      await element.updateComplete;
    }
    expect(root.adoptedStyleSheets.length).to.equal(1);
  });

  it('needs no style attribute and no element of style', async () => {
    const element = await renderAnswer({markdown: '# a\n\n| a |\n|--:|\n| 1 |\n\n```\nx\n```'});
    expect(element.querySelector('[style], style')).to.equal(null);
  });
});

describe('the button that copies code', () => {
  const clipboard = (writeText: (text: string) => Promise<void>) => {
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText}});
  };
  // The getter of the browser is on the prototype.
  afterEach(() => Reflect.deleteProperty(navigator, 'clipboard'));

  it('copies the code as it is, and says so', async () => {
    let copied = '';
    clipboard(async (text) => {
      copied = text;
    });
    const element = await renderAnswer({markdown: '```js\nconst a = "<b>";\n\n  x\n```'});
    const button = element.querySelector<HTMLButtonElement>('.copy')!;
    button.click();
    await Promise.resolve();
    await Promise.resolve();
    expect(copied).to.equal('const a = "<b>";\n\n  x');
    expect(button.getAttribute('aria-label')).to.equal('Copied');
  });

  it('selects the code when it may not copy', async () => {
    clipboard(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    const element = await renderAnswer({markdown: '```\ncode to copy\n```'});
    element.querySelector<HTMLButtonElement>('.copy')!.click();
    await new Promise((done) => setTimeout(done));
    expect(String(getSelection())).to.equal('code to copy');
  });
});

describe('images of an answer', () => {
  const original = window.fetch;
  afterEach(() => {
    window.fetch = original;
  });
  const markdown =
    'See ![a chart](https://img.example.com/chart.png "title") and ![other](https://other.example/x.png).';
  /** One pixel. */
  const png = Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
    (c) => c.charCodeAt(0),
  );

  function answering(response: () => Promise<Response>) {
    const calls: [url: string, init: RequestInit][] = [];
    window.fetch = (url, init) => {
      calls.push([url instanceof Request ? url.url : url.toString(), init ?? {}]);
      return response();
    };
    return calls;
  }

  async function until(condition: () => boolean) {
    while (!condition()) await new Promise((done) => setTimeout(done, 10));
  }

  it('are off: their words stand for them', async () => {
    const calls = answering(() => Promise.reject(new Error('no')));
    const element = await renderAnswer({markdown});
    expect(element.querySelector('img')).to.equal(null);
    expect(element.textContent).to.equal('See a chart and other.');
    expect(calls).to.deep.equal([]);
  });

  it('come from a listed origin alone, with nothing told and no way to another', async () => {
    const calls = answering(() => Promise.resolve(new Response(png, {headers: {'content-type': 'image/png'}})));
    const element = await renderAnswer({markdown, imageOrigins: ['https://img.example.com']});
    await until(() => element.querySelector('img')?.src.startsWith('blob:') === true);
    expect(element.querySelectorAll('img').length).to.equal(1);
    expect(element.querySelector('img')!.alt).to.equal('a chart');
    expect(calls.map(([url]) => url)).to.deep.equal(['https://img.example.com/chart.png']);
    expect(calls[0]![1]).to.include({
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      mode: 'cors',
    });
  });

  it('leave their words when they cannot be had, or are none', async () => {
    for (const response of [
      () => Promise.reject(new TypeError('redirected')),
      () => Promise.resolve(new Response('<script>', {headers: {'content-type': 'text/html'}})),
      () => Promise.resolve(new Response(png, {status: 404, headers: {'content-type': 'image/png'}})),
    ]) {
      const calls = answering(response);
      const element = await renderAnswer({markdown, imageOrigins: ['https://img.example.com']});
      await until(() => calls.length === 1);
      await new Promise((done) => setTimeout(done, 20));
      expect(element.querySelector('img')!.hasAttribute('src')).to.equal(false);
      expect(element.querySelector('img')!.alt).to.equal('a chart');
      element.remove();
    }
  });
});

describe('text that no person writes', () => {
  const many = (unit: string, count: number, end = '') => unit.repeat(count) + end;

  /** Draws a text and returns how long the page could not answer, at most. */
  async function longestWait(markdown: string) {
    const element = await renderAnswer({});
    let longestMs = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    });
    element.markdown = markdown;
    await drawn(element);
    await new Promise((done) => setTimeout(done));
    clearInterval(beat);
    return {element, longestMs: Math.max(longestMs, performance.now() - last)};
  }

  for (const [what, markdown] of [
    ['emphasis without end', many('*a_', 30_000)],
    ['emphasis in emphasis', many('*a **b ', 8000)],
    ['brackets', many('[', 30_000)],
    ['links in links', many('[a](', 15_000)],
    ['images in images', many('![', 20_000)],
    ['references', many('[a][b]', 10_000, '\n\n[b]: https://example.com/')],
    ['quotes in quotes', many('>', 20_000, 'x')],
    ['lists in lists', many('- ', 10_000, 'x')],
    ['numbered lists in lists', many('1. ', 5000, 'x')],
    ['200 levels of a list', Array.from({length: 200}, (_, i) => `${'  '.repeat(i)}- x`).join('\n')],
    ['tags', many('<b>', 20_000)],
    ['comments', `</${many('<!--', 20_000)}`],
    ['ticks', many('`a``', 15_000)],
    ['fences', many('```\n', 5000)],
    ['backslashes', many('\\', 50_000)],
    ['references to characters', many('&#x41;', 10_000)],
    ['blank space', `a${many(' ', 100_000)}b`],
    ['lines of a list item', `- ${many('a\n-\n', 5000)}`],
    ['one word', many('x', 1_000_000)],
    ['one emoji', many('👩‍👩‍👧‍👦', 10_000)],
    ['10,000 links', Array.from({length: 10_000}, (_, i) => `[link ${i}](https://example.com/${i})`).join(' ')],
    [
      '10,000 definitions',
      Array.from({length: 10_000}, (_, i) => `[r${i}]: https://example.com/${i}\n`).join('') + '\n[r7]',
    ],
    ['300 columns', `|${many('a|', 300)}\n|${many('-|', 300)}\n${many(`|${many('b|', 300)}\n`, 10)}`],
    ['2 MB', many('A paragraph of **the** answer.\n\n', 64_000)],
  ] as const) {
    it(`does not stop the page: ${what}`, async function () {
      this.timeout(20_000);
      // A machine that does other things is late now and then, not each time.
      this.retries(3);
      const {element, longestMs} = await longestWait(markdown);
      expect(element.textContent.length).to.be.above(0);
      // Four times what it takes on a machine that does nothing else.
      expect(longestMs).to.be.below(800);
    });
  }

  it('is cut at its length, with a note', async () => {
    const element = await renderAnswer({markdown: many('A paragraph of the answer.\n\n', 80_000)});
    expect(element.lastElementChild!.textContent).to.equal(messages.t('cut'));
    expect(element.textContent.length).to.be.below(401_000);
  });

  it('is shown as plain text when it is too deep, with a note', async () => {
    const element = await renderAnswer({markdown: `${many('> ', 200)}deep\n\nand **not** deep`});
    expect(element.querySelector('.plain')!.textContent).to.include('> > > deep');
    expect(element.querySelector('strong')!.textContent).to.equal('not');
    expect(element.textContent).to.include(messages.t('plainNote'));
  });

  it('of 300 columns is a table', async () => {
    const element = await renderAnswer({markdown: `|${many('a|', 300)}\n|${many('-|', 300)}\n|${many('b|', 300)}`});
    expect(element.querySelectorAll('th').length).to.equal(300);
  });

  it('of 10,000 links has them all', async () => {
    const element = await renderAnswer({
      markdown: Array.from({length: 10_000}, (_, i) => `[link ${i}](https://example.com/${i})`).join(' '),
    });
    expect(element.querySelectorAll('a').length).to.equal(10_000);
  });
});
