/**
 * What the guard costs: speed on 10 KB and on a prompt of 300 characters, every adversarial input of 100 KB and of
 * twice that, and the bytes of the core and of each pack (minified, brotli). Texts and inputs lie beside the project;
 * without them only bytes are measured.
 *
 *   npm run bench -- privacy [-- --json]
 */
import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync} from 'node:zlib';

import {build} from 'esbuild';

import {adversarialInputs, detectorFor, expand, labelledTexts} from '../privacy/shared-data.js';

const limits = {
  charsPerMs: 2000,
  promptMs: 1,
  adversarialMs: 50,
  timesForDouble: 2.5,
  coreBytes: 15_000,
  packBytes: 3000,
};
const language = 'sv';
const source = fileURLToPath(new URL('../../src/privacy/', import.meta.url));

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** The processor's time, not the clock's: what else the machine does is not ours. */
function timedMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Lines of the set, one after the other, until there are enough characters. */
function fill(lines: readonly string[], chars: number): string {
  let text = '';
  for (let at = 0; text.length < chars; at++) text += `${lines[at % lines.length]!}\n`;
  return text.slice(0, chars);
}

async function measureSpeed() {
  const texts = labelledTexts();
  if (!texts) return undefined;
  const detect = await detectorFor([language]);
  const harmless = texts.filter(({spans}) => spans.length === 0).map(({text}) => text);
  const medianMs = (text: string) =>
    median(Array.from({length: 200}, (_, round) => timedMs(() => detect(text + (round % 10), language))));
  const harmless10kMs = medianMs(fill(harmless, 10_240));
  const dense10kMs = medianMs(
    fill(
      texts.map(({text}) => text),
      10_240,
    ),
  );
  return {
    harmlessCharsPerMs: 10_240 / harmless10kMs,
    denseCharsPerMs: 10_240 / dense10kMs,
    promptMs: medianMs(fill(harmless, 300)),
  };
}

async function measureAdversarial() {
  const inputs = adversarialInputs();
  if (!inputs) return undefined;
  const detect = await detectorFor([language]);
  const bestMs = (text: string) => Math.min(...[1, 2, 3, 4, 5].map(() => timedMs(() => detect(text, language))));
  const rows = inputs.map((input) => {
    const onceMs = bestMs(expand(input));
    const twiceMs = bestMs(expand(input, 2));
    // Below some milliseconds a ratio says nothing.
    return {id: input.id, onceMs, twiceMs, times: twiceMs < 20 ? undefined : twiceMs / onceMs};
  });
  const slowest = rows.toSorted((a, b) => b.onceMs - a.onceMs);
  return {
    inputs: rows.length,
    medianMs: median(rows.map(({onceMs}) => onceMs)),
    worstMs: slowest[0]!.onceMs,
    worstTimesForDouble: Math.max(...rows.map(({times = 1}) => times)),
    slowest: slowest.slice(0, 5),
  };
}

/** Each file with what it needs of its own; a pack without what the core has anyway. */
async function measureBytes() {
  const bytes = async (entry: string, external: readonly string[]) => {
    const {outputFiles} = await build({
      entryPoints: [`${source}${entry}`],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      write: false,
      external: [...external],
      logLevel: 'error',
    });
    return brotliCompressSync(outputFiles[0]!.contents).length;
  };
  const packs = readdirSync(`${source}packs`).map((file) => file.replace(/\.ts$/, ''));
  return {
    core: await bytes('index.ts', []),
    packs: Object.fromEntries(
      await Promise.all(
        packs.map(
          async (pack) => [pack, await bytes(`packs/${pack}.ts`, ['../checksums.js', '../standing.js'])] as const,
        ),
      ),
    ),
  };
}

const bytes = await measureBytes();
const speed = await measureSpeed();
const adversarial = await measureAdversarial();

const missed = [
  bytes.core > limits.coreBytes && 'bytes of the core',
  Object.values(bytes.packs).some((size) => size > limits.packBytes) && 'bytes of a pack',
  speed && Math.min(speed.harmlessCharsPerMs, speed.denseCharsPerMs) < limits.charsPerMs && 'speed on 10 KB',
  speed && speed.promptMs > limits.promptMs && 'speed on a prompt',
  adversarial && adversarial.worstMs > limits.adversarialMs && 'an adversarial input',
  adversarial && adversarial.worstTimesForDouble > limits.timesForDouble && 'time for twice the length',
].filter(Boolean);

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({limits, bytes, speed, adversarial, missed}, null, 2));
} else {
  const line = (what: string, value: string, limit: string) =>
    console.log(`${what.padEnd(34)} ${value.padStart(16)}  ${limit}`);
  if (speed) {
    line('10 KB, harmless', `${Math.round(speed.harmlessCharsPerMs)} chars/ms`, `at least ${limits.charsPerMs}`);
    line('10 KB, dense', `${Math.round(speed.denseCharsPerMs)} chars/ms`, `at least ${limits.charsPerMs}`);
    line('a prompt of 300 characters', `${speed.promptMs.toFixed(3)} ms`, `at most ${limits.promptMs} ms`);
  } else console.log('No speed and no adversarial inputs: the shared data is not here.');
  if (adversarial) {
    line(`${adversarial.inputs} adversarial inputs, median`, `${adversarial.medianMs.toFixed(1)} ms`, '');
    line(
      `the slowest, ${adversarial.slowest[0]!.id}`,
      `${adversarial.worstMs.toFixed(1)} ms`,
      `at most ${limits.adversarialMs} ms`,
    );
    line(
      'twice the length, at worst',
      `${adversarial.worstTimesForDouble.toFixed(2)} times`,
      `at most ${limits.timesForDouble}`,
    );
  }
  line('core and Nordic rules', `${bytes.core} bytes`, `at most ${limits.coreBytes}`);
  for (const [pack, size] of Object.entries(bytes.packs))
    line(`pack ${pack}`, `${size} bytes`, `at most ${limits.packBytes}`);
  if (missed.length) console.log(`Missed: ${missed.join(', ')}`);
}
process.exit(missed.length > 0 ? 1 : 0);
