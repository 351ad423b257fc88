/**
 * Brings the index in step with the articles. Articles whose content is unchanged are left alone; the vocabulary of a
 * language is made anew when one of its articles changed.
 */
import type {Database, Queryable} from '../database.js';
import {passagesOf, type Article, type Passage} from './articles.js';
import {textSearchFor} from './languages.js';

/** Rows per statement: few enough for a statement to stay small, many enough to be quick. */
const BATCH = 500;
/** Any number, the same in every process: only one at a time may write the index. */
const INDEX_LOCK = 7_455_482;

export interface Indexed {
  readonly added: number;
  readonly removed: number;
}

export async function indexArticles(database: Database, articles: readonly Article[]): Promise<Indexed> {
  const {indexed, languages} = await database.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [INDEX_LOCK]);
    const {removed, fresh, languages} = await compare(tx, articles);
    await tx.query('delete from articles where id = any($1::int[])', [removed.map(({id}) => id)]);
    await addArticles(tx, fresh);
    for (const lang of languages)
      await makeVocabulary(
        tx,
        lang,
        articles.filter((article) => article.lang === lang),
      );
    return {indexed: {added: fresh.length, removed: removed.length}, languages};
  });
  // Without fresh statistics the planner may prefer to read everything.
  if (languages.length > 0) {
    for (const table of ['articles', 'passages', 'vocabulary']) await database.script(`vacuum analyze ${table}`);
  }
  return indexed;
}

async function compare(tx: Queryable, articles: readonly Article[]) {
  const known = await tx.query<{id: number; lang: string; slug: string; hash: string}>(
    'select id, lang, slug, content_sha256 as hash from articles',
  );
  const wanted = new Map(articles.map((article) => [`${article.lang}/${article.slug}`, article.contentSha256]));
  const removed = known.filter(({lang, slug, hash}) => wanted.get(`${lang}/${slug}`) !== hash);
  const kept = new Set(known.filter((row) => !removed.includes(row)).map(({lang, slug}) => `${lang}/${slug}`));
  const fresh = articles.filter(({lang, slug}) => !kept.has(`${lang}/${slug}`));
  const languages = [...new Set([...removed, ...fresh].map(({lang}) => lang))];
  return {removed, fresh, languages};
}

async function addArticles(tx: Queryable, articles: readonly Article[]) {
  for (const batch of batches(articles)) {
    const rows = await tx.query<{id: number; lang: string; slug: string}>(
      `insert into articles (lang, slug, title, category, updated, url, content_sha256)
       select lang, slug, title, category, updated, url, hash
       from jsonb_to_recordset($1::jsonb)
         as a (lang text, slug text, title text, category text, updated text, url text, hash text)
       returning id, lang, slug`,
      [JSON.stringify(batch.map(({contentSha256: hash, body: _body, ...article}) => ({...article, hash})))],
    );
    const ids = new Map(rows.map(({id, lang, slug}) => [`${lang}/${slug}`, id]));
    const passages = batch.flatMap((article) =>
      passagesOf(article).map((passage, position) =>
        rowOf(article, passage, position, ids.get(`${article.lang}/${article.slug}`)!),
      ),
    );
    for (const part of batches(passages)) await addPassages(tx, part);
  }
}

/** Lower case is made here: not every database's locale knows Å, Ä and Ö. */
const rowOf = ({lang, title}: Article, {heading, body, plain}: Passage, position: number, articleId: number) => ({
  article_id: articleId,
  lang,
  position,
  heading,
  body,
  plain,
  low_title: title.toLowerCase(),
  low_heading: heading.toLowerCase(),
  low_plain: plain.toLowerCase(),
});

async function addPassages(tx: Queryable, passages: readonly ReturnType<typeof rowOf>[]) {
  for (const lang of new Set(passages.map((passage) => passage.lang))) {
    await tx.query(
      `insert into passages (article_id, lang, position, heading, body, plain, tsv)
       select article_id, lang, position, heading, body, plain,
         setweight(to_tsvector($2::regconfig, low_title), 'A') || setweight(to_tsvector($2::regconfig, low_heading), 'B')
           || setweight(to_tsvector($2::regconfig, low_plain), 'C')
       from jsonb_to_recordset($1::jsonb) as p (article_id int, lang text, position int, heading text, body text,
         plain text, low_title text, low_heading text, low_plain text)`,
      [JSON.stringify(passages.filter((passage) => passage.lang === lang)), textSearchFor(lang).config],
    );
  }
}

async function makeVocabulary(tx: Queryable, lang: string, articles: readonly Article[]) {
  await tx.query('delete from vocabulary where lang = $1', [lang]);
  const counts = new Map<string, number>();
  let passages = 0;
  for (const article of articles) {
    for (const {heading, plain} of passagesOf(article)) {
      passages += 1;
      for (const word of new Set(wordsOf(`${article.title} ${heading} ${plain}`)))
        counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  await tx.query('delete from indexed_languages where lang = $1', [lang]);
  if (passages > 0) await tx.query('insert into indexed_languages (lang, passages) values ($1, $2)', [lang, passages]);
  const {dictionary} = textSearchFor(lang);
  for (const batch of batches([...counts], BATCH * 10)) {
    // Stop words have no lexeme and stay out.
    await tx.query(
      `insert into vocabulary (lang, word, lexeme, passages)
       select $1, word, lexeme, n from unnest($2::text[], $3::int[]) as w (word, n),
         lateral (select (ts_lexize($4::regdictionary, word))[1] as lexeme) as l
       where lexeme is not null`,
      [lang, batch.map(([word]) => word), batch.map(([, count]) => count), dictionary],
    );
  }
}

/** Words as the index knows them: letters and digits, in lower case, of bearable length. */
export const wordsOf = (text: string): string[] =>
  (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => word.length <= 60);

function batches<Item>(items: readonly Item[], size = BATCH): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({length: count}, (_, index) => items.slice(index * size, (index + 1) * size));
}
