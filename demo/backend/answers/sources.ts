/** The numbered sources of an answer: one per article, numbered in the order they are first used. */
import type {Source} from 'tillit-chat/core';

import {isLocale, type Locale} from '../locale.js';
import type {FoundPassage, Search} from '../search/find.js';
import {articleHref, withLinks} from '../search/markdown.js';
import {sentences} from '../sentences.js';

export interface CitedPassage {
  readonly passage: FoundPassage;
  readonly source: Source & {readonly n: number};
}

export interface SourceContext {
  readonly search: Search;
  readonly query: string;
  readonly siteUrl: string;
  readonly locale: Locale;
}

export async function numberSources(
  passages: readonly FoundPassage[],
  context: SourceContext,
): Promise<CitedPassage[]> {
  const byArticle = new Map<number, CitedPassage['source']>();
  for (const passage of passages) {
    if (byArticle.has(passage.articleId)) continue;
    // What is used first of an article shows what it is about.
    byArticle.set(passage.articleId, await sourceOf(passage, byArticle.size + 1, context));
  }
  return passages.map((passage) => ({passage, source: byArticle.get(passage.articleId)!}));
}

async function sourceOf(passage: FoundPassage, n: number, {search, query, siteUrl, locale}: SourceContext) {
  const {lang, slug, title, updated} = passage;
  return {
    id: `${lang}/${slug}`,
    n,
    title,
    url: articleUrl(passage, siteUrl),
    snippet: await search.snippet(passage, query),
    site: sentences[isLocale(lang) ? lang : locale].site,
    ...(updated !== null && {updated}),
  };
}

export const articleUrl = ({url, lang, slug}: Pick<FoundPassage, 'url' | 'lang' | 'slug'>, siteUrl: string) =>
  url ?? `${siteUrl}/help-center/${lang}/${slug}`;

/** A passage as it is quoted: with links that lead somewhere from any page. */
export const quotedBody = ({body, lang}: FoundPassage, siteUrl: string) =>
  withLinks(body, (href) => articleHref(href, `${siteUrl}/help-center/${lang}/`));
