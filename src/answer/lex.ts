/**
 * Markdown → allow-listed tokens, with the lexer of `marked`. Its renderer, which makes HTML strings, is not used.
 * HTML is never markup here: a tag is text, except `<br>`, `<sub>`, `<sup>` and `<kbd>`.
 */
import {Lexer, Tokenizer, type Links, type MarkedToken, type Token, type Tokens} from 'marked';

import {decodeReferences} from './character-references.js';
import {splitMarkers} from './citations.js';
import {cleanText} from './clean-text.js';
import {hidesItsHost, safeLink} from './safe-url.js';
import {languageOf} from './segments.js';
import type {Block, Inline, ListItem, Row} from './tokens.js';

/** Link definitions of an answer (`[label]: address`), by label. */
export type Definitions = Links;

class TextOnlyTokenizer extends Tokenizer {
  // A block of HTML becomes a paragraph, so that the Markdown in it still reads well.
  override html(): undefined {
    return undefined;
  }

  // As the original, without the state that one tag leaves behind for all text after it.
  override tag(src: string): Tokens.Tag | undefined {
    const raw = this.rules.inline.tag.exec(src)?.[0];
    return raw === undefined
      ? undefined
      : {type: 'html', raw, text: raw, inLink: false, inRawBlock: false, block: false};
  }
}

const RUN_CHARS = 9000;
const RUN_DELIMITERS = 800;
const MAX_NESTING = 24;

class TooComplex extends Error {}

class BoundedLexer extends Lexer {
  // Matching emphasis takes time that grows with the square of its signs.
  override inlineTokens(src: string, tokens?: Token[]): Token[] {
    if (src.length > RUN_CHARS || (src.length > RUN_DELIMITERS && src.replace(/[^*_~[]+/g, '').length > RUN_DELIMITERS))
      throw new TooComplex();
    return super.inlineTokens(src, tokens);
  }
}

const options = {gfm: true, tokenizer: new TextOnlyTokenizer()};
const tooDeep = new RegExp(
  `^(?:[ \\t]*(?:>|(?:[-*+]|\\d{1,9}[.)])[ \\t])){${MAX_NESTING}}|^[ \\t]{${4 * MAX_NESTING}}[ \\t]*\\S`,
  'm',
);

/**
 * Source that no person writes, so deep or so dense that reading it takes long, comes back as one block of plain text.
 *
 * @param definitions is read, and gets those that the source adds.
 */
export function lexMarkdown(source: string, definitions: Definitions): Block[] {
  if (tooDeep.test(source)) return [{type: 'plain', text: source}];
  const lexer = new BoundedLexer(options);
  lexer.tokens.links = definitions;
  try {
    return blocks(lexer.lex(source));
  } catch (error) {
    // RangeError: the stack was not deep enough.
    if (error instanceof TooComplex || error instanceof RangeError) return [{type: 'plain', text: source}];
    throw error;
  }
}

function blocks(tokens: readonly Token[]): Block[] {
  return tokens.flatMap((token) => block(token as MarkedToken) ?? []);
}

function block(token: MarkedToken): Block | undefined {
  switch (token.type) {
    case 'paragraph':
      return {type: 'paragraph', children: inlines(token.tokens)};
    case 'text':
      return {type: 'line', children: token.tokens ? inlines(token.tokens) : text(token.text)};
    case 'heading':
      return {type: 'heading', depth: token.depth, children: inlines(token.tokens)};
    case 'list':
      return list(token);
    case 'blockquote':
      return {type: 'quote', blocks: blocks(token.tokens)};
    case 'code':
      return {type: 'code', language: languageOf(token.lang ?? ''), text: token.text, open: false};
    case 'table':
      return table(token);
    case 'hr':
      return {type: 'rule'};
    default:
      // Blank space and definitions draw nothing.
      return undefined;
  }
}

function list({ordered, start, items}: Tokens.List): Block {
  return {type: 'list', start: ordered ? Number(start || 0) : undefined, items: items.map(listItem)};
}

function listItem({task, checked, tokens}: Tokens.ListItem): ListItem {
  const content = blocks(tokens.filter(({type}) => type !== 'checkbox')).map(unboxed);
  return task ? {done: checked === true, blocks: content} : {blocks: content};
}

// One blank line between items must not change how those before it look, so items are never "loose".
function unboxed(content: Block, index: number): Block {
  return content.type === 'paragraph' && index === 0 ? {type: 'line', children: content.children} : content;
}

function table({align, header, rows}: Tokens.Table): Block {
  const row = (cells: readonly Tokens.TableCell[]): Row => cells.map(({tokens}) => inlines(tokens));
  return {type: 'table', align, head: row(header), rows: rows.map(row)};
}

function inlines(tokens: readonly Token[] | undefined, inLink = false, depth = 0): Inline[] {
  if (depth > MAX_NESTING) return text((tokens ?? []).map(({raw}) => raw).join(''));
  const root: Inline[] = [];
  const open: {readonly tag: 'sub' | 'sup' | 'kbd'; readonly children: Inline[]}[] = [];
  for (const token of tokens ?? []) {
    const into = open.at(-1)?.children ?? root;
    if (token.type === 'html') {
      const [, end, tag] = /^<(\/?)(br|sub|sup|kbd)\s*\/?>$/i.exec(token.raw) ?? [];
      const name = tag?.toLowerCase();
      if (name === 'br') into.push({type: 'break'});
      else if (name === undefined) into.push(...text(token.raw));
      else if (end === '' && open.length < 4) {
        const children: Inline[] = [];
        into.push({type: name as 'sub', children});
        open.push({tag: name as 'sub', children});
      } else if (end !== '' && open.at(-1)?.tag === name) open.pop();
      else into.push(...text(token.raw));
    } else into.push(...inline(token as MarkedToken, inLink, depth));
  }
  return root;
}

function inline(token: MarkedToken, inLink: boolean, depth: number): Inline[] {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return [{type: token.type, children: inlines(token.tokens, inLink, depth + 1)}];
    case 'codespan':
      return [{type: 'code', text: token.text}];
    case 'br':
      return [{type: 'break'}];
    case 'checkbox':
      // The item tells.
      return [];
    case 'link':
      return link(token, depth);
    case 'image':
      return [{type: 'image', address: decodeReferences(token.href), alt: shown(token.text)}];
    case 'escape':
      return text(token.text);
    case 'text':
      return inLink ? text(shown(token.text)) : splitMarkers(shown(token.text));
    default:
      return text(token.raw);
  }
}

function link({href, tokens, text: label, autolink}: Tokens.Link, depth: number): Inline[] {
  const children = autolink ? text(label) : inlines(tokens, true, depth + 1);
  const safe = safeLink(autolink ? href : cleanText(decodeReferences(href)));
  if (!safe) return children;
  const suspicious = safe.host !== undefined && hidesItsHost(plain(children), safe.host);
  return [{type: 'link', ...safe, suspicious, children}];
}

const shown = (written: string) => cleanText(decodeReferences(written));

const text = (content: string): Inline[] => (content === '' ? [] : [{type: 'text', text: content}]);

/** The words of inline tokens, without their form. */
export function plain(tokens: readonly Inline[]): string {
  return tokens
    .map((token) => {
      switch (token.type) {
        case 'text':
        case 'code':
        case 'cite':
          return token.text;
        case 'image':
          return token.alt;
        case 'break':
          return ' ';
        default:
          return plain(token.children);
      }
    })
    .join('');
}
