/**
 * What a question asks for: its words that matter, how rare each is, and in which forms the articles may say it.
 *
 * A word may be found as itself (its stem), as the beginning of a longer word, by its own beginning, by the parts of
 * the compound that it is, as the end of a compound, or, if nothing else fits, as the word that was probably meant.
 */
import type {Queryable} from '../database.js';
import {wordsOf} from './index-articles.js';
import {textSearchFor} from './languages.js';
import {isProbablyMeant} from './misspelling.js';
import {askingWords, synonymsOf} from './words.js';

/** One form in which the articles may say a word. */
export interface Form {
  readonly lexeme: string;
  /** How surely it means the same, 0 to 1. */
  readonly weight: number;
  /** In how many passages. */
  readonly passages: number;
  /** Parts of one compound count together. */
  readonly isPart?: boolean;
}

export interface Term {
  readonly word: string;
  /** How much it says: rare words say more, and words that no article has say the most. */
  readonly idf: number;
  readonly forms: readonly Form[];
  /** Numbers and words of asking help to choose, but nothing is missing when an article does not have them. */
  readonly isOptional: boolean;
}

/** Longer questions are cut: the point comes early, and work must stay bounded. */
const MOST_WORDS = 40;
const LONGEST_WORD_CHARS = 40;
/** What a word of asking counts, against one of the matter: "Where do I find my pay slip?" is not about finding. */
const ASKING_SHARE = 0.3;
const SYNONYM_WEIGHT = 0.85;

export async function termsOf(database: Queryable, question: string, lang: string): Promise<Term[]> {
  const words = [...new Set(wordsOf(question))]
    .filter((word) => word.length > 1)
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD_CHARS));
  if (words.length === 0) return [];
  const known = await knownForms(database, words, lang);
  const meaningful = known.filter(({lexeme}) => lexeme !== null);
  const asks = ({word}: KnownWord) => askingWords[lang]?.has(word) ?? false;
  // "Hur gör man?" asks for nothing but is all there is: then the asking words count.
  const onlyAsks = meaningful.every(asks);
  const total = meaningful[0]?.total ?? 0;

  const unknown = meaningful.filter(({exact}) => exact === 0).map(({word}) => word);
  const guesses = unknown.length > 0 ? await guessedForms(database, unknown, lang) : new Map<string, Form[]>();
  const synonyms = await synonymForms(database, meaningful, lang);
  return meaningful.map((asked): Term => {
    const {word} = asked;
    const same = synonyms.get(word) ?? [];
    const forms = [...ownForms(asked), ...(guesses.get(word) ?? []), ...same];
    const said = asked.exact + same.reduce((sum, {passages}) => sum + passages, 0);
    const idf = idfOf(said || Math.max(0, ...forms.map(({passages, weight}) => passages * weight)), total);
    if (asks(asked) && !onlyAsks) return {word, idf: idf * ASKING_SHARE, forms, isOptional: true};
    return {word, idf, forms, isOptional: /^\d+$/.test(word)};
  });
}

/** A word as it stands, and as the beginning of longer ones. */
function ownForms({lexeme, exact, longer}: KnownWord): Form[] {
  if (lexeme === null) return [];
  return [
    ...(exact > 0 ? [{lexeme, weight: 1, passages: exact}] : []),
    ...longer.map((form) => ({...form, weight: exact > 0 ? 0.6 : 0.5 + 0.4 * (lexeme.length / form.lexeme.length)})),
  ];
}

const idfOf = (passages: number, total: number) =>
  Math.log(1 + (total - Math.min(passages, total) + 0.5) / (passages + 0.5));

interface KnownWord {
  readonly word: string;
  /** `null` for stop words. */
  readonly lexeme: string | null;
  readonly exact: number;
  readonly longer: readonly {readonly lexeme: string; readonly passages: number}[];
  readonly total: number;
}

function knownForms(database: Queryable, words: readonly string[], lang: string) {
  return database.query<KnownWord>(
    `select w.word, l.lexeme, i.passages as total,
       (select coalesce(sum(v.passages), 0)::int from vocabulary v where v.lang = $2 and v.lexeme = l.lexeme) as exact,
       (select coalesce(jsonb_agg(jsonb_build_object('lexeme', f.lexeme, 'passages', f.passages)), '[]') from (
          select v.lexeme, sum(v.passages)::int as passages from vocabulary v
          where length(l.lexeme) >= 4 and v.lang = $2 and v.lexeme > l.lexeme and v.lexeme < l.lexeme || chr(1114111)
          group by v.lexeme order by passages desc limit 10) as f) as longer
     from unnest($1::text[]) with ordinality as w (word, place)
       cross join indexed_languages i,
       lateral (select (ts_lexize($3::regdictionary, w.word))[1] collate "C" as lexeme) as l
     where i.lang = $2 order by w.place`,
    [words, lang, textSearchFor(lang).dictionary],
  );
}

