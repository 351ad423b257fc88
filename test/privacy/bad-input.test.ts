import {expect} from '@open-wc/testing';

import {findPii, mask, screen} from '../../src/privacy/index.js';

const types = (text: string, locales: readonly string[] = []) => findPii(text, {locales}).map(({type}) => type);

describe('Bad input', () => {
  for (const [what, text] of [
    ['nothing', ''],
    ['one lone high surrogate', '\ud83d'],
    ['one lone low surrogate', '\ude00'],
    ['only separators', ' - . , : ; / \n\t - -'],
    ['only invisible characters', '\u200b\u200c\u200d\ufeff'],
    ['only combining marks', '\u0301\u0302'],
    ['only emoji', '😀👩‍💻🇸🇪'],
    ['control characters', '\u0000\u0001\u0007'],
    ['a null character within', 'a\u0000b'],
    ['right-to-left text', '\u202eשלום עולם\u202c'],
  ] as const) {
    it(`finds nothing in ${what}`, () => expect(findPii(text)).to.deep.equal([]));
  }

  it('finds a number among lone surrogates, where it stands', () => {
    const text = '\ud800 811228-9874 \udc00';
    const [finding] = findPii(text);
    expect(text.slice(finding!.start, finding!.end)).to.equal('811228-9874');
  });

  for (const disguise of [
    '８１１２２８－９８７４',
    '8\u200b1\u200b1\u200b2\u200b2\u200b8\u200b-\u200b9\u200b8\u200b7\u200b4',
    '811228−9874',
    '811228‑9874',
    '811228–9874',
    '811228\u00a09874',
    '811228\u2009-\u20099874',
    '811228-\n9874',
    '811228\n-9874',
    '8\u00ad11228-9874',
    '٨١١٢٢٨-٩٨٧٤',
    '𝟖𝟏𝟏𝟐𝟐𝟖-𝟗𝟖𝟕𝟒',
    '8\u03361\u03361\u0336228-9874',
  ]) {
    it(`sees through ${JSON.stringify(disguise)}`, () => {
      const text = `Det är ${disguise}!`;
      const findings = findPii(text);
      expect(findings.map(({type}) => type)).to.deep.equal(['PERSON_ID']);
      expect(mask(text, findings).text).to.equal('Det är [PERSONNUMMER_1]!');
    });
  }

  it('falls back to all Nordic and generic rules for a language it does not know', () => {
    const text = 'hetu 131052-308T, fnr 01010750160, cpr 070761-4285, 811228-9874, a@example.se';
    const all = ['PERSON_ID', 'PERSON_ID', 'PERSON_ID', 'PERSON_ID', 'EMAIL'];
    expect(types(text)).to.deep.equal(all);
    expect(types(text, ['tlh'])).to.deep.equal(all);
    expect(types(text, ['not a tag', ''])).to.deep.equal(all);
    expect(types(text, ['en-GB'])).to.deep.equal(all);
  });

  it('reads a megabyte to its end', () => {
    const text = `${'Hur registrerar jag sjukfrånvaro i vecka 34? '.repeat(23_000)}811228-9874`;
    expect(text.length).to.be.greaterThan(1_000_000);
    const [finding, ...more] = findPii(text);
    expect(more).to.deep.equal([]);
    expect(text.slice(finding!.start)).to.equal('811228-9874');
  });

  it('screens a megabyte of what looks almost like a number', () => {
    expect(screen('811228-9875 '.repeat(90_000), 'question').verdict).to.equal('pass');
  });
});
