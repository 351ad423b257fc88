/*
 * `npm run release:check`: whether this commit can be published. Runs everything, also what takes long, and goes on after a
 * failure, so that one run tells all that is missing. Changes nothing.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file) => readFileSync(root + file, 'utf8');
const {version} = JSON.parse(read('package.json'));

/** Each resolves to what is wrong, or nothing. */
const checks = [
  // A clean build, all tests (among them: two builds give the same bytes), publint and attw.
  ['tests', () => node('scripts/test.mjs')],
  ['sizes', () => node('scripts/size.mjs') ?? recorded()],
  ['API', () => node('scripts/api.mjs', '--check')],
  ['changelog', changelog],
  [
    'version',
    () => git('tag', '--list', `v${version}`) && `v${version} is published already: npm version tells the next.`,
  ],
  // Last: what the tests leave behind would be found too.
  ['commit', () => git('status', '--porcelain') && `Not committed:\n${git('status', '--short')}`],
];

let failed = 0;
for (const [name, check] of checks) {
  console.log(`\n— ${name}`);
  const problem = check();
  if (!problem) continue;
  failed++;
  console.log(problem);
}
console.log(failed === 0 ? `\n${version} can be published.` : `\n${failed} of ${checks.length} checks failed.`);
process.exit(failed === 0 ? 0 : 1);

function node(...args) {
  const {status} = spawnSync(process.execPath, args, {cwd: root, stdio: 'inherit'});
  return status === 0 ? undefined : `${args.join(' ')} ended with ${status}.`;
}

function git(...args) {
  const {status, stdout, stderr} = spawnSync('git', args, {cwd: root, encoding: 'utf8'});
  return status === 0 ? stdout.trim() : `git ${args.join(' ')}: ${stderr}`;
}

/** The next release is measured against this one, so this one's sizes belong to it. */
function recorded() {
  const releases = JSON.parse(read('scripts/sizes.json'));
  if (releases.at(-1)?.version !== version)
    return `scripts/sizes.json does not have ${version}: npm run size -- --record`;
  const {stdout} = spawnSync(process.execPath, ['scripts/size.mjs', '--json'], {cwd: root, encoding: 'utf8'});
  const now = Object.fromEntries(JSON.parse(stdout).rows.map(({name, bytes}) => [name, bytes]));
  const same = JSON.stringify(now) === JSON.stringify(releases.at(-1).bytes);
  return same ? undefined : `scripts/sizes.json has other sizes for ${version}: npm run size -- --record`;
}

function changelog() {
  const [, entry] = read('CHANGELOG.md').split(new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\].*$`, 'm'));
  const text = entry
    ?.split(/^## /m)[0]
    .replace(/^#+ .*$|^\[.*$/gm, '')
    .trim();
  return text ? undefined : `CHANGELOG.md has no entry for ${version}: give [Unreleased] its number and the day.`;
}
