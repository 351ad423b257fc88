/**
 * Agents of Microsoft Copilot Studio behind their own API, as `@microsoft/agents-copilotstudio-client` speaks it: each
 * question is answered with server-sent events, `activity` and at last `end`. Their livestreams come in pieces.
 * For agents behind a Direct Line token endpoint, see `direct-line.ts`.
 */
import type {ChatEvent} from '../core/events.js';
import type {CallOptions, ChatRequest, ChatTransport} from '../core/transport.js';
import {activityOf, activityReader} from './activities.js';
import type {Call} from './call.js';
import {httpCalls} from './calls.js';
import {systemClock, type Clock} from './clock.js';
import {fail, filled, isFields} from './fields.js';
import {foreignError, foreignRefusal} from './foreign-codes.js';
import type {HttpOptions} from './request.js';
import {sseReader} from './sse.js';

type Fields = Readonly<Record<string, unknown>>;

export interface CopilotStudioOptions extends HttpOptions {
  /** The agent's connection string up to `/conversations`, with its `?api-version=…`. */
  readonly endpoint: string;
  /** Who asks, when the token does not say. */
  readonly userId?: string | undefined;
}

/** @param clock for tests */
export function copilotStudioTransport(options: CopilotStudioOptions, clock: Clock = systemClock): ChatTransport {
  const [address = '', version] = options.endpoint.split('?');
  const query = version === undefined ? '' : `?${version}`;
  const replies = new Map<string, unknown>();
  let named: string | undefined;
  const {sendRequest, stream, dispose} = httpCalls(
    {
      ...options,
      endpoint: address.replace(/\/conversations\/*$/, ''),
      async fetch(url, init) {
        const response = await (options.fetch ?? globalThis.fetch)(url, init);
        named = response.headers.get('x-ms-conversationid') ?? named;
        return response;
      },
    },
    clock,
    foreignRefusal,
  );

  async function* post(call: Call, locale: string, path: readonly string[], body: Fields): AsyncGenerator<Fields> {
    const headers = {accept: 'text/event-stream', 'accept-language': locale};
    const {contentType, next} = await sendRequest(call, {method: 'POST', path, query, headers, body, once: true});
    if (!contentType.startsWith('text/event-stream')) fail('protocol');
    const read = sseReader();
    for (let bytes = await next(); bytes; bytes = await next()) {
      for (const {event, data} of read(bytes)) {
        if (event === 'end') return;
        const value: unknown = event === 'activity' || event === 'error' ? JSON.parse(data) : undefined;
        if (event === 'error') yield {type: 'error', error: value};
        else if (isFields(value)) yield value;
      }
    }
    fail('interrupted');
  }

  async function begin(call: Call, locale: string): Promise<string> {
    named = undefined;
    let id: string | undefined;
    // The greeting that comes with it is not an answer.
    for await (const {conversation} of post(call, locale, ['conversations'], {emitStartConversationEvent: true})) {
      id ??= isFields(conversation) ? filled(conversation.id) : undefined;
    }
    return named ?? id ?? fail('protocol');
  }

  async function* ask(call: Call, request: ChatRequest, {locale}: CallOptions): AsyncGenerator<ChatEvent> {
    const conversationId = request.conversationId ?? (await begin(call, locale));
    yield {type: 'start', conversationId};
    const userId = options.userId ?? `tillit-${conversationId}`;
    const activity = activityOf(request, userId, locale, replies);
    const reader = activityReader(true, replies);
    for await (const said of post(call, locale, ['conversations', conversationId], {activity})) {
      const isOwn = isFields(said.from) && (said.from.role === 'user' || said.from.id === userId);
      if (said.type === 'error') yield {type: 'error', error: foreignError(said.error, 'server')};
      else if (!isOwn) yield* reader.events(said);
    }
    const {rateable, isWriting, quietMs} = reader;
    if (isWriting || quietMs === undefined) fail('interrupted');
    yield {type: 'finish', reason: 'stop', ...(rateable && {rateable})};
  }

  return {
    id: 'copilot-studio',
    send: (request, options) => stream(options, (call) => ask(call, request, options)),
    dispose,
  };
}
