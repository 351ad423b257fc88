/**
 * Answers without AI: the best passages, quoted as they were written and put together to one readable text with
 * numbered sources. When no passage is good enough it says so and offers the ticket.
 */
import {setTimeout as delay} from 'node:timers/promises';

import type {ChatEvent} from 'tillit-chat/core';

import {locales} from '../locale.js';
import type {Found, FoundPassage, Search} from '../search/find.js';
import {blocksOf} from '../search/markdown.js';
import {sentences} from '../sentences.js';
import type {AnswerMaker, AnswerRequest} from './answerer.js';
import {numberSources, quotedBody, type CitedPassage} from './sources.js';

const MOST_PASSAGES = 3;
const MOST_PER_ARTICLE = 2;
/** A passage that is this much weaker than the best would only dilute the answer. */
const LEAST_SHARE_OF_BEST = 0.8;
const LEAST_SHARE_OF_OPENING = 0.5;
const MOST_CHARS = 2600;

export function searchAnswers(search: Search, paceMs: number): AnswerMaker {
  return {
    answerer: {kind: 'search'},
    async *answer(request, signal) {
      const {question, locale, siteUrl} = request;
      const found = await search.find(question, [locale, ...locales.filter((other) => other !== locale)]);
      const passages = await quotable(search, found);
      if (passages.length === 0) {
        yield* nothingFound(request);
        return;
      }
      const cited = await numberSources(passages, {search, query: found.query, siteUrl, locale});
      for (const source of new Set(cited.map((passage) => passage.source))) yield {type: 'source', source};
      yield* wordByWord(stitch(cited, siteUrl), paceMs, signal);
      yield* suggest(await search.related(found));
      yield {type: 'finish', reason: 'stop', rateable: true};
    },
  };
}

export function* nothingFound({locale}: Pick<AnswerRequest, 'locale'>): Generator<ChatEvent> {
  yield {type: 'text', op: 'append', text: sentences[locale].noSource};
  yield {type: 'handoff', reason: sentences[locale].handoff};
  yield {type: 'finish', reason: 'no_source', rateable: true};
}

export function* suggest(titles: readonly string[]): Generator<ChatEvent> {
  if (titles.length > 0) yield {type: 'suggestions', items: titles.map((text) => ({text}))};
}

/** The passages to quote, in the order they are read. */
async function quotable(search: Search, {passages}: Found): Promise<FoundPassage[]> {
  const [best] = passages;
  if (!best) return [];
  // The introduction says what, and the sections say how: an answer that has both reads best.
  const opening = passages.find(
    ({articleId, position, score}) =>
      articleId === best.articleId && position === 0 && score >= LEAST_SHARE_OF_OPENING * best.score,
  );
  const chosen = opening && opening !== best ? [best, opening] : [best];
  let chars = chosen.reduce((sum, {body}) => sum + body.length, 0);
  for (const passage of passages) {
    if (chosen.includes(passage)) continue;
    if (chosen.length === MOST_PASSAGES || passage.score < LEAST_SHARE_OF_BEST * best.score) break;
    const ofArticle = chosen.filter(({articleId}) => articleId === passage.articleId).length;
    if (chars + passage.body.length > MOST_CHARS || ofArticle === MOST_PER_ARTICLE) continue;
    chosen.push(passage);
    chars += passage.body.length;
  }
  if (chosen.length === 1 && best.position === 0) {
    const steps = await search.next(best);
    if (steps) chosen.push(steps);
  }
  const order = [...new Set(chosen.map(({articleId}) => articleId))];
  return chosen.sort((a, b) => order.indexOf(a.articleId) - order.indexOf(b.articleId) || a.position - b.position);
}

function stitch(cited: readonly CitedPassage[], siteUrl: string): string {
  const parts = cited.map(({passage, source}, index) => {
    const {title, heading, articleId} = passage;
    const isSameArticle = articleId === cited[index - 1]?.passage.articleId;
    // The opening needs no heading of its own: the question is its heading.
    const shown = index === 0 ? '' : isSameArticle ? heading : [title, heading].filter(Boolean).join(': ');
    return [shown && `### ${shown}`, cite(quotedBody(passage, siteUrl), source.n)].filter(Boolean).join('\n\n');
  });
  return parts.join('\n\n');
}

/** Puts `[n]` where a reader expects it: after the first paragraph that says something, or after the first list. */
export function cite(markdown: string, n: number): string {
  const blocks = blocksOf(markdown);
  const marked = blocks.find(
    ({type, raw}) => type === 'list' || (type === 'paragraph' && !raw.trimEnd().endsWith(':')),
  );
  // After a table, or a list that ends with code, the mark would become a part of it.
  if (!marked || /(?:```|~~~|\|)$/.test(marked.raw.trimEnd())) return `${markdown.trim()}\n\n[${n}]`;
  return blocks
    .map((block) => (block === marked ? withMark(block.raw, ` [${n}]`) : block.raw))
    .join('')
    .trim();
}

const withMark = (raw: string, mark: string) => {
  const text = raw.trimEnd();
  return text + mark + raw.slice(text.length);
};

async function* wordByWord(text: string, paceMs: number, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  for (const [word] of text.matchAll(/\s*\S+/g)) {
    if (signal.aborted) return;
    yield {type: 'text', op: 'append', text: word};
    if (paceMs > 0) await delay(paceMs, undefined, {signal}).catch(() => {});
  }
}
