// Where the three browser engines are on this machine. Plain Node: bootstrap.mjs needs it before the install.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';

const {env, platform} = process;

/** The full path of a command, or `undefined`. */
export function onPath(name) {
  const [command, args] = platform === 'win32' ? ['where', [name]] : ['sh', ['-c', 'command -v "$1"', 'sh', name]];
  const {status, stdout} = spawnSync(command, args, {encoding: 'utf8'});
  return status === 0 ? stdout.split(/\r?\n/)[0].trim() : undefined;
}

const firstExisting = (paths) => paths.find((path) => path && existsSync(path));

/** `CHROME_PATH` wins, then PATH, then the usual install folders. */
export function findChrome() {
  const named = firstExisting([env.CHROME_PATH, env.PUPPETEER_EXECUTABLE_PATH]);
  if (named) return named;
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    return firstExisting(
      folders.flatMap((folder) => [
        `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
        `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
      ]),
    );
  }
  if (platform === 'darwin') {
    return firstExisting(
      ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`),
    );
  }
  return firstExisting(
    ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'].map(onPath),
  );
}

/** `FIREFOX_PATH` wins, then PATH, then the usual install folder. */
export function findFirefox() {
  if (env.FIREFOX_PATH && existsSync(env.FIREFOX_PATH)) return env.FIREFOX_PATH;
  if (platform === 'win32') return firstExisting(['C:\\Program Files\\Mozilla Firefox\\firefox.exe']);
  if (platform === 'darwin') return firstExisting(['/Applications/Firefox.app/Contents/MacOS/firefox']);
  return firstExisting(['firefox-esr', 'firefox'].map(onPath));
}

/** WebKitGTK's driver, its small browser and a display to draw on. Linux only: Safari's driver needs a person's consent. */
export function findWebKit() {
  if (platform !== 'linux') return undefined;
  const driver = onPath('WebKitWebDriver');
  const xvfb = onPath('Xvfb');
  const browser = firstExisting([
    ...['x86_64', 'aarch64'].flatMap((cpu) =>
      ['4.1', '6.0', '4.0'].map((version) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
    ),
    '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
  ]);
  return driver && browser && (env.DISPLAY || xvfb) ? {driver, browser, xvfb} : undefined;
}

/** Chromium without its own traffic: a test must see only what the page asks for. */
export const chromeArgs = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The sandbox does not work as root, nor in most CI containers.
  ...(process.getuid?.() === 0 || env.CI ? ['--no-sandbox'] : []),
];

/** The engines that tests can run in here, in the order they are reported. */
export const engines = [
  {name: 'chromium', find: findChrome, packages: ['chromium', 'fonts-liberation']},
  {name: 'firefox', find: findFirefox, packages: ['firefox-esr']},
  {name: 'webkit', find: findWebKit, packages: ['webkit2gtk-driver', 'xvfb']},
];
