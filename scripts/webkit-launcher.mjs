// A Web Test Runner browser launcher for WebKitGTK that speaks W3C WebDriver with fetch: webdriverio would bring some
// 200 packages for the ten calls made here.
import {startWebKit} from './webkit.mjs';

/** W3C WebDriver, section 17.4.2: the keys that have no character. */
const keyCodes = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
};
const keyCode = (key) => keyCodes[key] ?? key;
const buttons = ['left', 'middle', 'right'];

/** @param found what findWebKit() found */
export function webkitLauncher(found) {
  let webkit;
  let session;
  let activeId;

  async function call(method, path, body) {
    const response = await fetch(webkit.url + path, {method, ...(body && {body: JSON.stringify(body)})});
    const {value} = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }
  const inSession = (method, path, body) => call(method, `/session/${session}${path}`, body);
  const perform = (type, actions) => inSession('POST', '/actions', {actions: [{type, id: type, actions}]});

  const move = (x, y) => ({type: 'pointerMove', duration: 0, x, y});
  const down = (button = 'left') => ({type: 'pointerDown', button: buttons.indexOf(button)});
  const up = (button = 'left') => ({type: 'pointerUp', button: buttons.indexOf(button)});

  /** Presses all keys and lets go of them in reverse order, as a hand does. */
  const chord = (keys) =>
    perform('key', [
      ...keys.map((key) => ({type: 'keyDown', value: keyCode(key)})),
      ...keys.toReversed().map((key) => ({type: 'keyUp', value: keyCode(key)})),
    ]);

  async function open() {
    webkit = await startWebKit(found);
    ({sessionId: session} = await call('POST', '/session', {capabilities: {alwaysMatch: webkit.capabilities}}));
  }

  return {
    name: 'WebKit',
    type: 'webdriver',
    // One window: the driver runs one automation session at a time.
    concurrency: 1,
    async initialize() {},
    async startSession(id, url) {
      if (!session) await open();
      activeId = id;
      await inSession('POST', '/url', {url});
    },
    isActive: (id) => activeId === id,
    getBrowserUrl: () => undefined,
    async stopSession() {
      activeId = undefined;
      await inSession('POST', '/url', {url: 'about:blank'});
      return {};
    },
    async stop() {
      // A browser that has crashed cannot be asked to close; stopping the driver ends what is left.
      if (session) await inSession('DELETE', '').catch(() => undefined);
      session = undefined;
      webkit?.stop();
    },
    async startDebugSession() {
      throw new Error('WebKitGTK has no debug session here; use Chromium.');
    },

    // What @web/test-runner-commands calls for launchers of type 'webdriver'.
    async sendKeys(_id, keys) {
      for (const key of keys) await chord([key]);
    },
    sendMouseMove: (_id, x, y) => perform('pointer', [move(x, y)]),
    sendMouseClick: (_id, x, y, button) => perform('pointer', [move(x, y), down(button), up(button)]),
    sendMouseDown: (_id, button) => perform('pointer', [down(button)]),
    sendMouseUp: (_id, button) => perform('pointer', [up(button)]),
    resetMouse: () => inSession('DELETE', '/actions'),

    // What test-commands.mjs calls.
    chord,
  };
}
