import {expect} from '@open-wc/testing';

import {normalize} from '../../src/privacy/normalize.js';

describe('Normalising', () => {
  for (const [what, original, plain] of [
    ['full-width digits and signs', '８１１２２８－９８７４＠', '811228-9874@'],
    ['Arabic-Indic digits', '٠١٢٣٤٥٦٧٨٩', '0123456789'],
    ['Persian digits', '۰۱۲۳۴۵۶۷۸۹', '0123456789'],
    ['mathematical digits', '𝟖𝟏𝟏𝟐𝟐𝟖', '811228'],
    ['zero-width characters', '8\u200b1\u200c1\u200d2\ufeff2\u20608', '811228'],
    ['soft hyphens', 'per\u00adson', 'person'],
    ['dashes', '‐‑‒–—−﹣－', '--------'],
    ['spaces', 'a\u00a0b\u2009c\u202fd\u3000e\tf', 'a b c d e f'],
    ['a decomposed letter', 'A\u030ase', 'Åse'],
    ['a mark that makes no letter', '8\u03361\u0336', '81'],
    ['a mark before anything', '\u0301a', 'a'],
    ['line breaks, which stay', 'a\r\nb', 'a \nb'],
    ['emoji, which stay', 'a😀b👩‍💻', 'a😀b👩💻'],
    ['lone surrogates, which stay', '\ud800a\udc00', '\ud800a\udc00'],
    ['ordinary text, which stays', 'Åsa Öberg, 1–2', 'Åsa Öberg, 1-2'],
  ] as const) {
    it(`undoes ${what}`, () => expect(normalize(original).text).to.equal(plain));
  }

  it('leads every character back to where it came from', () => {
    const original = 'A\u030a ８\u200b1 😀 x';
    const {text, span} = normalize(original);
    expect(text).to.equal('Å 81 😀 x');
    for (const [letter, from] of [
      ['Å', 'A\u030a'],
      ['8', '８'],
      ['1', '1'],
      ['😀', '😀'],
      ['x', 'x'],
    ] as const) {
      const {start, end} = span(text.indexOf(letter), text.indexOf(letter) + letter.length);
      expect(original.slice(start, end)).to.equal(from);
    }
  });

  it('keeps lengths when small letters would be longer', () => {
    const {text, lower} = normalize('İSTANBUL İ 811228');
    expect(lower.length).to.equal(text.length);
    expect(lower.indexOf('811228')).to.equal(text.indexOf('811228'));
  });
});
