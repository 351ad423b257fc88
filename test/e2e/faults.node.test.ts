/** Bad days: in each case a sentence in the person's language, Retry where it helps, and nothing lost. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import type {Browser, Route} from 'playwright-core';

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

async function accepted(): Promise<Person> {
  const person = await visit(browser, `${demo.url}script-tag.html`);
  await person.openChat();
  await person.accept();
  return person;
}

const question = 'Hur exporterar jag en SIE-fil?';
const stream = (events: string) => (route: Route) => route.fulfill({contentType: 'text/event-stream', body: events});
const event = (type: string, id: number, data: unknown) =>
  `event: ${type}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
const failure = (person: Person) => person.page.locator('tillit-chat [part~="turn"] [role="alert"]');
const retry = (person: Person) => person.page.locator('tillit-chat [data-retry]');

describe('when the backend', () => {
  it('is down as the chat opens: says so, and works once it is back', async () => {
    const {page, part, openChat} = await visit(browser, `${demo.url}script-tag.html`);
    await page.route('**/api/config', (route) => route.fulfill({status: 500}));
    await part('launcher').click();
    const screen = page.locator('tillit-chat .message');
    await screen.getByText('Något gick fel').waitFor();
    assert.equal(await part('input').count(), 0);
    await page.unroute('**/api/config');
    await screen.getByRole('button', {name: 'Försök igen'}).click();
    await page.locator('tillit-chat #accept').waitFor();
    void openChat;
  });

  it('answers 500: keeps the question, and Retry asks it again with the same key', async () => {
    const person = await accepted();
    const keys: string[] = [];
    await person.page.route('**/api/messages', (route) => {
      keys.push(route.request().headers()['idempotency-key']!);
      return keys.length === 1 ? route.fulfill({status: 500}) : route.continue();
    });
    await person.ask(question);
    await failure(person).getByText('Något gick fel hos tjänsten').waitFor();
    assert.match((await person.part('question').textContent())!, /SIE-fil/);
    await retry(person).click();
    await person.part('source').first().waitFor();
    assert.equal(await person.part('turn').count(), 1);
    assert.equal(keys[0], keys[1]);
  });

  it('breaks off in the middle: keeps the half answer and offers Retry', async () => {
    const person = await accepted();
    await person.page.route('**/api/messages/*/events', (route) => route.fulfill({status: 204}));
    await person.page.route(
      '**/api/messages',
      stream(event('start', 1, {messageId: 'm1'}) + event('text', 2, {op: 'append', text: 'Halva svaret kom'})),
    );
    await person.ask(question);
    await failure(person).getByText('Svaret avbröts på vägen').waitFor();
    assert.match((await person.part('answer').textContent())!, /Halva svaret kom/);
    await person.page.unroute('**/api/messages');
    await retry(person).click();
    await person.part('source').first().waitFor();
  });

  it('breaks off and can go on: the person notices nothing', async () => {
    const person = await accepted();
    let after: string | undefined;
    await person.page.route('**/api/messages/*/events', (route) => {
      after = route.request().headers()['last-event-id'];
      return stream(
        event('text', 3, {op: 'append', text: ' och här är resten.'}) + event('finish', 4, {reason: 'stop'}),
      )(route);
    });
    await person.page.route(
      '**/api/messages',
      stream(event('start', 1, {messageId: 'm1'}) + event('text', 2, {op: 'append', text: 'Början'})),
    );
    await person.ask(question);
    await person.part('answer').getByText('Början och här är resten.').waitFor();
    await person.answered();
    assert.equal(after, '2');
    assert.equal(await failure(person).count(), 0);
  });

  it('cannot be reached: says so, keeps the question, and works when the network is back', async () => {
    const person = await accepted();
    await person.part('input').fill(question);
    await person.page.waitForTimeout(500);
    let isDown = true;
    await person.page.route('**/api/messages', (route) =>
      isDown ? route.abort('internetdisconnected') : route.continue(),
    );
    await person.part('input').press('Enter');
    await failure(person).getByText('Ingen kontakt med tjänsten').waitFor({timeout: 45_000});
    isDown = false;
    await retry(person).click();
    await person.part('source').first().waitFor();
  });

  it('sends events we do not know: shows the answer', async () => {
    const person = await accepted();
    await person.page.route(
      '**/api/messages',
      stream(
        event('telemetry', 1, {x: 1}) +
          event('text', 2, {op: 'append', text: 'Svaret.'}) +
          event('sparkles', 3, null) +
          event('finish', 4, {reason: 'stop'}),
      ),
    );
    await person.ask(question);
    await person.answered();
    assert.match((await person.part('answer').textContent())!, /Svaret\./);
  });

  it('sends an empty answer: says so and offers both ways on', async () => {
    const person = await accepted();
    await person.page.route('**/api/messages', stream(event('finish', 1, {reason: 'stop'})));
    await person.ask(question);
    await person.page.locator('tillit-chat').getByText('Det kom inget svar').waitFor();
    assert.equal(await retry(person).count(), 1);
    assert.ok((await person.part('ticket-open').count()) >= 1);
  });

  it('sends 2 MB: shows what fits with a note, and stays usable', async () => {
    const person = await accepted();
    const paragraph = `${'Ett långt svar. '.repeat(60)}\n\n`;
    const text = paragraph.repeat(Math.ceil(2_100_000 / paragraph.length));
    const chunks = Array.from({length: 21}, (_, index) =>
      event('text', index + 1, {op: 'append', text: text.slice(index * 100_000, (index + 1) * 100_000)}),
    );
    await person.page.route('**/api/messages', stream(chunks.join('') + event('finish', 99, {reason: 'stop'})));
    await person.ask(question);
    await person.page
      .locator('tillit-chat')
      .getByText('Svaret var för långt och har kortats')
      .first()
      .waitFor({timeout: 30_000});
    await person.page.unroute('**/api/messages');
    await person.ask(question);
    await person.part('source').first().waitFor({timeout: 30_000});
  });

  it('wants the terms accepted again: keeps the question and sends it afterwards', async () => {
    const person = await accepted();
    let asked = 0;
    await person.page.route('**/api/messages', (route) => {
      asked += 1;
      if (asked > 1) return route.continue();
      return route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        body: JSON.stringify({code: 'consent_required'}),
      });
    });
    await person.ask(question);
    await person.page.locator('tillit-chat').getByText('Din fråga är kvar').waitFor();
    await person.page.locator('tillit-chat #accept').click();
    await person.part('source').first().waitFor();
    assert.match((await person.part('question').textContent())!, /SIE-fil/);
  });

  it('loses the response to a ticket: Retry gives the same ticket', async () => {
    const person = await accepted();
    const ids: string[] = [];
    await person.page.route('**/api/tickets', async (route) => {
      const response = await route.fetch();
      ids.push(((await response.json()) as {id: string}).id);
      // The ticket is stored; only the answer is lost, as often as the transport tries by itself.
      return ids.length <= 1 ? route.fulfill({status: 500}) : route.fulfill({response});
    });
    await person.ask(question);
    await person.answered();
    await person.part('ticket-open').first().click();
    await person.part('ticket-name').fill('Test Testsson');
    await person.part('ticket-email').fill('test@example.com');
    await person.part('ticket-description').fill('Exporten blir tom.');
    await person.part('ticket-submit').click();
    await person.part('ticket-form').getByText('Något gick fel hos tjänsten').waitFor();
    assert.equal(await person.part('ticket-description').inputValue(), 'Exporten blir tom.');
    await person.part('ticket-submit').click();
    await person.part('ticket-receipt').waitFor();
    assert.equal(new Set(ids).size, 1);
    assert.ok((await person.part('ticket-receipt').textContent())!.includes(ids[0]!));
  });
});

