/** The package as it would be published, and what a vendor does with it: install it in a folder of their own. */
import {spawn} from 'node:child_process';
import {rmSync} from 'node:fs';
import {mkdtemp, readdir, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {build, outdated} from '../../scripts/build.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Packed {
  /** Path of the archive. */
  readonly tarball: string;
  readonly files: readonly {readonly path: string; readonly size: number}[];
  /** Of the archive, in bytes. */
  readonly size: number;
}

/** Builds what has changed and packs it. The same files give the same archive. */
export async function pack(): Promise<Packed> {
  await build(outdated({toPublish: true}));
  const folder = await passingFolder();
  const output = await npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [packed] = JSON.parse(output.slice(output.indexOf('['))) as [Omit<Packed, 'tarball'>];
  const [name] = await readdir(folder);
  return {...packed, tarball: join(folder, name!)};
}

/** A project of a vendor's own, with nothing in it. */
export async function emptyProject(): Promise<string> {
  const folder = await passingFolder();
  await writeFile(join(folder, 'package.json'), '{"private": true, "type": "module"}');
  return folder;
}

/** Goes when the process does. */
async function passingFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tillit-'));
  process.once('exit', () => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** @returns why it could not be installed when that is the network's fault */
export async function install(folder: string, ...what: readonly string[]): Promise<string | undefined> {
  const args = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...what];
  try {
    await npm(folder, ...args);
    return undefined;
  } catch (error) {
    const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|E50[234])\b/;
    const code = unreachable.exec((error as Error).message)?.[1];
    if (code === undefined) throw error;
    return `the npm registry cannot be reached (${code})`;
  }
}

/** Runs a script of a project's package.json. */
export const runScript = (folder: string, script: string) => npm(folder, 'run', '--silent', script);

/** The npm that runs this test is the npm to use; PATH may have another, or none. */
function npm(folder: string, ...args: readonly string[]) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('npm-cli.js')
    ? run(folder, process.execPath, npm, ...args)
    : run(folder, process.platform === 'win32' ? 'npm.cmd' : 'npm', ...args);
}

/** @returns what it printed @throws with everything it said when it fails */
export function run(folder: string, command: string, ...args: readonly string[]) {
  // As in a shell of a vendor's: without this test's loader, which finds the source instead of the package, and without
  // what Vite has set when it built here, which would leave out what a project only develops with.
  const {NODE_OPTIONS: _options, NODE_ENV: _env, ...env} = process.env;
  const child = spawn(command, args, {cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe']});
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}\n${errors}`));
    });
  });
}
