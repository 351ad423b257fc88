/**
 * Names of people, by what surrounds them: introductions, form keys, signatures, `Name <mail>`, salutations, titles and
 * roles; then by first names (from packs) and by how Nordic surnames end. A name in running text that has none of
 * these cannot be found without a model. Introduced names block; the others warn.
 */
import type {Capital, Reading} from '../reading.js';
import {candidate, type Rule} from '../rule.js';
import type {Severity} from '../types.js';
import type {Meaning} from '../words.js';

const maxWords = 5;
/** What may stand between two words of one name: a space, a hyphen, an initial's stop, "de", "von", "al" … */
const gap = /^(?:[-'’ ]|\. ?| (?:[dv]\p{L}{1,2}|af|el|al|bin|ibn|la|le|y|te[nr]|zu|van de[nr]?|de la) )$/u;
/** How surnames end in the North: -sson, -sen, -nen, -dóttir, -qvist … */
const surname =
  /^(?!(?:per|sea|rea|pri|poi)son$).{2,}(?:[^s]ss?on|ssons|d[aóo]tt[ei]r|[nrtdlkgs]sen|k?ki?nen|(?:[aei]|[^i]o)nen|[lrvt][aä]nen|[qk]vist|str[öø]m|gren|berg|lund|holm)$/iu;
const placeEnding =
  /(?:gatan?|gate[n]?|vägen|veien|vej|straße|katu|tie|torget|skol[ae]n?|huset|hallen|sjukhuset|kyrkan|parken|salen|rummet|stiftelsen|priset)s?$/iu;
const company = /^-\p{Ll}|^ (?:AB|Aktiebolag|HB|KB|ASA?|ApS|A\/S|Oyj?|GmbH|AG|Ltd|Inc|LLC)\b|^ ?\d{1,4}(?![\d-])/u;

/** What announces a name, the strongest first, and what may stand between. */
const between = /^[\s:"'“,.!(-]{1,6}$/u;
const introductions = {
  nameIs: between,
  nameKey: /^["'”]?\s{0,2}(?:[:=]|(?:är|is|er|on) )\s{0,3}["'“]?$/u,
  title: /^\.? $/u,
  signOff: between,
  namedHere: between,
  role: between,
  dear: between,
} as const satisfies Partial<Record<Meaning, RegExp>>;
type Introduction = keyof typeof introductions;

export const nameRule: Rule = (reading, found) => {
  uncapitalised(reading, found);
  const {capitals, text, lower} = reading;
  const present = (Object.keys(introductions) as Introduction[]).filter((means) => reading.all(means).length);
  for (let at = 0; at < capitals.length;) {
    let to = at + 1;
    for (; to < capitals.length && to - at < maxWords; to++) {
      const {start, end} = capitals[to - 1]!;
      const next = capitals[to]!.start;
      // "Anna. Hej": a full stop joins only an initial.
      if (next - end > 9 || !gap.test(lower.slice(end, next)) || (text[end] === '.' && end - start > 1)) break;
    }
    at += readRun(reading, capitals.slice(at, to), present, found);
  }
};

/** Looks for one name in a run of capital words. @returns how many of them are settled. */
function readRun(
  reading: Reading,
  run: readonly Capital[],
  present: readonly Introduction[],
  found: Parameters<Rule>[1],
): number {
  for (let from = 0; from < run.length; from++) {
    const {start} = run[from]!;
    const introduction = introducedBy(reading, start, present);
    if (!introduction && !isPromising(reading, run[from]!, run[from + 1])) continue;
    const words = nameWords(reading, run.slice(from), introduction !== undefined);
    const end = words.at(-1)?.end;
    const [confidence, severity] = end ? judge(reading, words, introduction) : [0];
    if (!end || !confidence) continue;
    found.push(
      candidate(
        'NAME',
        introduction ?? 'known',
        start,
        end,
        confidence,
        introduction ? 'introduction' : 'name-list',
        severity,
      ),
    );
    return from + words.length;
  }
  return run.length;
}

/** What stands right before, and says that a name comes. */
const introducedBy = (reading: Reading, start: number, present: readonly Introduction[]) =>
  present.find((means) => {
    const hit = reading.before(start, means, 8);
    return hit && introductions[means].test(reading.lower.slice(hit.end, start));
  });

/** Most capitals only begin a sentence: unannounced, a name begins with a first name, or goes on with a surname or an address. */
const isPromising = (reading: Reading, word: Capital, next: Capital | undefined) =>
  reading.isFirstName(reading.text.slice(word.start, word.end)) ||
  (next && surname.test(reading.text.slice(next.start, next.end))) ||
  /^[^<(]{0,40}[<(]/.test(reading.text.slice(word.end, word.end + 42));

/** The words from here on that can be a name's: one with a meaning of its own ends it. */
function nameWords(reading: Reading, run: readonly Capital[], isIntroduced: boolean): readonly Capital[] {
  const end = run.findIndex(({start, end}, at) => {
    const text = reading.text.slice(start, end);
    if (text.length > 2 && reading.isFirstName(text)) return false;
    const isSurnameHere = at > 0 && (surname.test(text) || (isIntroduced && reading.at(start, 'place') !== undefined));
    return reading.means(start) && !isSurnameHere;
  });
  return end < 0 ? run : run.slice(0, end);
}

/** How sure it is that these words are a person's name, and what that means. */
function judge(
  reading: Reading,
  words: readonly Capital[],
  introduction: Introduction | undefined,
): readonly [number, Severity?] {
  const texts = words.map(({start, end}) => reading.text.slice(start, end));
  const {end} = words.at(-1)!;
  const after = reading.text.slice(end, end + 70);
  const isFirst = texts[0]!.length > 1 && reading.isFirstName(texts[0]!);
  // Unannounced, "Kan Anna Svensson" begins at Anna.
  const isKnown = isFirst || texts.slice(1, introduction ? 9 : 2).some((text) => surname.test(text));
  const isFull = texts.length > 1 && texts.some((text) => text.length > 1);
  const endsLine = /^[ .,!]{0,2}(?:\n|$)/.test(after);
  // Two capital words after "kollegan" or "I am" are a name even if unknown; but German writes every noun so, and headings
  // every word.
  const role = introduction === 'role' ? reading.before(words[0]!.start, 'role') : undefined;
  const isHeading = role && reading.text[role.start] !== reading.lower[role.start];
  const isLikely =
    isFull && texts.length < 4 && !isHeading && !reading.languages.has('de') && /^(?:[\s.,!?;:)"'”>]|$)/.test(after);

  // A room, a school, a street, a firm that bears a person's name; a version: no person.
  if (introduction !== 'nameIs' && (texts.some((text) => placeEnding.test(text)) || company.test(after))) return [0];
  switch (introduction) {
    case 'nameIs':
    case 'title':
      return [texts[0]!.length > 1 || isFull ? 0.9 : 0, introduction === 'nameIs' ? 'block' : 'warn'];
    case 'nameKey':
      return isKnown ? [0.85, 'block'] : [isLikely ? 0.7 : 0];
    case 'signOff':
      return [isKnown || isFull || endsLine ? 0.85 : 0, 'block'];
    case 'namedHere':
    case 'role':
      return isKnown ? [0.85, introduction === 'role' ? 'warn' : 'block'] : [isLikely ? 0.6 : 0];
    case 'dear':
      return [isKnown ? 0.7 : 0];
    case undefined:
      if ((isKnown || isFull) && /^ ?[<(][^\s<>()]{1,64}@/.test(after)) return [0.8];
      return [isKnown && isFull && !isNearPlace(reading, words[0]!.start, end) ? 0.65 : 0];
  }
}

/** "Boka rum Selma Lagerlöf", "Victoria Station". */
function isNearPlace(reading: Reading, start: number, end: number): boolean {
  const place = reading.before(start, 'place', 14);
  const isPlaceBefore = place && /^[\s:"'“]{1,3}(?:\p{L}+ |\p{Lu}\.)?$/u.test(reading.text.slice(place.end, start));
  return isPlaceBefore || reading.after(end, 'place', 2) !== undefined;
}

/** "jag heter anna svensson": without capitals, only a first name or surname that is known begins one. */
function uncapitalised(reading: Reading, found: Parameters<Rule>[1]) {
  for (const {end: from} of reading.all('nameIs')) {
    const [lead, first, last] =
      /^[\s:]{1,3}(\p{Ll}[\p{L}-]{1,20})(?: (\p{Ll}[\p{L}-]{2,20}))?/u.exec(reading.text.slice(from, from + 48)) ?? [];
    if (!lead || !(reading.isFirstName(first!) || (last && surname.test(last)))) continue;
    const start = from + lead.indexOf(first!);
    const isFull = last && !reading.means(start + first!.length + 1);
    found.push(
      candidate(
        'NAME',
        'nameIs',
        start,
        isFull ? from + lead.length : start + first!.length,
        0.8,
        'introduction',
        'block',
      ),
    );
  }
}
