/**
 * How long a person waits for the first word of an answer: from sending a question over HTTP to the first `text` event,
 * on the embedded database, with a small help centre (40 articles) and a large one (5,000), generated.
 *
 *   npm run bench -- backend [-- --json]
 */
import {randomUUID} from 'node:crypto';

import {createBackend} from '../../demo/backend/app.js';
import {openEmbedded} from '../../demo/backend/database.js';
import {parseArticle, type Article} from '../../demo/backend/search/articles.js';
import {accept, json, listen, questionBody, readEvents, type Call} from '../backend/support/backend.js';

const QUESTIONS = 200;
/** The first questions pay for compiling the database (WebAssembly, in the background); a running server has paid. */
const WARM_UP = 100;
const cases = [
  {articles: 40, limitMs: 150},
  {articles: 5000, limitMs: 300},
] as const;

interface Measured {
  readonly articles: number;
  readonly indexMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly limitMs: number;
  readonly usesIndex: boolean;
}

/** The same numbers in every run, so that runs can be compared. */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const syllables =
  'lö ne kör ning av drag se mes ter kon to bok för ing ut lägg mom sjuk från va ro tid rap port an ställd skat te fil bank ko de'.split(
    ' ',
  );

/** Made-up words, as unevenly common as real ones are (Zipf). */
function createWords(count: number) {
  const random = randomFrom(7);
  const pick = () => syllables[Math.floor(random() * syllables.length)] ?? '';
  const words = [
    ...new Set(Array.from({length: count * 2}, () => pick() + pick() + pick() + (random() < 0.4 ? pick() : ''))),
  ].slice(0, count);
  const next = randomFrom(11);
  return () => words[Math.floor(words.length ** next()) - 1] ?? words[0]!;
}

function generate(count: number) {
  const word = createWords(12_000);
  const random = randomFrom(3);
  const words = (n: number) => Array.from({length: n}, word).join(' ');
  const sentence = () => `${words(8 + Math.floor(random() * 8))}.`;
  const paragraph = () => Array.from({length: 4}, sentence).join(' ');
  const questions: string[] = [];
  const articles = Array.from({length: count}, (_, index): Article => {
    const title = words(4);
    const headings = [words(3), words(3), words(4)];
    questions.push(
      `Hur gör jag med ${title}?`,
      `Vad gäller för ${headings[0]} och ${words(1)}?`,
      `${words(2)} ${headings[1]}`,
    );
    const body = [
      paragraph(),
      ...headings.map((heading) => `## ${heading}\n\n${paragraph()}\n\n1. ${sentence()}\n2. ${sentence()}`),
    ].join('\n\n');
    return parseArticle(
      ['sv', `article-${index}.md`],
      `---\ntitle: ${title}\ncategory: ${word()}\n---\n${body}`,
      '2026-01-01',
    );
  });
  return {articles, questions};
}

/** @returns milliseconds until the first word */
async function askOnce(call: Call, receiptId: string, text: string) {
  const since = performance.now();
  const events = readEvents(
    await call('/messages', json(questionBody(receiptId, {clientMessageId: randomUUID(), text}))),
  );
  for (let event = await events.next(); event && event.type !== 'text';) event = await events.next();
  const ms = performance.now() - since;
  await events.rest();
  return ms;
}

async function measure({articles: count, limitMs}: (typeof cases)[number]): Promise<Measured> {
  const {articles, questions} = generate(count);
  const database = await openEmbedded();
  const since = performance.now();
  const backend = await createBackend({database, articles, paceMs: 0, perMinute: 0});
  const indexMs = performance.now() - since;
  const server = await listen(backend);
  const receiptId = await accept(server.call);
  const random = randomFrom(5);
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + QUESTIONS; n++) {
    const ms = await askOnce(server.call, receiptId, questions[Math.floor(random() * questions.length)] ?? '');
    if (n >= WARM_UP) times.push(ms);
  }
  const plan = await database.query<{'QUERY PLAN': string}>(
    `explain select id from passages where tsv @@ (select string_agg(quote_literal(lexeme), ' | ')::tsquery from
       (select lexeme from vocabulary where lang = 'sv' and passages < 50 limit 3) as few) and lang = 'sv'`,
  );
  const usesIndex = !/Seq Scan on passages/.test(plan.map((row) => row['QUERY PLAN']).join('\n'));
  await server.close();
  await database.close();
  times.sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? NaN;
  return {
    articles: count,
    indexMs,
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    maxMs: percentile(1),
    limitMs,
    usesIndex,
  };
}

const results: Measured[] = [];
for (const each of cases) results.push(await measure(each));
// A small table is rightly read as a whole; a large one must not be.
const isMissed = results.some(
  ({articles, p95Ms, limitMs, usesIndex}) => p95Ms > limitMs || (articles >= 1000 && !usesIndex),
);
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({questions: QUESTIONS, results, passed: !isMissed}));
} else {
  for (const {articles, indexMs, p50Ms, p95Ms, maxMs, limitMs, usesIndex} of results) {
    console.log(
      `${String(articles).padStart(5)} articles: first word p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, ` +
        `max ${maxMs.toFixed(1)} ms (limit ${limitMs}); index built in ${(indexMs / 1000).toFixed(1)} s, ${usesIndex ? 'used' : 'not used'}`,
    );
  }
}
process.exit(isMissed ? 1 : 0);
