/** Reading Markdown as blocks: plain text for the index, links and notes for the answers. Nothing here makes HTML. */
import {Lexer, type Token, type Tokens} from 'marked';

export const blocksOf = (markdown: string): Token[] => new Lexer({gfm: true}).lex(markdown);

/** The words of a text without its marks; blocks on lines of their own. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map(plainToken)
    .join('')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim();
}

function plainToken(token: Token): string {
  switch (token.type) {
    case 'space':
    case 'hr':
    case 'def':
    case 'br':
      return '\n';
    case 'html':
      return (token as Tokens.HTML).block ? '\n' : '';
    case 'code':
      return `${(token as Tokens.Code).text}\n`;
    case 'list':
      return (token as Tokens.List).items.map((item) => `${plainText(item.tokens)}\n`).join('');
    case 'table': {
      const {header, rows} = token as Tokens.Table;
      return [header, ...rows].map((row) => `${row.map((cell) => plainText(cell.tokens)).join(', ')}\n`).join('');
    }
    case 'image':
      return (token as Tokens.Image).text;
    case 'heading':
    case 'paragraph':
    case 'blockquote':
      return `${plainText(childrenOf(token))}\n`;
  }
  const children = childrenOf(token);
  // Not `plainText`, which would trim the spaces between words.
  if (children.length > 0) return children.map(plainToken).join('');
  return 'text' in token && typeof token.text === 'string' ? decodeEntities(token.text) : '';
}

const childrenOf = (token: Token): readonly Token[] => ('tokens' in token && token.tokens) || [];

/** Markdown's own escapes are resolved by the lexer; named entities are left to HTML, which we never make here. */
function decodeEntities(text: string) {
  const named: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'"};
  return text.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (whole, name: string) => named[name] ?? whole);
}

/** Gives every link its full address, and drops images; `resolve` gives `undefined` for a link that leads nowhere. */
export function withLinks(markdown: string, resolve: (href: string) => string | undefined): string {
  return markdown
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]+)\]\(([^()\s]+)\)/g, (_whole, text: string, href: string) => {
      const url = resolve(href);
      return url === undefined ? text : `[${text}](${url})`;
    });
}

/** Where a link in an article leads: to another article, or anywhere on the web; `undefined` for everything else. */
export function articleHref(href: string, base: string): string | undefined {
  if (/^(?:https?:\/\/|mailto:|tel:)/i.test(href)) return href;
  const [, slug, hash = ''] = /^(?:\.\/)?([\w-]+)(?:\.md)?(#[\w-]*)?$/.exec(href) ?? [];
  return slug === undefined ? undefined : `${base}${slug}${hash}`;
}
