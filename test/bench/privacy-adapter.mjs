// What `score.mjs` and `redos.mjs` ask: the detector from its sources, built in memory, with the packs of each text's language.
import {fileURLToPath} from 'node:url';

import {build} from 'esbuild';

const {outputFiles} = await build({
  stdin: {
    contents: "export * from './index.ts'; export * from './load-packs.ts';",
    resolveDir: fileURLToPath(new URL('../../src/privacy', import.meta.url)),
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  write: false,
  logLevel: 'silent',
});
const {findPii, loadPacks} = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);

const packsOf = new Map();
for (const locale of [
  'sv',
  'no',
  'nb',
  'nn',
  'be',
  'da',
  'fi',
  'is',
  'en',
  'de',
  'nl',
  'fr',
  'es',
  'pt',
  'it',
  'pl',
  'cs',
  'et',
  'lv',
  'lt',
  'ga',
  'hi',
  'sk',
]) {
  packsOf.set(locale, await loadPacks([locale]));
}

export const name = 'tillit-chat';
export const detect = (text, {locale}) =>
  process.env.NO_PACKS
    ? findPii(text, {locales: [locale]})
    : findPii(text, {locales: [locale], packs: packsOf.get(locale) ?? []});
