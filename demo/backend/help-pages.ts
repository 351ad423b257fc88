/** The help centre as simple pages, so that the sources of an answer can be opened. Made of our own articles only. */
import {Hono} from 'hono';
import {Marked} from 'marked';

import {isLocale, type Locale} from './locale.js';
import type {Article} from './search/articles.js';
import {articleHref} from './search/markdown.js';
import {sentences} from './sentences.js';

const BASE = '/help-center/';

const labels: Readonly<Record<Locale, {home: string; updated: string; missing: string}>> = {
  sv: {home: 'Alla artiklar', updated: 'Uppdaterad', missing: 'Artikeln finns inte.'},
  en: {home: 'All articles', updated: 'Updated', missing: 'There is no such article.'},
};

export function helpPages(articles: readonly Article[]) {
  const bySlug = new Map(articles.map((article) => [`${article.lang}/${article.slug}`, article]));
  const languages = [...new Set(articles.map(({lang}) => lang))].sort(
    (a, b) => Number(b === 'sv') - Number(a === 'sv'),
  );

  return new Hono()
    .get('/', (c) => c.redirect(`${BASE}${languages[0] ?? 'sv'}/`))
    .get('/style.css', () => respond(STYLE, 'text/css; charset=utf-8'))
    .get('/:lang', (c) => {
      const lang = c.req.param('lang');
      return languages.includes(lang) ? html(listPage(lang, languages, articles)) : html(missingPage('sv'), 404);
    })
    .get('/:lang/:slug', (c) => {
      const lang = c.req.param('lang');
      const article = bySlug.get(`${lang}/${c.req.param('slug')}`);
      return article ? html(articlePage(article)) : html(missingPage(lang), 404);
    });
}

function articlePage({lang, title, updated, body}: Article) {
  const marked = new Marked({
    renderer: {
      // Raw HTML in an article is shown as it is written.
      html: ({text}) => escape(text),
      link({href, tokens}) {
        const url = articleHref(href, `${BASE}${lang}/`);
        const text = this.parser.parseInline(tokens);
        return url === undefined ? text : `<a href="${escape(url)}">${text}</a>`;
      },
      image: ({text}) => escape(text),
    },
  });
  const {home, updated: updatedLabel} = labelsFor(lang);
  const date = updated === undefined ? '' : `<p class="date">${updatedLabel} <time>${escape(updated)}</time></p>`;
  const back = `<nav><a href="${BASE}${lang}/">${home}</a></nav>`;
  return page(lang, title, `${back}<h1>${escape(title)}</h1>${date}${marked.parse(body, {async: false})}`);
}

function listPage(lang: string, languages: readonly string[], articles: readonly Article[]) {
  const mine = articles.filter((article) => article.lang === lang);
  const categories = [...new Set(mine.map(({category}) => category ?? ''))];
  const lists = categories.map((category) => {
    const items = mine
      .filter((article) => (article.category ?? '') === category)
      .map(({slug, title}) => `<li><a href="${BASE}${lang}/${slug}">${escape(title)}</a></li>`);
    return `${category && `<h2>${escape(category)}</h2>`}<ul>${items.join('')}</ul>`;
  });
  const others = languages.map((other) => `<a href="${BASE}${other}/" lang="${other}">${other}</a>`).join(' ');
  const title = siteOf(lang);
  return page(lang, title, `<nav>${others}</nav><h1>${escape(title)}</h1>${lists.join('')}`);
}

const missingPage = (lang: string) => page(lang, siteOf(lang), `<h1>${labelsFor(lang).missing}</h1>`);

const labelsFor = (lang: string) => labels[isLocale(lang) ? lang : 'en'];
const siteOf = (lang: string) => sentences[isLocale(lang) ? lang : 'en'].site;

const page = (lang: string, title: string, body: string) => `<!doctype html>
<html lang="${escape(lang)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${BASE}style.css">
<main>${body}</main>
</html>
`;

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const html = (body: string, status = 200) => respond(body, 'text/html; charset=utf-8', status);

const respond = (body: string, type: string, status = 200) =>
  new Response(body, {
    status,
    headers: {
      'content-type': type,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'`,
    },
  });

const STYLE = `:root {
  color-scheme: light dark;
  --page: light-dark(#fffefb, #151a19);
  --text: light-dark(#1c2422, #e8efec);
  --muted: light-dark(#5b6663, #9fb0ab);
  --line: light-dark(#e2dfd6, #2b3533);
  --accent: light-dark(#0f5c52, #7fd3c3);
}
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.6 system-ui, sans-serif; }
main { max-inline-size: 42rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; letter-spacing: -0.02em; margin: 1rem 0 0.25rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
a { color: var(--accent); }
.date, nav { color: var(--muted); font-size: 0.9rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { text-align: start; vertical-align: top; padding: 0.4rem 1rem 0.4rem 0; border-block-end: 1px solid var(--line); }
blockquote { margin: 1rem 0; padding: 0.1rem 1rem; border-inline-start: 3px solid var(--accent); }
code { font-size: 0.9em; }
`;
