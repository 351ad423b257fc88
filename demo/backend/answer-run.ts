/**
 * One answer being made: takes events from whoever answers, shows them to readers of this process at once, and stores
 * them a moment later. The last event is stored before anyone sees it, so that whoever has seen an answer end finds it
 * in the database.
 */
import {chatError, isTerminal, type Answerer, type ChatEvent, type Source} from 'tillit-chat/core';

import type {Database} from './database.js';
import {saveProgress, type NumberedEvent, type Progress, type Status, type StoredMessage} from './store/messages.js';

const STORE_EVERY_MS = 150;
/** A sign of life for the lease while there is nothing to store, and the longest a stop from another process takes. */
const SIGN_OF_LIFE_MS = 1000;

export type Produce = (signal: AbortSignal) => AsyncIterable<ChatEvent>;

/** Why an answer ends before its maker says so: a person, the server, or a process that took it over. */
export type Ending = 'stopped' | 'closing' | 'lost';

export interface AnswerRun {
  /** What has been shown. Cursors follow each other without gaps. */
  readonly events: readonly NumberedEvent[];
  readonly isOver: boolean;
  /** Resolves at the next event, or when the run is over. */
  readonly changed: Promise<void>;
  readonly done: Promise<void>;
  /** The first reason counts. */
  end(why: Ending): void;
}

/** What is remembered of an answer in the log. */
export interface EndedRun {
  readonly message: StoredMessage;
  readonly status: Status;
  readonly firstTextMs: number | undefined;
  readonly totalMs: number;
}

export interface RunOptions {
  readonly database: Database;
  readonly clock: () => Date;
  readonly onEnd?: ((ended: EndedRun) => void) | undefined;
}

export function runAnswer(message: StoredMessage, produce: Produce, {database, clock, onEnd}: RunOptions): AnswerRun {
  const {id, attempt, conversationId} = message;
  const startedAt = performance.now();
  const ending = withResolvers<Ending>();
  const events: NumberedEvent[] = [];
  const record = createRecord(message);
  let changed = withResolvers<void>();
  let isOver = false;
  let cursor = message.lastCursor;
  let firstTextMs: number | undefined;
  let storedUpTo = 0;
  let storedAt = startedAt;

  function tell() {
    changed.resolve();
    changed = withResolvers();
  }

  function show(event: ChatEvent) {
    events.push({cursor: ++cursor, event});
    record.take(event);
    if (event.type === 'text') firstTextMs ??= performance.now() - startedAt;
    tell();
  }

  const save = (fresh: readonly NumberedEvent[], end?: Progress['end']) =>
    saveProgress(database, {id, attempt, events: fresh, now: clock(), ...(end && {end})});

  async function store() {
    const fresh = events.slice(storedUpTo);
    if (fresh.length === 0 && performance.now() - storedAt < SIGN_OF_LIFE_MS) return;
    storedUpTo = events.length;
    storedAt = performance.now();
    const told = await save(fresh);
    if (told !== 'go on') ending.resolve(told === 'stop' ? 'stopped' : 'lost');
  }

  async function finish(event: ChatEvent) {
    const status = statusOf(event);
    const told = await save([...events.slice(storedUpTo), {cursor: cursor + 1, event}], {
      status,
      finishReason: event.type === 'finish' ? event.reason : undefined,
      retryable: event.type === 'error' && event.error.retryable,
      ...record.read(),
    });
    if (told === 'lost') return;
    show(event);
    onEnd?.({message, status, firstTextMs, totalMs: performance.now() - startedAt});
  }

  async function run() {
    const abort = new AbortController();
    let storing = Promise.resolve();
    const timer = setInterval(() => {
      storing = storing.then(store).catch((error: Error) => {
        console.error(`answer: ${error.name} while storing`);
        ending.resolve('closing');
      });
    }, STORE_EVERY_MS);
    try {
      show({type: 'start', messageId: id, conversationId, mode: 'new'});
      const last = await untilTerminal(produce(abort.signal), ending.promise, show);
      abort.abort();
      clearInterval(timer);
      await storing;
      if (last !== 'lost') await finish(terminalOf(last, id));
    } catch (error) {
      // The database failed. Readers see the stream break off; the lease runs out and the answer can be tried again.
      console.error(`answer: ${error instanceof Error ? error.name : 'error'} while ending`);
    } finally {
      abort.abort();
      clearInterval(timer);
      isOver = true;
      tell();
    }
  }

  const done = run();
  return {
    events,
    done,
    end: ending.resolve,
    get isOver() {
      return isOver;
    },
    get changed() {
      return changed.promise;
    },
  };
}

/** Passes events on until one is terminal, which is returned instead; a maker that hangs cannot outlive an ending. */
async function untilTerminal(
  events: AsyncIterable<ChatEvent>,
  ending: Promise<Ending>,
  show: (event: ChatEvent) => void,
): Promise<ChatEvent | Ending> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = iterator.next();
      // After an ending nobody waits for this one any more.
      next.catch(() => {});
      const step = await Promise.race([next, ending]);
      if (typeof step === 'string') return step;
      if (step.done) return {type: 'error', error: chatError('interrupted')};
      if (isTerminal(step.value)) return step.value;
      show(step.value);
    }
  } catch (error) {
    console.error(`answer: ${error instanceof Error ? error.name : 'error'} while making`);
    return {type: 'error', error: chatError('server')};
  } finally {
    iterator.return?.().catch(() => {});
  }
}

function terminalOf(last: ChatEvent | Exclude<Ending, 'lost'>, messageId: string): ChatEvent {
  switch (last) {
    case 'stopped':
      return {type: 'finish', reason: 'cancelled', messageId, rateable: false};
    case 'closing':
      return {type: 'error', error: chatError('interrupted')};
  }
  return last.type === 'finish' ? {...last, messageId} : last;
}

function statusOf(event: ChatEvent): Exclude<Status, 'running'> {
  if (event.type === 'error') return 'failed';
  return event.type === 'finish' && event.reason === 'cancelled' ? 'cancelled' : 'done';
}

/** What of an answer is kept when its events are gone. */
function createRecord(message: StoredMessage) {
  let text = '';
  let answerer: Answerer['kind'] = message.answerer;
  const sources = new Map<string, Source>();
  return {
    take(event: ChatEvent) {
      if (event.type === 'text') text = event.op === 'replace' ? event.text : text + event.text;
      if (event.type === 'retract') text = '';
      if (event.type === 'source') sources.set(event.source.id, event.source);
      if (event.type === 'answerer') answerer = event.kind;
    },
    read: () => ({answer: text, answerer, sources: [...sources.values()]}),
  };
}

/** The part of `Promise.withResolvers` (which Node 20 lacks) that is used here. */
function withResolvers<Value>() {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((onResolve) => {
    resolve = onResolve;
  });
  return {promise, resolve};
}