async function synonymForms(database: Queryable, words: readonly KnownWord[], lang: string) {
  const pairs = words.flatMap(({word}) => synonymsOf(word, lang).map((synonym) => ({word, synonym})));
  if (pairs.length === 0) return new Map<string, Form[]>();
  const known = await knownForms(
    database,
    pairs.map(({synonym}) => synonym),
    lang,
  );
  return new Map(
    words.map(({word}) => {
      const own = words.find((row) => row.word === word)?.lexeme;
      // Several forms of a synonym have one lexeme, which counts once.
      const mine = new Map(
        pairs
          .filter((pair) => pair.word === word)
          .map(({synonym}) => known.find((row) => row.word === synonym))
          .flatMap((row) =>
            row?.lexeme && row.lexeme !== own && row.exact > 0 ? [[row.lexeme, row.exact] as const] : [],
          ),
      );
      return [word, [...mine].map(([lexeme, passages]): Form => ({lexeme, weight: SYNONYM_WEIGHT, passages}))];
    }),
  );
}

interface VocabularyRow {
  readonly asked: string;
  /** A word of the articles; of a part, the part as it stands in what was asked. */
  readonly word: string;
  readonly lexeme: string;
  readonly passages: number;
  readonly how: 'part' | 'end' | 'similar';
}

/** Forms of words that no article begins with: by their own beginning, as a compound, or misspelt. */
async function guessedForms(database: Queryable, words: readonly string[], lang: string) {
  const rows = await database.query<VocabularyRow>(
    `select w.word as asked, v.word, v.lexeme, v.passages, v.how
     from unnest($1::text[]) as w (word), lateral (
       (select p.part as word, known.lexeme, sum(known.passages)::int as passages, 'part' as how
        from generate_series(3, length(w.word) - 1) as n,
          lateral (values (left(w.word, n)), (right(w.word, n))) as p (part),
          lateral (select (ts_lexize($3::regdictionary, p.part))[1] collate "C" as lexeme) as stem
          join vocabulary known on known.lang = $2 and known.lexeme >= stem.lexeme
            and known.lexeme < stem.lexeme || chr(1114111)
            -- Swedish stems keep some endings: "kvitto", "kvitton" and "kvittot" are three.
            and length(known.lexeme) <= length(stem.lexeme) + case when length(stem.lexeme) > 3 then 2 else 0 end
        group by p.part, known.lexeme)
       union all
       (select word, lexeme, passages, 'end' from vocabulary
        where lang = $2 and length(w.word) >= 5 and word like '%' || w.word order by passages desc limit 5)
       union all
       (select word, lexeme, passages, 'similar' from vocabulary
        where lang = $2 and length(w.word) >= 4 and word % w.word
        order by similarity(word, w.word) desc, passages desc limit 8)) as v`,
    [words, lang, textSearchFor(lang).dictionary],
  );
  const rowsOf = (word: string) => rows.filter(({asked}) => asked === word);
  return new Map(words.map((word) => [word, guess(word, rowsOf(word))]));
}

function guess(word: string, rows: readonly VocabularyRow[]): Form[] {
  const found = (how: VocabularyRow['how']) => rows.filter((row) => row.how === how);
  const asForm =
    (weight: number) =>
    ({lexeme, passages}: VocabularyRow): Form => ({lexeme, passages, weight});
  const parts = found('part');
  const meant = found('similar').filter((row) => isProbablyMeant(word, row.word));
  return [
    // "exporterar" is found by "export" when most of it is said.
    ...parts.filter((row) => word.startsWith(row.word) && row.word.length >= 0.6 * word.length).map(asForm(0.6)),
    ...compound(word, parts),
    ...found('end').map(asForm(0.6)),
    ...meant.slice(0, 3).map(asForm(0.75)),
  ];
}

/** The two known words that a compound is made of ("utlägg-s-kvitto"); of several ways to cut it, the most even. */
function compound(word: string, parts: readonly VocabularyRow[]): Form[] {
  // Of several lexemes that a part may be, the most common one.
  const known = new Map(parts.toSorted((a, b) => a.passages - b.passages).map((row) => [row.word, row]));
  let best: {head: VocabularyRow; tail: VocabularyRow; evenness: number} | undefined;
  for (let cut = 3; cut <= word.length - 3; cut++) {
    const tail = known.get(word.slice(cut));
    const begin = word.slice(0, cut);
    const head = known.get(begin) ?? (begin.endsWith('s') ? known.get(begin.slice(0, -1)) : undefined);
    const evenness = Math.min(cut, word.length - cut);
    if (head && tail && evenness > (best?.evenness ?? 0)) best = {head, tail, evenness};
  }
  if (!best) return [];
  // The tail says what it is, the head which kind.
  const part = ({lexeme, passages}: VocabularyRow, weight: number): Form => ({lexeme, passages, weight, isPart: true});
  return [part(best.head, 0.4), part(best.tail, 0.45)];
}
