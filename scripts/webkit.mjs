// Starts WebKitGTK's WebDriver, with a display when there is none, and stops both with this process. Linux only.
import {spawn} from 'node:child_process';
import {createServer} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';

/**
 * @param {{driver: string, browser: string, xvfb: string | undefined}} found what findWebKit() found
 * @returns {Promise<{url: string, capabilities: object, stop(): void}>} the driver's address, and what to ask it for
 */
export async function startWebKit({driver, browser, xvfb}) {
  const children = [];
  const stop = () => children.splice(0).forEach((child) => child.kill());
  process.once('exit', stop);

  const display = process.env.DISPLAY ?? (await startDisplay(xvfb, children));
  const port = await freePort();
  const env = {...process.env, DISPLAY: display, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1'};
  children.push(spawn(driver, ['--host=127.0.0.1', `--port=${port}`], {stdio: 'ignore', env}));
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/status`);
  return {
    url,
    capabilities: {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': {binary: browser, args: ['--automation']},
    },
    stop,
  };
}

async function startDisplay(xvfb, children) {
  // -displayfd lets Xvfb choose a free display number and tell it on that descriptor.
  const args = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
  const child = spawn(xvfb, args, {stdio: ['ignore', 'ignore', 'ignore', 'pipe']});
  children.push(child);
  const number = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code} before it had a display`)));
    child.stdio[3].once('data', (data) => resolve(String(data).trim()));
  });
  return `:${number}`;
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });

async function answering(url) {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await sleep(100);
    }
  }
}
