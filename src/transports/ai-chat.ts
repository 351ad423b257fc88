/**
 * Microsoft's AI chat protocol (github.com/microsoft/ai-chat-protocol, 2024-05-29): JSON lines of deltas, or one JSON
 * value when nothing is streamed. Spoken in two dialects, both read: the specification's `sessionState`, and that of
 * azure-search-openai-demo and its many copies: `session_state`, documents under `context.data_points`, further
 * questions under `context.followup_questions`, once more under `context.context`, and once all of it in `choices`.
 *
 * The protocol has no end marker: an answer ends with its bytes. One that ends without a word is `interrupted`. It has
 * no ids either, so nothing can be stopped but by hanging up, and nothing resumed.
 */
import {chatError} from '../core/errors.js';
import type {ChatEvent, FinishReason, Source} from '../core/events.js';
import type {ChatRequest, ChatTransport} from '../core/transport.js';
import {httpCalls} from './calls.js';
import {systemClock, type Clock} from './clock.js';
import {fail, filled, isFields, some, string} from './fields.js';
import {foreignError, foreignRefusal} from './foreign-codes.js';
import {ndjsonReader} from './ndjson.js';
import {parseSource} from './parse-source.js';
import type {HttpOptions} from './request.js';

type Fields = Readonly<Record<string, unknown>>;

export interface AiChatOptions extends HttpOptions {
  /** `false` asks for the whole answer, at the endpoint itself. Otherwise `…/stream` is asked. */
  readonly stream?: boolean | undefined;
  /** Sent as `context` with every question, below what the host's page adds: `{overrides: {top: 3}}`. */
  readonly context?: Fields | undefined;
  /** Where a document can be read that the backend only names: `export.md#page=1`. */
  readonly sourceUrl?: ((name: string) => string | undefined) | undefined;
}

/** @param clock for tests */
export function aiChatTransport(options: AiChatOptions, clock: Clock = systemClock): ChatTransport {
  const {sendRequest, stream, dispose} = httpCalls(options, clock, foreignRefusal);
  const isWhole = options.stream === false || /\/stream\/*$/.test(options.endpoint);

  return {
    id: 'ai-chat',

    send: (request, {locale, ...call}) =>
      stream({locale, ...call}, async function* (call) {
        const {next} = await sendRequest(call, {
          method: 'POST',
          path: isWhole ? [] : ['stream'],
          headers: {
            accept: 'application/x-ndjson, application/jsonl, application/json',
            'accept-language': locale,
            'idempotency-key': request.clientMessageId,
          },
          body: questionBody(request, options.context),
        });
        // Not asked for its type: the samples alone name five, and some backends none.
        const read = ndjsonReader();
        const answer = answerReader(options);
        for (let bytes = await next(); bytes; bytes = await next()) {
          for (const value of read(bytes)) yield* answer.events(value);
        }
        for (const value of read()) yield* answer.events(value);
        yield answer.end();
      }),

    dispose,
  };
}

function questionBody({text, history, session, context}: ChatRequest, standing: Fields | undefined) {
  const messages = [...history, {role: 'user', text}].map(({role, text}) => ({role, content: text}));
  const echoed = session === undefined ? {sessionState: null} : {sessionState: session, session_state: session};
  return {messages, context: {...standing, ...context}, ...echoed};
}

/** Follows one answer. Documents come again with every context: what has not changed is told once. */
function answerReader({sourceUrl}: AiChatOptions) {
  const told = new Map<string, string>();
  let hasText = false;
  let reason: FinishReason = 'stop';

  const isNews = (name: string, value: unknown) => {
    const text = JSON.stringify(value);
    return told.get(name) !== text && told.set(name, text);
  };

  function* contextEvents(context: unknown): Generator<ChatEvent> {
    if (!isFields(context)) return;
    for (const source of sourcesIn(context, sourceUrl)) {
      if (isNews(`source ${source.id}`, source)) yield {type: 'source', source};
    }
    const questions = some(filled)(context.followup_questions);
    if (questions?.length && isNews('questions', questions)) {
      yield {type: 'suggestions', items: questions.map((text) => ({text}))};
    }
    // The demo wraps the context of its last line in another; once, not endlessly.
    if (isFields(context.context)) yield* contextEvents({...context.context, context: undefined});
  }

  return {
    *events(value: unknown): Generator<ChatEvent> {
      if (!isFields(value)) fail('protocol');
      if (value.error !== undefined && value.error !== null) {
        yield {type: 'error', error: foreignError(value, 'server')};
        return;
      }
      const [choice] = Array.isArray(value.choices) ? (value.choices as unknown[]) : [value];
      const line = isFields(choice) ? choice : value;
      const [said, op] = isFields(line.message)
        ? ([line.message, 'replace'] as const)
        : ([line.delta, 'append'] as const);
      const {content, context, role} = isFields(said) ? said : {};

      const session = line.sessionState ?? line.session_state ?? value.session_state;
      if (session !== undefined && session !== null && isNews('session', session)) {
        yield {type: 'session', state: session};
      }
      // Before the text, so that its markers find their documents.
      yield* contextEvents(line.context);
      yield* contextEvents(context);
      if (role === undefined || role === null || role === 'assistant') {
        const text = string(content ?? '') ?? fail('protocol');
        hasText ||= text !== '';
        if (text !== '') yield {type: 'text', op, text};
      }
      if (line.finish_reason === 'length' || line.finish_reason === 'content_filter') reason = line.finish_reason;
    },

    end: (): ChatEvent =>
      hasText || reason !== 'stop' ? {type: 'finish', reason} : {type: 'error', error: chatError('interrupted')},
  };
}

/** The documents an answer rests on: `["name: text"]`, or `{text: ["name: text"], citations: ["name"]}`. */
function sourcesIn({data_points: points}: Fields, sourceUrl: AiChatOptions['sourceUrl']): Source[] {
  const fields: Fields = isFields(points) ? points : {text: points};
  const texts = some(filled)(fields.text) ?? [];
  const named = some(filled)(fields.citations);
  const names = named?.length ? named : (some(filled)(texts.map((text) => /^(.{1,200}?): /s.exec(text)?.[1])) ?? []);

  const fromNames = names.map((name) => ({
    id: name,
    title: name,
    url: /^https?:/i.test(name) ? name : sourceUrl?.(name),
    snippet: texts.find((text) => text.startsWith(`${name}:`)),
  }));
  // Some copies give the documents themselves, and the demo those it found on the web.
  const documents = [fields.text, fields.citations, fields.external_results_metadata].flatMap((list) =>
    Array.isArray(list) ? list.filter(isFields) : [],
  );
  const fromDocuments = documents.map(({id, url, title, filepath, sourcepage, snippet, content}) => ({
    id: [id, url, filepath, sourcepage, title].find(filled),
    title: [title, filepath, sourcepage].find(filled),
    url,
    snippet: snippet ?? content,
  }));
  return some(parseSource)([...fromNames, ...fromDocuments]) ?? [];
}
