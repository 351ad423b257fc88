/**
 * Cuts Markdown into segments that can be read on their own, line by line, so that what has been cut off never needs
 * to be read again. A cut is decided by the lines up to it and the one after it, and by nothing else: the segments of
 * a text are the same however it arrived.
 *
 * Cutting too rarely is always right, only slower; where a list or indented code might go on, no cut is made. But the
 * parser's work may grow with the square of a segment, so one that is far longer than people write is cut at a line.
 */

export type Segment =
  | {readonly type: 'markdown'; readonly source: string}
  /** Fenced code, or display math between `$$` or `\[ \]`; `open` when its end has not arrived. */
  | {readonly type: 'code'; readonly language: string; readonly source: string; readonly open: boolean};

/** What arrives: a line, or a part of one that is too long. `ends` when its line ends with it. */
export interface Line {
  readonly text: string;
  readonly begins: boolean;
  readonly ends: boolean;
}

interface Fence {
  readonly character: string;
  readonly length: number;
  readonly language: string;
}

const SEGMENT_COST = 4096;
const LINE_COST = 16;
/** Laying out more text than this in one box takes the browser too long. */
const CODE_CHARS = 60_000;

const LIST_ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const HEADING = /^ {0,3}#{1,6}(?:[ \t]|$)/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$/;
const FENCE = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const MATH = /^ {0,3}(\$\$|\\\[)[ \t]*$/;
const TABLE_RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

interface Open {
  /** The lines of the open segment, each with its line end. Empty between segments. */
  source: string;
  /** What reading it costs, about: characters, and more for each line. */
  cost: number;
  code?: Fence | undefined;
  /** A fence inside a list item: its content may look like anything. */
  innerFence?: Fence | undefined;
  hasList?: boolean;
  isIndented?: boolean;
  afterBlank?: boolean;
  previous?: string;
  /** The first two lines of an open table, to begin its next part with. */
  tableHead: string;
}

const EMPTY: Open = {source: '', cost: 0, tableHead: ''};

export class Segmenter {
  #open: Open = {...EMPTY};

  /** Takes the next line and returns the segments it closes. */
  push({text, begins, ends}: Line): Segment[] {
    const open = this.#open;
    if (open.code) return this.#pushCode(text, begins && ends, ends, open.code);
    if (open.innerFence) return this.#pushInnerCode(text, begins && ends, ends, open.innerFence);
    if (text.trim() === '') {
      if (open.source === open.tableHead) this.#close();
      else if (!open.afterBlank) open.source += '\n';
      this.#open.afterBlank = true;
      return [];
    }
    const indent = columns(text);
    const fence = begins ? opensCode(text) : undefined;
    const cut = this.#isCutBefore(text, indent, fence) ? this.#close() : [];
    return [...cut, ...this.#add(text, ends, indent, fence)];
  }

  /** The open segment with the line that is still arriving; nothing is changed. */
  peek(partial: string): Segment | undefined {
    const {source, tableHead, code} = this.#open;
    const text = source + partial;
    if (code) return {type: 'code', language: code.language, source: text, open: true};
    return text === tableHead ? undefined : {type: 'markdown', source: text};
  }

  /** What is left if the text ends with this line; nothing is changed. */
  finish(text: string, begins: boolean): Segment[] {
    const kept = {...this.#open};
    const closed = text === '' ? [] : this.push({text, begins, ends: true});
    const {source, code} = this.#open;
    if (code) closed.push({type: 'code', language: code.language, source: source.replace(/\n$/, ''), open: false});
    else closed.push(...this.#close());
    this.#open = kept;
    return closed;
  }

  #isCutBefore(line: string, indent: number, fence: Fence | undefined): boolean {
    const {source, cost, tableHead, hasList, isIndented, afterBlank} = this.#open;
    if (source === '') return false;
    const isItem = LIST_ITEM.test(line);
    if (fence && indent < (hasList ? 2 : 4)) return true;
    if (indent === 0 && HEADING.test(line)) return true;
    if (afterBlank && (hasList ? indent < 2 && !isItem : indent < 4 || !isIndented)) return true;
    return cost >= SEGMENT_COST && tableHead === '' && (!hasList || (indent < 2 && isItem));
  }

  #add(text: string, ends: boolean, indent: number, fence: Fence | undefined): Segment[] {
    const open = this.#open;
    const isFirst = open.source === '';
    if (isFirst && fence && indent < 4) {
      open.code = fence;
      return [];
    }
    if (isFirst && indent >= 4) open.isIndented = true;
    if (LIST_ITEM.test(text)) open.hasList = true;
    if (open.hasList) open.innerFence = opensCode(text.replace(/^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+/, ''));
    else if (TABLE_RULE.test(text) && open.previous?.includes('|')) open.tableHead = `${open.previous}\n${text}\n`;
    open.source += text + '\n';
    open.cost += text.length + LINE_COST;
    open.afterBlank = false;
    open.previous = text;
    if (!ends || (isFirst && (HEADING.test(text) || RULE.test(text)))) return this.#close();
    const head = open.tableHead;
    if (open.innerFence || open.cost < (head === '' ? 2 : 4) * SEGMENT_COST) return [];
    const cut = this.#close();
    this.#open.source = this.#open.tableHead = head;
    return cut;
  }

  #pushCode(text: string, isWhole: boolean, ends: boolean, fence: Fence): Segment[] {
    const open = this.#open;
    const isEnd = isWhole && closes(text, fence);
    if (!isEnd) open.source += ends ? text + '\n' : text;
    if (!isEnd && open.source.length < CODE_CHARS) return [];
    this.#open = {...EMPTY, code: isEnd ? undefined : fence};
    return [{type: 'code', language: fence.language, source: open.source.replace(/\n$/, ''), open: false}];
  }

  #pushInnerCode(text: string, isWhole: boolean, ends: boolean, fence: Fence): Segment[] {
    const open = this.#open;
    open.source += ends ? text + '\n' : text;
    if (isWhole && closes(text, fence)) open.innerFence = undefined;
    else if (open.source.length >= 4 * SEGMENT_COST) {
      const cut = this.#close();
      this.#open.code = fence;
      return cut;
    }
    return [];
  }

  #close(): Segment[] {
    const {source, tableHead} = this.#open;
    this.#open = {...EMPTY};
    return source === tableHead ? [] : [{type: 'markdown', source}];
  }
}

function opensCode(line: string): Fence | undefined {
  const fenced = FENCE.exec(line);
  if (fenced) return {character: fenced[1]![0]!, length: fenced[1]!.length, language: languageOf(fenced[2]!)};
  const math = MATH.exec(line);
  return math ? {character: math[1]!, length: 0, language: 'math'} : undefined;
}

/** The first word behind a fence. */
export const languageOf = (info: string) => /^[\w+#.-]{1,30}/.exec(info.trim().replace(/^\{?\.?/, ''))?.[0] ?? '';

function closes(line: string, {character, length}: Fence): boolean {
  const text = line.trim();
  if (length === 0) return text === (character === '$$' ? '$$' : '\\]');
  return text.length >= length && text === character.repeat(text.length);
}

/** Width of the blank space a line begins with; a tab goes to the next multiple of four. */
function columns(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === ' ') width += 1;
    else if (character === '\t') width += 4 - (width % 4);
    else break;
  }
  return width;
}
