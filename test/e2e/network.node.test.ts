/** A conversation on a bad network, in a real browser: the question is kept, and goes when the person wants it to. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import {chromium, type Browser} from 'playwright-core';

import {chromeArgs, findChrome} from '../../scripts/browsers.mjs';
import {serve} from '../../scripts/serve.mjs';
import {startBrowser, visit, type Person} from './person.js';

let demo: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
before(async () => {
  [demo, browser] = await Promise.all([serve(), startBrowser()]);
});
after(async () => {
  await browser.close();
  await demo.stop();
});

const question = 'Hur exporterar jag en SIE-fil?';

async function accepted(): Promise<Person> {
  const person = await visit(browser, `${demo.url}script-tag.html`);
  await person.openChat();
  await person.accept();
  return person;
}

/** Has one answer, so that all of a conversation is loaded, what waits for the network among it. */
async function answered(): Promise<Person> {
  const person = await accepted();
  await person.ask('Vad är moms?');
  await person.answered();
  await person.page.waitForFunction(() => customElements.get('tillit-offline'));
  return person;
}

const asked = ({requests}: Person) => requests.filter((request) => request === 'POST /api/messages').length;
const waiting = ({page}: Person) => page.locator('tillit-chat tillit-offline');

describe('without a network', () => {
  it('a question waits in sight, at once, and is sent by itself when the network is back', async () => {
    const person = await answered();
    const {page, part} = person;
    await page.context().setOffline(true);
    const began = Date.now();
    await person.ask(question);
    await waiting(person).getByText('Du är offline. Frågan väntar här.').waitFor();
    assert.ok(Date.now() - began < 3_000, `told after ${Date.now() - began} ms`);
    await waiting(person).getByRole('button', {name: 'Skicka när kontakten är tillbaka'}).click();
    await waiting(person).getByText('Frågan skickas av sig själv').waitFor();
    await page.context().setOffline(false);
    await part('turn').nth(1).locator('[part~="source"]').first().waitFor();
    assert.equal(await part('turn').count(), 2);
    assert.deepEqual(person.problems, []);
  });

  it('a question that the person does not want sent waits for their press', async () => {
    const person = await answered();
    const {page, part} = person;
    await page.context().setOffline(true);
    await person.ask(question);
    await waiting(person).getByText('Du är offline.').waitFor();
    await page.context().setOffline(false);
    await waiting(person).getByText('Du är online igen. Frågan väntar här.').waitFor();
    const before = asked(person);
    await page.waitForTimeout(1_000);
    assert.equal(asked(person), before);
    await waiting(person).getByRole('button', {name: 'Försök igen'}).click();
    await part('turn').nth(1).locator('[part~="source"]').first().waitFor();
  });

  it('a page that is left while a question waits has it when it is opened again', async () => {
    const person = await answered();
    const {page, part} = person;
    await page.route('**/api/messages', (route) => route.abort('internetdisconnected'));
    await person.ask(question);
    await waiting(person).getByText('Ingen kontakt med tjänsten. Frågan väntar här.').waitFor({timeout: 45_000});
    await part('offline-auto').click();
    await page.unroute('**/api/messages');
    const before = asked(person);
    await page.reload();
    await part('launcher').click();
    await part('question').nth(1).waitFor();
    assert.match((await part('question').nth(1).textContent())!, /SIE-fil/);
    // It was wanted within two minutes, there: here the person says so again.
    await page.locator('tillit-chat [data-retry]').waitFor();
    assert.equal(asked(person), before);
    await page.locator('tillit-chat [data-retry]').click();
    await part('turn').nth(1).locator('[part~="source"]').first().waitFor();
  });
});

