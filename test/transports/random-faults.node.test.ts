/**
 * A thousand conversations on bad days: each asks one question and creates one ticket through the native transport, with
 * requests that fail in every way, and pages that die in the middle. The seed of a failed run is in its message.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import {errorCodes} from '../../src/core/errors.js';
import {createChat, type Chat} from '../../src/core/session.js';
import {mask} from '../../src/privacy/mask.js';
import type {ScreenedText} from '../../src/privacy/types.js';
import {persist} from '../../src/storage/persist.js';
import type {SafeStorage} from '../../src/storage/web-storage.js';
import {httpTransport} from '../../src/transports/http.js';
import {answerText, dice, randomBackend, type Dice} from './random-backend.js';

const runs = 1000;
const atOnce = 50;
const question = 'Hur exporterar jag?';
const draft = 'Halvskriven';
const mostTries = 8;

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
before(() => process.on('unhandledRejection', note));
after(() => process.off('unhandledRejection', note));

function memoryStorage(): SafeStorage {
  const kept = new Map<string, string>();
  return {
    read: (key) => kept.get(key),
    write: (key, text) => !!kept.set(key, text),
    remove: (key) => kept.delete(key),
  };
}

/** One page: its chat lives until the page does. */
function openPage(chance: Dice, fetch: (url: string, init: RequestInit) => Promise<Response>, storage: SafeStorage) {
  const clock = {
    now: () => Date.now(),
    random: chance.next,
    // Thirty seconds pass in fifteen milliseconds.
    after(ms: number, callback: () => void) {
      const timer = setTimeout(callback, ms / 2000);
      return () => clearTimeout(timer);
    },
  };
  const chat = createChat({
    transport: httpTransport({endpoint: 'https://backend.example/tillit', fetch}, clock),
    locale: () => 'sv',
    keepsOnDevice: true,
    screen: (text) => ({verdict: 'pass', text: text as ScreenedText, findings: []}),
    mask,
    ports: {
      newId: () => Array.from({length: 4}, () => chance.below(2 ** 32).toString(16)).join('-'),
      nowMs: () => Date.now(),
      random: chance.next,
      wait: (ms) =>
        new Promise((resolve) => {
          setTimeout(resolve, ms / 2000);
        }),
      sha256: (text) => Promise.resolve(`hash of ${text.length}`),
    },
  });
  const kept = persist(chat, storage, 'chat');
  return {
    chat,
    /** The page is gone without a last word: nothing more is written. */
    die() {
      kept.stop();
      chat.dispose();
    },
  };
}

/** @returns whether the gate is open now; a person who meets a closed one tries again */
async function enter(chat: Chat): Promise<boolean> {
  for (let tries = 0; tries < mostTries && chat.store.get().gate.phase !== 'open'; tries++) {
    const {phase} = chat.store.get().gate;
    await (phase === 'terms' ? chat.accept() : chat.open());
  }
  return chat.store.get().gate.phase === 'open';
}

interface Outcome {
  readonly turn: string;
  readonly ticket: string;
  readonly faults: ReadonlyMap<string | number, number>;
}

