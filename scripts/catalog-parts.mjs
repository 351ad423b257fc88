/* The parts of the catalogs for the server of the browser tests, cut as the build cuts them. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import {tsImport} from 'tsx/esm/api';

const {partModule} = await tsImport('../src/i18n/catalog-parts.ts', import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));

export const catalogParts = () => ({
  name: 'tillit-catalog-parts',
  resolveImport({source}) {
    const [, locale, part] = /\/([\w-]+)\.json\?(first|rest|guard|more)$/.exec(source) ?? [];
    // A name of its own, or what is served would be read as JSON.
    return part && `/locales/${locale}.${part}.js`;
  },
  serve({path}) {
    const [, locale, part] = /^\/locales\/([\w-]+)\.(first|rest|guard|more)\.js$/.exec(path) ?? [];
    if (!part) return undefined;
    const json = readFileSync(`${root}/locales/${locale}.json`, 'utf8');
    return {body: partModule(json, `${locale}.json`, part), type: 'js'};
  },
});
