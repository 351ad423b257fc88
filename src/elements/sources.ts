import {html, nothing} from 'lit';

import {safeLink} from '../answer/safe-url.js';
import type {Source} from '../core/events.js';
import type {Messages} from '../i18n/messages.js';
import {emit} from './emit.js';

/** The documents an answer rests on, in the order of their numbers. */
export function renderSources(sources: readonly Source[], messages: Messages, host: HTMLElement): unknown {
  if (sources.length === 0) return nothing;
  const numbered = sources.map((source, index) => ({...source, n: source.n ?? index + 1})).sort((a, b) => a.n - b.n);
  return html`
    <p class="heading" aria-hidden="true">${messages.t('sources')}</p>
    <ul class="sources" part="sources" aria-label=${messages.t('sources')}>
      ${numbered.map((source) => html`<li>${renderSource(source, messages, host)}</li>`)}
    </ul>
  `;
}

function renderSource(source: Source & {readonly n: number}, messages: Messages, host: HTMLElement) {
  const content = html`
    <b>${source.n}</b> <span dir="auto">${source.title}</span>
    ${source.updated ? html`<small>${messages.month(source.updated)}</small>` : nothing}
  `;
  const url = source.url === undefined ? undefined : safeLink(source.url)?.href;
  if (!url) return html`<span class="source" part="source">${content}</span>`;
  return html`
    <a class="source" part="source" href=${url} target="_blank" rel="noopener noreferrer"
      @click=${() => emit(host, 'tillit-source-open', {sourceId: source.id})}>
      ${content}<span class="visually-hidden">(${messages.t('opensInNewTab')})</span>
    </a>
  `;
}
