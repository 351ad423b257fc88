/** The inline part of an open tail: closes emphasis, code and labels, and holds back what may become a link. */

interface Opener {
  readonly character: string;
  length: number;
  at: number;
}

/** How far back an opening sign is looked for. */
const RUN_CHARS = 4096;

const PUNCTUATION = /[\p{P}\p{S}]/u;
const isSpace = (character: string) => /^\s?$/.test(character);
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<*"'\]]*/iy;
/** One word, or numbers: what a marker of a source looks like. */
const isMarker = (label: string) => /^\^?(?:[\d, ]*|\S{0,80})$/.test(label);

/** @param start where the run begins in `source`; what stands before it is not looked at. */
export function closeRun(source: string, start: number): string {
  return new OpenRun(source, Math.max(start, source.length - RUN_CHARS)).close();
}

class OpenRun {
  #text: string;
  readonly #start: number;
  /** Behind the last link or code: what follows is words. */
  #wordsFrom: number;
  readonly #openers: Opener[] = [];
  readonly #brackets: number[] = [];

  constructor(source: string, start: number) {
    this.#text = source;
    this.#start = start;
    this.#wordsFrom = start;
  }

  close(): string {
    let at = this.#start;
    while (at < this.#text.length) at = this.#step(at);
    const image = this.#brackets.findIndex((open) => this.#text[open - 1] === '!');
    if (image >= 0) this.#cut(this.#brackets.splice(image)[0]! - 1);
    const open = this.#brackets[0];
    if (open !== undefined && this.#text.length - open < 300) this.#showLabel(open);
    this.#holdAddress();
    return this.#closed();
  }

  /** Reads what stands at `at`; returns where to go on. */
  #step(at: number): number {
    const text = this.#text;
    switch (text[at]) {
      case '\\':
        if (/^\\\n?$/.test(text.slice(at, at + 3))) this.#cut(at);
        return at + 2;
      case '`':
        return this.#code(at);
      case '<':
        return this.#tag(at);
      case '&':
        if (/^&#?\w{0,10}$/.test(text.slice(at, at + 13))) this.#cut(at);
        return at + 1;
      case '【':
        if (text.length - at < 60 && !text.includes('】', at)) this.#cut(at);
        return at + 1;
      case '!':
        if (at + 1 === text.length) this.#cut(at);
        return at + 1;
      case '[':
        this.#brackets.push(at);
        return at + 1;
      case ']':
        return this.#bracket(at);
      case '*':
      case '_':
      case '~':
        return this.#delimiter(at, text[at]);
      default:
        return this.#word(at);
    }
  }

  #cut(end: number) {
    this.#text = this.#text.slice(0, end);
  }

  #code(at: number): number {
    const ticks = /^`+/.exec(this.#text.slice(at))![0];
    const behind = at + ticks.length;
    if (behind === this.#text.length) {
      this.#cut(at);
      return at;
    }
    for (const {0: match, index} of this.#text.slice(behind).matchAll(/`+/g)) {
      if (match === ticks) return (this.#wordsFrom = behind + index + match.length);
    }
    this.#openers.push({character: ticks, length: 1, at});
    // These may be the beginning of what closes it.
    let end = this.#text.length;
    while (this.#text[end - 1] === '`') end--;
    this.#cut(end);
    return end;
  }

  #tag(at: number): number {
    if (!/^<(?:$|[A-Za-z/!?])/.test(this.#text.slice(at, at + 2))) return at + 1;
    const end = this.#text.indexOf('>', at);
    if (end >= 0) return (this.#wordsFrom = end + 1);
    if (this.#text.length - at < 200) this.#cut(at);
    return at + 1;
  }

  #bracket(close: number): number {
    const open = this.#brackets.pop();
    if (open === undefined) return close + 1;
    const next = this.#text[close + 1];
    if (next === undefined) this.#showLabel(open, close);
    else if (next === '[') {
      const end = this.#text.indexOf(']', close + 2) + 1;
      if (end > 0) return end;
      // Of two markers, the first is complete.
      if (/^\^?[\d, ]+$/.test(this.#text.slice(open + 1, close))) this.#cut(close + 1);
      else this.#showLabel(open, close);
    } else if (next === '(') {
      const end = destinationEnd(this.#text, close + 2);
      if (end > 0) return (this.#wordsFrom = end);
      if (this.#text.length - close < 2000) this.#showLabel(open, close);
    } else return close + 1;
    return this.#text.length;
  }

  /** Of a link that is not complete, its words are shown; of an image or what may be a marker, nothing. */
  #showLabel(open: number, close = this.#text.length) {
    const label = this.#text.slice(open + 1, close);
    const isLink = this.#text[close + 1] === '(' || !isMarker(label);
    if (this.#text[open - 1] === '!') return this.#cut(open - 1);
    if (!isLink) return this.#cut(open);
    this.#text = this.#text.slice(0, open) + label;
    for (const opener of this.#openers) if (opener.at > open) opener.at -= 1;
  }

  #delimiter(at: number, character: string): number {
    const text = this.#text;
    let end = at;
    while (text[end] === character) end++;
    if (end === text.length) {
      this.#cut(at);
      return at;
    }
    const before = at === this.#start ? '' : text[at - 1]!;
    const after = text[end]!;
    // CommonMark's left- and right-flanking runs.
    const left = !isSpace(after) && (!PUNCTUATION.test(after) || isSpace(before) || PUNCTUATION.test(before));
    const right = !isSpace(before) && (!PUNCTUATION.test(before) || isSpace(after) || PUNCTUATION.test(after));
    const inWord = character === '_';
    let length = end - at;
    if (right && !(inWord && left && !PUNCTUATION.test(after))) length = this.#closeOpeners(character, length);
    if (length > 0 && left && !(inWord && right && !PUNCTUATION.test(before)))
      this.#openers.push({character, length, at});
    return end;
  }

  #closeOpeners(character: string, length: number): number {
    for (let index = this.#openers.length - 1; index >= 0 && length > 0; index--) {
      const opener = this.#openers[index]!;
      if (opener.character !== character || (character === '~' && opener.length !== length)) continue;
      const used = Math.min(opener.length, length);
      opener.length -= used;
      length -= used;
      this.#openers.length = opener.length === 0 ? index : index + 1;
    }
    return length;
  }

  /** Steps over a bare address. It becomes a link when it is complete; until then it is neither words nor link. */
  #word(at: number): number {
    ADDRESS.lastIndex = at;
    const address = ADDRESS.exec(this.#text)?.[0];
    if (address === undefined || /[\p{L}\p{N}]/u.test(this.#text[at - 1] ?? '')) return at + 1;
    if (at + address.length === this.#text.length) this.#cut(at);
    return at + address.length;
  }

  #holdAddress() {
    const begun = /(?<![\p{L}\p{N}])(?:h|ht|htt|https?:?\/?|w{1,3})$/iu.exec(
      this.#text.slice(Math.max(this.#wordsFrom, this.#text.length - 9)),
    );
    if (begun) this.#cut(this.#text.length - begun[0].length);
  }

  #closed(): string {
    for (const {character, length, at} of this.#openers.toReversed()) {
      const content = this.#text.slice(at + character.length * length);
      if (content.trim() === '') this.#cut(Math.min(at, this.#text.length));
      else this.#text = this.#text.trimEnd() + character.repeat(length);
    }
    return this.#text;
  }
}

/** Just behind the `)` that ends a link's address; -1 when it has not arrived. */
function destinationEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at + 1;
  }
  return -1;
}
