import {expect} from '@open-wc/testing';

import {ANSWER_CHARS, AnswerReader} from '../../src/answer/answer-reader.js';
import type {Block} from '../../src/answer/tokens.js';
import {corpus} from './corpus.js';
import {Chance, randomAnswer, randomSigns} from './random-answer.js';
import {visibleText} from './visible-text.js';

function whole(markdown: string): readonly Block[] {
  const reader = new AnswerReader();
  let blocks = reader.read(markdown, false);
  while (reader.isBehind) blocks = reader.read(markdown, false);
  return blocks;
}

function streamed(markdown: string, ends: readonly number[]): readonly Block[] {
  const reader = new AnswerReader();
  for (const end of ends) reader.read(markdown.slice(0, end), true);
  let blocks = reader.read(markdown, false);
  while (reader.isBehind) blocks = reader.read(markdown, false);
  return blocks;
}

/** Every end of a text; of a long one, those around its beginning and every so many. */
const ends = ({length}: string, most = 700) => {
  const step = Math.max(1, Math.floor(length / most));
  return Array.from({length: Math.ceil(length / step)}, (_, i) => 1 + i * step);
};

describe('reading an answer', () => {
  for (const {name, markdown} of corpus) {
    describe(name, () => {
      const expected = JSON.stringify(whole(markdown));

      it('ends the same when it arrives character by character', () => {
        expect(JSON.stringify(streamed(markdown, ends(markdown)))).to.equal(expected);
      });

      it('ends the same wherever it is cut in two', () => {
        for (const end of ends(markdown, 250))
          expect(JSON.stringify(streamed(markdown, [end])), `cut at ${end}`).to.equal(expected);
      });

      it('ends the same in pieces of any size', () => {
        const chance = new Chance(markdown.length);
        for (let round = 0; round < 8; round++) {
          const pieces: number[] = [];
          for (let end = 0; end < markdown.length;)
            pieces.push((end += 1 + chance.below(Math.max(40, markdown.length / 40))));
          expect(JSON.stringify(streamed(markdown, pieces)), `pieces ${pieces.join()}`).to.equal(expected);
        }
      });

      it('keeps the blocks that are finished', () => {
        const reader = new AnswerReader();
        let before: readonly Block[] = [];
        for (const end of ends(markdown)) {
          const blocks = reader.read(markdown.slice(0, end), true);
          const changed = blocks.filter((block, index) => block !== before[index]).length;
          expect(changed, `blocks read again at ${end}`).to.be.at.most(8);
          before = blocks;
        }
      });
    });
  }
});

describe('an answer that arrives', () => {
  for (const {name, markdown, isLiteral} of corpus) {
    if (isLiteral) continue;
    it(`never shows what it takes back: ${name}`, () => {
      const reader = new AnswerReader();
      const end = visibleText(whole(markdown));
      for (const at of ends(markdown)) {
        const seen = visibleText(reader.read(markdown.slice(0, at), true));
        expect(
          end.startsWith(seen),
          `after ${JSON.stringify(markdown.slice(Math.max(0, at - 30), at))} it shows ${JSON.stringify(seen.slice(-40))}`,
        ).to.equal(true);
      }
    });

    it(`does not lag behind: ${name}`, () => {
      const reader = new AnswerReader();
      for (const at of ends(markdown, 300)) {
        const seen = visibleText(reader.read(markdown.slice(0, at), true)).length;
        // What would be seen if the text ended here, but for what is held back: an address, a row, a marker.
        const now = visibleText(whole(markdown.slice(0, at))).length;
        expect(now - seen, `held back after ${JSON.stringify(markdown.slice(Math.max(0, at - 60), at))}`).to.be.below(
          90,
        );
      }
    });
  }
});

