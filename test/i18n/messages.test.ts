import {expect} from '@open-wc/testing';

import {Messages, type Catalog} from '../../src/i18n/messages.js';
import en from '../../locales/en.json' with {type: 'json'};
import sv from '../../locales/sv.json' with {type: 'json'};

const english = new Messages('en', en);
const swedish = new Messages('sv', sv);
const inEnglish = (strings: Partial<Catalog>) => new Messages('en', {...en, ...strings});

describe('a message', () => {
  it('has its placeholders filled in', () => {
    expect(english.t('termsMeta', {version: '3', date: 'today'})).to.equal('Version 3 · updated today');
  });

  it('shows a placeholder that nobody filled, so that the fault is seen', () => {
    expect(english.t('ticketNumber')).to.equal('Your ticket number is {id}.');
  });

  it('takes a value as it is, whatever it looks like', () => {
    for (const id of ['$&', '$1', '{id}', '{n}', '<b>', '']) {
      expect(english.t('ticketNumber', {id})).to.equal(`Your ticket number is ${id}.`);
    }
  });

  for (const [what, locale, title, expected] of [
    ['a Hebrew title in an English sentence', 'en', 'תלוש שכר', 'Source 2: \u2068תלוש שכר\u2069'],
    ['an Arabic title in a Swedish sentence', 'sv', 'قسيمة', 'Source 2: \u2068قسيمة\u2069'],
    ['a title with a mark that turns text around', 'en', 'a\u202eb', 'Source 2: \u2068a\u202eb\u2069'],
    ['an English title in an English sentence', 'en', 'Pay slips', 'Source 2: Pay slips'],
    ['an English title in an Arabic sentence', 'ar', 'Pay slips', 'Source 2: \u2068Pay slips\u2069'],
    ['nothing in an Arabic sentence', 'ar', '', 'Source 2: '],
  ] as const) {
    it(`keeps to itself ${what}`, () => {
      expect(new Messages(locale, {...en, cite: 'Source {n}: {title}'}).t('cite', {n: '2', title})).to.equal(
        locale === 'ar' ? expected.replace('2', '\u20682\u2069') : expected,
      );
    });
  }

  it('fills a placeholder wherever it stands', () => {
    expect(inEnglish({cite: '{n} and {n}: {title}'}).t('cite', {n: 1, title: 'T'})).to.equal('1 and 1: T');
  });

  for (const [messages, n, expected] of [
    [english, 0, '0 characters left'],
    [english, 1, '1 character left'],
    [english, 2, '2 characters left'],
    [english, 1234567, '1,234,567 characters left'],
    [english, 1.5, '1.5 characters left'],
    [swedish, 1, '1 tecken kvar'],
    [swedish, 12345, '12\u00a0345 tecken kvar'],
  ] as const) {
    it(`counts as its language does: ${n} in "${messages.locale}"`, () => {
      expect(messages.t('charsLeft', {n})).to.equal(expected);
    });
  }

  it('counts a number that came as text', () => expect(english.t('charsLeft', {n: '1'})).to.equal('1 character left'));

  it('uses the general form without a count', () => expect(english.t('charsLeft')).to.equal('{n} characters left'));

  it('knows languages with more plurals than two, and those with a form missing', () => {
    const charsLeft = {one: 'jeden', few: 'kilka', many: 'wiele', other: 'ułamek'};
    const polish = new Messages('pl', {...en, charsLeft});
    expect([1, 2, 5, 22, 25, 1.5].map((n) => polish.t('charsLeft', {n}))).to.deep.equal([
      'jeden',
      'kilka',
      'wiele',
      'kilka',
      'wiele',
      'ułamek',
    ]);
    const sparse = new Messages('pl', {...en, charsLeft: {other: 'zawsze'}});
    expect([1, 2, 5].map((n) => sparse.t('charsLeft', {n}))).to.deep.equal(['zawsze', 'zawsze', 'zawsze']);
  });

  it('may be one text in a vendor’s wording where ours has plurals', () => {
    const wording = {charsLeft: 'max {n}'} as unknown as Partial<Catalog>;
    expect(inEnglish(wording).t('charsLeft', {n: 1})).to.equal('max 1');
  });
});

describe('a date', () => {
  for (const [iso, day, month] of [
    ['2026-11-20', '20 november 2026', 'nov. 2026'],
    ['2026-11-20T23:59:59Z', '20 november 2026', 'nov. 2026'],
    ['2026-11-20T00:30:00+02:00', '19 november 2026', 'nov. 2026'],
    ['2024-02-29', '29 februari 2024', 'feb. 2024'],
  ] as const) {
    it(`is written as the language writes it: ${iso}`, () => {
      expect(swedish.date(iso)).to.equal(day);
      expect(swedish.month(iso)).to.equal(month);
    });
  }

  for (const text of ['', 'soon', 'Rev. 5', 'Version 3', '5', '-5', '2026-13-45', '20/11/2026', 'November 2026']) {
    it(`that is none stays as it is: "${text}"`, () => {
      expect(swedish.date(text)).to.equal(text);
      expect(swedish.month(text)).to.equal(text);
    });
  }

  it('is the same day wherever the person is', () => {
    expect(english.date('2026-01-01')).to.include('2026').and.to.include('January 1');
  });
});

describe('several things', () => {
  for (const [messages, items, expected] of [
    [english, [], ''],
    [english, ['a'], 'a'],
    [english, ['a', 'b'], 'a and b'],
    [english, ['a', 'b', 'c'], 'a, b, and c'],
    [swedish, ['a', 'b', 'c'], 'a, b och c'],
  ] as const) {
    it(`are one phrase: ${expected || 'nothing'}`, () => expect(messages.list(items)).to.equal(expected));
  }
});

describe('the direction of a language', () => {
  for (const [locale, direction] of [
    ['en', 'ltr'],
    ['sv-SE', 'ltr'],
    ['ar', 'rtl'],
    ['ar-EG', 'rtl'],
    ['he', 'rtl'],
    ['fa-IR', 'rtl'],
    ['ur', 'rtl'],
    ['arn', 'ltr'],
    ['fat', 'ltr'],
  ] as const) {
    it(`is ${direction} for "${locale}"`, () => expect(new Messages(locale, en).direction).to.equal(direction));
  }
});
