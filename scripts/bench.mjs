/*
 * `npm run bench -- NAME [--json] …`: runs test/bench/NAME.ts with the rest of the command line. A bench prints what it
 * measured, as JSON when asked to, and exits with 1 when it misses its goal. Files named NAME-something.ts belong to it.
 */
import {spawn} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name, ...args] = process.argv.slice(2);
const file = `${root}test/bench/${name}.ts`;

if (!name || !existsSync(file)) {
  const benches = readdirSync(`${root}test/bench`).map((entry) => /^([a-z\d]+)\.ts$/.exec(entry)?.[1]);
  console.error(`Usage: npm run bench -- NAME [--json]. There are: ${benches.filter(Boolean).join(', ')}`);
  process.exit(1);
}
const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.node.json`},
});
// The terminal sends Ctrl-C to the bench as well; it is the one to decide.
process.on('SIGINT', () => undefined);
child.once('exit', (code) => process.exit(code ?? 1));
