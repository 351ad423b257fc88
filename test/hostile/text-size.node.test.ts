/** A person who has set larger text in their browser gets it, also on a page that counts in tens of pixels. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import type {Browser} from 'playwright-core';

import {serve} from '../../scripts/serve.mjs';
import {startBrowser, visit} from '../e2e/person.js';

let demo: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
before(async () => {
  [demo, browser] = await Promise.all([serve(), startBrowser()]);
});
after(async () => {
  await browser.close();
  await demo.stop();
});

/** Sizes of some texts and boxes in px, where a person's browser and a page say how large text is. */
async function sizes(personPx: number, pageRule: string) {
  const {page, openChat} = await visit(browser, 'about:blank');
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', {fontSizes: {standard: personPx, fixed: personPx}});
  await page.route('**/host.html', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="sv"><title>x</title><style>${pageRule}</style>
        <script type="module" src="/dist/cdn/tillit-chat.js"></script><tillit-chat endpoint="/api"></tillit-chat>`,
    }),
  );
  await page.goto(`${demo.url}host.html`);
  const measure = (selector: string, name: 'fontSize' | 'inlineSize') =>
    page.locator(`tillit-chat ${selector}`).evaluate((element, name) => {
      const value = Number.parseFloat(getComputedStyle(element)[name]);
      return Math.round(value * 100) / 100;
    }, name);
  const drawn = await measure('.launcher', 'inlineSize');
  await openChat();
  return {
    drawn,
    launcher: await measure('.launcher', 'inlineSize'),
    title: await measure('#title', 'fontSize'),
    notice: await measure('#notice', 'fontSize'),
    accept: await measure('#accept', 'fontSize'),
  };
}

const times = (factor: number, all: Awaited<ReturnType<typeof sizes>>) =>
  Object.fromEntries(Object.entries(all).map(([name, size]) => [name, Math.round(size * factor * 100) / 100]));

describe('larger text', () => {
  for (const [what, rule] of [
    ['an ordinary page', ''],
    ['a page that counts in tens of pixels', 'html {font-size: 62.5%}'],
  ] as const) {
    it(`is larger in the chat too, on ${what}`, async () => {
      const usual = await sizes(16, rule);
      assert.equal(usual.title, 16);
      assert.equal(usual.launcher, 58);
      assert.deepEqual(await sizes(24, rule), times(1.5, usual));
      assert.deepEqual(await sizes(32, rule), times(2, usual));
    });
  }
});
