/**
 * An answer as it leaves for the clipboard: as HTML and as Markdown, each with its sources as a numbered list and the
 * marking of what an AI wrote (AI Act, Article 50(2)). The HTML is written from the same allow-listed tokens that are
 * drawn on screen: whatever else the Markdown held is text.
 */
import type {Source} from '../core/events.js';
import {findSource, sourceNumber} from './citations.js';
import {cleanText} from './clean-text.js';
import {citedSources, numberMarkers} from './place-citations.js';
import {safeLink} from './safe-url.js';
import type {Block, Inline, Row} from './tokens.js';

/** The words around the answer, in the reader's language. */
export interface CopyWords {
  readonly sources: string;
  /** Present where an AI wrote the answer. */
  readonly disclosure?: string;
}

export interface CopiedAnswer {
  readonly html: string;
  /** Markdown. */
  readonly text: string;
}

/** @param blocks what `markdown` reads as */
export function copiedAnswer(
  markdown: string,
  blocks: readonly Block[],
  sources: readonly Source[],
  words: CopyWords,
): CopiedAnswer {
  const {cited, others} = citedSources(markdown, sources);
  const list = (cited.length > 0 ? cited : others).map((source) => ({
    n: sourceNumber(source, sources),
    title: cleanText(source.title),
    href: source.url === undefined ? undefined : safeLink(source.url)?.href,
  }));
  const {disclosure} = words;
  const text = [cleanText(numberMarkers(markdown, sources)).trim()];
  const html = [blocksHtml(blocks, sources)];
  if (list.length > 0) {
    const lines = list.map(({n, title, href}) => `${n}. ${title}${href ? ` <${href}>` : ''}`);
    const items = list.map(({n, title, href}) => {
      const name = escaped(title);
      return `<li value="${n}">${href ? `<a href="${escaped(href)}">${name}</a> (${escaped(href)})` : name}</li>`;
    });
    text.push(`${words.sources}\n\n${lines.join('\n')}`);
    html.push(`<p>${escaped(words.sources)}</p><ol>${items.join('')}</ol>`);
  }
  if (disclosure !== undefined) {
    text.push(disclosure);
    html.push(`<p>${escaped(disclosure)}</p>`);
  }
  const mark = disclosure === undefined ? '' : ' ai-disclosure="ai-generated"';
  return {text: `${text.join('\n\n')}\n`, html: `<div${mark}>${html.join('')}</div>`};
}

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign]!);

const blocksHtml = (blocks: readonly Block[], sources: readonly Source[]): string =>
  blocks.map((block) => blockHtml(block, sources)).join('');

function blockHtml(block: Block, sources: readonly Source[]): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${inlinesHtml(block.children, sources)}</p>`;
    case 'line':
      return inlinesHtml(block.children, sources);
    case 'heading': {
      const tag = `h${Math.min(6, block.depth + 2)}`;
      return `<${tag}>${inlinesHtml(block.children, sources)}</${tag}>`;
    }
    case 'list': {
      const items = block.items.map(
        ({done, blocks}) => `<li>${done === undefined ? '' : done ? '☑ ' : '☐ '}${blocksHtml(blocks, sources)}</li>`,
      );
      return block.start === undefined
        ? `<ul>${items.join('')}</ul>`
        : `<ol start="${block.start}">${items.join('')}</ol>`;
    }
    case 'quote':
      return `<blockquote>${blocksHtml(block.blocks, sources)}</blockquote>`;
    case 'code':
      return `<pre><code>${escaped(block.text)}</code></pre>`;
    case 'table': {
      const row = (cells: Row, tag: 'th' | 'td') =>
        `<tr>${cells.map((cell) => `<${tag}>${inlinesHtml(cell, sources)}</${tag}>`).join('')}</tr>`;
      const body = block.rows.map((cells) => row(cells, 'td')).join('');
      return `<table><thead>${row(block.head, 'th')}</thead><tbody>${body}</tbody></table>`;
    }
    case 'rule':
      return '<hr>';
    case 'plain':
      return `<pre>${escaped(block.text)}</pre>`;
  }
}

const inlinesHtml = (tokens: readonly Inline[], sources: readonly Source[]): string =>
  tokens.map((token) => inlineHtml(token, sources)).join('');

function inlineHtml(token: Inline, sources: readonly Source[]): string {
  switch (token.type) {
    case 'text':
      return escaped(token.text);
    case 'strong':
    case 'em':
    case 'del':
    case 'sub':
    case 'sup':
    case 'kbd':
      return `<${token.type}>${inlinesHtml(token.children, sources)}</${token.type}>`;
    case 'code':
      return `<code>${escaped(token.text)}</code>`;
    case 'break':
      return '<br>';
    case 'link': {
      const link = `<a href="${escaped(token.href)}">${inlinesHtml(token.children, sources)}</a>`;
      return token.suspicious && token.host !== undefined ? `${link} (${escaped(token.host)})` : link;
    }
    case 'image':
      return escaped(token.alt);
    case 'cite': {
      const source = findSource(token.marker, sources);
      return source ? `[${sourceNumber(source, sources)}]` : escaped(token.text);
    }
  }
}
