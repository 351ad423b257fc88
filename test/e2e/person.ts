/** What a person can see and do in the chat, for end-to-end tests in a real Chromium against the real demo. */
import {chromium, type Browser, type BrowserContextOptions, type Page} from 'playwright-core';

import {chromeArgs, findChrome} from '../../scripts/browsers.mjs';

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({executablePath: findChrome() as string, args: chromeArgs});

export interface Person {
  readonly page: Page;
  /** Every request the page has made, as `METHOD path`, oldest first. */
  readonly requests: readonly string[];
  /** What the page has logged as errors or thrown. */
  readonly problems: readonly string[];
  /** The parts of the chat, by name. */
  part(name: string): ReturnType<Page['locator']>;
  openChat(): Promise<void>;
  accept(): Promise<void>;
  ask(text: string): Promise<void>;
  /** Waits until no answer is arriving. */
  answered(): Promise<void>;
}

export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({locale: 'sv-SE', viewport: {width: 1280, height: 800}, ...options});
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const requests: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => {
    const {pathname, search} = new URL(request.url());
    requests.push(`${request.method()} ${pathname}${search}`);
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // A request that fails on purpose is logged by the browser itself.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      problems.push(message.text());
  });
  await page.goto(url);
  const part = (name: string) => page.locator(`tillit-chat [part~="${name}"]`);
  const input = () => part('input');
  return {
    page,
    requests,
    problems,
    part,
    async openChat() {
      await part('launcher').click();
      await page.locator('tillit-chat #accept').waitFor();
    },
    async accept() {
      await page.locator('tillit-chat #accept').click();
      await input().waitFor();
    },
    async ask(text) {
      await input().fill(text);
      await input().press('Enter');
    },
    async answered() {
      await part('turn').last().and(page.locator('[aria-busy="false"]')).waitFor();
    },
  };
}
