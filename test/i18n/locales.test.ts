import {expect} from '@open-wc/testing';

import {failoverNotice} from '../../src/i18n/failover-notice.js';
import {launcherLabel} from '../../src/i18n/launcher-label.js';
import {loadMessages, loadMore, matchLocale} from '../../src/i18n/locales.js';
import type {Strings} from '../../src/i18n/messages.js';

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
    ['a language that is not there', ['zh'], 'en'],
    ['a country whose language is called by another name', ['no-NO'], 'nb'],
    ['a written language of its own', ['nn-NO'], 'nn'],
    ['Portuguese elsewhere', ['pt-BR'], 'pt'],
    ['Arabic in a country', ['ar-EG'], 'ar'],
    ['a script that is not there', ['zh-Hans-CN'], 'en'],
    ['a longer word that begins alike', ['svk'], 'en'],
    ['the second wish, when the first is not there', ['zh-TW', 'sv-SE', 'en'], 'sv'],
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
    const messages = await loadMessages('zh');
    expect(messages.locale).to.equal('en');
    expect(messages.t('send')).to.equal('Send');
  });

  it('takes the vendor’s own wording of single messages', async () => {
    const messages = await loadMessages('sv', {send: 'Iväg', charsLeft: {one: 'ett', other: '{n} kvar'}});
    expect(messages.t('send')).to.equal('Iväg');
    expect(messages.t('charsLeft', {n: 3})).to.equal('3 kvar');
    expect(messages.t('stop')).to.equal('Stoppa');
  });

  it('has ours where the vendor’s own wording is missing', async () => {
    const strings = {send: undefined, stop: '', edit: null} as unknown as Strings;
    const messages = await loadMessages('sv', strings);
    expect([messages.t('send'), messages.t('stop'), messages.t('edit')]).to.deep.equal(['Skicka', 'Stoppa', 'Ändra']);
    expect((await loadMessages('sv', null)).t('send')).to.equal('Skicka');
    const oneForm = {charsLeft: {one: 'ett kvar'}} as unknown as Strings;
    expect((await loadMessages('sv', oneForm)).t('charsLeft', {n: 2})).to.equal('');
  });

  it('comes in parts, each when it is wanted', async () => {
    const first = await loadMessages('en', {}, false);
    const said = ['send', 'askAgain', 'mask', 'suspendedAppeal'] as const;
    const words = (messages: typeof first) => said.map((key) => messages.t(key));
    expect(words(first)).to.deep.equal(['Send', '', '', '']);
    const whole = await loadMessages('en');
    expect(words(whole)).to.deep.equal(['Send', 'Ask again', 'Mask', '']);
    expect(words(await loadMore(whole))).to.deep.equal(['Send', 'Ask again', 'Mask', 'Appeal this decision']);
    expect(words(await loadMore(first))).to.deep.equal(['Send', '', '', 'Appeal this decision']);
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

describe('what is said before a catalog is there', () => {
  for (const [locale, label] of [
    ['sv', 'Öppna hjälpchatten'],
    ['sv-FI', 'Öppna hjälpchatten'],
    ['no', 'Chat'],
    ['DE-AT', 'Chat'],
    ['el-GR', 'Συνομιλία'],
    ['zh', 'Chat'],
    ['', 'Chat'],
    ['en-GB', 'Open the help chat'],
    ['~|', 'Chat'],
  ] as const) {
    it(`names the launcher in the person's language: "${locale}"`, () => {
      expect(launcherLabel(locale)).to.equal(label);
      expect(launcherLabel(locale, true)).to.match(
        /^(sv|en)/.test(locale)
          ? /^(Chatten kunde inte laddas|The chat could not be loaded)/
          : new RegExp(`^⚠ ${label}$`),
      );
    });
  }

  it('tells that another backend answers', async () => {
    expect(await failoverNotice('sv-SE')).to.match(/^Den vanliga tjänsten svarar inte/);
    expect(await failoverNotice('zh')).to.match(/^The usual service is not answering/);
  });
});
