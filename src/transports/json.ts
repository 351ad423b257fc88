/**
 * Any backend that takes a question as JSON and gives the whole answer as JSON: the ten-line way in. Two functions say
 * how the question is written and how the answer is read; sources and suggestions are checked like any others.
 *
 * What cannot be done without a stream: the answer comes at once or not at all, and cannot be resumed.
 */
import type {ErrorCode} from '../core/errors.js';
import type {Answerer, ChatEvent, Source, Suggestion} from '../core/events.js';
import type {CallOptions, ChatRequest, ChatTransport} from '../core/transport.js';
import {readJson} from './body.js';
import {httpCalls} from './calls.js';
import {systemClock, type Clock} from './clock.js';
import {fail, filled, isFields, shape, some, string} from './fields.js';
import {foreignRefusal} from './foreign-codes.js';
import {parseAnswerer, parseSource, parseSuggestions} from './parse-source.js';
import {bodyError} from './problem.js';
import type {HttpOptions} from './request.js';

/** A text of this length in JSON that escapes every letter, with its sources. */
const MAX_BODY_BYTES = 16 * 2 ** 20;

export interface JsonAnswer {
  /** Markdown. An empty text says that nothing was found. */
  readonly text: string;
  /** Without an id, the URL or the title stands for it. */
  readonly sources?: readonly (Omit<Source, 'id'> & {readonly id?: string})[] | undefined;
  readonly suggestions?: readonly (string | Suggestion)[] | undefined;
  /** Who has answered, when it is not always the same. */
  readonly answerer?: Answerer | undefined;
  readonly messageId?: string | undefined;
  readonly conversationId?: string | undefined;
  /** Sent back with the next question. */
  readonly session?: unknown;
  /** Offers a human. */
  readonly handoff?: boolean | undefined;
}

/** An answer that is none. `display` is shown as it is. */
export interface JsonError {
  readonly error: {readonly code: ErrorCode; readonly display?: string; readonly retryAfterMs?: number};
}

export interface JsonOptions extends HttpOptions {
  /** Where questions are posted, exactly as it is written. */
  readonly endpoint: string;
  /** The body of a question. The default sends `{text, history, locale, conversationId, session, context}`. */
  readonly request?: ((request: ChatRequest, options: CallOptions) => unknown) | undefined;
  /** Reads the answer out of the backend's JSON. What it throws means that the backend broke its promise. */
  readonly answer: (json: unknown) => JsonAnswer | JsonError;
}

/** @param clock for tests */
export function jsonTransport(options: JsonOptions, clock: Clock = systemClock): ChatTransport {
  const {endpoint, request: write = plainRequest, answer: read} = options;
  const {sendRequest, stream, dispose} = httpCalls(
    // The address is the host's to spell: a slash at its end, or a query, belongs to it.
    {...options, fetch: (_url, init) => (options.fetch ?? globalThis.fetch)(endpoint, init)},
    clock,
    foreignRefusal,
  );

  return {
    id: 'json',

    send: (request, options) =>
      stream(options, async function* (call) {
        const {next} = await sendRequest(call, {
          method: 'POST',
          path: [],
          headers: {
            accept: 'application/json',
            'accept-language': options.locale,
            'idempotency-key': request.clientMessageId,
          },
          body: write(request, options),
        });
        // Not asked for its type: many small backends name none, or the wrong one.
        yield* answerEvents(read(await readJson(next, MAX_BODY_BYTES)));
      }),

    dispose,
  };
}

const plainRequest = (request: ChatRequest, {locale}: CallOptions) => {
  const {text, history, conversationId, session, context} = request;
  return {text, history, locale, conversationId, session, context};
};

/** The function that made the answer is the host's, the values in it are the backend's: all of them are checked. */
function* answerEvents(answer: unknown): Generator<ChatEvent> {
  if (!isFields(answer)) fail('protocol');
  if (isFields(answer.error)) {
    yield {type: 'error', error: bodyError(answer.error, 'server')};
    return;
  }

  const text = string(answer.text) ?? fail('protocol');
  yield {type: 'start', ...readIds(answer)};
  if (answer.session !== undefined) yield {type: 'session', state: answer.session};
  const answerer = parseAnswerer(answer.answerer);
  if (answerer) yield {type: 'answerer', ...answerer};
  if (text !== '') yield {type: 'text', op: 'append', text};
  for (const source of readSources(answer.sources) ?? []) yield {type: 'source', source};
  const items = readSuggestions(answer.suggestions);
  if (items?.length) yield {type: 'suggestions', items};
  if (answer.handoff === true) yield {type: 'handoff'};
  yield {type: 'finish', reason: text === '' ? 'no_source' : 'stop'};
}

const readIds = shape({}, {messageId: filled, conversationId: filled});

const readSources = some((value) =>
  isFields(value) ? parseSource({...value, id: [value.id, value.url, value.title].find(filled)}) : undefined,
);

const readSuggestions = (value: unknown) =>
  parseSuggestions(Array.isArray(value) ? value.map((item: unknown) => (filled(item) ? {text: item} : item)) : value);
