/**
 * Brings what a backend says about its sources into the answer's Markdown: places told as ranges, quotes or markers of
 * its own become `[n]`, so that there is one way to draw a citation.
 */
import type {Source} from '../core/events.js';
import type {Answer, Citation} from '../core/state.js';
import {findSource, MARKER, sourceNumber} from './citations.js';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly marker: string;
}

/**
 * The answer as one Markdown text, parts as separate blocks, with a marker at each place that rests on a known source.
 *
 * @param isWhole otherwise more may come, and a place the text has not reached yet waits for it
 */
export function withMarkers(
  {parts, citations, sources}: Pick<Answer, 'parts' | 'citations' | 'sources'>,
  isWhole: boolean,
): string {
  return parts
    .map(({id, text}, index) => {
      const own = citations.filter(
        ({part, end = 0}) => (part === undefined ? index === 0 : part === id) && (isWhole || end <= text.length),
      );
      return own.length === 0
        ? text
        : apply(
            text,
            own.flatMap((citation) => edits(text, citation, sources)),
          );
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

function edits(text: string, {sourceId, start, end, quote, marker}: Citation, sources: readonly Source[]): Edit[] {
  const source = sources.find(({id}) => id === sourceId);
  if (!source) return [];
  const own = `[${sourceNumber(source, sources)}]`;
  if (end !== undefined) {
    const from = Math.max(0, Math.min(start ?? end, text.length));
    const to = Math.max(from, Math.min(end, text.length));
    // Some backends tell where the claim is, others where their marker is.
    return [
      /^[[(【].*[\])】]$/s.test(text.slice(from, to))
        ? {start: from, end: to, marker: own}
        : {start: to, end: to, marker: own},
    ];
  }
  if (quote) {
    const at = text.indexOf(quote);
    return at < 0 ? [] : [{start: at + quote.length, end: at + quote.length, marker: own}];
  }
  if (!marker || marker === own) return [];
  const places: Edit[] = [];
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) {
    places.push({start: at, end: at + marker.length, marker: own});
  }
  return places;
}

function apply(text: string, all: readonly Edit[]): string {
  let result = '';
  let done = 0;
  for (const {start, end, marker} of all.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    // Overlapping places, and half a surrogate pair.
    if (start < done || /^[\udc00-\udfff]/.test(text.slice(start, start + 1))) continue;
    result += text.slice(done, start);
    done = end;
    if (!result.endsWith(marker) && !text.startsWith(marker, end)) result += marker;
  }
  return result + text.slice(done);
}

const CODE = /(```|~~~)[\s\S]*?(?:\1|$)|`[^`\n]*`|\\\[/;

/** The Markdown with the numbers of the sources in place of whatever marker was written. */
export function numberMarkers(markdown: string, sources: readonly Source[]): string {
  const parts = new RegExp(`${CODE.source}|${MARKER.source}`, 'gu');
  return markdown.replace(parts, (written: string, _fence?: string, marker?: string, other?: string) => {
    const found = (marker ?? other)?.split(/, ?(?=\d)/).map((single) => findSource(single, sources));
    if (!found?.every((source) => source !== undefined)) return written;
    return found.map((source) => `[${sourceNumber(source, sources)}]`).join('');
  });
}

/** Which sources the answer's markers point to, each once, and which not; both in the order of their numbers. */
export function citedSources(
  markdown: string,
  sources: readonly Source[],
): {readonly cited: readonly Source[]; readonly others: readonly Source[]} {
  const prose = markdown.replace(new RegExp(CODE, 'g'), '');
  const cited = new Set<Source | undefined>();
  for (const match of prose.matchAll(MARKER)) {
    for (const marker of (match[1] ?? match[2] ?? '').split(/, ?(?=\d)/)) cited.add(findSource(marker, sources));
  }
  const inOrder = sources.toSorted((a, b) => sourceNumber(a, sources) - sourceNumber(b, sources));
  return {cited: inOrder.filter((source) => cited.has(source)), others: inOrder.filter((source) => !cited.has(source))};
}
