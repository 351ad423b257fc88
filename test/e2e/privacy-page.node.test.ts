/** The page about the guard: it tells every rule, its box finds and masks, and nothing typed there leaves. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import type {Browser, BrowserContextOptions} from 'playwright-core';
import {ruleCatalog} from 'tillit-chat/privacy/catalog';

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

async function openPage(options: BrowserContextOptions = {}) {
  const person = await visit(browser, `${demo.url}privacy.html`, options);
  const {page} = person;
  // The table of packs is drawn when they have all arrived: the last the page asks for.
  await page.locator('table tbody tr').first().waitFor();
  const allTexts = async (selector: string) =>
    (await page.locator(selector).allTextContents()).map((text) => text.trim());
  return {
    ...person,
    type: (text: string) => page.locator('#draft').fill(text),
    marked: () => allTexts('#marked mark'),
    findings: () =>
      page.locator('[data-finding]').evaluateAll((items) => items.map((item) => item.getAttribute('data-finding'))),
    verdict: () => page.locator('#verdict').getAttribute('data-verdict'),
    masked: async () => (await page.locator('#masked').textContent()) ?? '',
    async decide(type: string, decision: string) {
      if (
        !(await page
          .locator('#policy')
          .getAttribute('open')
          .then((open) => open !== null))
      )
        await page.locator('#policy summary').click();
      await page.locator(`#policy select[data-type=${type}]`).selectOption(decision);
    },
  };
}

const personal = 'Hej, jag heter Erik Lindqvist och mitt personnummer är 811228-9874.';

describe('the page about the guard', () => {
  it('lists every rule of the catalogue with its source, and links to the authority', async () => {
    const {page, problems} = await openPage();
    const listed = await page.locator('[data-rule]').evaluateAll((items) =>
      items.map((item) => {
        const source = item.querySelector('[data-source]');
        return {
          rule: item.getAttribute('data-rule'),
          source: source?.textContent?.trim(),
          link: source?.querySelector('a')?.getAttribute('href') ?? undefined,
        };
      }),
    );
    const wanted = ruleCatalog.map(({type, subtype, source, sourceUrl}) => ({
      rule: `${type} ${subtype}`,
      source,
      link: sourceUrl,
    }));
    const byRule = (a: {rule: string | null}, b: {rule: string | null}) => (a.rule! < b.rule! ? -1 : 1);
    assert.deepEqual(listed.sort(byRule), wanted.sort(byRule));
    assert.ok(wanted.every(({link}) => link === undefined || link.startsWith('https://')));
    assert.deepEqual(problems, []);
  });

  it('says which pack a rule comes with', async () => {
    const {page} = await openPage();
    await page.locator('#toggle-all').click();
    assert.match(await page.locator('[data-rule="PERSON_ID de-steuer-id"]').innerText(), /Tyskland\s+Paket\s+de/);
    assert.match(await page.locator('[data-rule="EMAIL email"]').innerText(), /Paket\s+grundreglerna/);
  });

  it('is filtered, opened and closed with the keyboard', async () => {
    const {page} = await openPage();
    const visible = () => page.locator('[data-rule]:visible').count();
    assert.equal(await visible(), 0);
    await page.locator('details[data-type=EMAIL] summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-rule="EMAIL email"]').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-rule="EMAIL email"]').waitFor({state: 'hidden'});

    await page.locator('#filter').focus();
    await page.keyboard.type('tyskland steuer-id');
    await page.locator('[data-rule="PERSON_ID de-steuer-id"]').waitFor();
    assert.equal(await visible(), 1);
    assert.match((await page.locator('#rule-count').textContent())!, /^1 av \d+/);
  });

  it('marks a personnummer and a name, and masks both', async () => {
    const {type, marked, findings, verdict, masked} = await openPage();
    await type(personal);
    assert.deepEqual(await marked(), ['Erik Lindqvist', '811228-9874']);
    assert.deepEqual(await findings(), ['NAME nameIs', 'PERSON_ID se-personnummer']);
    assert.equal(await verdict(), 'block');
    assert.equal(await masked(), 'Hej, jag heter [NAME_1] och mitt personnummer är [PERSONNUMMER_1].');

    await type('Hur registrerar jag sjukfrånvaro?');
    assert.deepEqual(await marked(), []);
    assert.equal(await verdict(), 'pass');
  });

  it('shows what a policy changes', async () => {
    const {page, type, marked, verdict, masked, decide} = await openPage();
    await type(personal);
    await decide('NAME', 'off');
    assert.deepEqual(await marked(), ['811228-9874']);
    await decide('PERSON_ID', 'warn');
    assert.equal(await verdict(), 'warn');
    assert.match((await page.locator('#policy code').textContent())!, /{NAME: 'off', PERSON_ID: 'warn'}/);
    await decide('PERSON_ID', 'off');
    assert.equal(await verdict(), 'pass');
    assert.equal(await masked(), personal);
    await decide('NAME', '');
    assert.deepEqual(await marked(), ['Erik Lindqvist']);
  });

  it('finds what a language’s pack knows, and not without it', async () => {
    const {page, type, findings} = await openPage();
    await type('Die Nummer 86 095 742 719 wird abgelehnt.');
    assert.deepEqual(await findings(), []);
    for (const locale of ['de', 'every']) {
      await page.locator('#locale').selectOption(locale);
      assert.deepEqual(await findings(), ['PERSON_ID de-steuer-id']);
    }
    await page.locator('#locale').selectOption('core');
    assert.deepEqual(await findings(), []);
  });

  it('sends nothing and stores nothing while a person types, and could not', async () => {
    const {page, requests, problems, type, decide, masked} = await openPage();
    const loaded = requests.length;
    await page.locator('#draft').pressSequentially(' 4111 1111 1111 1111');
    await type(personal);
    await decide('NAME', 'off');
    await page.locator('#locale').selectOption('de');
    await page.locator('#filter').fill('Skatteverket');
    await page.getByRole('button', {name: 'English'}).click();
    assert.match(await masked(), /PERSONNUMMER_1/);
    assert.deepEqual(requests.slice(loaded), []);
    assert.deepEqual(
      await page.evaluate(() => [document.cookie, sessionStorage.length, localStorage.length, location.search]),
      ['', 0, 0, ''],
    );
    assert.deepEqual(problems, []);

    // Not by good manners alone: the page's own policy refuses.
    const outcome = await page.evaluate(() =>
      fetch('/api/config').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    assert.equal(outcome, 'refused');
    assert.deepEqual(requests.slice(loaded), []);
  });

  it('speaks Swedish and English, and fits a phone', async () => {
    const {page} = await openPage({viewport: {width: 390, height: 844}, locale: 'en-GB'});
    assert.equal(await page.locator('h1').textContent(), 'What the guard finds');
    await page.getByRole('button', {name: 'Svenska'}).click();
    assert.equal(await page.locator('h1').textContent(), 'Vad skyddet hittar');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'sv');
    await page.locator('#toggle-all').click();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
});
