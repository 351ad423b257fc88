/**
 * The life of one call to a backend. It ends when the caller aborts, when the transport is disposed, or when `end` is
 * called; after that nothing of it is left: no connection, no timer, no listener. Waiting inside a call never depends
 * on a `fetch`, a stream or a host's function that honours its signal.
 */
import {ChatFailure, chatError, type ErrorCode} from '../core/errors.js';
import type {Clock} from './clock.js';

export interface Call {
  /** Aborted at the end, however it came; its reason is the caller's when the caller ended it. */
  readonly signal: AbortSignal;
  /**
   * Waits for `work`, at most `ms`. Fails with `late` after that, with `broken` when the work throws anything but a
   * `ChatFailure`, and with the signal's reason as soon as the call ends. Starts nothing when it has ended already.
   */
  limit<Result>(ms: number, work: () => Promise<Result>, late: ErrorCode, broken?: ErrorCode): Promise<Result>;
  end(): void;
}

export function startCall(parents: readonly AbortSignal[], clock: Clock): Call {
  const controller = new AbortController();
  const {signal} = controller;

  for (const parent of parents) {
    const follow = () => {
      controller.abort(parent.reason);
    };
    if (parent.aborted) follow();
    // `signal` takes the listener off again at the end of the call: a caller's signal may outlive thousands of calls.
    else parent.addEventListener('abort', follow, {signal});
  }

  return {
    signal,
    end: () => {
      controller.abort();
    },
    async limit(ms, work, late, broken = late) {
      signal.throwIfAborted();
      let release = () => {};
      try {
        return await new Promise((resolve, reject) => {
          const failed = (code: ErrorCode) => {
            reject(new ChatFailure(chatError(code)));
          };
          const ended = () => {
            reject(signal.reason as Error);
          };
          const cancel = clock.after(ms, () => {
            failed(late);
          });
          release = () => {
            cancel();
            signal.removeEventListener('abort', ended);
          };
          signal.addEventListener('abort', ended);
          work().then(resolve, (caught: unknown) => {
            if (caught instanceof ChatFailure) reject(caught);
            else failed(broken);
          });
        });
      } finally {
        release();
      }
    },
  };
}
