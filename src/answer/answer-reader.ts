/**
 * Reads an answer while it arrives. Blocks that are finished are read once and kept; only the open tail is read at
 * each call. What is returned in the end is the same however the text was cut on its way.
 *
 * The one thing that may reach back is a link's definition (`[label]: address`), which often stands last: blocks that
 * use it are read a second time when the answer is complete.
 */
import {cleanText} from './clean-text.js';
import {lexMarkdown, type Definitions} from './lex.js';
import {nextLine} from './lines.js';
import {completeTail} from './open-tail.js';
import {Segmenter, type Segment} from './segments.js';
import type {Block} from './tokens.js';

/** Longer answers are cut. */
export const ANSWER_CHARS = 400_000;
/** How much is read in one call, so that a long answer that arrives at once does not stop the page. */
const READ_CHARS = 12_000;
const READ_BLOCKS = 300;
const MAX_DEFINITIONS = 500;

export class AnswerReader {
  readonly #segmenter = new Segmenter();
  readonly #definitions: Definitions = Object.create(null) as Definitions;
  readonly #settled: Block[] = [];
  /** Where in `#settled` the blocks are that used a label before it was defined, and what they were read from. */
  readonly #waiting = new Map<string, {readonly at: number; readonly segment: Segment}[]>();
  /** Labels that were defined after they were used. */
  readonly #late = new Set<string>();
  /** What settled segments became that depend on no definition, by their source: shared with the readers before. */
  readonly #known: Map<string, readonly Block[]>;
  /** What is shown of the text before, as long as this one is not read so far. */
  readonly #before: readonly Block[];
  #markdown = '';
  #streaming = false;
  #blocks: readonly Block[] = [];
  /** What is settled or in the open segment. */
  #read = '';
  #atLineStart = true;
  #definitionCount = 0;

  /** Text that has arrived and was left for the next call. */
  isBehind = false;
  /** The answer is longer than what is shown. */
  isCut = false;
  /** Some of it is shown as plain text, since reading it would take too long. */
  isPlain = false;

  /**
   * @param before the reader of a text that this one changes somewhere in the middle, as a citation does that comes late:
   *   segments that are the same become the same blocks
   */
  constructor(before?: AnswerReader) {
    this.#known = before ? before.#known : new Map<string, readonly Block[]>();
    this.#before = before ? before.#blocks : [];
  }