describe('a definition that comes after its use', () => {
  const addresses = (blocks: readonly Block[]) =>
    [...JSON.stringify(blocks).matchAll(/"href":"([^"]*)"/g)].map(([, href]) => href);

  for (const [what, markdown, expected] of [
    ['in the last line', '[ref][1]\n\n[1]: https://example.com/1', ['https://example.com/1']],
    ['in the last line but one', '[ref][1]\n\n[1]: https://example.com/1\n', ['https://example.com/1']],
    [
      'in the middle',
      '[a]\n\n[a]: https://example.com/a\n\n# b\n\n[a]',
      ['https://example.com/a', 'https://example.com/a'],
    ],
    [
      'two lines before the end',
      '[a] [B  c]\n\ntext\n\n[a]: https://example.com/a\n[b c]: https://example.com/b',
      ['https://example.com/a', 'https://example.com/b'],
    ],
    [
      'twice: the first counts',
      '[a]\n\n[a]: https://example.com/1\n\n[a]: https://example.com/2',
      ['https://example.com/1'],
    ],
    ['in a quote', '- [a]\n\n> [a]: https://example.com/a', ['https://example.com/a']],
  ] as const) {
    it(`is used: ${what}`, () => {
      expect(addresses(whole(markdown))).to.deep.equal(expected);
      expect(addresses(streamed(markdown, ends(markdown)))).to.deep.equal(expected);
    });
  }
});

describe('answers by chance', () => {
  it('never show what they take back', () => {
    const chance = new Chance(2026);
    for (let round = 0; round < 100; round++) {
      const markdown = randomAnswer(chance);
      const end = visibleText(whole(markdown));
      const reader = new AnswerReader();
      for (const at of ends(markdown)) {
        const seen = visibleText(reader.read(markdown.slice(0, at), true));
        if (!end.startsWith(seen))
          expect.fail(`after ${JSON.stringify(markdown.slice(0, at))} it shows ${JSON.stringify(seen.slice(-40))}`);
      }
      expect(JSON.stringify(reader.read(markdown, false)), markdown).to.equal(JSON.stringify(whole(markdown)));
    }
  });

  it('end the same in pieces, even when they are nothing but signs', () => {
    const chance = new Chance(7);
    for (let round = 0; round < 600; round++) {
      const markdown = randomSigns(chance);
      const pieces: number[] = [];
      for (let end = 0; end < markdown.length;) pieces.push((end += 1 + chance.below(4)));
      expect(JSON.stringify(streamed(markdown, pieces)), JSON.stringify(markdown)).to.equal(
        JSON.stringify(whole(markdown)),
      );
    }
  });
});

describe('an answer that is too long', () => {
  const long = 'A sentence of the answer.\n\n'.repeat(80_000);

  it('is cut, and says so', () => {
    const reader = new AnswerReader();
    let blocks = reader.read(long, false);
    while (reader.isBehind) blocks = reader.read(long, false);
    expect(reader.isCut).to.equal(true);
    expect(visibleText(blocks).length).to.be.below(ANSWER_CHARS);
  });

  it('is read in steps', () => {
    const reader = new AnswerReader();
    reader.read(long, false);
    expect(reader.isBehind).to.equal(true);
  });
});

describe('a text that changes in its middle', () => {
  /** Goes on from what another reader has read, as an answer does when a citation comes late. */
  function reread(before: AnswerReader, markdown: string): readonly Block[] {
    const reader = new AnswerReader(before);
    let blocks = reader.read(markdown, false);
    while (reader.isBehind) blocks = reader.read(markdown, false);
    return blocks;
  }

  for (const {name, markdown} of corpus) {
    it(`reads as if it had come at once: ${name}`, () => {
      const before = new AnswerReader();
      before.read(markdown, true);
      for (const at of ends(markdown, 12)) {
        const changed = `${markdown.slice(0, at)}[1]${markdown.slice(at)}`;
        expect(JSON.stringify(reread(before, changed)), `at ${at}`).to.equal(JSON.stringify(whole(changed)));
      }
    });
  }

  it('keeps the blocks that did not', () => {
    const before = new AnswerReader();
    const blocks = before.read('One.\n\nTwo.\n\n```js\ncode\n```\n\n- a\n- b\n\nNext.\n\nThe end', true);
    const again = reread(before, 'One.\n\nTwo.[1]\n\n```js\ncode\n```\n\n- a\n- b\n\nNext.\n\nThe end');
    expect(again.map((block, index) => block === blocks[index])).to.deep.equal([true, false, true, true, false, false]);
  });

  it('keeps none that depend on a definition', () => {
    const before = new AnswerReader();
    before.read('[label]: https://one.example/\n\nSee [this][label].\n\nThe end', true);
    const again = reread(before, '[label]: https://two.example/\n\nSee [this][label].\n\nThe end');
    expect(JSON.stringify(again)).to.include('two.example').and.not.include('one.example');
  });
});
