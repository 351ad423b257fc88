/** Every catalog against the source language. A new file in locales/ is held to the same without a line changed here. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {errorCodes} from '../../src/core/errors.js';
import {matchLocale} from '../../src/i18n/locales.js';
import {piiTypes} from '../../src/privacy/types.js';

type Message = string | Readonly<Record<string, string>>;
type Catalog = Readonly<Record<string, Message>>;

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (locale: string) => JSON.parse(readFileSync(`${root}/locales/${locale}.json`, 'utf8')) as Catalog;

const locales = readdirSync(`${root}/locales`)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));
const source = read('sv');

const formsOf = (message: Message | undefined) =>
  message === undefined ? [] : typeof message === 'string' ? [message] : Object.values(message);
const placeholdersOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
const allPlaceholders = (message: Message | undefined) => [...new Set(formsOf(message).flatMap(placeholdersOf))].sort();

/** Spelled alike in the source or in English, and in languages beside. */
const cognates = new Set(
  [
    'Accept|Conversation|E-mail|E-post|Kod: {language}|Code: {language}|Menu|Meny|Name|Namn|Samtal|Send|Sources|Stop',
    'Nytt|Svar|Svar: {answer}|Svarar …|Du skrev|kontonummer|kortnummer|namn|passnummer|registreringsnummer|telefonnummer|{n} av 5',
    'Avbryt|Skriv ut|Som JSON',
    'Nytt|Sent|Support',
    '{n} source.|{n} sources.',
  ].flatMap((words) => words.split('|')),
);

/** Languages that have letters of their own. */
const letters: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  el: /\p{Script=Greek}/u,
  fa: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  uk: /\p{Script=Cyrillic}/u,
};

it('there is the source language, and the one used when nothing else fits', () => {
  assert.ok(locales.includes('sv') && locales.includes('en'), locales.join());
});

for (const locale of locales) {
  const catalog = read(locale);

  describe(`the catalog "${locale}"`, () => {
    it('is named by a well-formed language tag that a person’s wish can find', () => {
      assert.deepEqual(Intl.getCanonicalLocales(locale), [locale]);
      assert.equal(matchLocale([locale]), locale);
    });

    it('has the keys of the source language, in its order', () => {
      assert.deepEqual(Object.keys(catalog), Object.keys(source));
    });

    it('has the placeholders of the source language in every message', () => {
      for (const [key, message] of Object.entries(source)) {
        assert.deepEqual(allPlaceholders(catalog[key]), allPlaceholders(message), key);
      }
    });

    it('has a form for every plural of its language, and no others', () => {
      const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted();
      for (const [key, message] of Object.entries(source)) {
        const forms = catalog[key];
        assert.equal(typeof forms, typeof message, key);
        if (typeof forms === 'object') assert.deepEqual(Object.keys(forms).sort(), needed, key);
      }
    });

    it('has no empty text, no space at an end, and no brace that is not a placeholder’s', () => {
      for (const [key, message] of Object.entries(catalog)) {
        for (const text of formsOf(message)) {
          assert.ok(text !== '' && text === text.trim(), key);
          assert.doesNotMatch(text.replace(/\{\w+\}/g, ''), /[{}]/, key);
        }
      }
    });

    it('has nothing that was left untranslated', () => {
      const others = ['sv', 'en'].filter((other) => other !== locale).map(read);
      for (const [key, message] of Object.entries(catalog)) {
        for (const text of formsOf(message)) {
          const isCopy =
            locale !== 'en' && locale !== 'sv' && others.some((other) => formsOf(other[key]).includes(text));
          assert.ok(!isCopy || cognates.has(text), `${key}: “${text}” stands in another language too`);
          // An address is written in Latin letters everywhere, and some call it by its English name.
          if (letters[locale] && text !== 'Email') assert.match(text, letters[locale], key);
        }
      }
    });

    it('has its own signs around words, and no dots for an ellipsis', () => {
      const all = Object.values(catalog).flatMap(formsOf).join('\n');
      assert.doesNotMatch(all, /\.\.\.|"|(?<!\w)'|'(?!\w)/);
    });

    it('has a sentence for every error and a name for every type of personal data', () => {
      for (const key of [...errorCodes.map((code) => `error_${code}`), ...piiTypes.map((type) => `pii_${type}`)]) {
        assert.equal(typeof catalog[key], 'string', key);
      }
    });

    it('has none for an error or a type that does not exist', () => {
      const named = (prefix: string) =>
        Object.keys(catalog)
          .filter((key) => key.startsWith(prefix))
          .map((key) => key.slice(prefix.length));
      assert.deepEqual(named('error_').sort(), [...errorCodes].sort());
      assert.deepEqual(named('pii_').sort(), [...piiTypes].sort());
    });
  });
}

it('the typed keys are those of the source language', () => {
  execFileSync(process.execPath, [`${root}/scripts/message-keys.mjs`, '--check'], {stdio: 'pipe'});
});
