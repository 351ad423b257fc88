import {expect} from '@open-wc/testing';

import {loadMessages, loadMore, matchLocale} from '../../src/i18n/locales.js';

describe('the language for a wish', () => {
  for (const [what, wishes, expected] of [
    ['a language', ['sv'], 'sv'],
    ['a language in a country', ['sv-SE'], 'sv'],
    ['another country', ['sv-FI'], 'sv'],
    ['a script and a country', ['en-Latn-GB'], 'en'],
    ['an extension', ['sv-SE-u-co-phonebk'], 'sv'],
    ['British English', ['en-GB'], 'en'],
    ['capitals', ['EN'], 'en'],
    ['capitals everywhere', ['SV-SE'], 'sv'],
    ['a language that is not there', ['nb'], 'en'],
    ['a longer word that begins alike', ['svk'], 'en'],
    ['the second wish, when the first is not there', ['nb-NO', 'sv-SE', 'en'], 'sv'],
    ['the first wish that is there, not the nearest', ['en-GB', 'sv'], 'en'],
    ['no wish', [], 'en'],
    ['an empty wish', [''], 'en'],
    ['an empty wish and a real one', ['', 'sv'], 'sv'],
    ['an underscore', ['sv_SE'], 'en'],
    ['nonsense', ['-', '--', '-sv', '🇸🇪', 'constructor', '__proto__', '*'], 'en'],
    ['a hyphen at the end', ['sv-'], 'sv'],
  ] as const) {
    it(`is "${expected}" for ${what}`, () => expect(matchLocale(wishes)).to.equal(expected));
  }
});

describe('the catalog of a language', () => {
  for (const locale of ['sv', 'en'] as const) {
    it(`is loaded when it is asked for: "${locale}"`, async () => {
      const messages = await loadMessages(locale);
      expect(messages.locale).to.equal(locale);
      expect(messages.t('send')).to.equal(locale === 'sv' ? 'Skicka' : 'Send');
    });
  }

  it('is the fallback’s for a language that is not there', async () => {
    const messages = await loadMessages('nb');
    expect(messages.locale).to.equal('en');
    expect(messages.t('send')).to.equal('Send');
  });

  it('takes the vendor’s own wording of single messages', async () => {
    const messages = await loadMessages('sv', {send: 'Iväg', charsLeft: {one: 'ett', other: '{n} kvar'}});
    expect(messages.t('send')).to.equal('Iväg');
    expect(messages.t('charsLeft', {n: 3})).to.equal('3 kvar');
    expect(messages.t('stop')).to.equal('Stoppa');
  });

  it('comes in parts, each when it is wanted', async () => {
    const first = await loadMessages('en', {}, false);
    const said = ['send', 'askAgain', 'suspendedAppeal'] as const;
    const words = (messages: typeof first) => said.map((key) => messages.t(key));
    expect(words(first)).to.deep.equal(['Send', '', '']);
    const whole = await loadMessages('en');
    expect(words(whole)).to.deep.equal(['Send', 'Ask again', '']);
    expect(words(await loadMore(whole))).to.deep.equal(['Send', 'Ask again', 'Appeal this decision']);
    expect(words(await loadMore(first))).to.deep.equal(['Send', '', 'Appeal this decision']);
    expect([first.isWhole, whole.isWhole, (await loadMore(first)).isWhole]).to.deep.equal([false, true, false]);
  });

  it('keeps the vendor’s wording in a part that comes later', async () => {
    const own = await loadMessages('en', {suspendedAppeal: 'Object'}, false);
    expect((await loadMore(own)).t('suspendedAppeal')).to.equal('Object');
  });

  it('belongs to one widget: two on a page speak two languages', async () => {
    const [sv, en, own] = await Promise.all([
      loadMessages('sv'),
      loadMessages('en'),
      loadMessages('sv', {send: 'Iväg'}),
    ]);
    expect([sv.t('send'), en.t('send'), own.t('send'), sv.t('send')]).to.deep.equal([
      'Skicka',
      'Send',
      'Iväg',
      'Skicka',
    ]);
  });
});
