/**
 * What the chat costs the page that has it, in Chromium, from the built files and the demo's backend on this machine:
 * the launcher alone, from the click to the terms, and a chat in the page until somebody can use it. Each page is new, and
 * nothing comes from a cache. Medians of several visits.
 *
 *   npm run bench -- host [--json]
 */
import {loadavg} from 'node:os';

import {chromium, type Browser, type CDPSession, type Page} from 'playwright-core';

import {chromeArgs, findChrome} from '../../scripts/browsers.mjs';
import {serve} from '../../scripts/serve.mjs';
import {scriptTag, startVendorSite} from '../engines/vendor-site.js';

const VISITS = Number(process.env['VISITS'] ?? 7);
const SLOW = 4;

/** In ms, but `shift` (CLS) and `heapMb`. */
const limits = {
  evaluation: 10,
  longTasks: 0,
  shift: 0,
  clickToTerms: 300,
  usable: 100,
  usableSlow: 350,
  blocking: 0,
  blockingSlow: 50,
  heapMb: 2,
};
type Figure = keyof typeof limits;

/** Before anything of the page runs: what it blocks and moves, and how to see when something can be used. */
function watch() {
  const seen = {blockingMs: 0, longTasks: 0, shift: 0};
  new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) {
      seen.longTasks++;
      seen.blockingMs += duration - 50;
    }
  }).observe({type: 'longtask', buffered: true});
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & {value: number}).value;
  }).observe({type: 'layout-shift', buffered: true});

  const find = (selector: string, root: ParentNode): HTMLElement | undefined => {
    const found = root.querySelector<HTMLElement>(selector);
    if (found) return found;
    for (const {shadowRoot} of root.querySelectorAll('*')) {
      const inside = shadowRoot && find(selector, shadowRoot);
      if (inside) return inside;
    }
    return undefined;
  };
  /** Resolves with the time of the first frame that has it, in ms since the page began. */
  const shown = (selector: string) =>
    new Promise<number>((resolve) => {
      const look = () => {
        const {width = 0} = find(selector, document)?.getBoundingClientRect() ?? {};
        if (width > 0) resolve(performance.now());
        else requestAnimationFrame(look);
      };
      look();
    });
  Object.assign(window, {seen, shown, find});
  addEventListener('click', ({timeStamp}) => Object.assign(window, {clickedAt: timeStamp}), true);
}

interface Watched {
  readonly seen: {readonly blockingMs: number; readonly longTasks: number; readonly shift: number};
  readonly clickedAt: number;
  shown(selector: string): Promise<number>;
  find(selector: string, root: ParentNode): HTMLElement | undefined;
}

