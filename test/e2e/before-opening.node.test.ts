/** What a visit costs who never opens the chat, and who opens it and has not accepted: the built script in a plain page. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import type {Browser} from 'playwright-core';

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

/** Takes down what is touched, from before the first script on. Text, since a compiler's helpers are not there. */
const watch = `
  const touched = (window.touched = []);
  const spy = (owner, name) => {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    for (const kind of ['get', 'set', 'value']) {
      const before = own[kind];
      if (typeof before === 'function')
        own[kind] = function (...all) { touched.push(name); return before.apply(this, all); };
    }
    Object.defineProperty(owner, name, own);
  };
  spy(window, 'localStorage');
  spy(window, 'sessionStorage');
  spy(Document.prototype, 'cookie');
  spy(IDBFactory.prototype, 'open');
  spy(Navigator.prototype, 'sendBeacon');
  spy(HTMLElement.prototype, 'focus');
  addEventListener('focusin', ({target}) => touched.push('focus on ' + target.localName));
  new PerformanceObserver((list) => {
    for (const {value} of list.getEntries()) touched.push('layout shift of ' + value);
  }).observe({type: 'layout-shift', buffered: true});`;

const pageWith = (body: string) =>
  `<!doctype html><html lang="sv"><link rel="icon" href="data:,"><title>x</title><h1>Hej</h1>${body}` +
  '<p>En sida med text, som inte får flytta sig.</p>';
const chatTag = '<tillit-chat endpoint="/api"></tillit-chat>';
const script = '<script type="module" src="/dist/cdn/tillit-chat.js"></script>';

async function visitPage(body: string) {
  const person = await visit(browser, 'about:blank');
  await person.page.context().addInitScript({content: watch});
  await person.page.route('**/plain.html', (route) =>
    route.fulfill({contentType: 'text/html; charset=utf-8', body: pageWith(body)}),
  );
  await person.page.goto(`${demo.url}plain.html`, {waitUntil: 'networkidle'});
  // Layout shifts are told with the next frames.
  const touched = () =>
    person.page.evaluate(
      () =>
        new Promise<readonly string[]>((resolve) => {
          requestAnimationFrame(() =>
            requestAnimationFrame(() => resolve((window as unknown as {touched: readonly string[]}).touched)),
          );
        }),
    );
  return {...person, touched};
}

describe('a page with the chat', () => {
  it('requests the script and nothing else, and touches nothing, until the chat is opened', async () => {
    const {page, part, requests, problems, touched} = await visitPage(chatTag + script);
    await part('launcher').waitFor();
    assert.deepEqual(requests, ['GET /plain.html', 'GET /dist/cdn/tillit-chat.js']);
    assert.deepEqual(await touched(), []);
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    assert.deepEqual(await page.context().cookies(), []);
    assert.deepEqual(problems, []);
  });

  it('asks for the config and its own files, and nothing more, until the terms are accepted', async () => {
    const {page, part, requests, openChat, touched} = await visitPage(chatTag + script);
    await openChat();
    await page.waitForLoadState('networkidle');
    const [, , ...more] = requests;
    assert.deepEqual(
      more.filter((request) => !/^GET \/dist\/cdn\/chunks\/[\w-]+\.js$/.test(request)),
      ['GET /api/config'],
    );
    assert.deepEqual(await page.context().cookies(), []);
    assert.equal(await page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length), 0);
    assert.deepEqual(
      (await touched()).filter((what) => what.startsWith('layout shift')),
      [],
    );
    assert.equal(await part('input').count(), 0);
  });

  it('would be caught if it did', async () => {
    const {requests, touched} = await visitPage(
      `${chatTag}${script}<script type="module">
        localStorage.getItem('x');
        document.cookie = 'a=b';
        fetch('/api/config');
        await new Promise((seen) => setTimeout(seen, 300));
        const box = document.createElement('div');
        box.style.height = '200px';
        document.querySelector('h1').after(box);
      </script>`,
    );
    assert.ok(requests.includes('GET /api/config'));
    const seen = (await touched()).join();
    assert.match(seen, /localStorage.*cookie.*layout shift/);
  });
});
