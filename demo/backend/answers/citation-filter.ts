/**
 * Watches a streamed text for citation marks: `[n]` of a source that was given is kept, one that was not is removed.
 * Marks arrive in pieces, so what may still become one is held back.
 */
export interface FilteredText {
  readonly text: string;
  /** The sources this text cites, in order. */
  readonly cites: readonly number[];
}

export interface CitationFilter {
  push(piece: string): FilteredText;
  /** What was held back when the stream ended. */
  flush(): FilteredText;
}

/** A mark, but not the text of a link. */
const MARK = / ?\[(\d{1,3})\](?!\()/g;
/** What the rest of the stream may complete to a mark, or to a link after one. */
const UNFINISHED = / ?(?:\[\d{0,3}\]?)?$/;

export function createCitationFilter(given: readonly number[]): CitationFilter {
  let held = '';

  function read(text: string): FilteredText {
    const cites: number[] = [];
    const kept = text.replace(MARK, (whole, digits: string) => {
      const n = Number(digits);
      if (!given.includes(n)) return '';
      cites.push(n);
      return whole;
    });
    return {text: kept, cites};
  }

  return {
    push(piece) {
      const text = held + piece;
      const end = text.search(UNFINISHED);
      held = text.slice(end);
      return read(text.slice(0, end));
    },
    flush() {
      const rest = held;
      held = '';
      return read(rest);
    },
  };
}