const demo = await serve();
const site = await startVendorSite();
const executablePath = findChrome() as string | undefined;
if (!executablePath) throw new Error('There is no Chromium: run node scripts/bootstrap.mjs --browsers');
const browser = await chromium.launch({executablePath, headless: true, args: chromeArgs});
const text = '<h1>A page</h1><p>With some text.</p>';
const html = (rest: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Bench</title><body>${text}${rest}</body></html>`;
const chat = (attributes = '') =>
  html(`${scriptTag(site)}<tillit-chat endpoint="${demo.url}api" ${attributes}></tillit-chat>`);

async function visit<Result>(
  from: Browser,
  {rate = 1, body}: {readonly rate?: number; readonly body: string},
  act: (page: Page, cdp: CDPSession) => Promise<Result>,
): Promise<Result> {
  const page = await from.newPage({viewport: {width: 1280, height: 800}});
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.setCacheDisabled', {cacheDisabled: true});
  await cdp.send('Emulation.setCPUThrottlingRate', {rate});
  // What compiles this file leaves calls in it of a helper that keeps names.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(watch);
  site.page = {body};
  try {
    await page.goto(site.origin);
    return await act(page, cdp);
  } finally {
    await page.context().close();
  }
}

const seen = (page: Page) => page.evaluate(() => (window as unknown as Watched).seen);
const shown = (page: Page, selector: string) =>
  page.evaluate((wanted) => (window as unknown as Watched).shown(wanted), selector);
const press = (page: Page, selector: string) =>
  page.evaluate((wanted) => (window as unknown as Watched).find(wanted, document)!.click(), selector);

/** The launcher, and nobody touches it. */
async function launcherAlone() {
  return visit(browser, {rate: SLOW, body: html('')}, async (page) => {
    site.page = {body: chat()};
    await browser.startTracing(page, {categories: ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile']});
    await page.goto(site.origin);
    await shown(page, '.launcher');
    await page.waitForTimeout(1000);
    const {longTasks, shift} = await seen(page);
    const {traceEvents} = JSON.parse((await browser.stopTracing()).toString()) as {
      traceEvents: {name: string; dur?: number; args?: {data?: {url?: string}; fileName?: string}}[];
    };
    // To compile and to run it. That a module is run is not told with its name; there is no other on the page.
    const isOurs = ({name, args}: (typeof traceEvents)[number]) =>
      name === 'v8.evaluateModule' || /tillit-chat\.js/.test(args?.data?.url ?? args?.fileName ?? '');
    const names = ['EvaluateScript', 'v8.compile', 'v8.compileModule', 'v8.evaluateModule'];
    const ours = traceEvents.filter((event) => names.includes(event.name) && isOurs(event));
    if (ours.length === 0) throw new Error('The trace does not tell what the script took.');
    return {evaluation: ours.reduce((sum, {dur = 0}) => sum + dur / 1000, 0), longTasks, shift};
  });
}

const clickToTerms = () =>
  visit(browser, {rate: SLOW, body: chat()}, async (page) => {
    await shown(page, '.launcher');
    const {x, y, width, height} = await page.evaluate(() => {
      const {find} = window as unknown as Watched;
      return find('.launcher', document)!.getBoundingClientRect().toJSON() as DOMRect;
    });
    const waiting = shown(page, '#accept');
    await page.mouse.click(x + width / 2, y + height / 2);
    const shownAt = await waiting;
    return {clickToTerms: shownAt - (await page.evaluate(() => (window as unknown as Watched).clickedAt))};
  });

/** In the page, for somebody who has accepted: until something can be typed. */
const inline = (rate: number) =>
  visit(browser, {body: chat('mode="inline"')}, async (page, cdp) => {
    await shown(page, '#accept');
    await press(page, '#accept');
    await shown(page, '[part~="input"]');
    // What is kept is written after a moment.
    await page.waitForTimeout(500);
    await cdp.send('Emulation.setCPUThrottlingRate', {rate});
    await page.goto('about:blank');
    await page.goto(site.origin);
    const usable = await shown(page, '[part~="input"]');
    await page.waitForTimeout(1500);
    const {blockingMs} = await seen(page);
    return {usable, blocking: blockingMs, heap: await heap(cdp)};
  });

async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send('Performance.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  const {metrics} = await cdp.send('Performance.getMetrics');
  return metrics.find(({name}) => name === 'JSHeapUsedSize')!.value / 2 ** 20;
}

async function each<Result extends Record<string, number>>(act: () => Promise<Result>): Promise<Result> {
  const results: Result[] = [];
  for (let index = 0; index < VISITS; index++) results.push(await act());
  return Object.fromEntries(
    Object.keys(results[0]!).map((key) => [
      key,
      results.map((result) => result[key]!).toSorted((a, b) => a - b)[VISITS >> 1]!,
    ]),
  ) as Result;
}

try {
  const closed = await each(launcherAlone);
  const opening = await each(clickToTerms);
  const empty = await each(() => visit(browser, {body: html('')}, async (_, cdp) => ({heap: await heap(cdp)})));
  const fast = await each(() => inline(1));
  const slow = await each(() => inline(SLOW));
  const result: Record<Figure, number> = {
    ...closed,
    ...opening,
    usable: fast.usable,
    usableSlow: slow.usable,
    blocking: fast.blocking,
    blockingSlow: slow.blocking,
    heapMb: fast.heap - empty.heap,
  };
  const missed = (Object.keys(limits) as Figure[]).filter((name) => result[name] > limits[name]);
  if (process.argv.includes('--json')) console.log(JSON.stringify({limits, result, missed, load: loadavg()[0]}));
  else {
    const row = (name: Figure, what: string, unit = 'ms') =>
      console.log(
        `${missed.includes(name) ? '✗' : '✓'} ${what.padEnd(62)} ${result[name].toFixed(unit === 'ms' ? 0 : 2).padStart(6)} ${unit} of ${limits[name]}`,
      );
    row('evaluation', `launcher alone: the script compiled and run, ${SLOW}× slower`);
    row('longTasks', `launcher alone: tasks of more than 50 ms, ${SLOW}× slower`, '  ');
    row('shift', 'launcher alone: layout shift', '  ');
    row('clickToTerms', `from the click to the terms, ${SLOW}× slower`);
    row('usable', 'in the page: until something can be typed');
    row('usableSlow', `in the page: the same, ${SLOW}× slower`);
    row('blocking', 'in the page: total blocking time');
    row('blockingSlow', `in the page: the same, ${SLOW}× slower`);
    row('heapMb', 'in the page: heap', 'MB');
    console.log(`medians of ${VISITS} visits; load ${loadavg()[0]!.toFixed(1)}`);
  }
  process.exitCode = missed.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await site.stop();
  await demo.stop();
}
