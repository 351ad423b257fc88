/**
 * Finds help articles in a JSON index, in the browser. Loaded with the first question.
 *
 * Words are compared by a light stem, by their beginnings, and with a slip or two; Swedish compounds are taken apart at
 * words that the articles know (`utläggskvitto` finds `utlägg` and `kvitto`). What nothing fits is said plainly: the
 * words of a question that an article lacks weigh against it, the rarer the more.
 */
import MiniSearch from 'minisearch';

import {filled, isFields, must, shape, some} from './fields.js';

export interface Section {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** The section's, within the article; the introduction has none. */
  readonly heading?: string;
  readonly url?: string;
  /** ISO 8601 date. */
  readonly updated?: string;
  readonly lang?: string;
}

export type FindSections = (question: string, locale: string) => readonly Section[];

const readSection = shape({title: filled, text: filled}, {heading: filled, url: filled, updated: filled, lang: filled});
const readIndex = must((value: unknown) => (isFields(value) ? some(readSection)(value.articles) : undefined));

const LEAST_COVERED = 0.5;
const MOST_SECTIONS = 3;
const LEAST_SHARE_OF_BEST = 0.6;
const MOST_WORDS = 60;

/** @param index as `npx tillit-chat index` makes it; what is no index is refused, what is no section is left out */
export function searchIn(index: unknown): FindSections {
  const sections = readIndex(index);
  const searches = new Map<string, FindInLanguage>();
  const languages = new Set(sections.map(({lang}) => languageOf(lang)));
  return (question, locale) => {
    const wanted = languageOf(locale);
    // Articles without a language are for everybody; without any in the person's, another is better than none.
    const fitting = sections.filter(
      ({lang}) => !languages.has(wanted) || lang === undefined || languageOf(lang) === wanted,
    );
    let search = searches.get(wanted);
    if (!search) searches.set(wanted, (search = searchSections(fitting, wanted)));
    return search(question);
  };
}

type FindInLanguage = (question: string) => readonly Section[];

const languageOf = (lang: string | undefined) => lang?.toLowerCase().split('-')[0] ?? '';

const wordsOf = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function searchSections(sections: readonly Section[], lang: string): FindInLanguage {
  const isSwedish = lang !== 'en';
  const stem = (word: string) => stemOf(word, isSwedish);
  const vocabulary = new Map<string, number>();
  for (const {title, heading = '', text} of sections) {
    for (const word of new Set(wordsOf(`${title} ${heading} ${text}`).map(stem))) {
      vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
    }
  }
  const parts = (word: string) => (isSwedish ? partsOf(word, vocabulary) : []);
  const search = new MiniSearch({
    fields: ['title', 'heading', 'text'],
    tokenize: (text) => wordsOf(text),
    processTerm: (word) => {
      const stemmed = stem(word);
      return stopWords.has(word) ? null : [stemmed, ...parts(stemmed)];
    },
  });
  search.addAll(sections.map(({title, heading, text}, id) => ({id, title, heading, text})));

  const weight = (term: string) => {
    const count = vocabulary.get(term) ?? 0.5;
    return Math.log(1 + sections.length / count);
  };

  return (question) => {
    const words = wordsOf(question)
      .filter((word) => !stopWords.has(word))
      .slice(0, MOST_WORDS);
    const terms = [...new Set(words.map(stem))];
    const known = terms.map((term) => ({term, parts: vocabulary.has(term) ? [] : parts(term)}));
    const query = known.flatMap(({term, parts}) => [term, ...parts]).join(' ');
    const results = search.search(query, {
      tokenize: (text) => text.split(' '),
      processTerm: (term) => term,
      prefix: (term) => term.length >= 4,
      fuzzy: (term) => (term.length >= 8 ? 2 : term.length >= 5 ? 1 : false),
      boost: {title: 3, heading: 2},
      weights: {prefix: 0.5, fuzzy: 0.25},
    });
    const [best] = results;
    if (!best) return [];
    const all = known.reduce((sum, {term}) => sum + weight(term), 0);
    const title = sections[best.id as number]!.title;
    // An article may say one thing in one section and the other in the next.
    const matched = new Set(
      results.filter(({id}) => sections[id as number]!.title === title).flatMap(({queryTerms}) => queryTerms),
    );
    const covered = known.reduce((sum, {term, parts}) => {
      const share = matched.has(term)
        ? 1
        : parts.length > 0
          ? parts.filter((part) => matched.has(part)).length / parts.length
          : 0;
      return sum + share * weight(term);
    }, 0);
    if (covered < LEAST_COVERED * all) return [];
    return results
      .filter(({score}) => score >= LEAST_SHARE_OF_BEST * best.score)
      .slice(0, MOST_SECTIONS)
      .map(({id}) => sections[id as number]!);
  };
}

const swedishEndings =
  /(?:arnas|ernas|ornas|andes|arens|arna|erna|orna|ande|ende|aren|aste|ades|ade|are|ern|ens|ast|ets|ar|er|or|en|at|et|es|as|te|a|e|s|n|t)$/;
const englishEndings = /(?:ingly|ings|ing|edly|ies|ed|es|ly|s|y|e)$/;

/** Too light to be right about grammar, and right enough to bring the forms of a word together. */
function stemOf(word: string, isSwedish: boolean): string {
  if (word.length < 5) return word;
  const stem = word.replace(isSwedish ? swedishEndings : englishEndings, '');
  return stem.length >= 3 ? stem : word;
}

/** The two words of a compound, if the articles know both: with the `s` that joins them, or without. */
function partsOf(word: string, vocabulary: ReadonlyMap<string, number>): string[] {
  for (let at = word.length - 3; at >= 4; at--) {
    const head = stemOf(word.slice(0, at), true);
    const tail = word.slice(at);
    const known = [tail, tail.replace(/^s/, '')]
      .map((part) => stemOf(part, true))
      .find((part) => part.length >= 3 && vocabulary.has(part));
    if (known && vocabulary.has(head)) return [head, known];
  }
  return [];
}

const stopWords = new Set(
  `och att det som en ett den de i på av för med till är var om inte jag du vi ni han hon man mig dig oss er min mitt mina
  din ditt dina vår vårt våra kan ska skall vill har hade hur vad när var vem vilka vilken vilket vilka varför får fick gör göra
  gjort man så då nu här där ha bli blir blev från vid eller men också hej tack snälla hjälp behöver finns hittar ut in upp ner
  åt utan efter innan över under mellan någon något några alla allt sin sitt sina sig kommer gå går ta tar igen ny nytt nya
  the a an and or of to in on at for with is are was were be been do does did how what when where who which why can could
  should would will i me my we our you your it its this that these those not no from by as if but have has had get got there
  here please help need want someone something during`.split(/\s+/),
);
