/**
 * Fresh embedded databases without the seconds that making one takes: an empty one is kept in `.cache/` and copied.
 */
import {rmSync} from 'node:fs';
import {cp, mkdir, mkdtemp, readFile, rename, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {openEmbedded, type Database} from '../../../demo/backend/database.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Puts an empty database where the folder says. */
export async function copyEmpty(folder: string) {
  await cp(await emptyDatabase(), folder, {recursive: true});
}

/** @returns a database of its own, gone when it is closed */
export async function openFresh(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'tillit-embedded-'));
  const remove = () => rmSync(folder, {recursive: true, force: true});
  process.once('exit', remove);
  await copyEmpty(folder);
  const database = await openEmbedded(folder);
  return {
    ...database,
    async close() {
      await database.close();
      process.off('exit', remove);
      remove();
    },
  };
}

async function emptyDatabase(): Promise<string> {
  const file = await readFile(join(root, 'node_modules/@electric-sql/pglite/package.json'), 'utf8');
  const {version} = JSON.parse(file) as {version: string};
  const kept = join(root, '.cache', `pglite-${version}`);
  if (await exists(kept)) return kept;
  await mkdir(join(root, '.cache'), {recursive: true});
  const made = await mkdtemp(join(root, '.cache', 'pglite-'));
  await (await openEmbedded(made)).close();
  // Another process may have been first.
  await rename(made, kept).catch(() => rm(made, {recursive: true, force: true}));
  return kept;
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
