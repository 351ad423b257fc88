/** A text as the rules see it: normalised, with the words that mean something and where they stand. */
import {isDigit, isLetter, lookUp, makeLexicon, wordEnd, type Hit, type Lexicon} from './lexicon.js';
import {normalize, type Normalized} from './normalize.js';
import type {IdRule, Pack} from './types.js';
import {words, type Meaning} from './words.js';

/** How far a word's meaning reaches, in characters. */
const reachChars = 40;
/** What may stand between a word and the number it names: "order nr. #4711", "ref: 4711". */
const adjacent = /^(?:[\s:#=.,()'"-]|(?:nr|no|num|nummer|number|id|är|er|is|ist|on)(?!\p{L}))*$/u;

/** "kundnr", "Anställningsnumret är", "#": whatever it is that is numbered here. "Nummer" alone says nothing. */
const named = /(?:\p{L}-?(?:n(?:umme)?r|numm?e?ret|numero|[kc]ode?)|#)\.?(?: ?[:#=]| är| is| er| on)? ?$/u;

/** A word that begins with a capital. */
export interface Capital {
  readonly start: number;
  readonly end: number;
}

export class Reading {
  readonly text: string;
  readonly lower: string;
  readonly languages: ReadonlySet<string>;
  readonly firstNames: readonly ReadonlySet<string>[];
  readonly capitals: readonly Capital[];
  readonly #normalized: Normalized;
  readonly #meaningful = new Set<number>();
  readonly #byMeaning = new Map<string, Hit[]>();

  constructor(original: string, locales: readonly string[], packs: readonly Pack[]) {
    this.#normalized = normalize(original);
    this.text = this.#normalized.text;
    this.lower = this.#normalized.lower;
    this.languages = new Set(locales.map((tag) => tag.toLowerCase().split(/[-_]/, 1)[0]!));
    const learnt = [core, ...packs].map(learn);
    this.firstNames = learnt.map(({firstNames}) => firstNames);
    const {hits, capitals} = readWords(
      this.text,
      this.lower,
      learnt.map(({lexicon}) => lexicon),
    );
    this.capitals = capitals;
    for (const hit of hits) {
      this.#meaningful.add(hit.start);
      const known = this.#byMeaning.get(hit.means);
      if (known) known.push(hit);
      else this.#byMeaning.set(hit.means, [hit]);
    }
  }

  original(start: number, end: number) {
    return this.#normalized.span(start, end);
  }

  /** Every word with this meaning, in order. */
  all(means: string): readonly Hit[] {
    return this.#byMeaning.get(means) ?? [];
  }

  /** The nearest word with this meaning that ends at or before `start`. */
  before(start: number, means: string, reach = reachChars): Hit | undefined {
    const hits = this.all(means);
    const hit = hits[firstFrom(hits, start) - 1];
    return hit && hit.end <= start && hit.end >= start - reach ? hit : undefined;
  }

  /** The nearest word with this meaning that starts at or after `end`. */
  after(end: number, means: string, reach = 20): Hit | undefined {
    const hits = this.all(means);
    const hit = hits[firstFrom(hits, end)];
    return hit && hit.start <= end + reach ? hit : undefined;
  }

  /** The word with this meaning that starts exactly here. */
  at(start: number, means: string): Hit | undefined {
    return this.after(start, means, 0);
  }

  /** Whether the word that starts here means anything at all. */
  means(start: number): boolean {
    return this.#meaningful.has(start);
  }

  /** Whether a word announces what stands from `start` to `end`, and no nearer word says that it is something else. */
  isLabelled(start: number, end: number, means: string, reach = reachChars): boolean {
    const label = this.before(start, means, reach);
    if (label) {
      const contrary = this.before(start, 'other');
      return !contrary || contrary.start <= label.start || !this.#isAdjacent(contrary.end, start);
    }
    const after = this.after(end, means);
    // A full stop, or another number, ends what a word behind can be about.
    return (
      after !== undefined &&
      !/\d|[.!?\n;]\s?|,/.test(this.text.slice(end, after.start)) &&
      !this.isNamedOtherwise(start)
    );
  }

  /** Whether the word right before says that this is an order, an article … or the number of anything at all. */
  isNamedOtherwise(start: number): boolean {
    const contrary = this.before(start, 'other');
    return (
      (contrary !== undefined && this.#isAdjacent(contrary.end, start)) ||
      named.test(this.lower.slice(Math.max(0, start - 16), start))
    );
  }

  /** Whether a word before, with no other number between, speaks of something else. */
  isAboutSomethingElse(start: number, means: Meaning = 'other'): boolean {
    const contrary = this.before(start, means);
    return contrary !== undefined && !/\d/.test(this.text.slice(contrary.end, start));
  }

  isFirstName(word: string): boolean {
    const lower = word.toLowerCase();
    return this.firstNames.some((names) => names.has(lower));
  }

  #isAdjacent(from: number, to: number): boolean {
    return adjacent.test(this.lower.slice(from, to));
  }
}

/** The index of the first hit that starts at or after `position`. */
function firstFrom(hits: readonly Hit[], position: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hits[middle]!.start < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readWords(text: string, lower: string, lexicons: readonly Lexicon[]) {
  const hits: Hit[] = [];
  const capitals: Capital[] = [];
  for (let at = 0; at < lower.length; at++) {
    if (!isLetter(lower.charCodeAt(at))) continue;
    // "50ms" greets nobody.
    if (!isDigit(lower.charCodeAt(at - 1))) lookUp(lexicons, lower, at, hits);
    const start = at;
    at = wordEnd(lower, at);
    if (text.charCodeAt(start) !== lower.charCodeAt(start)) capitals.push({start, end: at});
  }
  return {hits, capitals};
}

interface Learnt {
  readonly lexicon: Lexicon;
  readonly firstNames: ReadonlySet<string>;
}

const core: Pack = {id: 'core', words};
/** What each pack was read into; made when it is first needed, so that importing costs nothing. */
const ofPacks = new WeakMap<Pack, Learnt>();

function learn(pack: Pack): Learnt {
  let learnt = ofPacks.get(pack);
  if (!learnt) {
    const labels = (pack.rules ?? []).flatMap((rule) =>
      typeof rule.labels === 'string' ? [[labelOf(rule), rule.labels]] : [],
    );
    learnt = {
      lexicon: makeLexicon({...pack.words, ...(Object.fromEntries(labels) as Record<string, string>)}),
      firstNames: new Set(pack.firstNames?.split(/\s+/)),
    };
    ofPacks.set(pack, learnt);
  }
  return learnt;
}

/** The meaning under which a rule's own labels are filed. */
export const labelOf = ({labels, subtype}: Pick<IdRule, 'labels' | 'subtype'>) =>
  typeof labels === 'string' ? `id:${subtype}` : labels.means;
