/*
 * `npm start [-- --articles DIR]`: builds what has changed, then runs the demo in this process, so that Ctrl-C has one
 * process to end and nothing is left behind.
 */
import {spawn} from 'node:child_process';
import {createServer} from 'node:net';
import {fileURLToPath} from 'node:url';

import {register} from 'tsx/esm/api';

import {outdated} from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const {HOST: host = '127.0.0.1', PORT: port = '5173'} = process.env;

// A taken port is told before the build, not after it.
if (await isTaken(Number(port))) {
  console.error(`Port ${port} is already in use. Choose another one: PORT=${Number(port) + 1} npm start`);
  process.exit(1);
}
const stale = outdated().map(({name}) => name);
if (stale.length > 0) await build();

// The backend imports `tillit-chat/…` as a vendor would; this configuration says where that is.
process.env.TSX_TSCONFIG_PATH = `${root}tsconfig.node.json`;
register();
await import('../demo/backend/main.ts');

function isTaken(number) {
  return new Promise((resolve) => {
    const server = createServer();
    // Anything else that is wrong with host or port, the backend explains better.
    server.once('error', ({code}) => resolve(code === 'EADDRINUSE'));
    if (!Number.isInteger(number) || number < 0 || number > 65_535) return resolve(false);
    server.listen(number, host, () => server.close(() => resolve(false)));
  });
}

/** In a process of its own: the bundler's memory is not the server's. */
async function build() {
  console.log(`Building ${stale.join(', ')} …`);
  const child = spawn(process.execPath, [`${root}scripts/build.mjs`, '--if-changed'], {stdio: 'inherit'});
  const stop = () => child.kill();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const [code, signal] = await new Promise((resolve) => child.once('exit', (...how) => resolve(how)));
  process.off('SIGINT', stop).off('SIGTERM', stop);
  // Whoever stops the build wants no error message about it.
  if (signal) process.exit(0);
  if (code !== 0) process.exit(code);
}
