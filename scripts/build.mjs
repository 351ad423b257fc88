/*
 * Builds what is published and what the demo needs.
 *
 *   node scripts/build.mjs                  everything
 *   node scripts/build.mjs --if-changed     what `npm start` needs, and only what has changed since it was last built
 */
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {fillPins} from './pin-chunks.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stateFile = join(root, '.cache/builds.json');

const config = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'scripts/build.mjs',
  'scripts/marked-lexer.mjs',
  'scripts/pin-chunks.mjs',
];
const library = ['src', 'locales', ...config];

/** In the order they must run. `makes` is what is there when a build has succeeded; the demo does without `toPublish`. */
const builds = [
  {name: 'npm', from: library, makes: 'dist/npm/index.js', run: () => vite('npm')},
  {name: 'cdn', from: library, makes: 'dist/cdn/sri.json', run: buildCdn},
  {name: 'spa', from: [...library, 'demo/spa'], makes: 'dist/demo-spa/index.html', run: () => vite('spa')},
  {
    name: 'privacy',
    from: [...library, 'demo/privacy'],
    makes: 'dist/demo-privacy/page.js',
    run: () => vite('privacy'),
  },
  {
    name: 'types',
    from: ['src', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    makes: 'dist/types/index.d.ts',
    run: writeDeclarations,
    toPublish: true,
  },
];

/**
 * The builds whose sources have changed since they last succeeded.
 *
 * @param {{toPublish?: boolean}} [options] `toPublish` counts what only the package needs: the declarations
 */
export function outdated({toPublish = false} = {}) {
  const done = readState();
  return builds.filter(
    ({name, from, makes, toPublish: isOnlyPublished = false}) =>
      (toPublish || !isOnlyPublished) && (!existsSync(join(root, makes)) || done[name] !== fingerprint(from)),
  );
}

export async function build(wanted) {
  for (const {name, from, run} of wanted) {
    // Taken before the build, so that what is edited meanwhile is built again the next time.
    const built = fingerprint(from);
    await run();
    mkdirSync(join(root, '.cache'), {recursive: true});
    writeFileSync(stateFile, JSON.stringify({...readState(), [name]: built}));
  }
}

async function vite(mode) {
  const vite = await import('vite');
  await vite.build({configFile: join(root, 'vite.config.ts'), mode, logLevel: 'warn'});
}

async function buildCdn() {
  await vite('cdn');
  const folder = join(root, 'dist/cdn');
  fillPins(folder, join(root, '.cache/chunks.json'));
  writeForms(folder);
  writeIntegrity(folder);
}

/** The pasted script in its other forms. None has a bundle of its own: a second copy of the loader would ask for a second policy. */
function writeForms(folder) {
  const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const module = readFileSync(join(folder, 'tillit-chat.js'), 'utf8');
  const here = '_here';
  if (module.includes(here) || !module.includes('import.meta.url'))
    throw new Error('The script does not know where it is.');
  // For a classic `<script async>`, which knows its address only while it runs for the first time.
  const inside = module.trimEnd().replaceAll('import.meta.url', here);
  const classic = `(${here}=>{"use strict";${inside}})(document.currentScript?.src||document.baseURI);\n`;
  const forms = {
    'tillit-chat.classic.js': classic,
    // Names that never mean another version, to be pinned in a page and kept for a year.
    [`tillit-chat-${version}.js`]: module,
    [`tillit-chat-${version}.classic.js`]: classic,
    // Follows the newest version, so no page can pin it; what it leads to is not pinned either.
    'latest.js': `import './tillit-chat-${version}.js';\n`,
  };
  for (const [file, text] of Object.entries(forms)) writeFileSync(join(folder, file), text);
}

/** Lets hosts, and the script itself, pin every file by its hash: file → `sha384-…`. */
function writeIntegrity(folder) {
  const scripts = filesIn(folder).filter((file) => file.endsWith('.js'));
  const integrity = scripts.map((file) => {
    const hash = createHash('sha384').update(readFileSync(join(folder, file)));
    return [file, `sha384-${hash.digest('base64')}`];
  });
  writeFileSync(join(folder, 'sri.json'), `${JSON.stringify(Object.fromEntries(integrity), null, 2)}\n`);
}

function writeDeclarations() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const {status} = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {cwd: root, stdio: 'inherit'});
  if (status !== 0) throw new Error('tsc could not write the declarations.');
}

function readState() {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8'));
  } catch {
    // No state, or a half-written one: build everything.
    return {};
  }
}

/** One hash over names and contents. Modification times would call a fresh checkout changed. */
function fingerprint(sources) {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) {
    const isFile = /\.\w+$/.test(source);
    for (const file of isFile ? [source] : filesIn(join(root, source)).map((name) => `${source}/${name}`)) {
      hash.update(`${file}\0`).update(readFileSync(join(root, file)));
    }
  }
  return hash.digest('hex');
}

/** All files below a folder, with `/`, sorted. */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes('--if-changed')) {
      await build(outdated());
    } else {
      rmSync(join(root, 'dist'), {recursive: true, force: true});
      await build(builds);
    }
  } catch (error) {
    // A stack would point into the bundler; the message says which of our files is wrong.
    console.error(error.message);
    process.exit(1);
  }
}
