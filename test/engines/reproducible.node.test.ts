/** Whoever builds the same commit, wherever it lies, gets the same bytes: a vendor can check that what they pin is our source. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {build, outdated} from '../../scripts/build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const elsewhere = mkdtempSync(join(tmpdir(), 'tillit-build-'));
after(() => rmSync(elsewhere, {recursive: true, force: true}));

/** File → hash, of what is published. */
function hashes(folder: string) {
  const files = ['dist/cdn', 'dist/npm'].flatMap((part) =>
    readdirSync(join(folder, part), {recursive: true, withFileTypes: true})
      // What is published: the source maps of the pasted build are not.
      .filter((entry) => entry.isFile() && !(part === 'dist/cdn' && entry.name.endsWith('.map')))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return Object.fromEntries(
    files.sort().map((file) => [
      file
        .slice(folder.length)
        .replace(/^[\\/]/, '')
        .replaceAll('\\', '/'),
      createHash('sha256').update(readFileSync(file)).digest('base64url'),
    ]),
  );
}

describe('the build', () => {
  it('gives the same bytes in another folder', async () => {
    await build(outdated());
    // All that the build reads, and no more.
    for (const part of [
      'src',
      'locales',
      'scripts',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'vite.config.ts',
    ])
      cpSync(join(root, part), join(elsewhere, part), {recursive: true});
    symlinkSync(join(root, 'node_modules'), join(elsewhere, 'node_modules'), 'junction');
    const code =
      "const {build, outdated} = await import('./scripts/build.mjs'); await build(outdated().filter(({name}) => ['npm', 'cdn'].includes(name)));";
    const {status, stderr} = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: elsewhere,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    const [first, second] = [hashes(root), hashes(elsewhere)];
    assert.ok(Object.keys(first).length > 50);
    assert.deepEqual(second, first);
  });
});
