/** What is wrong with an event, for adapters written without the types or with casts. */
import {errorCodes} from '../core/errors.js';
import type {ChatEvent} from '../core/events.js';

type Check = (value: unknown) => boolean;
interface Shape {
  readonly needs?: Readonly<Record<string, Check>>;
  readonly may?: Readonly<Record<string, Check>>;
}

const text: Check = (value) => typeof value === 'string';
const filled: Check = (value) => typeof value === 'string' && value !== '';
const flag: Check = (value) => typeof value === 'boolean';
const anything: Check = (value) => value !== undefined;
const index: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const among =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((item) => check(item));
const object =
  (shape: Shape): Check =>
  (value) =>
    typeof value === 'object' && value !== null && fieldProblem(value, shape) === undefined;

const source = object({
  needs: {id: filled, title: text},
  may: {n: index, url: text, snippet: text, site: text, updated: text},
});
const error = object({
  needs: {code: among(...errorCodes), retryable: flag},
  may: {retryAfterMs: index, requestId: text, display: text, status: index},
});

const shapes: Readonly<Record<ChatEvent['type'], Shape>> = {
  start: {may: {messageId: filled, conversationId: filled, mode: among('new', 'replay', 'continue')}},
  session: {},
  status: {
    needs: {state: among('active', 'done', 'failed')},
    may: {id: text, kind: among('progress', 'search', 'tool', 'thinking'), text},
  },
  text: {needs: {op: among('append', 'replace'), text}, may: {part: text}},
  retract: {needs: {reason: among('regenerated', 'content_filter', 'empty')}, may: {part: text}},
  source: {needs: {source}},
  cite: {needs: {sourceId: filled}, may: {part: text, start: index, end: index, quote: text, marker: text}},
  suggestions: {needs: {items: listOf(object({needs: {text: filled}}))}},
  notice: {needs: {level: among('info', 'warning', 'danger'), text: filled}},
  answerer: {needs: {kind: among('ai', 'search', 'human')}, may: {name: text}},
  handoff: {may: {reason: text}},
  data: {needs: {name: filled, value: anything}},
  error: {needs: {error}},
  finish: {
    needs: {reason: among('stop', 'length', 'cancelled', 'content_filter', 'no_source', 'other')},
    may: {messageId: filled, rateable: flag},
  },
};

/** @returns which field of the event is not what it should be; `undefined` when it is an event. */
export function eventProblem(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null) return 'is no object';
  const {type, cursor} = event as {type?: unknown; cursor?: unknown};
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) return `has the type ${String(type)}`;
  if (cursor !== undefined && typeof cursor !== 'string') return 'has a cursor that is no text';
  return fieldProblem(event, shapes[type as ChatEvent['type']]);
}

function fieldProblem(value: object, {needs = {}, may = {}}: Shape): string | undefined {
  const fields = value as Readonly<Record<string, unknown>>;
  const missing = Object.entries(needs).find(([name, check]) => !check(fields[name]));
  const wrong = Object.entries(may).find(([name, check]) => fields[name] !== undefined && !check(fields[name]));
  const [name] = missing ?? wrong ?? [];
  return name === undefined ? undefined : `has no valid ${name}`;
}
