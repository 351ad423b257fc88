/**
 * The UI message stream of Vercel's AI SDK (`ai` 5 to 7: `toUIMessageStreamResponse`, `createUIMessageStreamResponse`),
 * asked as its `DefaultChatTransport` asks.
 *
 * - `endpoint` is the chat route itself; `GET {endpoint}/{chat}/stream` takes up an answer that is still running. It says
 *   the whole answer again.
 * - What is written under `data-suggestions`, `data-sources` and `data-handoff` is shown; every other `data-…` part becomes
 *   a `data` event, `data-confidence` among them.
 * - The text of an `error` part is not shown, since it may be anything; JSON in it is read like a problem body, so a
 *   backend can say `{"code": "rate_limited", "display": "…"}`.
 * - Left out: reasoning text, files, tool input and output, metadata, usage. Tools that the browser should run or approve
 *   are not run: such an answer ends as `tool`.
 */
import {chatError} from '../core/errors.js';
import {isTerminal, type ChatEvent, type FinishReason} from '../core/events.js';
import type {ChatRequest, ChatTransport} from '../core/transport.js';
import {systemClock, type Clock} from './clock.js';
import {filled, isFields, must, natural, string} from './fields.js';
import type {JsonFrame, JsonObject} from './json-frames.js';
import {jsonStreams} from './json-streams.js';
import {namedData, readSource} from './named-data.js';
import type {HttpOptions} from './request.js';
import {streamError, textError} from './stream-error.js';

export interface AiSdkOptions extends HttpOptions {
  /** The chat route: questions are posted here. It may have a query. */
  readonly endpoint: string;
  /** Sent along with each question, beside `id`, `messages` and `trigger`. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** `false` when the backend has no `GET {endpoint}/{chat}/stream`: a broken stream is not asked for again. */
  readonly resume?: boolean | undefined;
}

/** Nothing is running; or the backend does not offer it. */
const nothingToResume = [204, 400, 404, 405, 410, 501];

/** @param clock for tests */
export function aiSdkTransport(options: AiSdkOptions, clock: Clock = systemClock): ChatTransport {
  const {body, resume = true} = options;
  const {stream, dispose} = jsonStreams(options, clock);
  return {
    id: 'ai-sdk',

    send(request, options) {
      const chatId = request.conversationId ?? request.clientMessageId;
      return stream(
        options,
        {
          method: 'POST',
          path: [],
          body: {
            ...body,
            id: chatId,
            messages: messagesOf(request),
            trigger: request.replaces === undefined ? 'submit-message' : 'regenerate-message',
            messageId: request.replaces,
            context: request.context,
            locale: options.locale,
            receiptId: options.receiptId,
          },
        },
        (frames) => readChunks(frames, chatId, resume ? {cursor: chatId} : {}),
      );
    },

    ...(resume && {
      resume: ({conversationId, messageId}, options) => {
        const chatId = conversationId ?? messageId;
        return stream(options, {path: [chatId, 'stream'], expected: nothingToResume}, (frames) =>
          readChunks(frames, chatId, {cursor: chatId, mode: 'replay'}),
        );
      },
    }),

    dispose,
  };
}

function messagesOf({history, text, clientMessageId}: ChatRequest) {
  const messages = [...history, {role: 'user' as const, text}];
  return messages.map(({role, text}, index) => ({
    id: index === history.length ? clientMessageId : `${role}-${index}`,
    role,
    parts: [{type: 'text', text}],
  }));
}

type Start = Extract<ChatEvent, {type: 'start'}>;

/** @param begin what the first event says beside its ids */
async function* readChunks(
  frames: AsyncIterable<JsonFrame>,
  conversationId: string,
  begin: Pick<Start, 'mode' | 'cursor'>,
): AsyncGenerator<ChatEvent> {
  const read = chunkReader();
  let hasBegun = false;
  for await (const {event, data, isWhole} of frames) {
    if (isWhole) {
      yield {type: 'error', error: isFields(data.error) ? streamError(data) : chatError('protocol')};
      return;
    }
    for (const told of read(event === '[DONE]' ? {type: 'finish'} : data)) {
      // Backends that write parts of their own begin with them, or never say `start`.
      if (!hasBegun && !isTerminal(told))
        yield told.type === 'start' ? {...told, conversationId, ...begin} : {type: 'start', conversationId, ...begin};
      // Merged streams each say `start`; it is one message all the same.
      if (told.type !== 'start') yield told;
      else if (hasBegun && told.messageId !== undefined) yield {...told, mode: 'continue'};
      hasBegun = true;
    }
  }
}

