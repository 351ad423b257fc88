/**
 * Finds the passages that answer a question, or says honestly that there are none.
 *
 * Postgres finds candidates by any of the question's words (full-text index, ranked by cover density); what they are
 * worth is decided here by how much of what was asked they cover, rare words counting more, and where they say it.
 */
import type {Queryable} from '../database.js';
import {textSearchFor} from './languages.js';
import {termsOf, type Form, type Term} from './question.js';

export interface FoundPassage {
  readonly id: number;
  readonly articleId: number;
  readonly lang: string;
  readonly slug: string;
  readonly title: string;
  readonly category: string | null;
  readonly updated: string | null;
  readonly url: string | null;
  readonly position: number;
  readonly heading: string;
  /** Markdown. */
  readonly body: string;
  readonly score: number;
}

export interface ArticleRef {
  readonly slug: string;
  readonly title: string;
}

export interface Found {
  /** Best first. Empty: nothing here answers the question. */
  readonly passages: readonly FoundPassage[];
  /** Other articles that are about a part of it. */
  readonly alsoAbout: readonly ArticleRef[];
  /** The question as the index understood it, for snippets. */
  readonly query: string;
}

export interface Search {
  /** @param languages in the order they are tried; the first with an answer wins */
  find(question: string, languages: readonly string[]): Promise<Found>;
  /** What a passage says about the question, as plain text. */
  snippet(passage: FoundPassage, query: string): Promise<string>;
  /** The passage that follows in the same article. */
  next(passage: FoundPassage): Promise<FoundPassage | undefined>;
  /** Titles of other articles to go on with: those that the best one links to, then what else was found. */
  related(found: Found): Promise<string[]>;
  titles(lang: string, limit: number): Promise<string[]>;
}

/** A passage must cover this share of what was asked, and its article as a whole this one. */
const LEAST_PASSAGE_COVERAGE = 0.4;
const LEAST_ARTICLE_COVERAGE = 0.6;
/** What covers the question only just, and only in running text, is about something else. */
const LEAST_SCORE = 0.65;
/** From here on an article is about a part of the question, if not an answer to it. */
const LEAST_ABOUT = 0.35;
/** Candidates ranked by the database, and how many rows its ranking may read. */
const CANDIDATES = 60;
const MOST_RANKED_ROWS = 1500;
const MOST_RELATED = 3;

/** What a word is worth where it stands: title, heading, text. */
const fieldWeights: Readonly<Record<string, number>> = {A: 1, B: 0.9, C: 0.6};

const nothing: Found = {passages: [], alsoAbout: [], query: ''};

