/**
 * Allow-listed tokens → Lit templates. Text reaches the page as text nodes and attribute values only.
 */
import {html, nothing, type TemplateResult} from 'lit';

import {findSource, sourceNumber} from '../answer/citations.js';
import {cleanText} from '../answer/clean-text.js';
import type {Align, Block, CodeBlock, Inline, ListItem, Row} from '../answer/tokens.js';
import type {Source} from '../core/events.js';
import type {Messages} from '../i18n/messages.js';
import type {MaskMap} from '../privacy/types.js';

/** What the drawing of tokens depends on besides the tokens. */
export interface AnswerView {
  readonly messages: Messages;
  readonly sources: readonly Source[];
  /** What the person masked, put back on screen. */
  readonly masks: MaskMap;
  /** Absent as long as images are off: their text stands for them. */
  readonly renderImage?: ((address: string, alt: string) => unknown) | undefined;
  /** The level of an answer's `#` heading, 3 to 6. */
  readonly headingLevel: number;
  /** Draws a block of code its own way, or returns `undefined` to have it drawn as code. */
  readonly renderCode?: ((block: CodeBlock) => TemplateResult | undefined) | undefined;
}

export function renderBlock(block: Block, view: AnswerView): TemplateResult {
  switch (block.type) {
    case 'paragraph':
      return html`<p>${renderInlines(block.children, view)}</p>`;
    case 'line':
      return html`${renderInlines(block.children, view)}`;
    case 'heading':
      return renderHeading(block.depth, renderInlines(block.children, view), view);
    case 'list':
      return renderList(block.start, block.items, view);
    case 'quote':
      return html`<blockquote>${renderBlocks(block.blocks, view)}</blockquote>`;
    case 'code':
      return vendorCode(block, view) ?? renderCode(block, view);
    case 'table':
      return renderTable(block.align, block.head, block.rows, view);
    case 'rule':
      return html`<hr />`;
    case 'plain':
      return html`<p class="plain">${block.text}</p>`;
  }
}

const renderBlocks = (blocks: readonly Block[], view: AnswerView) => blocks.map((block) => renderBlock(block, view));

function renderHeading(depth: number, content: unknown, {headingLevel}: AnswerView) {
  switch (headingLevel + depth - 1) {
    case 3:
      return html`<h3>${content}</h3>`;
    case 4:
      return html`<h4>${content}</h4>`;
    case 5:
      return html`<h5>${content}</h5>`;
    default:
      return html`<h6>${content}</h6>`;
  }
}

function renderList(start: number | undefined, items: readonly ListItem[], view: AnswerView) {
  const content = items.map((item) => renderItem(item, view));
  if (start === undefined) return html`<ul>${content}</ul>`;
  return start === 1 ? html`<ol>${content}</ol>` : html`<ol start=${start}>${content}</ol>`;
}

function renderItem({done, blocks}: ListItem, view: AnswerView) {
  const content = renderBlocks(blocks, view);
  if (done === undefined) return html`<li>${content}</li>`;
  return html`<li class="task"><span role="img" aria-label=${view.messages.t(done ? 'taskDone' : 'taskOpen')}>${done ? '☑' : '☐'}</span> ${content}</li>`;
}

/** The vendor's own drawing of finished code. One that breaks must not take the answer with it. */
function vendorCode(block: CodeBlock, view: AnswerView) {
  if (block.open) return undefined;
  try {
    return view.renderCode?.(block);
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

function renderCode({language, text}: CodeBlock, {messages}: AnswerView) {
  const label = messages.t('codeLabel', {language: language || '–'});
  return html`
    <div class="code">
      <div class="code-bar">
        <span>${language}</span>
        <button type="button" class="icon-button copy" aria-label=${messages.t('copyCode')} title=${messages.t('copyCode')}>
          <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M9 9h11v11H9zM5 15V6a2 2 0 0 1 2-2h8" /></svg>
        </button>
      </div>
      <pre tabindex="0" role="group" aria-label=${label}><code>${text}</code></pre>
    </div>
  `;
}

function renderTable(align: readonly Align[], head: Row, rows: readonly Row[], view: AnswerView) {
  const side = (column: number) => align[column] ?? nothing;
  return html`
    <div class="table" tabindex="0" role="region" aria-label=${view.messages.t('tableLabel')}>
      <table>
        <thead>
          <tr>${head.map((cell, column) => html`<th scope="col" data-align=${side(column)}>${renderInlines(cell, view)}</th>`)}</tr>
        </thead>
        <tbody>
          ${rows.map((row) => html`<tr>${row.map((cell, column) => html`<td data-align=${side(column)}>${renderInlines(cell, view)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  `;
}

/** One text alone is a plain string: most cells and paragraphs then need no list of parts. */
function renderInlines(tokens: readonly Inline[], view: AnswerView): unknown {
  const [only] = tokens;
  return tokens.length === 1 && only?.type === 'text'
    ? renderText(only.text, view)
    : tokens.map((token) => renderInline(token, view));
}

/** With the values in place of the placeholders that the person had put there. The answer itself keeps the placeholders. */
function renderText(text: string, {masks, messages}: AnswerView): unknown {
  if (masks.size === 0 || !text.includes('[')) return text;
  return text.split(/(\[\w+\])/).map((piece) => {
    const value = masks.get(piece);
    return value === undefined ? piece : html`<bdi class="restored" title=${messages.t('restored')}>${value}</bdi>`;
  });
}

function renderInline(token: Inline, view: AnswerView): unknown {
  switch (token.type) {
    case 'text':
      return renderText(token.text, view);
    case 'strong':
      return html`<strong>${renderInlines(token.children, view)}</strong>`;
    case 'em':
      return html`<em>${renderInlines(token.children, view)}</em>`;
    case 'del':
      return html`<del>${renderInlines(token.children, view)}</del>`;
    case 'sub':
      return html`<sub>${renderInlines(token.children, view)}</sub>`;
    case 'sup':
      return html`<sup>${renderInlines(token.children, view)}</sup>`;
    case 'kbd':
      return html`<kbd>${renderInlines(token.children, view)}</kbd>`;
    case 'code':
      return html`<code>${token.text}</code>`;
    case 'break':
      return html`<br />`;
    case 'link':
      return renderLink(token, view);
    case 'image':
      return view.renderImage?.(token.address, token.alt) ?? token.alt;
    case 'cite':
      return renderCite(token.marker, token.text, view);
  }
}

function renderLink({href, host, suspicious, children}: Extract<Inline, {type: 'link'}>, view: AnswerView) {
  const content = renderInlines(children, view);
  if (host === undefined) return html`<a href=${href}>${content}</a>`;
  const link = html`<a href=${href} title=${host} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">${content}</a>`;
  return suspicious ? html`${link}<span class="host"> (${host})</span>` : link;
}

function renderCite(marker: string, text: string, view: AnswerView) {
  const {messages, sources} = view;
  const source = findSource(marker, sources);
  if (!source) return renderText(text, view);
  const n = sourceNumber(source, sources);
  const label = messages.t('cite', {n, title: cleanText(source.title)});
  return html`<button type="button" part="citation" class="cite" aria-label=${label} aria-haspopup="dialog" data-source=${source.id}>${n}</button>`;
}