  /** Whether `markdown` goes on from what was read; otherwise it needs another reader. */
  goesOn(markdown: string): boolean {
    return markdown.startsWith(this.#read);
  }

  /**
   * @param markdown all that has arrived
   * @param streaming whether more may come: syntax that is not complete is then held back
   * @returns the blocks so far. A block that is settled is the same object at each call.
   */
  read(markdown: string, streaming: boolean): readonly Block[] {
    if (markdown === this.#markdown && streaming === this.#streaming && !this.isBehind) return this.#blocks;
    this.#markdown = markdown;
    this.#streaming = streaming;
    this.isCut = markdown.length > ANSWER_CHARS;
    const text = this.isCut ? markdown.slice(0, ANSWER_CHARS) : markdown;
    const rest = this.#takeLines(text);
    if (this.isBehind) this.#blocks = [...this.#settled, ...this.#before.slice(this.#settled.length)];
    else
      this.#blocks =
        streaming && !this.isCut
          ? this.#withOpenTail(cleanText(rest.replace(/[\ud800-\udbff]$/, '')))
          : this.#withEnd(cleanText(rest));
    return this.#blocks;
  }

  /** Settles the lines that are complete, as far as one call may; returns what is left of the text. */
  #takeLines(text: string): string {
    let at = this.#read.length;
    const stop = at + READ_CHARS;
    const most = this.#settled.length + READ_BLOCKS;
    let line = nextLine(text, at, this.#atLineStart);
    while (line && at < stop && this.#settled.length < most) {
      for (const segment of this.#segmenter.push({...line, text: cleanText(line.text)})) this.#settle(segment);
      this.#atLineStart = line.ends;
      at = line.next;
      line = nextLine(text, at, this.#atLineStart);
    }
    this.#read = text.slice(0, at);
    this.isBehind = line !== undefined;
    return text.slice(at);
  }

  #withOpenTail(partial: string): Block[] {
    const tail = this.#segmenter.peek(partial);
    if (!tail) return this.#settled.slice();
    const own = Object.create(this.#definitions) as Definitions;
    // The fence that will close it is not code.
    const open: Segment =
      tail.type === 'code'
        ? {...tail, source: tail.source.replace(/(?<=^|\n)[ \t]*(?:`+|~+|\$+|\\\]?)[ \t]*$/, '').replace(/\n$/, '')}
        : {...tail, source: completeTail(tail.source)};
    return [...this.#settled, ...this.#lex(open, own)];
  }

  #withEnd(partial: string): Block[] {
    const segments = this.#segmenter.finish(partial, this.#atLineStart);
    const own = Object.create(this.#definitions) as Definitions;
    let end = segments.flatMap((segment) => this.#lex(segment, own));
    const labels = Object.keys(own);
    const all = Object.assign(Object.create(null), this.#definitions, own) as Definitions;
    // Of these segments too, the first may use what the last defines.
    if (labels.length > 0) end = segments.flatMap((segment) => this.#lex(segment, all));
    const blocks = this.#settled.slice();
    for (const [at, segment] of this.#usersOf([...this.#late, ...labels])) {
      this.#lex(segment, all).forEach((block, index) => {
        blocks[at + index] = block;
      });
    }
    return [...blocks, ...end];
  }

  /** The settled segments that used these labels too early, each once. */
  #usersOf(labels: readonly string[]): Map<number, Segment> {
    return new Map(labels.flatMap((label) => this.#waiting.get(label) ?? []).map(({at, segment}) => [at, segment]));
  }

  #settle(segment: Segment) {
    const at = this.#settled.length;
    const isCode = segment.type === 'code';
    const labels = isCode ? [] : labelsOf(segment.source);
    const defines = !isCode && segment.source.includes(']:');
    // Text holds no NUL.
    const key = isCode ? `\0${segment.language}\n${segment.source}` : segment.source;
    const isFree = !defines && !labels.some((label) => label in this.#definitions);
    const known = isFree ? this.#known.get(key) : undefined;
    const blocks = known ?? this.#lex(segment, this.#definitions);
    if (isFree) this.#known.set(key, blocks);
    this.isPlain ||= blocks[0]?.type === 'plain';
    this.#settled.push(...blocks);
    if (defines) this.#noteDefinitions();
    for (const label of labels) {
      if (label in this.#definitions) continue;
      const waiting = this.#waiting.get(label);
      if (!waiting) this.#waiting.set(label, [{at, segment}]);
      else if (waiting.at(-1)!.at !== at) waiting.push({at, segment});
    }
  }

  #noteDefinitions() {
    const labels = Object.keys(this.#definitions);
    for (const label of labels.slice(this.#definitionCount)) if (this.#waiting.has(label)) this.#late.add(label);
    this.#definitionCount = labels.length;
  }

  #lex(segment: Segment, definitions: Definitions): Block[] {
    if (segment.type === 'code')
      return [{type: 'code', language: segment.language, text: segment.source, open: segment.open}];
    // Each definition makes all later text a little slower to read.
    const known = this.#definitionCount < MAX_DEFINITIONS ? definitions : (Object.create(definitions) as Definitions);
    const blocks = lexMarkdown(segment.source, known);
    this.isPlain ||= blocks[0]?.type === 'plain';
    return blocks;
  }
}

/** What may be a reference to a definition, spelled as definitions are. */
const labelsOf = (source: string) =>
  [...source.matchAll(/\[([^[\]]{1,200})\]/g)].map(([, label]) => label!.trim().replace(/\s+/g, ' ').toLowerCase());
