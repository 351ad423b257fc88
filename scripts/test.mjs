/*
 * `npm test`: every check and every test, one line each; what failed is shown in full. The last line counts everything:
 * a check that passes or fails counts as one. Goes on after a failure where that still tells something.
 *
 *   npm test            all checks, the builds, unit tests in every browser there is, Node tests, end-to-end tests
 *   npm run check       the fast part: all checks, unit tests in Chromium, the layer test
 */
import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {stripVTControlCharacters} from 'node:util';

import {engines} from './browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isFast = process.argv.includes('--fast');
/** Nothing here takes half as long on a quiet machine; a hang must end. */
const longestStepMs = 900_000;
const layerTest = 'test/layers.node.test.ts';

const total = {passed: 0, failed: 0, skipped: 0};
const running = new Set();
process
  .once('SIGINT', () => stopAll(130))
  .once('SIGTERM', () => stopAll(143))
  .once('SIGHUP', () => stopAll(129));

const checks = [
  check('format', bin('prettier'), '--check', '--log-level=warn', '.'),
  check('lint', bin('eslint'), '--max-warnings=0', '.'),
  check('templates', bin('lit-analyzer'), '--strict', '--maxWarnings=0', '--format=list', 'src/**/*.ts'),
  check('types', bin('typescript', 'tsc'), '-p', 'tsconfig.json'),
  // The source alone: the types of test libraries and of Node must not help it.
  check('types: source', bin('typescript', 'tsc'), '-p', 'tsconfig.build.json', '--noEmit'),
  check('types: Node', bin('typescript', 'tsc'), '-p', 'tsconfig.node.json'),
  check('manifest', 'scripts/manifest.mjs', '--check'),
  check('dead code', bin('knip'), '--no-progress', '--no-config-hints'),
];
const started = Date.now();
await all(checks);
const isBuilt = await check('build', 'scripts/build.mjs', ...(isFast ? ['--if-changed'] : []))();
if (isBuilt) await check('size', 'scripts/size.mjs')();
if (isFast) {
  await nodeTests('layers', [layerTest]);
  await unitTests(['chromium']);
} else {
  if (isBuilt) {
    await check('package', bin('publint'), '--strict')();
    await check('package: types', bin('@arethetypeswrong/cli', 'attw'), '--pack', '.', '--profile', 'esm-only')();
  }
  await unitTests(engines.map(({name}) => name));
  const files = filesIn('test').filter((file) => file.endsWith('.node.test.ts'));
  const isIn = (folder) => (file) => file.startsWith(`test/${folder}/`);
  const needsBuild = (file) => ['e2e', 'engines', 'frameworks'].some((folder) => isIn(folder)(file));
  await nodeTests(
    'node tests',
    files.filter((file) => !needsBuild(file)),
  );
  if (isBuilt) {
    await nodeTests('end to end', files.filter(isIn('e2e')));
    await nodeTests('three engines', files.filter(isIn('engines')));
    await nodeTests('frameworks', files.filter(isIn('frameworks')));
  } else report('end to end', {failed: 1}, 'Not run: the build failed.');
}
console.log(`${seconds(Date.now() - started)} in all`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);

/** A step that counts as one. Resolves to whether it passed. */
function check(name, script, ...args) {
  return async () => {
    const {code, output, ms} = await run([script, ...args]);
    report(name, code === 0 ? {passed: 1} : {failed: 1}, code === 0 ? '' : output, ms);
    return code === 0;
  };
}

