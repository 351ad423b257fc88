import {html, nothing} from 'lit';

import {sourceNumber} from '../answer/citations.js';
import {citedSources} from '../answer/place-citations.js';
import {safeLink} from '../answer/safe-url.js';
import {isStale} from '../answer/stale.js';
import type {Source} from '../core/events.js';
import type {Messages} from '../i18n/messages.js';
import {emit} from './emit.js';

export interface SourceList {
  readonly markdown: string;
  readonly sources: readonly Source[];
  readonly messages: Messages;
  readonly staleAfterDays: number | undefined;
  /** Tells when a source is opened. */
  readonly host: HTMLElement;
}

/** The documents an answer rests on: those it cites, in the order of their numbers, the rest folded away. */
export function renderSources(list: SourceList): unknown {
  const {markdown, sources, messages} = list;
  if (sources.length === 0) return nothing;
  const {cited, others} = citedSources(markdown, sources);
  // An answer that cites nothing rests on all of them alike.
  const shown = cited.length > 0 ? cited : others;
  const folded = cited.length > 0 ? others : [];
  return html`
    <p class="heading" aria-hidden="true">${messages.t('sources')}</p>
    <ul class="sources" part="sources" aria-label=${messages.t('sources')}>${shown.map((source) => renderSource(source, list))}</ul>
    ${
      folded.length > 0
        ? html`
          <details class="more-sources">
            <summary>${messages.t('sourcesMore', {n: folded.length})}</summary>
            <ul class="sources">${folded.map((source) => renderSource(source, list))}</ul>
          </details>
        `
        : nothing
    }
  `;
}

function renderSource(source: Source, {sources, messages, staleAfterDays, host}: SourceList) {
  const {updated} = source;
  const content = html`
    <b>${sourceNumber(source, sources)}</b> <span dir="auto">${source.title}${
      isStale(updated, staleAfterDays, Date.now())
        ? html`<small class="stale">${messages.t('sourceStale')}</small>`
        : nothing
    }</span>
    ${updated ? html`<small>${messages.month(updated)}</small>` : nothing}
  `;
  const url = source.url === undefined ? undefined : safeLink(source.url)?.href;
  if (!url) return html`<li><span class="source" part="source">${content}</span></li>`;
  return html`
    <li>
      <a class="source" part="source" href=${url} target="_blank" rel="noopener noreferrer"
        @click=${() => emit(host, 'tillit-source-open', {sourceId: source.id})}>
        ${content}<span class="visually-hidden">(${messages.t('opensInNewTab')})</span>
      </a>
    </li>
  `;
}
