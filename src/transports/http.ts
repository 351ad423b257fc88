/**
 * The native protocol `tillit/1` over HTTP and server-sent events. Runs in browsers and in Node.
 *
 * `send` and `resume` yield every failure as an `error` event; the other calls reject with `ChatFailure`. A call that
 * its caller aborts, or that `dispose` ends, has not failed: streams just end, and promises reject with the signal's
 * reason.
 */
import {ChatFailure, errorFrom} from '../core/errors.js';
import type {CallOptions, ChatTransport, ResumeRef} from '../core/transport.js';
import {startCall} from './call.js';
import {systemClock, type Clock} from './clock.js';
import {fail} from './fields.js';
import {parseConfig} from './parse-config.js';
import {parseAcceptanceReceipt, parseTicketReceipt} from './parse-receipt.js';
import type {RareCalls} from './rare-calls.js';
import {confirmed, parsed, type Ask} from './reply.js';
import {requestSender, type HttpOptions, type RequestShape} from './request.js';
import {eventStream} from './stream.js';

export type {GetToken, HttpOptions} from './request.js';

const BODY_MS = 120_000;

/** Nothing is running, it is not known, or it is over and forgotten. */
const nothingToResume = [204, 404, 410];

const rareNames = [
  'withdraw',
  'leaveHuman',
  'acceptedText',
  'speechToken',
  'load',
  'exportConversation',
  'deleteConversation',
  'exportEverything',
  'deleteEverything',
] as const satisfies readonly (keyof RareCalls)[];

export type HttpTransport = Required<ChatTransport>;

/** @param clock for tests */
export function httpTransport(options: HttpOptions, clock: Clock = systemClock): HttpTransport {
  const sendRequest = requestSender(options, clock);
  let disposal = new AbortController();

  const begin = ({signal}: CallOptions) => startCall([signal, disposal.signal], clock);

  const stream = (options: CallOptions, request: RequestShape) =>
    eventStream(
      () => begin(options),
      async function* (call) {
        // Loads while the backend thinks. Should it fail to, the answer is not lost: the same key asks for it again.
        const reader = import('./read-events.js').catch(() => undefined);
        const reply = await sendRequest(call, withHeaders(request, options, 'text/event-stream'));
        const {readEvents} = (await reader) ?? fail('network');
        if (!request.expected?.includes(reply.status)) yield* readEvents(reply);
      },
    );

  const follow = (what: string, id: string, {cursor}: ResumeRef, options: CallOptions) =>
    stream(options, {
      path: [what, id, 'events'],
      headers: cursor === undefined ? {} : {'last-event-id': asHeader(cursor)},
      expected: nothingToResume,
    });

  const ask: Ask = async (options, request, read) => {
    const call = begin(options);
    try {
      const reply = await sendRequest(call, withHeaders(request, options, 'application/json'));
      return await call.limit(BODY_MS, async () => read(reply), 'interrupted', 'protocol');
    } catch (caught) {
      call.signal.throwIfAborted();
      throw new ChatFailure(errorFrom(caught));
    } finally {
      call.end();
    }
  };

  // Calls that few people ever make load when they are made.
  const rarely = Object.fromEntries(
    rareNames.map((name) => [
      name,
      async (...args: never[]) => {
        const {rareCalls} = await import('./rare-calls.js').catch(() => fail('network'));
        return (rareCalls(ask)[name] as (...args: never[]) => unknown)(...args);
      },
    ]),
  ) as unknown as RareCalls;

  return {
    id: 'tillit',

    // A question names its receipt in its body, so that a body that was stored says under which acceptance it was asked.
    send: (request, {receiptId, ...options}) =>
      stream(options, {
        method: 'POST',
        path: ['messages'],
        headers: {'idempotency-key': request.clientMessageId},
        body: {...request, receiptId},
        conversation: request.conversationId !== undefined,
      }),

    resume: (ref, options) => follow('messages', ref.messageId, ref, options),

    subscribe: (ref, options) => follow('conversations', ref.conversationId ?? '', ref, options),

    stop: ({messageId}, options) => ask(options, {method: 'POST', path: ['messages', messageId, 'stop']}, confirmed),

    // `no-cache` asks the backend each time and lets its ETag spare the body: the terms must be today's.
    config: (options) => ask(options, {path: ['config'], cache: 'no-cache'}, parsed(parseConfig)),

    accept: (acceptance, options) =>
      ask(options, {method: 'POST', path: ['acceptances'], body: acceptance}, parsed(parseAcceptanceReceipt)),

    rate: ({target, ...rating}, options) =>
      ask(
        options,
        {
          method: 'PUT',
          path:
            'messageId' in target
              ? ['messages', target.messageId, 'rating']
              : ['conversations', target.conversationId, 'rating'],
          body: rating,
        },
        confirmed,
      ),

    createTicket: (ticket, options) =>
      ask(
        options,
        {
          method: 'POST',
          path: ['tickets'],
          headers: {'idempotency-key': options.idempotencyKey},
          body: ticket,
        },
        parsed(parseTicketReceipt),
      ),

    ...rarely,

    /** Ends every call under way. The transport stays usable: a host may move its element and connect it again. */
    dispose() {
      disposal.abort();
      disposal = new AbortController();
    },
  };
}

/** The receipt goes in a header, so that it stays out of addresses and their logs; `undefined` sends none. */
const withHeaders = (request: RequestShape, {locale, receiptId}: CallOptions, accept: string): RequestShape => ({
  ...request,
  headers: {
    accept,
    'accept-language': locale,
    ...(receiptId && {'tillit-receipt': asHeader(receiptId)}),
    ...request.headers,
  },
});

/** Headers are bytes; a cursor or a receipt may be any text, and both came as UTF-8. */
const asHeader = (cursor: string) =>
  [...new TextEncoder().encode(cursor)].map((byte) => String.fromCharCode(byte)).join('');
