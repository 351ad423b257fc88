/**
 * Reads a response, streamed or whole. Its sequence numbers are the cursors by which a stored response can be taken up.
 *
 * Backends differ in how much they stream: a text that came in no piece is taken from the event that ends it, or from the
 * whole response at the end.
 */
import {chatError} from '../core/errors.js';
import type {ChatEvent, FinishReason} from '../core/events.js';
import {filled, isFields, must, natural, string} from './fields.js';
import type {JsonFrame, JsonObject} from './json-frames.js';
import {citationReader} from './openai-citations.js';
import {streamError} from './stream-error.js';

/** @param isContinued what comes before has been heard: nothing is made up for from the whole */
export async function* readResponse(frames: AsyncIterable<JsonFrame>, isContinued: boolean): AsyncGenerator<ChatEvent> {
  const read = eventReader(isContinued);
  for await (const {event, data, isWhole} of frames) {
    const type =
      isWhole && data.object === 'response' ? `response.${string(data.status)}` : (string(data.type) ?? event);
    const number = natural(data.sequence_number);
    for (const told of read(type, isWhole ? {response: data, error: data.error} : data)) {
      yield number === undefined ? told : {...told, cursor: `${number}`};
    }
    // What is no response, or one that is still to come, must not be waited for.
    if (isWhole) yield {type: 'error', error: chatError('protocol')};
  }
}

function eventReader(isContinued: boolean) {
  const cite = citationReader();
  const texts = new Map<string, string>();
  let hasBegun = isContinued;
  let hasCited = false;
  let waitsForTool = false;

  function* begin(response: unknown): Generator<ChatEvent> {
    const messageId = isFields(response) ? filled(response.id) : undefined;
    if (!hasBegun && messageId) yield {type: 'start', messageId};
    hasBegun = true;
  }
  function* say(part: string, text: string): Generator<ChatEvent> {
    texts.set(part, (texts.get(part) ?? '') + text);
    if (text !== '') yield {type: 'text', op: 'append', part, text};
  }
  function* annotate(annotation: unknown, part: string): Generator<ChatEvent> {
    // A stream that was taken up knows only the rest of the text.
    yield* cite(annotation, texts.get(part) ?? '', part);
    hasCited = true;
  }
  /** What the whole response says that the stream did not. */
  function* makeUpFor(output: readonly unknown[]): Generator<ChatEvent> {
    const isSilent = ![...texts.values()].some(Boolean);
    for (const [outputIndex, item] of output.entries()) {
      if (!isFields(item)) continue;
      waitsForTool ||= isForCaller(item);
      for (const [index, content] of listOf(item.content).entries()) {
        if (item.type !== 'message' || !isFields(content)) continue;
        const part = `${outputIndex}.${index}`;
        if (isSilent) yield* say(part, string(content.text) ?? string(content.refusal) ?? '');
        if (isSilent || !hasCited) {
          for (const annotation of listOf(content.annotations)) yield* cite(annotation, texts.get(part) ?? '', part);
        }
      }
    }
  }

  return function* (type: string, data: JsonObject): Generator<ChatEvent> {
    const response = isFields(data.response) ? data.response : {};
    const part = `${natural(data.output_index) ?? 0}.${natural(data.content_index) ?? 0}`;
    switch (type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
        yield* begin(response);
        return;

      case 'response.output_item.added':
      case 'response.output_item.done':
        if (isFields(data.item)) {
          waitsForTool ||= isForCaller(data.item);
          yield* itemStatus(data.item, type.endsWith('done'));
        }
        return;

      case 'response.output_text.delta':
      case 'response.refusal.delta':
        yield* say(part, must(string)(data.delta));
        return;

      case 'response.output_text.done':
      case 'response.refusal.done':
        if (!isContinued && !texts.has(part)) yield* say(part, string(data.text) ?? string(data.refusal) ?? '');
        return;

      case 'response.output_text.annotation.added':
        yield* annotate(data.annotation, part);
        return;

      case 'response.completed':
      case 'response.incomplete':
        yield* begin(response);
        if (!isContinued) yield* makeUpFor(listOf(response.output));
        yield {type: 'finish', reason: reasonOf(response, type.endsWith('incomplete'), waitsForTool)};
        return;

      case 'response.cancelled':
        yield {type: 'finish', reason: 'cancelled'};
        return;

      case 'response.failed':
        yield {type: 'error', error: streamError(response)};
        return;
    }
    if (type === 'error' || isFields(data.error)) yield {type: 'error', error: streamError(data)};
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

const isForCaller = ({type}: JsonObject) =>
  /^((function|custom_tool|computer|(local_)?shell|apply_patch)_call|mcp_approval_request)$/.test(string(type) ?? '');

/** A tool at work, whoever runs it, or the model thinking. */
function* itemStatus({id, type, status}: JsonObject, isDone: boolean): Generator<ChatEvent> {
  const name = string(type) ?? '';
  if (name === 'reasoning' && !isDone) yield {type: 'status', state: 'active', kind: 'thinking'};
  if (!name.endsWith('_call')) return;
  const item = filled(id);
  yield {
    type: 'status',
    ...(item && {id: item}),
    state: !isDone ? 'active' : status === 'failed' || status === 'incomplete' ? 'failed' : 'done',
    kind: name.includes('search') ? 'search' : 'tool',
  };
}

function reasonOf(
  {incomplete_details: details}: JsonObject,
  isIncomplete: boolean,
  waitsForTool: boolean,
): FinishReason {
  if (!isIncomplete) return waitsForTool ? 'tool' : 'stop';
  const reason = isFields(details) ? details.reason : undefined;
  return reason === 'content_filter' ? reason : reason === 'max_output_tokens' ? 'length' : 'other';
}