/** A browser that keeps pages whole when they are left: automation switches that off otherwise. */
const keepingPages = () =>
  chromium.launch({
    executablePath: findChrome() as string,
    args: [...chromeArgs, '--enable-features=BackForwardCache'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });

describe('a page that is left and come back to as it was', () => {
  let browser: Browser;
  before(async () => {
    browser = await keepingPages();
  });
  after(() => browser.close());

  async function answered(): Promise<Person> {
    const person = await visit(browser, `${demo.url}script-tag.html`);
    await person.openChat();
    await person.accept();
    await person.ask('Vad är moms?');
    await person.answered();
    await person.page.evaluate(() => Object.assign(window, {wasKept: true}));
    return person;
  }

  /** Leaves for another page and comes back; fails where the browser has not kept the page. */
  async function leaveAndReturn({page}: Person, elsewhere = () => Promise.resolve()) {
    await page.goto(`${demo.url}privacy.html`);
    await elsewhere();
    // A page that was kept does not load again.
    await page.goBack({waitUntil: 'commit'});
    await page.waitForFunction(() => (window as {wasKept?: boolean}).wasKept);
  }

  it('has its conversation, and goes on with it', async () => {
    const person = await answered();
    const {part} = person;
    await part('input').fill('Hur exporterar');
    await leaveAndReturn(person);
    assert.equal(await part('turn').count(), 1);
    assert.equal(await part('input').inputValue(), 'Hur exporterar');
    await person.ask(question);
    await part('turn').nth(1).locator('[part~="source"]').first().waitFor();
    assert.deepEqual(person.problems, []);
  });

  it('goes on with the answer that was arriving, without a word twice', async () => {
    const person = await answered();
    const {page, part} = person;
    const event = (id: number, type: string, data: unknown) =>
      `event: ${type}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
    const asked: string[] = [];
    await page.route('**/api/messages', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: event(1, 'start', {messageId: 'm9'}) + event(2, 'text', {op: 'append', text: 'Början'}),
      }),
    );
    await page.route('**/api/messages/*/events', (route) => {
      asked.push(route.request().headers()['last-event-id'] ?? '');
      return route.fulfill({
        contentType: 'text/event-stream',
        body: event(3, 'text', {op: 'append', text: ' och slutet.'}) + event(4, 'finish', {reason: 'stop'}),
      });
    });
    await person.ask(question);
    await part('answer').getByText('Början').waitFor();
    await leaveAndReturn(person);
    await part('answer').getByText('Början och slutet.').waitFor();
    assert.equal(asked[0], '2');
    assert.equal(await part('turn').count(), 2);
    await person.answered();
  });
});

describe('a page that is closed in the middle', () => {
  it('of an answer: the next page goes on with it', async () => {
    const person = await accepted();
    const {page, part} = person;
    let resumed: string | undefined;
    const event = (id: number, type: string, data: unknown) =>
      `event: ${type}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
    await page.route('**/api/messages', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: event(1, 'start', {messageId: 'm9'}) + event(2, 'text', {op: 'append', text: 'Början'}),
      }),
    );
    let isLeaving = true;
    await page.route('**/api/messages/*/events', (route) => {
      // Until the page is gone, nothing comes.
      if (isLeaving) return;
      resumed = route.request().headers()['last-event-id'];
      return route.fulfill({
        contentType: 'text/event-stream',
        body: event(3, 'text', {op: 'append', text: ' och slutet.'}) + event(4, 'finish', {reason: 'stop'}),
      });
    });
    await person.ask(question);
    await part('answer').getByText('Början').waitFor();
    // A tab that the browser discards for want of memory is loaded anew in the same way.
    isLeaving = false;
    await page.reload();
    await part('launcher').click();
    await part('answer').getByText('Början och slutet.').waitFor();
    assert.equal(resumed, '2');
  });

  it('of a ticket: the next page sends the same ticket, and there is one', async () => {
    const person = await accepted();
    const {page, part} = person;
    const keys: string[] = [];
    await page.route('**/api/tickets', async (route) => {
      keys.push(route.request().headers()['idempotency-key']!);
      // It has arrived, and the page never hears of it.
      if (keys.length === 1) await route.fetch();
      else await route.continue();
    });
    await person.ask(question);
    await person.answered();
    await part('ticket-open').last().click();
    await part('ticket-name').fill('Kim Ek');
    await part('ticket-email').fill('kim@example.com');
    await part('ticket-description').fill('Det fungerar inte.');
    await part('ticket-submit').click();
    await page.waitForTimeout(1_000);
    assert.equal(keys.length, 1);
    await page.reload();
    await part('launcher').click();
    await part('ticket-submit').waitFor();
    assert.equal(await part('ticket-description').inputValue(), 'Det fungerar inte.');
    await part('ticket-submit').click();
    await part('ticket-receipt').waitFor();
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });
});
