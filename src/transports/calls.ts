/**
 * The calls of an adapter over HTTP: each with a life of its own, all of them ended by `dispose`. Streams follow the
 * rules of `stream.ts`; promises reject with `ChatFailure`, or with the signal's reason when their caller ended them.
 */
import {ChatFailure, errorFrom, type ChatError} from '../core/errors.js';
import type {ChatEvent} from '../core/events.js';
import type {CallOptions} from '../core/transport.js';
import {startCall, type Call} from './call.js';
import {systemClock, type Clock} from './clock.js';
import type {Refusal} from './problem.js';
import {requestSender, type HttpOptions, type SendRequest} from './request.js';
import {eventStream} from './stream.js';

export interface HttpCalls {
  readonly sendRequest: SendRequest;
  stream(options: CallOptions, read: (call: Call) => AsyncIterable<ChatEvent>): AsyncIterable<ChatEvent>;
  ask<Result>(options: CallOptions, work: (call: Call) => Promise<Result>): Promise<Result>;
  /** Ends every call under way. The transport stays usable: a host may move its element and connect it again. */
  dispose(): void;
}

/**
 * @param clock for tests
 * @param readRefusal for backends that refuse in words of their own
 */
export function httpCalls(
  options: HttpOptions,
  clock: Clock = systemClock,
  readRefusal?: (refusal: Refusal) => ChatError,
): HttpCalls {
  let disposal = new AbortController();
  const begin = ({signal}: CallOptions) => startCall([signal, disposal.signal], clock);
  return {
    sendRequest: requestSender(options, clock, readRefusal),
    stream: (options, read) => eventStream(() => begin(options), read),
    async ask(options, work) {
      const call = begin(options);
      try {
        return await work(call);
      } catch (caught) {
        call.signal.throwIfAborted();
        throw new ChatFailure(errorFrom(caught));
      } finally {
        call.end();
      }
    },
    dispose() {
      disposal.abort();
      disposal = new AbortController();
    },
  };
}