export function createSearch(database: Queryable): Search {
  async function find(question: string, languages: readonly string[]): Promise<Found> {
    for (const lang of languages) {
      const found = await findIn(question, lang);
      if (found.passages.length > 0) return found;
    }
    return nothing;
  }

  async function findIn(question: string, lang: string): Promise<Found> {
    const terms = await termsOf(database, question, lang);
    const lexemes = retrievalLexemes(terms);
    if (lexemes.length === 0) return nothing;
    const query = lexemes.map(quoted).join(' | ');
    const lexemesAsked = new Set(terms.flatMap(({forms}) => forms.map(({lexeme}) => lexeme)));
    const candidates = await candidatesFor(database, lang, query, [...lexemesAsked]);
    const ranked = rank(candidates, terms);
    const passages = ranked
      .filter(
        ({coverage, articleCoverage, score}) =>
          coverage >= LEAST_PASSAGE_COVERAGE && articleCoverage >= LEAST_ARTICLE_COVERAGE && score >= LEAST_SCORE,
      )
      .map(({passage, score}) => ({...passage, score}));
    const about = ranked.filter(({articleCoverage}) => articleCoverage >= LEAST_ABOUT);
    const alsoAbout = new Map(about.map(({passage: {slug, title}}) => [slug, {slug, title}]));
    return {passages, alsoAbout: [...alsoAbout.values()], query};
  }

  async function snippet({id, lang}: FoundPassage, query: string) {
    const [row] = await database.query<{made: string; plain: string}>(
      `select plain, ts_headline($3::regconfig, plain, $2::tsquery,
         'StartSel="", StopSel="", MaxWords=40, MinWords=20, MaxFragments=1') as made
       from passages where id = $1`,
      [id, query, textSearchFor(lang).config],
    );
    const onOneLine = (text = '') => text.replace(/\s+/g, ' ').trim();
    const whole = onOneLine(row?.plain);
    const cut = onOneLine(row?.made);
    if (!whole.includes(cut)) return cut;
    // A cut after a word or two is not worth a mark.
    const from = whole.indexOf(cut) <= 15 ? 0 : whole.indexOf(cut);
    const end = whole.indexOf(cut) + cut.length;
    // `ts_headline` leaves out what closes a sentence.
    const part = whole.slice(from, end + (/^[.!?:)%]*/.exec(whole.slice(end))?.[0].length ?? 0));
    return `${whole.startsWith(part) ? '' : '… '}${part}${whole.endsWith(part) ? '' : ' …'}`;
  }

  async function next(passage: FoundPassage): Promise<FoundPassage | undefined> {
    const [row] = await database.query<{id: number; position: number; heading: string; body: string}>(
      'select id, position, heading, body from passages where article_id = $1 and position = $2',
      [passage.articleId, passage.position + 1],
    );
    return row && {...passage, ...row};
  }

  async function related({passages: [best], alsoAbout}: Found): Promise<string[]> {
    if (!best) return [];
    const bodies = await database.query<{body: string}>('select body from passages where article_id = $1', [
      best.articleId,
    ]);
    const linked = bodies.flatMap(({body}) =>
      [...body.matchAll(/\]\((?:\.\/)?([\w-]+)(?:\.md)?[)#]/g)].map(([, slug]) => slug!),
    );
    const wanted = [...new Set([...linked, ...alsoAbout.map(({slug}) => slug)])];
    const others = await database.query<ArticleRef>(
      `select slug, title from articles where lang = $1 and slug <> $2 and (slug = any($3::text[]) or category = $4)
       order by array_position($3::text[], slug) nulls last, id limit $5::int`,
      [best.lang, best.slug, wanted, best.category, MOST_RELATED],
    );
    return others.map(({title}) => title);
  }

  const titles = async (lang: string, limit: number) =>
    (
      await database.query<{title: string}>('select title from articles where lang = $1 order by id limit $2::int', [
        lang,
        limit,
      ])
    ).map(({title}) => title);

  return {find, snippet, next, related, titles};
}

/**
 * The lexemes to look for, rarest first: in a large help centre, words that stand everywhere would make the database
 * rank thousands of passages that a rare word has settled already. They still count in the score.
 */
function retrievalLexemes(terms: readonly Term[]): string[] {
  const forms = new Map<string, Form>();
  for (const form of terms.flatMap((term) => term.forms)) forms.set(form.lexeme, form);
  let rows = 0;
  return [...forms.values()]
    .sort((a, b) => a.passages - b.passages)
    .filter(({passages}, index) => (rows += passages) <= MOST_RANKED_ROWS || index === 0)
    .map(({lexeme}) => lexeme);
}

const quoted = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll(`'`, `''`)}'`;

interface Candidate {
  readonly passage: Omit<FoundPassage, 'score'>;
  readonly rank: number;
  /** The question's lexemes in this passage, with the fields they stand in. */
  readonly hits: ReadonlyMap<string, string>;
  readonly titleWords: number;
  readonly headingWords: number;
}

