/** What an OpenAI annotation points to: a web page or a file, and the place in the text that rests on it. */
import type {ChatEvent} from '../core/events.js';
import {filled, isFields, natural} from './fields.js';
import type {JsonObject} from './json-frames.js';
import {readSource} from './named-data.js';

/** More of them than a person would follow, each of which may cost a walk through the text. */
const MAX_CITATIONS = 200;

/** @returns a function that reads one annotation of a text; what is no citation yields nothing */
export function citationReader() {
  const sources = new Set<string>();
  let count = 0;

  return function* (annotation: unknown, text: string, part?: string): Generator<ChatEvent> {
    const fields = isFields(annotation) ? annotation : {};
    // Chat completions wrap it in its own type, responses do not.
    const inner = fields[string(fields.type)];
    const place: JsonObject = isFields(inner) ? inner : fields;
    const source = readSource({
      id: filled(place.url) ?? place.file_id,
      url: place.url,
      title: filled(place.title) ?? place.filename,
    });
    // A file that the model made, which nothing rests on.
    if (!source || fields.type === 'file_path' || count++ >= MAX_CITATIONS) return;
    if (!sources.has(source.id)) yield {type: 'source', source};
    sources.add(source.id);
    const start = inUtf16(text, natural(place.start_index ?? place.index));
    const end = inUtf16(text, natural(place.end_index ?? place.index));
    yield {
      type: 'cite',
      sourceId: source.id,
      ...(part !== undefined && {part}),
      ...(start !== undefined && {start}),
      ...(end !== undefined && {end}),
    };
  };
}

const string = (value: unknown) => (typeof value === 'string' ? value : '');

/** Offsets come in code points. Those in a text that is too long to walk through, or beyond it, tell nothing. */
function inUtf16(text: string, codePoints: number | undefined): number | undefined {
  if (codePoints === undefined || codePoints > text.length || text.length > 100_000) return undefined;
  let offset = 0;
  for (let left = codePoints; left > 0; left--) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return Math.min(offset, text.length);
}
