import {expect} from '@open-wc/testing';

import {AnswerReader} from '../../src/answer/answer-reader.js';
import {copiedAnswer} from '../../src/answer/copied-answer.js';
import type {Source} from '../../src/core/events.js';
import {corpus} from './corpus.js';

const sources: readonly Source[] = [
  {id: 'a', n: 1, title: 'Pay <slips>', url: 'https://help.example/a?x=1&y=2'},
  {id: 'b', n: 7, title: 'Not cited'},
  {id: 'c', n: 3, title: 'No "address"', url: 'javascript:alert(1)'},
];
const words = {sources: 'Sources'};

function copy(markdown: string, own: readonly Source[] = sources, more: {readonly disclosure?: string} = {}) {
  const reader = new AnswerReader();
  let blocks = reader.read(markdown, false);
  while (reader.isBehind) blocks = reader.read(markdown, false);
  return copiedAnswer(markdown, blocks, own, {...words, ...more});
}

describe('a copied answer', () => {
  it('carries its sources with their numbers and addresses', () => {
    const {html, text} = copy('Open it. [doc1][3]');
    expect(text).to.equal(
      'Open it. [1][3]\n\nSources\n\n1. Pay <slips> <https://help.example/a?x=1&y=2>\n3. No "address"\n',
    );
    expect(html).to.equal(
      '<div><p>Open it. [1][3]</p><p>Sources</p><ol>' +
        '<li value="1"><a href="https://help.example/a?x=1&amp;y=2">Pay &lt;slips&gt;</a> (https://help.example/a?x=1&amp;y=2)</li>' +
        '<li value="3">No &quot;address&quot;</li></ol></div>',
    );
  });

  it('lists all sources when it cites none, and none when there are none', () => {
    expect(copy('So it is.').text).to.include('1. Pay').and.include('3. No').and.include('7. Not cited');
    expect(copy('So it is.', [])).to.deep.equal({text: 'So it is.\n', html: '<div><p>So it is.</p></div>'});
  });

  it('is marked as made by an AI, in words and for machines', () => {
    const {html, text} = copy('Yes.', [], {disclosure: 'Made by AI.'});
    expect(text).to.equal('Yes.\n\nMade by AI.\n');
    expect(html).to.equal('<div ai-disclosure="ai-generated"><p>Yes.</p><p>Made by AI.</p></div>');
  });

  for (const [what, markdown, expected] of [
    ['marks', '**b** *i* ~~d~~ `c<d`', '<p><strong>b</strong> <em>i</em> <del>d</del> <code>c&lt;d</code></p>'],
    ['headings', '# One\n\n##### Five', '<h3>One</h3><h6>Five</h6>'],
    ['lists', '3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['tasks', '- [x] done\n- [ ] open', '<ul><li>☑ done</li><li>☐ open</li></ul>'],
    ['quotes', '> q', '<blockquote><p>q</p></blockquote>'],
    ['code', '```js\na < b\n```', '<pre><code>a &lt; b</code></pre>'],
    [
      'tables',
      '| a | b |\n|---|---|\n| 1 | 2 |',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    ],
    ['links', '[x](https://e.example/"a)', '<p><a href="https://e.example/%22a">x</a></p>'],
    ['no script links', '[x](javascript:alert(1))', '<p>x</p>'],
    ['no raw HTML', '<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
    ['no image', '![alt <b>](https://e.example/x.png)', '<p>alt &lt;b&gt;</p>'],
  ] as const) {
    it(`keeps ${what}`, () => expect(copy(markdown, []).html).to.equal(`<div>${expected}</div>`));
  }

  it('leaves markers in code as they are', () => {
    expect(copy('Use `[doc1]` and:\n\n```\n[doc1]\n```\n\n[doc1]').text).to.match(
      /^Use `\[doc1\]` and:\n\n```\n\[doc1\]\n```\n\n\[1\]/,
    );
  });

  it('holds nothing but what answers may consist of', () => {
    const allowed =
      /^(div|p|h[3-6]|ul|ol|li|blockquote|pre|code|table|thead|tbody|tr|th|td|hr|br|strong|em|del|sub|sup|kbd|a)$/;
    const attributes = ['href', 'start', 'value', 'ai-disclosure'];
    for (const {name, markdown} of corpus) {
      const page = new DOMParser().parseFromString(copy(markdown).html, 'text/html');
      for (const element of page.body.querySelectorAll('*')) {
        expect(element.localName, name).to.match(allowed);
        for (const attribute of element.getAttributeNames()) expect(attributes, name).to.include(attribute);
        if (element instanceof HTMLAnchorElement) expect(element.href, name).to.match(/^(https?|mailto|tel):/);
      }
    }
  });
});
