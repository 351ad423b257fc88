/**
 * Markers in an answer that point to a source, and the source they point to.
 * Read as markers: `[1]`, `[^1]`, `[1, 2]`, `[doc1]`, `[file.pdf#page=3]`, `【1†source】`.
 */
import type {Source} from '../core/events.js';
import type {Inline} from './tokens.js';

// Bounded, and without nested repetition: this runs over every text of every answer.
export const MARKER =
  /\[\^?(\d{1,3}(?:, ?\d{1,3}){0,9}|doc\d{1,3}|[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,80}\.\p{L}{2,5}(?:#page=\d{1,5})?)\]|【(\d{1,3})[^】]{0,40}】/gu;

/** Splits text at its markers. */
export function splitMarkers(text: string): Inline[] {
  if (!/[[【]/.test(text)) return [{type: 'text', text}];
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKER)) {
    if (match.index > end) parts.push({type: 'text', text: text.slice(end, match.index)});
    const markers = (match[1] ?? match[2] ?? '').split(/, ?(?=\d)/);
    for (const marker of markers)
      parts.push({type: 'cite', marker, text: markers.length > 1 ? `[${marker}]` : match[0]});
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({type: 'text', text: text.slice(end)});
  return parts;
}

/** The number a source is shown with: its own, else its place. */
export const sourceNumber = (source: Source, sources: readonly Source[]) => source.n ?? sources.indexOf(source) + 1;

/**
 * The source a marker means: the one with that number (`n`, else its 1-based place), else the one whose id, title or
 * file name it spells, with or without the page.
 */
export function findSource(marker: string, sources: readonly Source[]): Source | undefined {
  const n = /^(?:doc)?(\d+)$/.exec(marker)?.[1];
  if (n !== undefined) {
    const byNumber = sources.find((source, index) => (source.n ?? index + 1) === Number(n));
    if (byNumber) return byNumber;
  }
  const file = marker.replace(/#.*$/, '');
  const spells = (name: string | undefined) => name === marker || name === file;
  return sources.find(({id, title, url}) => spells(id) || spells(title) || spells(url?.split('/').pop()));
}
