/**
 * The iterator a transport hands out, with the rules that hold for every protocol: the first terminal event ends it and
 * drops the connection; failures become `error` events; a caller that aborts or breaks out ends it at once and hears
 * nothing more; an answer that outgrows what a session should keep ends as `length`, so that what came is kept.
 * A source that just ends, ends the iterator: what that means is the session's to say.
 */
import {errorFrom} from '../core/errors.js';
import {isTerminal, type ChatEvent} from '../core/events.js';
import {toJson} from '../core/to-json.js';
import type {Call} from './call.js';

const MAX_ANSWER_CHARS = 2 * 2 ** 20;

type ReadEvents = (call: Call) => AsyncIterable<ChatEvent>;

/** @param begin starts the call's life, once the stream is iterated; nothing is read before the first `next`. */
export function eventStream(begin: () => Call, read: ReadEvents): AsyncIterable<ChatEvent> {
  return {
    [Symbol.asyncIterator]() {
      const call = begin();
      const events = guarded(call, read);
      return {
        next: () => events.next(),
        return() {
          // A generator's own `return` waits behind a pending `next`, which may be waiting for the network.
          call.end();
          return events.return(undefined);
        },
      };
    },
  };
}

async function* guarded(call: Call, read: ReadEvents): AsyncGenerator<ChatEvent, undefined> {
  const {signal} = call;
  const add = answerSize();
  try {
    for await (const event of read(call)) {
      if (signal.aborted) return;
      if (isTerminal(event)) call.end();
      yield event;
      if (signal.aborted) return;
      if (add(event) > MAX_ANSWER_CHARS) {
        call.end();
        yield {type: 'finish', reason: 'length'};
        return;
      }
    }
  } catch (caught) {
    if (signal.aborted) return;
    call.end();
    yield {type: 'error', error: errorFrom(caught)};
  } finally {
    call.end();
  }
}

/** Counts what a session would keep: a replaced text only once, however often a backend sends it again. */
function answerSize() {
  const parts = new Map<string | undefined, number>();
  let total = 0;
  return (event: ChatEvent) => {
    if (event.type !== 'text') return (total += toJson(event)!.length);
    const {part, text} = event;
    const before = parts.get(part) ?? 0;
    const after = event.op === 'append' ? before + text.length : text.length;
    parts.set(part, after);
    return (total += after - before);
  };
}
