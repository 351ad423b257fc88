// The demo as a server of its own, for end-to-end tests and screenshots: a free port, and data that is thrown away.
import {spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {build, outdated} from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const longestStartMs = 60_000;

/**
 * Builds what has changed and starts the demo.
 *
 * @param {object} [options]
 * @param {number} [options.paceMs] pause between two words of an answer; 0 sends it at once
 * @param {Readonly<Record<string, string>>} [options.env] more of the backend's settings, such as TILLIT_ENABLED
 * @param {readonly string[]} [options.args] command line, such as ['--articles', folder]
 * @returns {Promise<{url: string, output: () => string, stop: () => Promise<void>}>}
 *   `url` ends with a slash; `output` is what the server has printed
 */
export async function serve({paceMs = 0, env = {}, args = []} = {}) {
  await build(outdated());
  const data = await mkdtemp(join(tmpdir(), 'tillit-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/backend/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: '0',
      TILLIT_DATA: data,
      TILLIT_PACE_MS: String(paceMs),
      // Tests ask faster than people do.
      TILLIT_PER_MINUTE: '0',
      TSX_TSCONFIG_PATH: join(root, 'tsconfig.node.json'),
      ...env,
    },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  async function stop() {
    process.off('exit', kill);
    child.kill('SIGTERM');
    await ended;
    await rm(data, {recursive: true, force: true});
  }

  let output = '';
  const url = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const ready = /https?:\/\/\S+:\d+\//.exec(output);
      if (ready) resolve(ready[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((code) => reject(new Error(`The demo ended with ${code} before it was ready:\n${output}`)));
    setTimeout(() => reject(new Error(`The demo was not ready in time:\n${output}`)), longestStartMs).unref();
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return {url, output: () => output, stop};
}
