/**
 * Turns one frame of the native protocol into a `ChatEvent`: `event:` is the type, `id:` the cursor, `data:` the rest,
 * a JSON object. Unknown types are ignored before their data is read. Optional fields of the wrong type are dropped; an
 * event that lacks what it is about is ignored, but for text: an answer with a hole in it must not look whole.
 */
import {chatError} from '../core/errors.js';
import type {ChatEvent} from '../core/events.js';
import {among, boolean, isFields, natural, orElse, shape, string, type Read} from './fields.js';
import {parseAnswerer, parseSource, parseSuggestions} from './parse-source.js';
import {bodyError} from './problem.js';
import type {SseFrame} from './sse.js';

type EventType = ChatEvent['type'];
type Rest<Type extends EventType> = Omit<Extract<ChatEvent, {type: Type}>, 'type' | 'cursor'>;

const readers: {readonly [Type in EventType]: Read<Rest<Type>>} = {
  start: shape(
    {},
    {messageId: string, conversationId: string, answerer: parseAnswerer, mode: among('new', 'replay', 'continue')},
  ),
  session: (fields) => ({state: isFields(fields) ? fields.state : undefined}),
  status: shape(
    {state: among('active', 'done', 'failed')},
    {id: string, kind: among('progress', 'search', 'tool', 'thinking'), text: string},
  ),
  text: shape({op: among('append', 'replace'), text: string}, {part: string}),
  // Whatever the reason, what was withdrawn must go.
  retract: shape({reason: orElse(among('regenerated', 'content_filter', 'empty'), 'content_filter')}, {part: string}),
  source: shape({source: parseSource}, {}),
  cite: shape({sourceId: string}, {part: string, start: natural, end: natural, quote: string, marker: string}),
  suggestions: shape({items: parseSuggestions}, {}),
  notice: shape({level: orElse(among('info', 'warning', 'danger'), 'info'), text: string}, {}),
  answerer: parseAnswerer,
  handoff: shape({}, {reason: string}),
  data: shape({name: string, value: (value) => value ?? null}, {}),
  error: (fields) => ({error: bodyError(fields, 'server')}),
  finish: shape(
    {reason: orElse(among('stop', 'length', 'cancelled', 'content_filter', 'no_source', 'other'), 'other')},
    {messageId: string, rateable: boolean},
  ),
};

const isEventType = (type: string): type is EventType => Object.hasOwn(readers, type);

export const parseEvent = ({event: type, data, id}: SseFrame): ChatEvent | undefined =>
  isEventType(type) ? readEvent(type, parseJson(data), id === '' ? {} : {cursor: id}) : undefined;

/** @param fields the event's data */
export function readEvent(type: string, fields: unknown, cursor: {readonly cursor?: string}): ChatEvent | undefined {
  if (!isEventType(type)) return undefined;
  const rest = isFields(fields) ? readers[type](fields) : undefined;
  // TypeScript cannot see that `rest` belongs to `type`; the table above is what holds the two together.
  if (rest) return {type, ...rest, ...cursor} as ChatEvent;
  return type === 'text' || !isFields(fields) ? {type: 'error', error: chatError('protocol'), ...cursor} : undefined;
}

/** `undefined` when it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
