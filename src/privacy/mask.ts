/**
 * Puts placeholders where personal data stood, and takes them out again on screen.
 *
 * The map from placeholder to value lives in memory: it is never stored, sent, logged or put into an event.
 */
import type {Mask, MaskMap} from './types.js';

/** A placeholder is named for its type, which no rule takes for a value; the national numbers by their own names. */
const names: Readonly<Record<string, string>> = {
  'se-personnummer': 'PERSONNUMMER',
  'no-fodselsnummer': 'FODSELSNUMMER',
  'dk-cpr': 'CPR',
  'fi-hetu': 'HETU',
  'is-kennitala': 'KENNITALA',
  iban: 'IBAN',
};

/**
 * Replaces each finding. The same value gets the same placeholder, also across calls when the last call's map is
 * handed on as `known`.
 *
 * @param findings of this very text, in any order; where two overlap, the later one is left out: `findPii` returns none
 * @param known the map of an earlier call; it is not changed
 * @returns the text to send, and the map that stays: it holds what was found.
 */
export const mask: Mask = (text, findings, known = new Map()) => {
  const map = new Map(known);
  const placeholders = new Map([...known].map(([placeholder, value]) => [value, placeholder]));
  const counts = new Map<string, number>();
  let masked = '';
  let at = 0;
  for (const {type, subtype, start, end} of [...findings].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    const value = text.slice(start, end);
    let placeholder = placeholders.get(value);
    if (!placeholder) {
      placeholder = unused(names[subtype] ?? type, text, map, counts);
      placeholders.set(value, placeholder);
      map.set(placeholder, value);
    }
    masked += text.slice(at, start) + placeholder;
    at = end;
  }
  return {text: masked + text.slice(at), map};
};

/**
 * Puts the values back, in one pass: what a value itself contains is never replaced again. For the screen only.
 * A placeholder that the map does not hold stays as it is.
 */
export const unmask = (text: string, map: MaskMap) =>
  text.replace(/\[[A-Z_]{2,20}_\d{1,6}\]/g, (placeholder) => map.get(placeholder) ?? placeholder);

/** The next number of this name that neither the map holds nor the person happened to write. */
function unused(name: string, text: string, map: MaskMap, counts: Map<string, number>): string {
  for (let n = (counts.get(name) ?? 0) + 1; ; n++) {
    const placeholder = `[${name}_${n}]`;
    if (map.has(placeholder) || text.includes(placeholder)) continue;
    counts.set(name, n);
    return placeholder;
  }
}
