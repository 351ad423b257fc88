/**
 * Takes the disguise off a text and remembers where every character came from.
 *
 * Full-width and other decimal digits become ASCII, invisible characters vanish, every dash becomes `-`, every space
 * but the line break becomes a plain one, and a letter with a combining mark becomes one letter. Offsets in the
 * result lead back to UTF-16 offsets of the original. Lone surrogates pass through unharmed.
 */
export interface Normalized {
  readonly text: string;
  /** Lower case, with the same offsets as `text`. */
  readonly lower: string;
  /** The original span of the characters from `start` to `end`. */
  readonly span: (start: number, end: number) => {start: number; end: number};
}

/* eslint-disable no-misleading-character-class -- these sets are of single units, combining marks and joiners among them */
/** What most texts hold nothing of: then every offset is its own. */
const disguised = /[\t\r\xa0\xad\u0300-\u036f\u0660-\u0669\u06f0-\u06f9\u2000-\uffff]/;
/** ASCII, letters of western Europe, and halves of emoji: most of what there is. */
const ordinary = /[\n -~\xae-\u02ff\ud800-\ud834\ud836-\udfff]+/y;
const invisible = /[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/;
const combining = /[\u0300-\u036f]/;
/* eslint-enable no-misleading-character-class */

export function normalize(original: string): Normalized {
  if (!disguised.test(original))
    return {text: original, lower: lowerCase(original), span: (start, end) => ({start, end})};
  const parts: string[] = [];
  const starts = new Int32Array(original.length);
  const ends = new Int32Array(original.length);
  let length = 0;
  const add = (part: string, start: number, end: number) => {
    parts.push(part);
    for (let unit = 0; unit < part.length; unit++, length++) {
      starts[length] = start + unit;
      ends[length] = unit + 1 < part.length ? start + unit + 1 : end;
    }
  };
  for (let start = 0, end: number; start < original.length; start = end) {
    ordinary.lastIndex = start;
    const run = ordinary.exec(original)?.[0];
    if (run) {
      end = start + run.length;
      add(run, start, end);
      continue;
    }
    // Mathematical digits, U+1D7CE to U+1D7FF, are the only ones beyond the first plane that look like ours.
    end = start + (original[start] === '\ud835' ? 2 : 1);
    const character = original.slice(start, end);
    if (combining.test(character)) {
      // A mark that makes no letter is dropped: it hides the character it sits on.
      const last = parts.pop() ?? '';
      const composed = (last.slice(-1) + character).normalize('NFC');
      if (last) parts.push(composed.length === 1 ? last.slice(0, -1) + composed : last);
      if (last) ends[length - 1] = end;
    } else if (!invisible.test(character)) add(plain(character), start, end);
  }
  const text = parts.join('');
  return {text, lower: lowerCase(text), span: (from, to) => ({start: starts[from]!, end: ends[to - 1]!})};
}

/** The plain character, or the same one: never longer than it was. */
function plain(character: string): string {
  const code = character.charCodeAt(0);
  if (code > 0xff00 && code < 0xff5f) return String.fromCharCode(code - 0xfee0);
  if (code < 0xa1 || /\p{Zs}/u.test(character)) return code === 9 || code === 13 || code > 0x9f ? ' ' : character;
  if (/\p{Pd}|\u2212/u.test(character)) return '-';
  // Arabic-Indic digits, and the Persian ones.
  if (code >= 0x660 && code <= 0x6f9) return String(code & 15);
  const folded = code < 0x2000 ? character : character.normalize('NFKC');
  return folded.length === 1 ? folded : character;
}

/** Lower case that never changes a length: `İ` alone would become two characters. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/İ/g, 'I').toLowerCase();
}
