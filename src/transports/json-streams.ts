/**
 * What the adapters for other vendors' streams share: one call that posts or asks, and reads server-sent JSON. The
 * endpoint may have a query (`…?api-version=1`), which stays behind the path of each call.
 */
import type {ChatEvent} from '../core/events.js';
import type {CallOptions} from '../core/transport.js';
import {httpCalls} from './calls.js';
import {systemClock, type Clock} from './clock.js';
import {foreignRefusal} from './foreign-codes.js';
import {jsonFrames, type JsonFrame} from './json-frames.js';
import type {HttpOptions, Reply, RequestShape} from './request.js';

export interface JsonStreams {
  stream(
    options: CallOptions,
    request: RequestShape,
    read: (frames: AsyncIterable<JsonFrame>) => AsyncIterable<ChatEvent>,
    /** For backends that can also send their frames in another encoding. */
    framesOf?: (reply: Reply) => AsyncIterable<JsonFrame>,
  ): AsyncIterable<ChatEvent>;
  dispose(): void;
}

/** @param clock for tests */
export function jsonStreams(options: HttpOptions, clock: Clock = systemClock): JsonStreams {
  const [endpoint = '', ...query] = options.endpoint.split('?');
  const {sendRequest, stream, dispose} = httpCalls({...options, endpoint}, clock, (refusal) =>
    // Hosts of these protocols sign in by cookie or by a `fetch` of their own as well: a refusal says "again".
    foreignRefusal({...refusal, signedIn: true}),
  );
  return {
    stream: (options, request, read, framesOf = jsonFrames) =>
      stream(options, async function* (call) {
        const reply = await sendRequest(call, {
          ...request,
          query: [...query, request.query]
            .filter(Boolean)
            .map((part, n) => `${n ? '&' : '?'}${part}`)
            .join(''),
          headers: {accept: 'text/event-stream', 'accept-language': options.locale, ...request.headers},
        });
        if (!request.expected?.includes(reply.status)) yield* read(framesOf(reply));
      }),
    dispose,
  };
}
