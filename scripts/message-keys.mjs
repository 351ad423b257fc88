// Writes what the sources know of locales/: the keys, the ways to the catalogs, and what is said before one has loaded.
// With --check it only tells whether that is needed. A generated union, because declarations that import JSON do not work
// in every consumer's module mode; a table, because a bundler must see each import().
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';

const folder = new URL('../locales/', import.meta.url);
const locales = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .sort();
const read = (locale) => JSON.parse(readFileSync(new URL(`${locale}.json`, folder), 'utf8'));
const source = read('sv');
const union = (type) =>
  Object.keys(source)
    .filter((key) => typeof source[key] === type)
    .map((key) => `\n  | '${key}'`)
    .join('');

const keys = `/** Made by scripts/message-keys.mjs from locales/sv.json. */

/** A message that is one text. */
export type PlainKey =${union('string')};

/** A message that depends on the count \`n\`. */
export type PluralKey =${union('object')};

export type MessageKey = PlainKey | PluralKey;
`;

/** Whose ways come with the chat; those of the others are a file of their own, since names of files do not compress. */
const nearest = ['sv', 'en'];
const waysTo = (locales) =>
  locales.map((locale) => `  ${locale}: () => import('../../locales/${locale}.json?first'),`).join('\n');
const catalogs = `/** Made by scripts/message-keys.mjs from the files in locales/. */

const tags = '${locales.join(' ')}';

/** BCP 47. */
export const languages = tags.split(' ');

/** The first part of a catalog, which has the ways to the others. Most languages are in other-catalogs.ts. */
export const catalogs = {
${waysTo(locales.filter((locale) => nearest.includes(locale)))}
};
`;
const otherCatalogs = `/** Made by scripts/message-keys.mjs from the files in locales/. */

export const catalogs = {
${waysTo(locales.filter((locale) => !nearest.includes(locale)))}
};
`;

/** What most languages call it: the others alone are listed. */
const usual = 'Chat';
/** Where it is told in words that the rest of the script could not be loaded. */
const wordy = ['sv', 'en'];
const labels = locales.flatMap((locale) => {
  const {launcherOpen, launcherFailed} = read(locale);
  if (launcherOpen === usual) return [];
  return [locale, launcherOpen, ...(wordy.includes(locale) ? [launcherFailed] : [])].join('~');
});
const launcher = `/** Made by scripts/message-keys.mjs from the files in locales/. */

/** Languages that do not call the launcher "${usual}", and what they call it, in one text: every page view carries it. */
export const launcherTexts =
  '${labels.join('|').replaceAll("'", "\\'")}';
`;

const outdated = Object.entries({keys, catalogs, 'other-catalogs': otherCatalogs, 'launcher-texts': launcher}).filter(
  ([name, text]) => {
    const target = new URL(`../src/i18n/${name}.ts`, import.meta.url);
    try {
      if (readFileSync(target, 'utf8') === text) return false;
    } catch {
      // It is not there yet.
    }
    if (!process.argv.includes('--check')) writeFileSync(target, text);
    return true;
  },
);
if (process.argv.includes('--check') && outdated.length > 0) {
  console.error(`Not up to date in src/i18n: ${outdated.map(([name]) => name).join(', ')}. Run npm run manifest.`);
  process.exit(1);
}
