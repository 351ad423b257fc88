/**
 * ChatKit, hosted by yourself (github.com/openai/chatkit-python, `chatkit/types.py`): one address, requests by `type`,
 * thread events as server-sent JSON. An example of an adapter on the readers that this package's own are built from.
 *
 * The server keeps the thread, so no history is sent. A stream may end with an `end_of_turn` item or without: an answer is
 * whole when the last message that was begun is done.
 */
import {chatError, type ChatEvent, type ChatTransport, type Source} from 'tillit-chat/core';
import {
  filled,
  isFields,
  jsonStreams,
  must,
  namedData,
  natural,
  readSource,
  streamError,
  string,
  type Clock,
  type HttpOptions,
  type JsonFrame,
  type JsonObject,
} from 'tillit-chat/transports/readers';

export function chatkitTransport(options: HttpOptions, clock?: Clock): ChatTransport {
  const {stream, dispose} = jsonStreams(options, clock);
  return {
    id: 'chatkit',
    send({text, conversationId, context}, options) {
      const input = {
        content: [{type: 'input_text', text}],
        attachments: [],
        quoted_text: null,
        inference_options: {},
      };
      const body =
        conversationId === undefined
          ? {type: 'threads.create', params: {input}}
          : {type: 'threads.add_user_message', params: {input, thread_id: conversationId}};
      const metadata = {context, locale: options.locale, receiptId: options.receiptId};
      const conversation = conversationId !== undefined;
      return stream(options, {method: 'POST', path: [], body: {...body, metadata}, conversation}, readThread);
    },
    dispose,
  };
}

async function* readThread(frames: AsyncIterable<JsonFrame>): AsyncGenerator<ChatEvent> {
  const {events, ending} = eventReader();
  for await (const {data, isWhole} of frames) {
    if (isWhole) yield {type: 'error', error: streamError(data)};
    yield* events(data);
  }
  const reason = ending();
  if (reason) yield {type: 'finish', reason};
}

function eventReader() {
  const texts = new Map<string, string>();
  const pending = new Set<string>();
  let isAnswered = false;
  let waitsForTool = false;

  function* say(part: string, text: string, op: 'append' | 'replace'): Generator<ChatEvent> {
    const before = texts.get(part) ?? '';
    const after = op === 'append' ? before + text : text;
    texts.set(part, after);
    if (after !== before) yield {type: 'text', op, part, text};
  }

  /** A piece of an answer as it has become. */
  function* settle(part: string, content: unknown): Generator<ChatEvent> {
    if (!isFields(content)) return;
    yield* say(part, string(content.text) ?? '', 'replace');
    for (const annotation of Array.isArray(content.annotations) ? content.annotations : []) {
      const source = sourceOf(annotation);
      if (source) yield {type: 'source', source};
    }
  }

  function* item({id, type, content, widget, copy_text: copyText}: JsonObject, isDone: boolean): Generator<ChatEvent> {
    const messageId = must(filled)(id);
    if (type === 'client_tool_call') waitsForTool = true;
    if (type !== 'assistant_message' && type !== 'widget') return;
    if (!isDone && !pending.has(messageId)) yield {type: 'start', messageId};
    pending[isDone ? 'delete' : 'add'](messageId);
    if (!isDone) return;
    isAnswered = true;
    // What was not streamed comes now.
    const contents: readonly unknown[] = Array.isArray(content) ? content : [{text: widget && copyText}];
    for (const [index, piece] of contents.entries()) {
      const part = `${messageId}.${index}`;
      if (!texts.has(part)) yield* settle(part, piece);
    }
  }

  function* update(itemId: string, change: JsonObject): Generator<ChatEvent> {
    const part = `${itemId}.${natural(change.content_index) ?? 0}`;
    switch (change.type) {
      case 'assistant_message.content_part.text_delta':
        yield* say(part, must(string)(change.delta), 'append');
        return;
      case 'assistant_message.content_part.annotation_added':
        yield* cite(change.annotation, part);
        return;
      case 'assistant_message.content_part.done':
        yield* settle(part, change.content);
        return;
      case 'workflow.task.added':
        yield {type: 'status', state: 'active', kind: 'progress'};
    }
  }

  function* cite(annotation: unknown, part: string): Generator<ChatEvent> {
    const source = sourceOf(annotation);
    if (!source || !isFields(annotation)) return;
    yield {type: 'source', source};
    const index = natural(annotation.index);
    // In code points, as Python counts.
    const at =
      index === undefined
        ? {}
        : {
            end: Array.from(texts.get(part) ?? '')
              .slice(0, index)
              .join('').length,
          };
    yield {type: 'cite', sourceId: source.id, part, ...at};
  }

  function* events(event: JsonObject): Generator<ChatEvent> {
    switch (event.type) {
      case 'thread.created': {
        const conversationId = isFields(event.thread) ? filled(event.thread.id) : undefined;
        if (conversationId) yield {type: 'start', conversationId};
        return;
      }
      case 'thread.item.added':
      case 'thread.item.done':
        if (!isFields(event.item)) return;
        if (event.item.type === 'end_of_turn') yield {type: 'finish', reason: ending() ?? 'stop'};
        else yield* item(event.item, event.type === 'thread.item.done');
        return;
      case 'thread.item.replaced': {
        const {id, content} = isFields(event.item) ? event.item : {};
        for (const [index, piece] of (Array.isArray(content) ? content : []).entries())
          yield* settle(`${String(id)}.${index}`, piece);
        return;
      }
      case 'thread.item.updated':
        if (isFields(event.update)) yield* update(must(filled)(event.item_id), event.update);
        return;
      case 'thread.item.removed':
        for (const part of [...texts.keys()].filter((part) => part.startsWith(`${String(event.item_id)}.`))) {
          texts.delete(part);
          yield {type: 'retract', part, reason: 'regenerated'};
        }
        return;
      case 'progress_update': {
        const text = filled(event.text);
        yield {type: 'status', state: 'active', kind: 'progress', ...(text && {text})};
        return;
      }
      case 'client_effect':
        yield* namedData(must(filled)(event.name), event.data);
        return;
      case 'notice': {
        const level = (['info', 'warning', 'danger'] as const).find((level) => level === event.level) ?? 'info';
        yield {type: 'notice', level, text: must(filled)(event.message)};
        return;
      }
      case 'error': {
        const {code, message, allow_retry: retryable} = event;
        // Of an error that the vendor has worded, and of no other, the words are for the person.
        const display = code === 'custom' ? filled(message) : undefined;
        const {code: known} = code === 'custom' ? chatError('server') : streamError({code});
        yield {type: 'error', error: chatError(known, {retryable: retryable === true, ...(display && {display})})};
      }
    }
  }

  /** Why the answer is over, if it is whole. */
  const ending = () => (waitsForTool ? 'tool' : isAnswered && pending.size === 0 ? 'stop' : undefined);
  return {events, ending};
}

function sourceOf(annotation: unknown): Source | undefined {
  const {source} = isFields(annotation) ? annotation : {};
  if (!isFields(source)) return undefined;
  const {type, id, title, description, filename, url, data} = source;
  if (type === 'url') return readSource({title, url, snippet: description});
  if (type === 'file') return readSource({id: filename, title, snippet: description});
  return readSource({id, title, url: isFields(data) ? data.url : undefined, snippet: description});
}
