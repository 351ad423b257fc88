/** The whole journey, as a person takes it: real pages, the built script, the real backend on its embedded database. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import type {Browser} from 'playwright-core';
import {strictPage} from 'tillit-chat/testing';

import {serve} from '../../scripts/serve.mjs';
import {startBrowser, visit} from './person.js';

let demo: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
before(async () => {
  [demo, browser] = await Promise.all([serve(), startBrowser()]);
});
after(async () => {
  await browser.close();
  await demo.stop();
});

const ofApi = (requests: readonly string[]) => requests.filter((request) => request.includes('/api/'));

describe('the journey', () => {
  it('leads from the pasted script to a ticket, and sends nothing it should not', async () => {
    const {page, part, notice, requests, problems, openChat, accept, decline, ask, answered} = await visit(
      browser,
      `${demo.url}script-tag.html`,
    );
    const everything: string[] = [];
    await page.exposeFunction('heard', (event: string) => everything.push(event));
    await page.evaluate(() => {
      const names = [
        'open',
        'close',
        'disclosure-shown',
        'terms-accept',
        'ask',
        'answer',
        'rate',
        'ticket',
        'pii-found',
        'source-open',
        'error',
      ];
      for (const name of names) {
        document.addEventListener(`tillit-${name}`, (event) => {
          void (window as unknown as {heard(text: string): void}).heard(
            JSON.stringify([event.type, (event as CustomEvent).detail]),
          );
        });
      }
    });

    // Before it is opened: the script, and nothing else.
    await part('launcher').waitFor();
    assert.deepEqual(
      requests.filter((request) => !request.endsWith('.html') && !request.includes('favicon')),
      ['GET /dist/cdn/tillit-chat.js'],
    );
    assert.deepEqual(await page.evaluate(() => [document.cookie, sessionStorage.length, localStorage.length]), [
      '',
      0,
      0,
    ]);

    // Terms: only they are asked for, and nothing is stored.
    await openChat();
    assert.deepEqual(ofApi(requests), ['GET /api/config']);
    assert.match((await notice.textContent())!, /utan AI/);
    assert.match((await part('terms').textContent())!, /Version 5/);
    assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);

    // Declining keeps the chat closed, with a way back.
    await decline();
    await openChat();
    await accept();

    // Personal data stops here.
    await part('input').fill('Varför är lönen fel för 811228-9874?');
    await part('input').press('Enter');
    await part('finding').waitFor();
    assert.match((await part('finding').textContent())!, /1 personuppgift hittades.*Inget har skickats/s);
    assert.equal(
      ofApi(requests).some((request) => request.includes('messages')),
      false,
    );
    await part('mask').click();
    await part('finding').waitFor({state: 'detached'});
    assert.equal(await part('input').inputValue(), 'Varför är lönen fel för [PERSONNUMMER_1]?');

    // A sourced answer.
    await ask('Hur registrerar jag sjukfrånvaro?');
    await answered();
    assert.match((await part('answer').first().textContent())!, /Frånvaro/);
    await part('citation').first().waitFor();
    assert.ok((await part('source').count()) >= 1);
    assert.equal(await part('source').first().getAttribute('rel'), 'noopener noreferrer');
    await part('citation').first().click();
    await part('citation-popover').waitFor();
    await page.keyboard.press('Escape');

    // The rating is stored.
    const rated = page.waitForResponse((response) => response.request().method() === 'PUT');
    await part('rating-star').nth(3).click();
    assert.equal((await rated).status(), 204);
    const commented = page.waitForResponse((response) => response.request().method() === 'PUT');
    await part('rating-comment').fill('Tydliga steg, tack.');
    await part('rating-submit').click();
    assert.deepEqual((await commented).request().postDataJSON(), {score: 4, comment: 'Tydliga steg, tack.'});

    // The ticket knows what was said, and shows it before it is sent.
    await part('ticket-open').first().click();
    assert.equal(await part('ticket-description').inputValue(), 'Hur registrerar jag sjukfrånvaro?');
    await part('ticket-name').fill('Test Testsson');
    await part('ticket-email').fill('test@example.com');
    const [line] = await page.locator('tillit-chat fieldset textarea').all();
    await line!.fill('Hur registrerar jag frånvaro för en timanställd?');
    const created = page.waitForResponse((response) => response.url().endsWith('/api/tickets'));
    await part('ticket-submit').click();
    const ticket = (await created).request().postDataJSON() as {transcript: {text: string}[]};
    assert.equal(ticket.transcript[0]!.text, 'Hur registrerar jag frånvaro för en timanställd?');
    await part('ticket-receipt').waitFor();
    assert.match((await part('ticket-receipt').textContent())!, /T-\d+/);

    // What a person wrote is in no event and no URL.
    const words = /811228|sjukfrånvaro|Testsson|example\.com|Tydliga|timanställd/;
    assert.deepEqual(
      everything.filter((event) => words.test(event)),
      [],
    );
    assert.deepEqual(
      requests.filter((request) => words.test(decodeURIComponent(request))),
      [],
    );
    assert.deepEqual(
      everything
        .map((event) => (JSON.parse(event) as [string])[0])
        .filter((name, index, all) => all.indexOf(name) === index)
        .sort(),
      [
        'tillit-answer',
        'tillit-ask',
        'tillit-close',
        'tillit-disclosure-shown',
        'tillit-open',
        'tillit-pii-found',
        'tillit-rate',
        'tillit-terms-accept',
        'tillit-ticket',
      ],
    );
    assert.deepEqual(problems, []);
  });

  it('can be taken with the keyboard alone, in English', async () => {
    const {page, part} = await visit(browser, demo.url, {locale: 'en-GB'});
    const focused = () =>
      page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.id || at?.getAttribute('part') || at?.getAttribute('aria-label') || at?.textContent?.trim() || '';
      });
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 60; presses++) {
        if ((await focused()) === name) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`Tab does not reach ${name}; it is at ${await focused()}`);
    };
    await part('launcher').waitFor();
    await tabTo('launcher');
    await page.keyboard.press('Enter');
    await page.locator('tillit-chat #accept').waitFor();
    await tabTo('accept');
    await page.keyboard.press('Enter');
    await part('input').waitFor();
    await page.waitForFunction(() =>
      document.querySelector('tillit-chat')!.shadowRoot!.activeElement?.matches('textarea'),
    );
    await page.keyboard.type('How do I turn on two-factor login?');
    await page.keyboard.press('Enter');
    await part('rating-star').first().waitFor();
    assert.equal(await focused(), 'input');
    await page.keyboard.press('Shift+Tab');
    for (let presses = 0; presses < 30 && !(await focused()).includes('ticket-open'); presses++)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await part('ticket-name').waitFor();
    await page.waitForFunction(
      () => document.querySelector('tillit-chat')!.shadowRoot!.activeElement?.id === 'ticket-name',
    );
    await page.keyboard.type('Test Person');
    await page.keyboard.press('Tab');
    await page.keyboard.type('test@example.com');
    await page.keyboard.press('Enter');
    await part('ticket-receipt').waitFor();
    await page.keyboard.press('Escape');
    await part('panel').waitFor({state: 'hidden'});
    assert.equal(await focused(), 'launcher');
  });

  it('says so honestly when there is no source, and offers a ticket of the question', async () => {
    const {part, openChat, accept, ask, answered} = await visit(browser, `${demo.url}script-tag.html`);
    await openChat();
    await accept();
    await ask('Kan jag betala leverantörer i dollar?');
    await answered();
    assert.equal(await part('source').count(), 0);
    await part('ticket-open').first().click();
    assert.equal(await part('ticket-description').inputValue(), 'Kan jag betala leverantörer i dollar?');
  });

  it('goes on after a reload, without asking for the terms again', async () => {
    const {page, part, openChat, accept, ask, answered} = await visit(browser, `${demo.url}script-tag.html`);
    await openChat();
    await accept();
    await ask('Hur exporterar jag en SIE-fil?');
    await answered();
    await part('input').fill('Halvskriven fråga');
    await page.reload();
    await part('launcher').click();
    await part('input').waitFor();
    assert.match((await part('question').textContent())!, /SIE-fil/);
    assert.ok((await part('source').count()) >= 1);
    assert.equal(await part('input').inputValue(), 'Halvskriven fråga');
  });

  it('forgets everything here when the acceptance is taken back', async () => {
    const {page, openChat, accept, ask, answered, withdraw, requests} = await visit(
      browser,
      `${demo.url}script-tag.html`,
    );
    await openChat();
    await accept();
    await ask('Hur bjuder jag in vår revisor?');
    await answered();
    await page.waitForFunction(() => sessionStorage.length === 1);
    await withdraw();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    assert.ok(requests.includes('DELETE /api/acceptances/current'));
    await openChat();
  });

  it('works in a single-page app that imports the package, with typed events', async () => {
    const {page, part, accept, answered} = await visit(browser, `${demo.url}spa/`, {locale: 'en-GB'});
    await page.getByRole('button', {name: 'Ask about two-factor login'}).click();
    await accept();
    await page.getByRole('button', {name: 'Ask about two-factor login'}).click();
    await part('turn').waitFor();
    await answered();
    const events = await page.locator('#events li').allTextContents();
    assert.ok(
      events.some((event) => event.startsWith('tillit-answer')),
      events.join('\n'),
    );
    assert.equal(
      events.some((event) => event.includes('two-factor')),
      false,
    );
  });

  it('works under a strict policy with Trusted Types, from a classic script', async () => {
    const {page, part, openChat, accept, ask, answered, problems} = await visit(browser, 'about:blank');
    const {html, headers} = strictPage({
      script: '/dist/cdn/tillit-chat.classic.js',
      endpoint: '/api',
      lang: 'sv',
    });
    await page.route('**/strict.html', (route) => route.fulfill({headers, body: html}));
    await page.goto(`${demo.url}strict.html`);
    await openChat();
    await accept();
    await ask('Hur exporterar jag en SIE-fil?');
    await answered();
    await part('citation').first().waitFor();
    await part('citation').first().click();
    await part('citation-popover').waitFor();
    await part('rating-star').nth(4).click();
    await part('ticket-open').first().click();
    await part('ticket-form').waitFor();
    assert.deepEqual(problems, []);
  });
});
