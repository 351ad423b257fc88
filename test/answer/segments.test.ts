import {expect} from '@open-wc/testing';

import {lexMarkdown} from '../../src/answer/lex.js';
import {Segmenter, type Segment} from '../../src/answer/segments.js';
import type {Block} from '../../src/answer/tokens.js';
import {corpus} from './corpus.js';
import {visibleText} from './visible-text.js';

function segments(markdown: string): Segment[] {
  const segmenter = new Segmenter();
  const lines = markdown.split('\n');
  const last = lines.pop()!;
  return [
    ...lines.flatMap((text) => segmenter.push({text, begins: true, ends: true})),
    ...segmenter.finish(last, true),
  ];
}

const definitions = () => Object.create(null) as Parameters<typeof lexMarkdown>[1];

describe('segments', () => {
  for (const [what, markdown, count] of [
    ['paragraphs', 'a\n\nb\n\nc', 3],
    ['a heading, without blank lines', 'a\n# b\nc', 3],
    ['a fence, without blank lines', 'a\n```\n\nb\n\n```\nc', 3],
    ['a rule', '***\na', 2],
    ['math', 'a\n$$\nx\n\ny\n$$\nb', 3],
  ] as const) {
    it(`are cut at ${what}`, () => expect(segments(markdown).length).to.equal(count));
  }

  for (const [what, markdown] of [
    ['a list', '- a\n\n- b\n\n  c\n\n    d'],
    ['an item with code', '1. a\n   ```\n\n   # b\n\n   ```\n2. c'],
    ['indented code', '    a\n\n    b'],
    ['a table', '| a |\n|---|\n| b |\n| c |'],
    ['a quote', '> a\n>\n> b'],
    ['setext headings', 'a\n---\nb'],
  ] as const) {
    it(`are not cut in ${what}`, () => expect(segments(markdown).length).to.equal(1));
  }

  it('of a long table begin with its head', () => {
    const parts = segments(`| a | b |\n|---|---|\n${'| some | text |\n'.repeat(3000)}`);
    expect(parts.length).to.be.above(2);
    for (const {source} of parts) expect(source.startsWith('| a | b |\n|---|---|\n| some')).to.equal(true);
  });

  it('stay short, however long the text', () => {
    for (const unit of [
      '- a\n',
      '> a\n',
      'a\n',
      '1. a\n   b\n',
      '- a\n  ```\n  code\n',
      '    code\n',
      '| a |\n|---|\n| b |\n',
    ]) {
      for (const {source} of segments(unit.repeat(20_000))) expect(source.length, unit).to.be.below(70_000);
    }
  });

  for (const {name, markdown} of corpus) {
    if (/longer than|math|HTML|defined last|definition in/.test(name)) continue;
    it(`read as the whole reads: ${name}`, () => {
      const text = markdown.replace(/\r/g, '');
      const shared = definitions();
      const apart: Block[] = segments(text).flatMap((segment) =>
        segment.type === 'code'
          ? [{type: 'code', language: segment.language, text: segment.source, open: false}]
          : lexMarkdown(segment.source, shared),
      );
      const whole = lexMarkdown(text, definitions());
      expect(visibleText(apart)).to.equal(visibleText(whole));
      expect(apart.map(({type}) => type)).to.deep.equal(whole.map(({type}) => type));
    });
  }
});
