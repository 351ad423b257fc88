import {expect} from '@open-wc/testing';

import {decodeReferences} from '../../src/answer/character-references.js';
import {cleanText} from '../../src/answer/clean-text.js';

describe('text fit to be shown', () => {
  for (const [what, text, expected] of [
    ['keeps plain text', 'Höyre, naïve, 価格, العربية', 'Höyre, naïve, 価格, العربية'],
    ['keeps joiners', 'می‌خواهم क्‍ष', 'می‌خواهم क्‍ष'],
    ['keeps emoji families and flags', '👨‍👩‍👧‍👦 🇳🇴 ❤️', '👨‍👩‍👧‍👦 🇳🇴 ❤️'],
    ['keeps flags made of tag characters', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['drops other tag characters', `a${String.fromCodePoint(0xe0001, 0xe0048, 0xe0049)}b`, 'ab'],
    ['drops tag characters behind a flag without an end', `🏴${String.fromCodePoint(0xe0048, 0xe0049)}b`, '🏴b'],
    ['drops a message as long as a flag never is', `🏴${'\u{E0061}'.repeat(40)}\u{E007F}b`, '🏴b'],
    ['drops bidi overrides and isolates', 'a\u202eb\u202c\u2066c\u2069\u2067d', 'abcd'],
    ['keeps direction marks', 'a\u200eb\u200fc\u061cd', 'a\u200eb\u200fc\u061cd'],
    ['drops control characters', 'a\u0000b\u0007c\u001bd\u0085e\u009ff\u007fg', 'abcdefg'],
    ['keeps tabs and line ends', 'a\tb\nc', 'a\tb\nc'],
    ['mends half a surrogate pair', 'a\ud83db\ude00c', 'a\ufffdb\ufffdc'],
    ['drops invisible operators', 'a\u2062b\u2064c', 'abc'],
    ['drops noncharacters', 'a\ufffeb\uffffc\ufdd0d', 'abcd'],
    ['keeps one variation selector of a run', 'x\ufe0f\ufe0f\ufe01\ufe02y', 'x\ufe0fy'],
    ['drops rare selectors that select nothing', 'x\u{E0100}y\u{E0101}\u{E0102}', 'xy'],
    ['keeps a rare selector behind an ideograph', '葛\u{E0100}城', '葛\u{E0100}城'],
    ['thins out a flood of marks', `e${'\u0301'.repeat(50)}!`, `e${'\u0301'.repeat(8)}!`],
  ] as const) {
    it(what, () => {
      expect(cleanText(text)).to.equal(expected);
      expect(cleanText(expected), 'done twice').to.equal(expected);
    });
  }

  it('takes linear time', () => {
    const time = (size: number) => {
      const text = `🏴${'\u{E0061}\u202e\u0301\ufe0f'.repeat(size)}`;
      const start = performance.now();
      cleanText(text);
      return performance.now() - start;
    };
    time(1000);
    expect(time(200_000)).to.be.below(1000);
  });
});

describe('character references', () => {
  for (const [written, expected] of [
    ['AT&amp;T', 'AT&T'],
    ['&lt;b&gt; &quot;x&quot;', '<b> "x"'],
    ['&eacute;&#233;&#xE9;&#xe9;', 'éééé'],
    ['&aring;&Auml;&nbsp;&copy;', 'åÄ\u00a0©'],
    ['&amp;lt;', '&lt;'],
    ['a & b &c; &unknown; &#; &#x; &#12345678;', 'a & b &c; &unknown; &#; &#x; &#12345678;'],
    ['&#0;&#x110000;', '\ufffd\ufffd'],
  ] as const) {
    it(`reads ${written}`, () => expect(decodeReferences(written)).to.equal(expected));
  }
});