async function run(seed: number): Promise<Outcome> {
  const chance = dice(seed);
  const backend = randomBackend(chance, 0.1 + 0.5 * chance.next());
  const storage = memoryStorage();
  let page = openPage(chance, backend.fetch, storage);
  const state = () => page.chat.store.get();
  const reload = () => {
    page.die();
    page = openPage(chance, backend.fetch, storage);
    return enter(page.chat);
  };
  /** Does something, and now and then the page dies under it. */
  const survive = async (work: Promise<unknown>) => {
    if (!chance.chance(0.3)) return work;
    await new Promise((resolve) => {
      setTimeout(resolve, chance.below(5));
    });
    await reload();
    return undefined;
  };
  const faults = backend.seen;

  if (!(await enter(page.chat))) {
    page.die();
    return {turn: 'never let in', ticket: 'never let in', faults};
  }

  // Something is typed already for the next question.
  page.chat.draft(draft);
  const asking = page.chat.ask(question);
  // What leads the conversation is loaded by the first question; to wait in microtasks would let nothing load.
  while (state().turns.length === 0) await new Promise(setImmediate);
  await survive(asking);
  for (let tries = 0; tries < mostTries; tries++) {
    await enter(page.chat);
    const failed = state().turns.find(({phase}) => phase === 'failed');
    if (!failed) break;
    await survive(page.chat.retry(failed.id));
  }
  // A stream that a reload took up again is followed in the background.
  const isOpen = () => state().turns.some(({phase}) => phase === 'waiting' || phase === 'streaming');
  while (isOpen() && state().gate.phase === 'open') await new Promise(setImmediate);

  await page.chat.openTicket({name: 'Test', email: 'test@example.com', description: 'Exporten blir tom.'});
  for (let tries = 0; tries < mostTries && state().ticket.phase !== 'created'; tries++) {
    await enter(page.chat);
    if (state().ticket.phase === 'closed') await page.chat.openTicket();
    // Pressed twice, as people do.
    await survive(Promise.all([page.chat.sendTicket(), page.chat.sendTicket()]));
  }
  const {turns, ticket, draft: typed, kept} = state();
  page.die();

  const [turn] = turns;
  assert.equal(turns.length, 1, 'the question is there once');
  assert.equal(turn!.question, question);
  assert.ok(['done', 'failed'].includes(turn!.phase), `the turn ended as ${turn!.phase}`);
  if (turn!.phase === 'failed') assert.ok(errorCodes.includes(turn!.error!.code));
  if (turn!.phase === 'done') {
    const said = turn!.answers.flatMap(({parts}) => parts.map(({text}) => text)).join('');
    // Frames that a backend sends twice in one stream are said twice; nothing is ever missing.
    assert.ok(said.replaceAll(' ', '').length >= answerText.replaceAll(' ', '').length, said);
  }
  assert.ok(typed.includes(draft), `the draft is ${typed}`);
  assert.equal(kept, undefined);
  assert.ok(backend.questions.size <= 1, 'one action has one key');
  assert.ok(backend.tickets.size <= 1, `${backend.tickets.size} tickets`);
  if (ticket.phase === 'created') assert.deepEqual([...backend.tickets.values()], [ticket.receipt.id]);
  else assert.equal(ticket.phase === 'editing' && ticket.form.description, 'Exporten blir tom.');
  const ended = turn!.phase === 'failed' ? turn!.error!.code : turn!.phase;
  return {turn: ended, ticket: ticket.phase === 'editing' ? (ticket.error?.code ?? 'editing') : ticket.phase, faults};
}

describe('a thousand conversations on bad days', () => {
  it('lose nothing, make no ticket twice, and end in a defined state', {timeout: 120_000}, async () => {
    const first = Number(process.env['TILLIT_SEED'] ?? 1);
    const outcomes: Outcome[] = [];
    const seeds = Array.from({length: runs}, (_, index) => first + index);
    const work = async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        try {
          outcomes.push(await run(seed));
        } catch (caught) {
          throw new Error(`TILLIT_SEED=${seed}: ${(caught as Error).message}`, {cause: caught});
        }
      }
    };
    await Promise.all(Array.from({length: atOnce}, work));
    await new Promise(setImmediate);
    assert.deepEqual(unhandled, []);
    assert.equal(outcomes.length, runs);

    const count = (names: readonly string[]) =>
      [...new Set(names)]
        .map((name) => [name, names.filter((other) => other === name).length] as const)
        .sort(([, a], [, b]) => b - a)
        .map(([name, times]) => `${name} ${times}`)
        .join(', ');
    console.log(`questions: ${count(outcomes.map(({turn}) => turn))}`);
    console.log(`tickets:   ${count(outcomes.map(({ticket}) => ticket))}`);
    const met = new Map<string | number, number>();
    for (const {faults} of outcomes) for (const [name, times] of faults) met.set(name, (met.get(name) ?? 0) + times);
    console.log(`faults:    ${[...met].map(([name, times]) => `${name} ${times}`).join(', ')}`);
    // Otherwise the runs would prove little.
    assert.equal(met.size, 18, 'every fault was met');
    assert.ok(outcomes.filter(({ticket}) => ticket === 'created').length > runs / 2);
    assert.ok(outcomes.filter(({turn}) => turn === 'done').length > runs / 2);
  });
});
