/**
 * Reads a chat completion, streamed or whole.
 *
 * The reason to finish is held back until the stream ends: annotations, usage and the verdict of a late filter come after
 * it. A stream without one, and without `[DONE]`, was cut.
 */
import type {ChatEvent, FinishReason, Source} from '../core/events.js';
import {filled, isFields, must, string} from './fields.js';
import type {JsonFrame, JsonObject} from './json-frames.js';
import {readSource} from './named-data.js';
import {citationReader} from './openai-citations.js';
import {streamError} from './stream-error.js';

const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['end_turn', 'stop'],
  ['eos', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['model_length', 'length'],
  ['content_filter', 'content_filter'],
  ['tool_calls', 'tool'],
  ['function_call', 'tool'],
]);

export async function* readChat(frames: AsyncIterable<JsonFrame>, isAzure: boolean): AsyncGenerator<ChatEvent> {
  const cite = citationReader();
  const tools = new Set<unknown>();
  const shown = new Set<string>();
  const markers = isAzure ? markerHold() : undefined;
  let isThinking = false;
  let hasBegun = false;
  let text = '';
  let finish: FinishReason | undefined;

  function* say(piece: string): Generator<ChatEvent> {
    text += piece;
    const whole = markers ? markers.add(piece) : piece;
    if (whole !== '') yield {type: 'text', op: 'append', text: whole};
  }
  /** Some backends repeat them all in every piece. */
  function* show(list: readonly Source[]): Generator<ChatEvent> {
    for (const source of list) {
      const key = JSON.stringify(source);
      if (!shown.has(key)) yield {type: 'source', source};
      shown.add(key);
    }
  }
  function* flush(): Generator<ChatEvent> {
    const rest = markers?.rest() ?? '';
    if (rest !== '') yield {type: 'text', op: 'append', text: rest};
  }

  try {
    for await (const {event, data} of frames) {
      if (event === '[DONE]') {
        finish ??= 'stop';
        break;
      }
      if (event === 'error' || data.object === 'error' || (data.error ?? undefined) !== undefined) {
        yield* flush();
        yield {type: 'error', error: streamError(data)};
        return;
      }
      const messageId = filled(data.id);
      if (!hasBegun && messageId) yield {type: 'start', messageId};
      hasBegun ||= messageId !== undefined;
      yield* show(searchResults(data));

      const choice = firstOf(data.choices);
      const delta = [choice.delta, choice.message].find(isFields) ?? {};
      if (isAzure) yield* show(documents(delta.context));
      if (!isThinking && (filled(delta.reasoning_content) ?? filled(delta.reasoning))) {
        isThinking = true;
        yield {type: 'status', state: 'active', kind: 'thinking'};
      }
      yield* say(textOf(delta.content));
      yield* say(textOf(delta.refusal));
      for (const call of listOf(delta.tool_calls)) {
        // Only its first piece has the id.
        const id = isFields(call) ? filled(call.id) : undefined;
        if (!id || tools.has(id)) continue;
        tools.add(id);
        yield {type: 'status', id, state: 'active', kind: 'tool'};
      }
      for (const annotation of listOf(delta.annotations)) yield* cite(annotation, text);

      const reason = filled(choice.finish_reason);
      if (isAzure && isTakenBack(choice, reason)) {
        yield {type: 'retract', reason: 'content_filter'};
        yield {type: 'finish', reason: 'content_filter'};
        return;
      }
      if (reason) finish = reasons.get(reason) ?? 'other';
    }
  } catch (caught) {
    yield* flush();
    // All has been said; what is missing is the end of the stream.
    if (!finish) throw caught;
  }
  yield* flush();
  if (finish) yield {type: 'finish', reason: finish};
}

/** The first choice; there is none in the chunks with usage, or with the verdict on the question. */
const firstOf = (choices: unknown): JsonObject =>
  listOf(choices)
    .filter(isFields)
    .find(({index}) => !index) ?? {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

/** Text, or a list of pieces of which some are text. Anything else would be a hole in the answer. */
function textOf(content: unknown): string {
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) return must(string)(content);
  return content.map((piece) => (isFields(piece) && piece.type === 'text' ? must(string)(piece.text) : '')).join('');
}

/** Azure: the documents that `[doc1]` and its like point to. */
const documents = (context: unknown): Source[] =>
  listOf(isFields(context) ? context.citations : []).flatMap((citation, index) => {
    const {title, url, content, filepath} = isFields(citation) ? citation : {};
    const id = `doc${index + 1}`;
    return readSource({id, n: index + 1, title: filled(title) ?? filepath, url, snippet: content}) ?? [];
  });

/** Search models of other vendors: the pages that `[1]` and its like point to. */
const searchResults = ({search_results: results, citations}: JsonObject): Source[] =>
  listOf(results ?? citations).flatMap((result, index) => {
    const {title, url, snippet, date} = isFields(result) ? result : {url: result};
    return readSource({id: url, n: index + 1, title, url, snippet, updated: date}) ?? [];
  });

/** Azure's late filter judges text that was sent before; an offset tells its verdict from that of the filter in time. */
const isTakenBack = ({content_filter_offsets: offsets, content_filter_results: results}: JsonObject, reason?: string) =>
  isFields(offsets) &&
  (reason === 'content_filter' ||
    (isFields(results) && Object.values(results).some((result) => isFields(result) && result.filtered === true)));

/** Keeps the beginning of a `[doc1]` until the rest is there, so that no half of one is ever seen. */
function markerHold() {
  let held = '';
  return {
    add(piece: string) {
      const text = held + piece;
      held = /\[(d(o(c\d{0,3})?)?)?$/.exec(text)?.[0] ?? '';
      return text.slice(0, text.length - held.length);
    },
    rest() {
      const rest = held;
      held = '';
      return rest;
    },
  };
}
