/** A conversation on a bad network, in a real browser: the question is kept, and goes when the person wants it to. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import type {Browser} from 'playwright-core';

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
