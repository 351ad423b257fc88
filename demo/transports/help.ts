/** Stands for a knowledge base: quotes the demo's help article that has most of the question's words in it. */
import {readdirSync, readFileSync} from 'node:fs';

export interface Help {
  /** Markdown, with `[1]` where it rests on the source; in the pieces a model would send. */
  readonly pieces: readonly string[];
  readonly source: {readonly id: string; readonly title: string; readonly url: string; readonly snippet: string};
}

const folder = new URL('../help-center/en/', import.meta.url);

const articles = readdirSync(folder).map((file) => {
  const [, head = '', body = ''] = readFileSync(new URL(file, folder), 'utf8').split(/^---$/m);
  const title = /^title: (.*)$/m.exec(head)?.[1] ?? file;
  const snippet = body.trim().split('\n')[0] ?? '';
  return {id: file.replace(/\.md$/, ''), title, snippet, inTitle: wordsOf(title), words: wordsOf(body)};
});

/** @returns `undefined` when no article has anything to do with the question */
export function findHelp(question: string): Help | undefined {
  const asked = wordsOf(question);
  const scored = articles.map((article) => ({
    article,
    // What a title names is what the article is about.
    score: asked.reduce(
      (sum, word) => sum + (article.inTitle.includes(word) ? 3 : article.words.includes(word) ? 1 : 0),
      0,
    ),
  }));
  const best = scored.reduce((best, next) => (next.score > best.score ? next : best));
  if (best.score < 3) return undefined;
  const {id, title, snippet} = best.article;
  const pieces = `${snippet} [1]`.split(/(?<= )/);
  return {pieces, source: {id, title, url: `https://help.example.com/${id}`, snippet}};
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).map((word) => word.replace(/s$/, ''));
}
