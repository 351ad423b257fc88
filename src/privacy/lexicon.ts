/**
 * Finds words by what they announce. One pass over a text, one table look-up per word.
 *
 * Notation: words separated by spaces; `*` at the end stands for any ending (`personnum*`), `_` for white space inside
 * a phrase. All lower case.
 */
export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly means: string;
}

interface Entry {
  readonly letters: string;
  readonly open: boolean;
  readonly means: string;
}

export type Lexicon = ReadonlyMap<number, readonly Entry[]>;

export function makeLexicon(words: Readonly<Record<string, string>>): Lexicon {
  const lexicon = new Map<number, Entry[]>();
  for (const [means, list] of Object.entries(words)) {
    for (const word of list.split(/\s+/)) {
      if (!word) continue;
      const open = word.endsWith('*');
      const letters = (open ? word.slice(0, -1) : word).replace(/_/g, ' ');
      const key = keyAt(letters, 0);
      const entry = {letters, open, means};
      const bucket = lexicon.get(key);
      if (bucket) bucket.push(entry);
      else lexicon.set(key, [entry]);
    }
  }
  return lexicon;
}

/** Adds what the word that starts at `at` announces, in each lexicon, to `hits`. */
export function lookUp(lexicons: readonly Lexicon[], lower: string, at: number, hits: Hit[]) {
  const key = keyAt(lower, at);
  for (const lexicon of lexicons) {
    for (const {letters, open, means} of lexicon.get(key) ?? []) {
      if (!lower.startsWith(letters, at)) continue;
      const end = at + letters.length;
      if (open || !isLetter(lower.charCodeAt(end)))
        hits.push({start: at, end: open ? wordEnd(lower, end) : end, means});
    }
  }
}

export function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && isLetter(text.charCodeAt(end))) end++;
  return end;
}

export const isDigit = (code: number) => code >= 48 && code <= 57;

/** Latin letters with their accents, Greek, Cyrillic and beyond; not signs. Past the end of a text (NaN): no. */
export const isLetter = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 0xc0 && code !== 0xd7 && code !== 0xf7 && code < 0x2000);

/** Two letters and, when it is one, the third. */
function keyAt(text: string, at: number): number {
  const third = text.charCodeAt(at + 2);
  return text.charCodeAt(at) + text.charCodeAt(at + 1) * 0x2000 + (isLetter(third) ? third * 0x4000000 : 0);
}
