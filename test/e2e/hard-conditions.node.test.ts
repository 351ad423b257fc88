/** The journey where a page keeps nothing, knows no origin or has the wrong time: it works all the same, and leaves nothing. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import type {Browser, FrameLocator, Page} from 'playwright-core';
import {chatPage} from 'tillit-chat/testing/playwright';

import {serve} from '../../scripts/serve.mjs';
import {startBrowser, visit, type Person} from './person.js';

let demo: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
before(async () => {
  [demo, browser] = await Promise.all([serve({env: {TILLIT_ORIGINS: 'null'}}), startBrowser()]);
});
after(async () => {
  await browser.close();
  await demo.stop();
});

/** Scripts that run in the page before anything else does; as text, since a compiler's helpers are not there. */
const blockStorage = `
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, {get() { throw new DOMException('Insecure.', 'SecurityError'); }});`;
const fillStorage = `
  Storage.prototype.setItem = () => { throw new DOMException('Full.', 'QuotaExceededError'); };`;
const shiftClock = (offsetMs: number) => `
  const RealDate = Date;
  window.Date = class extends RealDate {
    constructor(...parts) { super(...(parts.length > 0 ? parts : [RealDate.now() + ${offsetMs}])); }
    static now() { return RealDate.now() + ${offsetMs}; }
  };`;

async function visitUnder(condition: string): Promise<Person> {
  const person = await visit(browser, 'about:blank');
  await person.page.context().addInitScript({content: condition});
  await person.page.goto(`${demo.url}script-tag.html`);
  return person;
}

/** Open → accept → ask → sourced answer → rate → ticket. */
async function journey(at: Page | FrameLocator, page: Page) {
  const {part, open, accept, ask, answered, rate, createTicket} = chatPage(at);
  await open();
  await accept();
  await ask('Hur registrerar jag sjukfrånvaro?');
  await answered();
  await part('source').first().waitFor();
  const rated = page.waitForResponse((response) => response.request().method() === 'PUT');
  await rate(4);
  assert.equal((await rated).status(), 204);
  assert.match(await createTicket({name: 'Test Testsson', email: 'test@example.com'}), /T-\d+/);
}

const stored = (page: Page) =>
  page.evaluate(() => ({
    cookie: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
  }));

describe('the whole journey', () => {
  it('works where storage is blocked, and asks for the terms again on the next page', async () => {
    const {page, part, openChat, problems} = await visitUnder(blockStorage);
    await journey(page, page);
    await page.reload();
    await openChat();
    assert.equal(await part('input').count(), 0);
    assert.deepEqual(problems, []);
  });

  it('works where storage is full, and leaves nothing in it', async () => {
    const {page, openChat, problems} = await visitUnder(fillStorage);
    await journey(page, page);
    assert.deepEqual(await stored(page), {cookie: '', local: [], session: []});
    await page.reload();
    await openChat();
    assert.deepEqual(problems, []);
  });

  it('works where cookies are blocked', async () => {
    const {page, problems} = await visit(browser, 'about:blank');
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setDocumentCookieDisabled', {disabled: true});
    await page.goto(`${demo.url}script-tag.html`);
    await journey(page, page);
    assert.equal(await page.evaluate(() => document.cookie), '');
    assert.deepEqual(problems, []);
  });

  it('works in a frame that has no origin', async () => {
    const {page, problems} = await visit(browser, 'about:blank');
    await page.route('**/outer.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>x</title><iframe sandbox="allow-scripts" src="/inner.html" width="900" height="700"></iframe>',
      }),
    );
    await page.route('**/inner.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><html lang="sv"><title>x</title><script type="module" src="/dist/cdn/tillit-chat.js" crossorigin></script><tillit-chat endpoint="/api"></tillit-chat>',
      }),
    );
    // As any content delivery network answers: a frame without an origin may load nothing else.
    await page.route('**/dist/cdn/**', async (route) => {
      const response = await route.fetch();
      await route.fulfill({response, headers: {...response.headers(), 'access-control-allow-origin': '*'}});
    });
    // Chromium lets such a frame reach no server on this machine; one on the net it would.
    await page.route('**/api/**', async (route) => route.fulfill({response: await route.fetch()}));
    await page.goto(`${demo.url}outer.html`);
    await journey(page.frameLocator('iframe'), page);
    assert.deepEqual(await stored(page), {cookie: '', local: [], session: []});
    assert.deepEqual(problems, []);
  });

  const dayMs = 86_400_000;
  for (const [what, offsetMs] of [
    ['a day ahead', dayMs],
    ['a day behind', -dayMs],
    ['in 1970', -Date.now() + dayMs],
  ] as const) {
    it(`works where the clock is ${what}`, async () => {
      const {page, problems} = await visitUnder(shiftClock(offsetMs));
      await journey(page, page);
      const {cookie, local, session} = await stored(page);
      assert.deepEqual({cookie, local}, {cookie: '', local: []});
      assert.deepEqual(
        session.filter((key) => !key.startsWith('tillit-chat:')),
        [],
      );
      assert.deepEqual(problems, []);
    });
  }
});
