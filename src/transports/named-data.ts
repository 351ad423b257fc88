/**
 * What backends send beside the answer under names of their own, in protocols that leave the names to them: sources,
 * suggestions and the offer of a human are known by the usual names; everything else is `data`.
 */
import type {ChatEvent} from '../core/events.js';
import {filled, isFields, some, type Read} from './fields.js';
import {parseSource, parseSuggestions} from './parse-source.js';

export function* namedData(name: string, value: unknown): Generator<ChatEvent, undefined> {
  const items = listOf(value);
  const suggestions = /^(suggest|follow.?up)/i.test(name) ? readSuggestions(items) : undefined;
  const sources = /^(sources?|citations?|references?)$/i.test(name) ? readSources(items) : undefined;
  if (suggestions?.length) yield {type: 'suggestions', items: suggestions};
  else if (sources?.length) for (const source of sources) yield {type: 'source', source};
  else if (/^hand.?off$/i.test(name)) yield {type: 'handoff'};
  else yield {type: 'data', name, value: value ?? null};
}

/** A list, alone or as the `items` of an object, or one item. */
const listOf = (value: unknown): readonly unknown[] => {
  const inner = isFields(value) && value.items !== undefined ? value.items : value;
  return Array.isArray(inner) ? (inner as readonly unknown[]) : [inner];
};

const readSuggestions = (items: readonly unknown[]) =>
  parseSuggestions(items.map((item) => (filled(item) === undefined ? item : {text: item})));

/** Without an id, the address or the title stands for it. */
export const readSource: Read<NonNullable<ReturnType<typeof parseSource>>> = (value) =>
  isFields(value)
    ? parseSource({...value, id: filled(value.id) ?? filled(value.url) ?? filled(value.title)})
    : undefined;

const readSources = some(readSource);
