/** What a person can see and do in the chat, for end-to-end tests in a real Chromium against the real demo. */
import {chromium, type Browser, type BrowserContextOptions, type Locator, type Page} from 'playwright-core';
import {chatPage, type ChatPage} from 'tillit-chat/testing/playwright';

import {chromeArgs, findChrome} from '../../scripts/browsers.mjs';

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({executablePath: findChrome() as string, args: chromeArgs});

export interface Person extends Omit<ChatPage<Locator>, 'open'> {
  readonly page: Page;
  /** Every request the page has made, as `METHOD path`, oldest first. */
  readonly requests: readonly string[];
  /** What the page has logged as errors or thrown. */
  readonly problems: readonly string[];
  openChat(): Promise<void>;
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
  const {open: openChat, ...chat} = chatPage(page);
  return {page, requests, problems, openChat, ...chat};
}
