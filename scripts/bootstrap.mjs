#!/usr/bin/env node
/*
 * Runs before `npm start` and `npm test`, so that a fresh clone needs nothing but Node. Plain Node, no dependency:
 * it must work when node_modules is absent.
 *
 *   node scripts/bootstrap.mjs [--browsers] [--postgres]
 *
 * --browsers finds Chromium, Firefox and WebKitGTK, and --postgres a Postgres server; on Debian as root, what is
 * missing is installed by apt-get. Chromium is required. Without another one its tests are skipped and counted as such,
 * except in CI (CI=true, Linux, root), where everything must be there.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import {engines, onPath} from './browsers.mjs';
import {findPostgres} from './postgres.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const wants = (flag) => process.argv.includes(flag);

requireNode(20, 19);
installModules();
const missing = [
  ...(wants('--browsers') ? engines : []),
  ...(wants('--postgres') ? [{name: 'postgres', find: findPostgres, packages: ['postgresql']}] : []),
].filter(({find}) => !find());
if (missing.length > 0) provide(missing);

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  fail(`Tillit Chat needs Node ${major}.${minor} or later; this is ${process.version}. See https://nodejs.org`);
}

function installModules() {
  if (modulesAreCurrent()) return;
  console.log('Installing the npm packages of package-lock.json …');
  // No package may run code of its own at install. esbuild and the like come as optional packages per platform instead.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Under `npm start` the npm that runs is the npm to use; PATH may have another, or none.
  const npm = process.env.npm_execpath;
  const options = {cwd: root, stdio: 'inherit'};
  const {status} = npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, {...options, shell: process.platform === 'win32'});
  if (status !== 0) fail('npm ci failed: see above. Nothing was started.');
}

/** Compares with the copy of the lock that npm leaves in node_modules as its last step. */
function modulesAreCurrent() {
  const installed = `${root}/node_modules/.package-lock.json`;
  if (!existsSync(installed)) return false;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const want = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')).packages;
  return Object.entries(want).every(
    // Optional packages are there for one platform each.
    ([path, {optional, devOptional, version}]) => !path || optional || devOptional || have[path]?.version === version,
  );
}

function provide(missing) {
  const isRoot = process.getuid?.() === 0;
  const mustHaveAll = process.env.CI === 'true' && process.platform === 'linux' && isRoot;
  if (isRoot && process.platform === 'linux' && onPath('apt-get')) {
    aptInstall(missing.map(({packages}) => packages));
  }
  const absent = missing.filter(({find}) => !find());
  if (absent.some(({name}) => name === 'chromium')) {
    fail('Tests need Chrome or Chromium: install one, or set CHROME_PATH to its executable.');
  }
  for (const {name, packages} of absent) {
    console.log(`${name} was not found: its tests are skipped. On Debian: apt-get install ${packages.join(' ')}`);
  }
  if (mustHaveAll && absent.length > 0) fail('In CI no browser and no database may be missing.');
}

/** @param groups the packages of one engine each */
function aptInstall(groups) {
  console.log(`Installing ${groups.flat().join(', ')} …`);
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  const apt = (...args) => {
    const {status, stdout, stderr} = spawnSync('apt-get', args, {env, encoding: 'utf8'});
    if (status !== 0) console.error(`apt-get ${args.join(' ')} failed:\n${stdout}${stderr}`);
    return status === 0;
  };
  const install = (packages) => apt('install', '-y', '-q', '--no-install-recommends', ...packages);
  // An image without package lists cannot install anything; one with old lists may ask for versions that are gone.
  apt('update', '-q');
  // One package that this distribution does not have must not cost the others.
  if (!install(groups.flat()) && groups.length > 1) groups.forEach(install);
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