/** @returns a function that tells what a chunk means, given those before it */
function chunkReader(): (chunk: JsonObject) => Generator<ChatEvent> {
  /** The open texts. Ids come again in a later step and mean another text then. */
  const texts = new Map<string, string>();
  const activeTools = new Set<string>();
  const sources = new Set<string>();
  /** What has been said: in the steps before, and in the present one, which may yet be withdrawn. */
  const kept: ChatEvent[] = [];
  let step: ChatEvent[] = [];
  let textCount = 0;

  const openText = (id: string) => {
    const part = `${textCount++}`;
    texts.set(id, part);
    return part;
  };
  const say = (event: ChatEvent) => {
    step.push(event);
    return event;
  };
  const toolStatus = (chunk: JsonObject, state: 'active' | 'done' | 'failed'): ChatEvent => {
    const text = filled(chunk.title);
    return {type: 'status', id: must(filled)(chunk.toolCallId), state, kind: 'tool', ...(text && {text})};
  };

  return function* (chunk) {
    const type = string(chunk.type) ?? '';
    switch (type) {
      case 'start': {
        const messageId = filled(chunk.messageId);
        yield {type: 'start', ...(messageId && {messageId})};
        return;
      }
      case 'text-start':
        openText(must(string)(chunk.id));
        return;
      case 'text-delta': {
        const id = must(string)(chunk.id);
        const part = texts.get(id) ?? openText(id);
        const text = must(string)(chunk.delta);
        if (text !== '') yield say({type: 'text', op: 'append', part, text});
        return;
      }
      case 'text-end': {
        const part = texts.get(string(chunk.id) ?? '');
        texts.delete(string(chunk.id) ?? '');
        for (const citation of Array.isArray(chunk.citations) ? (chunk.citations as unknown[]) : []) {
          for (const event of cited(citation, part)) {
            // Sent with the citation too, and known better from before, unless it has the passage now.
            if (event.type !== 'source' || event.source.snippet || !sources.has(event.source.id)) yield say(event);
          }
        }
        return;
      }
      case 'source-url':
      case 'source-document': {
        const source = readSource({...chunk, id: chunk.sourceId, title: filled(chunk.title) ?? chunk.filename});
        if (!source) return;
        sources.add(source.id);
        yield say({type: 'source', source});
        return;
      }
      case 'reasoning-start':
        yield {type: 'status', state: 'active', kind: 'thinking'};
        return;
      case 'tool-input-start':
      case 'tool-input-available': {
        const event = toolStatus(chunk, 'active');
        const id = chunk.toolCallId as string;
        if (!activeTools.has(id)) yield event;
        activeTools.add(id);
        return;
      }
      case 'tool-output-available':
        if (chunk.preliminary !== true) yield toolStatus(chunk, 'done');
        return;
      case 'tool-input-error':
      case 'tool-output-error':
      case 'tool-output-denied':
        yield toolStatus(chunk, 'failed');
        return;
      case 'start-step':
        for (const event of step) kept.push(event);
        step = [];
        return;
      case 'reset-step':
        // What it withdraws is asked of the model again. Single sources cannot be withdrawn, so all is, and what stays
        // is said again.
        yield {type: 'retract', reason: 'regenerated'};
        yield* kept;
        step = [];
        texts.clear();
        return;
      case 'finish':
        yield finished(chunk.finishReason);
        return;
      case 'abort':
        yield {type: 'finish', reason: 'cancelled'};
        return;
      case 'error':
        yield {type: 'error', error: textError(chunk.errorText)};
        return;
    }
    if (type.startsWith('data-')) yield* namedData(type.slice(5), chunk.data);
  };
}

/** A place in the text that rests on a source; the passage becomes the source's own where it has none. */
function* cited(citation: unknown, part: string | undefined): Generator<ChatEvent> {
  const {source: from, startIndex, endIndex, citedText} = isFields(citation) ? citation : {};
  const quote = filled(citedText);
  const source = readSource(isFields(from) ? {...from, title: filled(from.title) ?? from.filename} : from);
  if (!source) return;
  const start = natural(startIndex);
  const end = natural(endIndex);
  yield {type: 'source', source: quote ? {...source, snippet: quote} : source};
  yield {
    type: 'cite',
    sourceId: source.id,
    ...(part !== undefined && {part}),
    ...(start !== undefined && {start}),
    ...(end !== undefined && {end}),
    ...(quote && {quote}),
  };
}

const reasons: ReadonlyMap<unknown, FinishReason> = new Map([
  [undefined, 'stop'],
  [null, 'stop'],
  ['stop', 'stop'],
  ['length', 'length'],
  ['content-filter', 'content_filter'],
  ['tool-calls', 'tool'],
]);

function finished(reason: unknown): ChatEvent {
  // The provider's stream ended without a word: the answer may be cut anywhere.
  if (reason === 'interrupted') return {type: 'error', error: chatError('interrupted')};
  if (reason === 'error') return {type: 'error', error: chatError('server')};
  return {type: 'finish', reason: reasons.get(reason) ?? 'other'};
}