describe('when a person', () => {
  it('writes 10,000 characters: says how many are too many, and sends nothing', async () => {
    const person = await accepted();
    const long = 'a '.repeat(5000).trim();
    await person.part('input').fill(long);
    await person.page
      .locator('tillit-chat')
      .getByText(/tecken för långt/)
      .waitFor();
    await person.part('input').press('Enter');
    assert.equal(await person.part('input').inputValue(), long);
    assert.equal(
      person.requests.some((request) => request.endsWith('/messages')),
      false,
    );
  });

  it('writes HTML: it is shown as the text it is', async () => {
    const person = await accepted();
    await person.ask('<img src=x onerror="document.title=1"> <b>fet</b>?');
    await person.part('question').waitFor();
    assert.match(
      (await person.part('question').textContent())!,
      /<img src=x onerror="document.title=1"> <b>fet<\/b>\?/,
    );
    assert.notEqual(await person.page.title(), '1');
  });

  it('presses Enter twice: asks once', async () => {
    const person = await accepted();
    await person.part('input').fill(question);
    await person.part('input').evaluate((field) => {
      for (let press = 0; press < 2; press++) {
        field.dispatchEvent(
          new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, composed: true, cancelable: true}),
        );
      }
    });
    await person.part('source').first().waitFor();
    assert.equal(await person.part('turn').count(), 1);
    assert.equal(person.requests.filter((request) => request === 'POST /api/messages').length, 1);
  });

  it('stops the answer: it stops at once, stays as it is, and the next question works', async () => {
    const slow = await serve({paceMs: 150});
    try {
      const person = await visit(browser, `${slow.url}script-tag.html`);
      await person.openChat();
      await person.accept();
      await person.ask(question);
      await person.part('answer').waitFor();
      await person.part('stop').click();
      await person.page.locator('tillit-chat').getByText('Du stoppade svaret').waitFor();
      const kept = await person.part('answer').textContent();
      await person.page.waitForTimeout(600);
      assert.equal(await person.part('answer').textContent(), kept);
      await person.ask('Hur bjuder jag in vår revisor?');
      await person.part('answer').nth(1).waitFor();
      assert.ok(person.requests.some((request) => /POST \/api\/messages\/[\w-]+\/stop/.test(request)));
    } finally {
      await slow.stop();
    }
  });

  it('begins a new conversation: the old one is gone, the terms are not asked again', async () => {
    const person = await accepted();
    await person.ask(question);
    await person.answered();
    await person.page.locator('tillit-chat tillit-menu button').first().click();
    await person.page.locator('tillit-chat').getByRole('button', {name: 'Ny konversation'}).click();
    await person.page.locator('tillit-chat tillit-welcome').waitFor();
    assert.equal(await person.part('turn').count(), 0);
    assert.equal(await person.part('input').count(), 1);
  });
});
