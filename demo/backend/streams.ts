/**
 * Who makes which answer, and how any number of readers follow it.
 *
 * An answer does not depend on the connection that asked for it: it goes on being made and stored when the reader
 * leaves, and can be followed from any cursor. Readers of this process follow the run itself; readers of an answer that
 * another process makes follow it through the database.
 */
import {chatError, isTerminal, type ChatEvent, type Source} from 'tillit-chat/core';

import {runAnswer, type AnswerRun, type Produce, type RunOptions} from './answer-run.js';
import {
  endAbandoned,
  eventsAfter,
  isAbandoned,
  messageById,
  requestStop,
  type NumberedEvent,
  type StoredMessage,
} from './store/messages.js';

/** How often a reader looks for events that another process has stored. */
const LOOK_EVERY_MS = 250;

export interface Streams {
  /** Makes an answer in the background. */
  start(message: StoredMessage, produce: Produce): void;
  /** Every event after the cursor, then what is still to come, until the answer ends or the reader leaves. */
  follow(messageId: string, after: number, signal: AbortSignal): AsyncIterable<NumberedEvent>;
  /** Ends an answer wherever it is made. */
  stop(messageId: string): Promise<void>;
  /** Ends all answers made here as interrupted, so that they can be tried again. */
  close(): Promise<void>;
}

export function createStreams(options: RunOptions): Streams {
  const {database, clock} = options;
  const runs = new Map<string, AnswerRun>();
  let isClosing = false;

  function start(message: StoredMessage, produce: Produce) {
    const run = runAnswer(message, produce, options);
    runs.set(message.id, run);
    if (isClosing) run.end('closing');
    void run.done.then(() => {
      // A later attempt may have taken the place.
      if (runs.get(message.id) === run) runs.delete(message.id);
    });
  }

  async function* follow(messageId: string, after: number, signal: AbortSignal) {
    const left = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), {once: true});
    });
    let cursor = after;
    let run = runs.get(messageId);
    while (!signal.aborted) {
      // Before the events are read: what changes from here on is not missed.
      const {changed, isOver} = run ?? {isOver: true};
      for (const event of run ? madeAfter(run, cursor) : await eventsAfter(database, messageId, cursor)) {
        cursor = event.cursor;
        yield event;
        if (isTerminal(event.event)) return;
      }
      if (!isOver) {
        await Promise.race([changed, left]);
      } else if (run) {
        // It ended without a last event: what is left of it is in the database, perhaps made by another process.
        run = undefined;
      } else if (await isQuiet(messageId)) {
        // What was stored between the two looks.
        yield* await eventsAfter(database, messageId, cursor);
        return;
      } else {
        await Promise.race([wait(LOOK_EVERY_MS), left]);
      }
    }
  }

  /** Whether nothing more will come from another process; ends what a dead process left. */
  async function isQuiet(messageId: string) {
    const message = await messageById(database, messageId);
    if (message?.status !== 'running') return true;
    if (!isAbandoned(message, clock())) return false;
    return endAbandoned(database, messageId, {type: 'error', error: chatError('interrupted')}, clock());
  }

  async function stop(messageId: string) {
    const run = runs.get(messageId);
    if (!run) {
      await requestStop(database, messageId);
      return;
    }
    run.end('stopped');
    await run.done;
  }

  async function close() {
    isClosing = true;
    for (const run of runs.values()) run.end('closing');
    await Promise.all([...runs.values()].map(({done}) => done));
  }

  return {start, follow, stop, close};
}

function madeAfter({events}: AnswerRun, cursor: number) {
  const first = events[0]?.cursor ?? 0;
  return events.slice(Math.max(0, cursor - first + 1));
}

/** The events of an answer whose own events are deleted: what is left of it, whole. */
export function retold(message: StoredMessage, sources: readonly Source[]): NumberedEvent[] {
  const {id, conversationId, answer, finishReason, status} = message;
  const reason = finishReason ?? 'other';
  const events: ChatEvent[] = [
    {type: 'start', messageId: id, conversationId, mode: 'replay'},
    ...sources.map((source): ChatEvent => ({type: 'source', source})),
    ...(answer === '' ? [] : [{type: 'text', op: 'append', text: answer} as const]),
    status === 'failed'
      ? {type: 'error', error: chatError('interrupted')}
      : {type: 'finish', reason, messageId: id, rateable: reason === 'stop'},
  ];
  return events.map((event, index) => ({cursor: index + 1, event}));
}

const wait = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
