/**
 * What a long conversation costs, in Chromium: 500 turns put on the page, a key pressed with them there, at a fourth of
 * the machine's speed and beside 10 turns, and five seconds in which nobody does anything.
 *
 *   npm run bench -- long [-- --json]
 */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {loadavg, tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {build} from 'esbuild';
import {chromium, type Browser} from 'playwright-core';

import {chromeArgs, findChrome} from '../../scripts/browsers.mjs';
import {catalogs} from './bundled-catalogs.js';

const THROTTLE = 4;
const KEYS = 40;
const IDLE_MS = 5000;

const limits = {loadMs: 250, heapMb: 5, keyMs: 20, idleWork: 0};

/** What a page does by itself; each has its name in a trace. */
const work = ['TimerFire', 'FireAnimationFrame', 'Animation', 'Layout', 'UpdateLayoutTree', 'Paint'];

interface Measured {
  readonly loadMs: number;
  readonly heapMb: number;
  readonly keyMs: number;
  readonly idle: Readonly<Record<string, number>>;
}

async function bundlePage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-bench-'));
  await build({
    entryPoints: [fileURLToPath(new URL('long-page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    outdir: folder,
    logLevel: 'error',
    plugins: [catalogs],
  });
  const page = '<!doctype html><meta charset="utf-8"><title>Bench</title><body><script src="long-page.js"></script>';
  writeFileSync(join(folder, 'long.html'), page);
  return folder;
}

async function measure(browser: Browser, url: string, turns: number): Promise<Measured> {
  const page = await browser.newPage();
  await page.goto(url);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const metric = async (name: string) =>
    (await cdp.send('Performance.getMetrics')).metrics.find((one) => one.name === name)!.value;
  const heap = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    return metric('JSHeapUsedSize');
  };
  await page.evaluate(() => window.begin());

  const heapBefore = await heap();
  const taskBefore = await metric('TaskDuration');
  await page.evaluate((count) => window.load(count), turns);
  const loadMs = ((await metric('TaskDuration')) - taskBefore) * 1000;
  const heapMb = ((await heap()) - heapBefore) / 2 ** 20;

  await cdp.send('Emulation.setCPUThrottlingRate', {rate: THROTTLE});
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press('a');
    await page.waitForTimeout(60);
  }
  const keyMs = median(await page.evaluate(() => window.keyMs));
  await cdp.send('Emulation.setCPUThrottlingRate', {rate: 1});

  // What the keys have begun, such as the guard's look at the text, is over by then. A cursor that blinks is the browser's.
  await page.evaluate(() => (document.querySelector('tillit-chat')!.shadowRoot!.activeElement as HTMLElement).blur());
  await page.waitForTimeout(1500);
  await browser.startTracing(page, {categories: ['devtools.timeline']});
  await page.waitForTimeout(IDLE_MS);
  const {traceEvents} = JSON.parse((await browser.stopTracing()).toString()) as {traceEvents: {name: string}[]};
  await page.close();
  const idle = Object.fromEntries(
    work.map((name) => [name, traceEvents.filter((event) => event.name === name).length]),
  );
  return {loadMs, heapMb, keyMs, idle};
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const folder = await bundlePage();
const executablePath = findChrome() as string | undefined;
if (!executablePath) throw new Error('There is no Chromium: run node scripts/bootstrap.mjs --browsers');
const browser = await chromium.launch({executablePath, headless: true, args: chromeArgs});
try {
  const url = `file://${folder}/long.html`;
  const few = await measure(browser, url, 10);
  const many = await measure(browser, url, 500);
  const result = {
    loadMs: many.loadMs,
    heapMb: many.heapMb,
    keyMs: many.keyMs,
    keyMsWithTen: few.keyMs,
    idleWork: Object.values(many.idle).reduce((sum, count) => sum + count, 0),
    machineLoad: loadavg()[0]!,
  };
  const isOver = (Object.keys(limits) as (keyof typeof limits)[]).filter((name) => result[name] > limits[name]);
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({...result, idle: many.idle, limits, over: isOver}, null, 1));
  } else {
    const rows = Object.entries(result).map(([name, value]) => [
      name,
      {value: Math.round(value * 100) / 100, limit: limits[name as keyof typeof limits] ?? ''},
    ]);
    console.table(Object.fromEntries(rows));
    if (result.idleWork > 0) console.table(many.idle);
  }
  process.exitCode = isOver.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  rmSync(folder, {recursive: true});
}
