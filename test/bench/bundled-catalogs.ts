import {readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';

import type {Plugin} from 'esbuild';

import {partModule, type Part} from '../../src/i18n/catalog-parts.js';

/** Catalogs in their parts, as the build makes them. */
export const catalogs: Plugin = {
  name: 'catalogs',
  setup({onResolve, onLoad}) {
    onResolve({filter: /\.json\?/}, ({path, resolveDir}) => {
      const [file, part] = path.split('?');
      return {path: join(resolveDir, file!), namespace: 'catalogs', pluginData: part};
    });
    onLoad({filter: /./, namespace: 'catalogs'}, ({path, pluginData}) => ({
      contents: partModule(readFileSync(path, 'utf8'), basename(path), pluginData as Part),
      resolveDir: dirname(path),
    }));
  },
};