async function candidatesFor(
  database: Queryable,
  lang: string,
  query: string,
  lexemes: readonly string[],
): Promise<Candidate[]> {
  const rows = await database.query<
    Omit<FoundPassage, 'score'> & {
      rank: number;
      hits: readonly (readonly [string, string])[] | null;
      titleWords: number;
      headingWords: number;
    }
  >(
    `select p.id, p.article_id as "articleId", p.lang, a.slug, a.title, a.category, a.updated, a.url, p.position,
       p.heading, p.body, c.rank, w.hits, w."titleWords", w."headingWords"
     from (
       select id, ts_rank_cd('{0.1, 0.3, 0.7, 1}', tsv, $2::tsquery, 1) as rank from passages
       where tsv @@ $2::tsquery and lang = $1 order by rank desc, id limit $4::int
     ) as c join passages p on p.id = c.id join articles a on a.id = p.article_id,
     lateral (
       select jsonb_agg(jsonb_build_array(u.lexeme, array_to_string(u.weights, ''))) filter (where u.lexeme = any($3::text[])) as hits,
         (count(*) filter (where 'A' = any(u.weights)))::int as "titleWords",
         (count(*) filter (where 'B' = any(u.weights)))::int as "headingWords"
       from unnest(p.tsv) as u
     ) as w`,
    [lang, query, lexemes, CANDIDATES],
  );
  return rows.map(({rank, hits, titleWords, headingWords, ...passage}) => ({
    passage,
    rank,
    hits: new Map(hits ?? []),
    titleWords,
    headingWords,
  }));
}

interface Ranked {
  readonly passage: Omit<FoundPassage, 'score'>;
  readonly coverage: number;
  readonly articleCoverage: number;
  readonly score: number;
}

function rank(candidates: readonly Candidate[], terms: readonly Term[]): Ranked[] {
  const required = terms.filter(({isOptional}) => !isOptional);
  const asked = required.length > 0 ? required : terms;
  const articleHits = new Map<number, Set<string>>();
  for (const {
    passage: {articleId},
    hits,
  } of candidates) {
    const known = articleHits.get(articleId) ?? new Set<string>();
    for (const lexeme of hits.keys()) known.add(lexeme);
    articleHits.set(articleId, known);
  }
  const bestRank = Math.max(...candidates.map(({rank: value}) => value), Number.EPSILON);
  return candidates
    .map((candidate): Ranked => {
      const {passage, hits} = candidate;
      const inArticle = articleHits.get(passage.articleId) ?? new Set<string>();
      const coverage = covered(asked, (lexeme) => (hits.has(lexeme) ? 1 : 0));
      const articleCoverage = covered(asked, (lexeme) => (inArticle.has(lexeme) ? 1 : 0));
      const said = covered(terms, (lexeme) =>
        Math.max(0, ...[...(hits.get(lexeme) ?? '')].map((field) => fieldWeights[field] ?? 0)),
      );
      const share = (field: string, words: number) =>
        words === 0 ? 0 : [...hits.values()].filter((fields) => fields.includes(field)).length / words;
      const score =
        said +
        0.3 * articleCoverage +
        0.25 * Math.min(1, share('A', candidate.titleWords)) +
        0.15 * Math.min(1, share('B', candidate.headingWords)) +
        0.1 * (candidate.rank / bestRank);
      return {passage, coverage, articleCoverage, score};
    })
    .sort((a, b) => b.score - a.score || a.passage.position - b.passage.position);
}

/** The share of what was asked that is there, 0 to 1; rare words weigh more. */
function covered(terms: readonly Term[], presence: (lexeme: string) => number): number {
  let all = 0;
  let there = 0;
  for (const {idf, forms} of terms) {
    all += idf;
    const whole = forms.filter(({isPart}) => !isPart).map(({lexeme, weight}) => weight * presence(lexeme));
    const parts = forms
      .filter(({isPart}) => isPart)
      .reduce((sum, {lexeme, weight}) => sum + weight * presence(lexeme), 0);
    there += idf * Math.max(0, parts, ...whole);
  }
  return all === 0 ? 0 : there / all;
}