/** Unit and component tests, in all wanted browsers that are installed at once: each file is compiled only once. */
async function unitTests(wanted) {
  const isThere = (name) => engines.find((engine) => engine.name === name).find();
  for (const name of wanted.filter((name) => !isThere(name))) {
    report(
      `unit: ${name}`,
      {skipped: 1},
      `${name} is not installed; node scripts/bootstrap.mjs --browsers tells more.`,
    );
  }
  const browsers = wanted.filter(isThere);
  if (browsers.length === 0) return;
  const counts = join(root, '.cache/test-counts.json');
  mkdirSync(join(root, '.cache'), {recursive: true});
  rmSync(counts, {force: true});
  const {code, output, ms} = await run([bin('@web/test-runner', 'wtr')], {
    TEST_BROWSERS: browsers.join(','),
    TEST_COUNTS: counts,
  });
  const results = existsSync(counts) ? Object.entries(JSON.parse(readFileSync(counts, 'utf8'))) : [];
  const failed = results.reduce((sum, [, result]) => sum + result.failed, 0);
  // The runner may fail as a whole: no browser started, or no test was found.
  const isBroken = code !== 0 && failed === 0;
  for (const [browser, result] of results) report(`unit: ${browser}`, result, '', ms);
  if (isBroken) report('unit', {failed: 1}, output, ms);
  else if (failed > 0) console.log(readable(output));
}

async function nodeTests(name, files) {
  if (files.length === 0) return;
  const args = ['--import', 'tsx', '--test', '--test-reporter=spec', '--test-concurrency=2', ...files];
  const {code, output, ms} = await run(args, {TSX_TSCONFIG_PATH: join(root, 'tsconfig.node.json')});
  const count = (word) => Number([...output.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  const skips = [...output.matchAll(/^\s*﹣ (.+)$/gm)].map(([, line]) => line);
  // Not the reporter's own number of skipped tests, which leaves out suites that were skipped as a whole.
  const result = {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: skips.length + count('todo'),
  };
  if (code !== 0 && result.failed === 0) result.failed = 1;
  // The reporter lists every test and then repeats those that failed, in full; why one was skipped stands behind its name.
  const failures = output.slice(Math.max(0, output.indexOf('✖ failing tests:')));
  report(name, result, [...skips.map((line) => `skipped: ${line}`), result.failed > 0 ? failures : ''].join('\n'), ms);
}

function report(name, {passed = 0, failed = 0, skipped = 0}, output, ms) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const mark = failed > 0 ? '✗' : passed > 0 ? '✓' : '–';
  const counts = Object.entries({passed, failed, skipped}).filter(([, count]) => count > 0);
  const isOneCheck = passed + failed === 1 && skipped === 0;
  const numbers = isOneCheck ? '' : counts.map(([what, count]) => `${count} ${what}`).join(', ');
  const time = ms === undefined ? '' : seconds(ms);
  console.log(`${mark} ${name.padEnd(16)} ${time.padStart(8)}  ${numbers}`.trimEnd());
  if (output.trim()) console.log(readable(output).replace(/^(?=.)/gm, '    '));
}

/** Without what only a terminal understands, and without the test framework's own lines of a stack. */
function readable(output) {
  return stripVTControlCharacters(output)
    .replace(/^.*__web-test-runner__\/test-framework.*\n/gm, '')
    .replace(/(\r?\n\s*){2,}/g, '\n\n')
    .trim();
}

/** Runs the steps, as many at once as there are processors, but never more than two: they must not slow tests elsewhere. */
async function all(steps) {
  const waiting = [...steps];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) await step();
  };
  await Promise.all(Array.from({length: Math.min(2, availableParallelism())}, work));
}

/** Runs Node with these arguments and takes its output. */
function run(args, env = {}) {
  const begun = Date.now();
  // A group of its own, so that the browsers and servers a step has started end with it.
  const child = spawn(process.execPath, args, {
    cwd: root,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env},
  });
  running.add(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
  const timer = setTimeout(() => {
    output += `\nStopped after ${seconds(longestStepMs)}.\n`;
    stop(child);
  }, longestStepMs);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({code, output, ms: Date.now() - begun});
    });
  });
}

function stop(child) {
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It has ended meanwhile.
  }
}

function stopAll(code) {
  running.forEach(stop);
  process.exit(code);
}

/** The script behind a package's command. */
function bin(name, command = name) {
  const folder = join(root, 'node_modules', name);
  const {bin} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

function filesIn(folder) {
  return readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .sort();
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
