/*
 * `npm run screenshots [-- FILTER]`: every screen as a picture in screenshots/: at 320, 390, 768 and 1280 pixels, light and
 * dark, in forced colours and with more contrast, from right to left, with text at 200 %, and with words that are too
 * long. FILTER is a part of a name, such as `390-dark` or `forced`.
 */
import {mkdir, rm} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

import {chromium} from 'playwright-core';

import {chromeArgs, findChrome} from './browsers.mjs';
import {serve} from './serve.mjs';

const folder = fileURLToPath(new URL('../screenshots', import.meta.url));
const [filter = ''] = process.argv.slice(2);

const touch = {deviceScaleFactor: 2, hasTouch: true, isMobile: true};
const windows = {
  320: {viewport: {width: 320, height: 640}, ...touch},
  390: {viewport: {width: 390, height: 844}, ...touch},
  768: {viewport: {width: 768, height: 1024}, ...touch},
  1280: {viewport: {width: 1280, height: 800}},
};
const variants = {
  light: {},
  dark: {colorScheme: 'dark'},
  forced: {forcedColors: 'active'},
  contrast: {contrast: 'more'},
  rtl: {direction: 'rtl'},
  'large-text': {textPercent: 200},
  'long-words': {hasLongWords: true},
};
const all = Object.entries(windows).flatMap(([width, window]) =>
  Object.entries(variants).map(([variant, options]) => ({name: `${width}-${variant}`, ...window, ...options})),
);
const settings = all.filter(({name}) => name.includes(filter));
if (settings.length === 0) throw new Error(`No picture is called ${filter}: ${all.map(({name}) => name).join(', ')}`);

/** As long as a name gets, and without a place to break it. */
const longName = `${'Lönekonsultföretagsgruppen'.repeat(11)} AB & Co`;
const longWord = 'Arbetsmarknadsförsäkringsaktiebolagsregistreringsblankettsnummer';

await rm(folder, {recursive: true, force: true});
await mkdir(folder, {recursive: true});
// Slow enough to be caught in the middle of an answer.
const [demo, browser] = await Promise.all([
  serve({paceMs: 25}),
  chromium.launch({executablePath: findChrome(), args: chromeArgs}),
]);
let pictures = 0;
try {
  for (const setting of settings) await takeAll(setting);
} finally {
  await browser.close();
  await demo.stop();
}
console.log(`${pictures} pictures in screenshots/`);

async function takeAll({name, textPercent = 100, direction = 'ltr', hasLongWords = false, ...context}) {
  const page = await browser.newPage({locale: 'sv-SE', ...context});
  page.setDefaultTimeout(15_000);
  let number = 0;
  const take = (screen) => {
    number += 1;
    pictures += 1;
    return page.screenshot({path: `${folder}/${name}-${String(number).padStart(2, '0')}-${screen}.png`});
  };
  const part = (which) => page.locator(`tillit-chat [part~="${which}"]`);
  const ask = async (question) => {
    await part('input').fill(question);
    await part('input').press('Enter');
  };

  if (hasLongWords) {
    await page.route('**/api/config', async (route) => {
      const response = await route.fetch();
      const config = await response.json();
      config.greeting = `Hej! Fråga om ${longWord}.`;
      config.suggestions = Array.from({length: 20}, (_, n) => ({
        text: n % 3 === 0 ? longWord : `Förslag nummer ${n + 1}`,
      }));
      await route.fulfill({response, json: config});
    });
  }
  await page.goto(`${demo.url}index.html`);
  await page.evaluate(
    ({textPercent, direction}) => {
      document.documentElement.lang = 'sv';
      document.documentElement.style.fontSize = `${textPercent}%`;
      // No catalog is written from right to left yet: the layout is what this shows.
      document.documentElement.dir = direction;
    },
    {textPercent, direction},
  );
  if (hasLongWords) {
    await page.locator('tillit-chat').evaluate((chat, title) => {
      chat.strings = {title};
    }, longName);
  }
  await part('launcher').waitFor();
  await take('launcher');

  await part('launcher').click();
  const accept = page.locator('tillit-chat #accept');
  await accept.waitFor();
  if (direction === 'rtl') await page.locator('tillit-chat .root').evaluate((root) => root.setAttribute('dir', 'rtl'));
  await page.waitForTimeout(300);
  await take('terms');

  await accept.click();
  await part('input').waitFor();
  await page.waitForTimeout(200);
  await take('empty');

  await part('input').fill('Varför är lönen fel för 811228-9874? Svara till eva.berg@firma.se, tack.');
  await page.locator('tillit-chat [part~="finding"] li').nth(1).waitFor();
  await take('blocked');

  await ask(hasLongWords ? `Hur registrerar jag sjukfrånvaro ${longWord}?` : 'Hur registrerar jag sjukfrånvaro?');
  await part('answer').waitFor();
  await page.waitForTimeout(900);
  await take('streaming');

  await part('rating-star').first().waitFor();
  await take('answer');

  await part('citation').first().click();
  await part('citation-popover').waitFor();
  await page.waitForTimeout(200);
  await take('citation');
  await page.keyboard.press('Escape');

  await part('rating-star').nth(3).click();
  await part('rating-comment').waitFor();
  await page.waitForTimeout(200);
  await take('rating');

  await ask('Kan jag betala leverantörer i dollar?');
  await page.locator('tillit-chat .note [part~="ticket-open"]').waitFor();
  await page.waitForTimeout(200);
  await take('no-source');

  await page.locator('tillit-chat .note [part~="ticket-open"]').click();
  await part('ticket-name').fill('Test Testsson');
  await part('ticket-email').fill('test@example.com');
  await take('ticket');

  await part('ticket-submit').click();
  await part('ticket-receipt').waitFor();
  await take('receipt');

  await page.locator('tillit-chat [part~="ticket-receipt"] button').click();
  await page.locator('tillit-chat tillit-menu button').first().click();
  await part('your-data-open').click();
  await part('receipt').waitFor();
  await page.waitForTimeout(200);
  await take('your-data');
  await part('your-data').evaluate((box) => {
    box.scrollTop = box.scrollHeight;
  });
  await page.waitForTimeout(100);
  await take('your-data-rights');
  await part('delete').first().click();
  await page.waitForTimeout(100);
  await take('your-data-delete');
  await page.locator('tillit-chat .back').click();

  await page.route('**/api/messages', (route) => route.fulfill({status: 500}));
  await ask('Hur bjuder jag in vår revisor?');
  await page.locator('tillit-chat [data-retry]').waitFor();
  await page.waitForTimeout(200);
  await take('error');

  // The vendor changes the terms; the person comes back.
  await page.route('**/api/config', async (route) => {
    const response = await route.fetch();
    const config = await response.json();
    const {version, markdown} = config.terms;
    const terms = {...config.terms, version: `${version}.1`, markdown: markdown.replace('tolv månader', 'sex månader')};
    await route.fulfill({response, json: {...config, terms}});
  });
  await page.reload();
  await page.evaluate(() => {
    document.documentElement.lang = 'sv';
  });
  await part('launcher').click();
  await part('changes').waitFor();
  await page.waitForTimeout(300);
  await take('terms-changed');
  await page.context().close();
}
