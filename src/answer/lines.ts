/** Cuts raw text into lines, and lines that are too long into parts, the same way however the text arrives. */
import type {Line} from './segments.js';

const LINE_CHARS = 4096;

/**
 * @param from where the next line or part begins
 * @param begins whether that is the beginning of a line
 * @returns the line and where the one after it begins; `undefined` while it may still grow
 */
export function nextLine(text: string, from: number, begins: boolean): (Line & {readonly next: number}) | undefined {
  const at = text.indexOf('\n', from);
  const end = at < 0 ? text.length : at;
  if (end - from >= LINE_CHARS) {
    const next = from + breakPoint(text.slice(from, from + LINE_CHARS));
    return {text: text.slice(from, next), begins, ends: false, next};
  }
  if (at < 0) return undefined;
  return {text: text.slice(from, text[at - 1] === '\r' && at > from ? at - 1 : at), begins, ends: true, next: at + 1};
}

/** Behind a sentence or a link if there is one in the second half, else behind a word, else not inside a character. */
function breakPoint(text: string): number {
  const half = text.length >> 1;
  const last = (pattern: RegExp) => [...text.slice(half).matchAll(pattern)].at(-1);
  const match = last(/[).!?:;,\]]\s(?=[\p{L}[])/gu) ?? last(/\s(?=\p{L})/gu);
  if (match) return half + match.index + match[0].length;
  let end = text.length;
  while (end > half && /[\p{M}\p{Cf}\p{Surrogate}\u{1F3FB}-\u{1F3FF}]|[\udc00-\udfff]/u.test(text.slice(end - 1, end)))
    end--;
  return end;
}
