/**
 * What streaming costs: an answer of 30 KB in 1,500 pieces, one per 4 ms, in Chromium slowed down four times, beside a
 * bare page that does the least a page can do (streaming-reference.ts), and an answer of twice the length. The answer alone
 * is measured (streaming-subject.ts), and the whole chat with everything around it (streaming-chat.ts).
 *
 *   npm run bench -- streaming [-- --json]
 */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {build} from 'esbuild';
import {chromium, type Browser} from 'playwright-core';

import {chromeArgs, findChrome} from '../../scripts/browsers.mjs';
import {catalogs} from './bundled-catalogs.js';
import {benchAnswer} from './streaming-answer.js';
import type {StreamResult} from './streaming-page.js';

const THROTTLE = 4;
const EVERY_MS = 4;
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);

const limits = {
  longestTaskMs: 50,
  timesReference: 1.3,
  timesForDouble: 2.1,
  madePerFinal: 3,
  settledMs: 50,
  chatLongestTaskMs: 50,
  chatTimesReference: 1.3,
  chatTimesForDouble: 2.1,
  chatSettledMs: 50,
};

type Which = 'reference' | 'referenceDouble' | 'subject' | 'double' | 'chat' | 'chatDouble';
type Measured = StreamResult & {readonly mainThreadMs: number};

async function bundlePages(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tillit-bench-'));
  const names = ['streaming-subject', 'streaming-reference', 'streaming-chat'];
  await build({
    entryPoints: names.map((name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    outdir: folder,
    // The dynamic import of the popover stays unused here; one file cannot be split.
    splitting: false,
    plugins: [catalogs],
    logLevel: 'error',
  });
  for (const name of names)
    writeFileSync(
      join(folder, `${name}.html`),
      `<!doctype html><meta charset="utf-8"><body><script src="${name}.js"></script>`,
    );
  return folder;
}

async function measure(browser: Browser, url: string, chars: number, chunks: number): Promise<Measured> {
  const page = await browser.newPage();
  await page.goto(url);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  // Once without counting, so that the code is compiled; then as slow as an old phone.
  await page.evaluate(([text]) => window.stream(text, 300, 4), [benchAnswer(6000)] as const);
  await cdp.send('Emulation.setCPUThrottlingRate', {rate: THROTTLE});
  const taskMs = async () =>
    (await cdp.send('Performance.getMetrics')).metrics.find(({name}) => name === 'TaskDuration')!.value * 1000;
  const beforeMs = await taskMs();
  const result = await page.evaluate(([text, pieces, everyMs]) => window.stream(text, pieces, everyMs), [
    benchAnswer(chars),
    chunks,
    EVERY_MS,
  ] as const);
  const mainThreadMs = (await taskMs()) - beforeMs;
  await page.close();
  return {...result, mainThreadMs};
}

async function countNodes(browser: Browser, url: string) {
  const page = await browser.newPage();
  await page.goto(url);
  const {made, final} = await page.evaluate(([text]) => window.countNodes(text, 400), [benchAnswer(30_000)] as const);
  await page.close();
  return made / final;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const folder = await bundlePages();
const executablePath = findChrome() as string | undefined;
if (!executablePath) throw new Error('There is no Chromium: run node scripts/bootstrap.mjs --browsers');
const browser = await chromium.launch({executablePath, headless: true, args: chromeArgs});
try {
  const at = (name: string) => `file://${folder}/${name}.html`;
  const runs: Record<Which, Measured>[] = [];
  // Taken in turn, so that whatever else the machine does falls on all of them.
  for (let round = 0; round < ROUNDS; round++) {
    runs.push({
      reference: await measure(browser, at('streaming-reference'), 30_000, 1500),
      referenceDouble: await measure(browser, at('streaming-reference'), 60_000, 3000),
      chat: await measure(browser, at('streaming-chat'), 30_000, 1500),
      chatDouble: await measure(browser, at('streaming-chat'), 60_000, 3000),
      subject: await measure(browser, at('streaming-subject'), 30_000, 1500),
      double: await measure(browser, at('streaming-subject'), 60_000, 3000),
    });
  }
  const of = (which: Which, what: keyof Measured) => median(runs.map((run) => run[which][what]));
  // What else the machine does can make a task longer, never shorter: one that is long by itself is long in each round.
  const least = (which: Which, what: keyof Measured) => Math.min(...runs.map((run) => run[which][what]));
  const times = (which: Which, floor: Which) =>
    median(runs.map((run) => run[which].mainThreadMs / run[floor].mainThreadMs));
  const result = {
    referenceMs: of('reference', 'mainThreadMs'),
    // Long tasks here are the machine's, since this page does next to nothing.
    referenceLongestMs: least('reference', 'longestTaskMs'),
    referenceForDouble: times('referenceDouble', 'reference'),
    mainThreadMs: of('subject', 'mainThreadMs'),
    longestTaskMs: Math.max(least('subject', 'longestTaskMs'), least('double', 'longestTaskMs')),
    timesReference: times('subject', 'reference'),
    timesForDouble: times('double', 'subject'),
    settledMs: of('subject', 'settledMs'),
    madePerFinal: await countNodes(browser, at('streaming-subject')),
    nodes: of('subject', 'nodes'),
    chatMs: of('chat', 'mainThreadMs'),
    chatLongestTaskMs: Math.max(least('chat', 'longestTaskMs'), least('chatDouble', 'longestTaskMs')),
    chatTimesReference: times('chat', 'reference'),
    chatTimesForDouble: times('chatDouble', 'chat'),
    chatSettledMs: of('chat', 'settledMs'),
  };
  const isOver = (Object.keys(limits) as (keyof typeof limits)[]).filter((name) => result[name] > limits[name]);
  if (process.argv.includes('--json')) console.log(JSON.stringify({...result, limits, over: isOver, runs}, null, 1));
  else {
    const round = (value: number) => Math.round(value * 100) / 100;
    console.table(
      Object.fromEntries(
        Object.entries(result).map(([name, value]) => [
          name,
          {value: round(value), limit: limits[name as keyof typeof limits] ?? ''},
        ]),
      ),
    );
  }
  process.exitCode = isOver.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  rmSync(folder, {recursive: true});
}
