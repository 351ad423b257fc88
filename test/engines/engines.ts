/** A page in each of the three browser engines, driven by expressions: what a test of the built files needs, and no more. */
import {setTimeout as sleep} from 'node:timers/promises';

import puppeteer, {type LaunchOptions} from 'puppeteer-core';

import {chromeArgs, findChrome, findFirefox, findWebKit} from '../../scripts/browsers.mjs';
import {startWebKit} from '../../scripts/webkit.mjs';

export interface Engine {
  readonly name: string;
  goto(url: string): Promise<void>;
  /** What the expression gives, as JSON carries it. Not held back by the page's CSP. */
  evaluate<Result>(expression: string): Promise<Result>;
  /** Waits until the expression gives something truthy. */
  until<Result>(expression: string, what?: string): Promise<Result>;
  close(): Promise<void>;
}

interface Start {
  readonly name: string;
  /** Whether it is installed. */
  readonly isThere: boolean;
  start(): Promise<Engine>;
}

const longestMs = 15_000;
const chrome = findChrome() as string | undefined;
const firefox = findFirefox() as string | undefined;
const webkit = findWebKit();

const all: readonly Start[] = [
  {
    name: 'chromium',
    isThere: chrome !== undefined,
    start: () => fromPuppeteer('chromium', {executablePath: chrome!, args: chromeArgs}),
  },
  {
    name: 'firefox',
    isThere: firefox !== undefined,
    start: () => fromPuppeteer('firefox', {browser: 'firefox', executablePath: firefox!}),
  },
  {name: 'webkit', isThere: webkit !== undefined, start: () => fromWebDriver(webkit!)},
];

/** All, or those that TEST_BROWSERS names. */
export const engines = all.filter(({name}) => process.env['TEST_BROWSERS']?.split(',').includes(name) ?? true);

async function fromPuppeteer(name: string, options: LaunchOptions): Promise<Engine> {
  const browser = await puppeteer.launch(options);
  const page = await browser.newPage();
  return withUntil({
    name,
    goto: async (url) => void (await page.goto(url)),
    evaluate: <Result>(expression: string) => page.evaluate(expression) as Promise<Result>,
    close: () => browser.close(),
  });
}

async function fromWebDriver(found: NonNullable<ReturnType<typeof findWebKit>>): Promise<Engine> {
  const driver = await startWebKit(found);
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(driver.url + path, {method, ...(body && {body: JSON.stringify(body)})});
    const {value} = (await response.json()) as {value: {error?: string; message?: string} | null};
    if (!response.ok) throw new Error(`${value?.error}: ${value?.message}`);
    return value;
  };
  const {sessionId} = (await call('POST', '/session', {capabilities: {alwaysMatch: driver.capabilities}})) as {
    sessionId: string;
  };
  const inSession = (method: string, path: string, body?: object) => call(method, `/session/${sessionId}${path}`, body);
  return withUntil({
    name: 'webkit',
    goto: async (url) => void (await inSession('POST', '/url', {url})),
    // As text: the driver writes lists with the page's own toJSON, and a hostile page's never ends.
    async evaluate<Result>(expression: string) {
      const script = `const {toJSON} = Array.prototype;
        delete Array.prototype.toJSON;
        try {
          return JSON.stringify({value: (${expression})});
        } finally {
          if (toJSON) Array.prototype.toJSON = toJSON;
        }`;
      const {value} = JSON.parse((await inSession('POST', '/execute/sync', {script, args: []})) as string) as {
        value: Result;
      };
      return value;
    },
    async close() {
      await inSession('DELETE', '').catch(() => undefined);
      driver.stop();
    },
  });
}

function withUntil(page: Omit<Engine, 'until'>): Engine {
  return {
    ...page,
    async until<Result>(expression: string, what = expression) {
      const giveUpAt = Date.now() + longestMs;
      for (;;) {
        const result = await page.evaluate<Result>(expression);
        if (result) return result;
        if (Date.now() > giveUpAt) throw new Error(`${page.name}: it never came to this: ${what}`);
        await sleep(50);
      }
    },
  };
}
