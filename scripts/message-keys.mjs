// Writes src/i18n/keys.ts from locales/sv.json, the source language; with --check it only tells whether that is needed.
// A generated union, because declarations that import JSON do not work in every consumer's module mode.
import {readFileSync, writeFileSync} from 'node:fs';

const target = new URL('../src/i18n/keys.ts', import.meta.url);
const catalog = JSON.parse(readFileSync(new URL('../locales/sv.json', import.meta.url), 'utf8'));
const union = (keys) => keys.map((key) => `\n  | '${key}'`).join('');
const plural = Object.keys(catalog).filter((key) => typeof catalog[key] === 'object');
const plain = Object.keys(catalog).filter((key) => typeof catalog[key] === 'string');
const text = `/** Made by scripts/message-keys.mjs from locales/sv.json. */

/** A message that is one text. */
export type PlainKey =${union(plain)};

/** A message that depends on the count \`n\`. */
export type PluralKey =${union(plural)};

export type MessageKey = PlainKey | PluralKey;
`;
const current = (() => {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
})();
if (process.argv.includes('--check')) {
  if (current !== text) {
    console.error('src/i18n/keys.ts is not up to date: run `npm run manifest`.');
    process.exit(1);
  }
} else if (current !== text) {
  writeFileSync(target, text);
}
