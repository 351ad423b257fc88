import {css, html, nothing, type ReactiveController, type ReactiveControllerHost} from 'lit';

import {sourceNumber} from '../answer/citations.js';
import {cleanText} from '../answer/clean-text.js';
import {safeLink} from '../answer/safe-url.js';
import {isStale} from '../answer/stale.js';
import type {Source} from '../core/events.js';
import type {Messages} from '../i18n/messages.js';
import {adopt} from './adopt.js';
import {emit} from './emit.js';
import {place, type Box} from './placement.js';

/** What brings the popover: a press keeps it open and moves the focus into it, the others only show it. */
export type Reason = 'press' | 'hover' | 'focus';

/** `data-source` is the id of the source it points to. */
export type CiteButton = HTMLButtonElement;

interface Shown {
  readonly button: CiteButton;
  reason: Reason;
}

type Host = ReactiveControllerHost &
  HTMLElement & {
    readonly sources: readonly Source[];
    readonly messages: Messages;
    readonly staleAfterDays: number | undefined;
  };

const ENTER_MS = 120;
const LEAVE_MS = 250;
/** Long enough for the focus to go back. */
const CLOSING_MS = 100;

const sheet = css`
  tillit-answer-text {
    [part='citation-popover'] {
      position: fixed;
      inset: auto;
      margin: 0;
      inline-size: max-content;
      max-inline-size: min(20rem, calc(100vw - 1rem));
      max-block-size: 60vh;
      overflow: auto;
      padding: 0.75rem 0.875rem;
      border: 1px solid var(--_line);
      border-radius: var(--_radius-small);
      background: var(--_surface);
      color: var(--_text);
      box-shadow: var(--_shadow);
      font-size: var(--_small);
      line-height: 1.45;

      p {
        margin: 0 0 0.375rem;
      }

      .cite-title {
        font-weight: 600;
      }

      .cite-snippet {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 6;
        overflow: hidden;
      }

      .cite-facts {
        display: flex;
        flex-wrap: wrap;
        column-gap: 0.75rem;
        color: var(--_muted);
        font-size: var(--_tiny);
      }

      .cite-stale {
        padding: 0.25rem 0.5rem;
        border-radius: 0.375rem;
        background: var(--_warn-soft);
        color: var(--_warn);
      }
    }
  }
`;

/**
 * Shows what a citation points to, beside it. Loaded with the first citation that is touched. The native popover
 * brings Esc, closing by a press outside, and the focus back to the citation.
 */
export class CitationPopover implements ReactiveController {
  readonly #host: Host;
  #shown: Shown | undefined;
  #popover: HTMLElement | undefined;
  /** What has been closed just now: the focus that goes back to its citation must not open it again. */
  #justClosed: Shown | undefined;
  /** The citation of an open popover that is being pressed: the browser closes it, then the click comes. */
  #pressed: CiteButton | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listening = new AbortController();

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
    adopt(host.getRootNode() as ShadowRoot | Document, sheet);
  }

  show(button: CiteButton, reason: Reason) {
    clearTimeout(this.#timer);
    if (reason !== 'hover') return this.#show(button, reason);
    if (this.#shown?.button === button) return;
    this.#timer = setTimeout(() => this.#show(button, reason), ENTER_MS);
    button.addEventListener('pointerleave', () => this.#shown || clearTimeout(this.#timer), {once: true});
  }

  hide() {
    if (this.#popover?.matches(':popover-open')) this.#popover.hidePopover();
    this.#gone();
  }

  hostUpdated() {
    if (!this.#shown || this.#popover) return;
    const {button, reason} = this.#shown;
    const popover = this.#host.querySelector<HTMLElement>('[popover]');
    if (!popover) return;
    if (!button.isConnected) return this.#gone();
    this.#popover = popover;
    // Not every browser focuses a button that is pressed, and the focus must have somewhere to go back to.
    if (reason === 'press') button.focus();
    popover.showPopover({source: button});
    this.#listen(popover, button);
    this.#place();
    if (reason === 'press') this.#pin();
  }

  hostDisconnected() {
    this.#gone();
  }

  render(): unknown {
    if (!this.#shown) return nothing;
    const {messages, sources, staleAfterDays} = this.#host;
    const {source: id} = this.#shown.button.dataset;
    const source = sources.find((known) => known.id === id);
    if (!source) return nothing;
    const n = sourceNumber(source, sources);
    const link = source.url === undefined ? undefined : safeLink(source.url);
    return html`
      <div part="citation-popover" popover="auto" role="dialog" tabindex="-1" aria-label=${messages.t('cite', {n, title: cleanText(source.title)})}>
        <p class="cite-title" dir="auto"><b>${n}</b> ${cleanText(source.title)}</p>
        ${source.snippet ? html`<p class="cite-snippet" dir="auto">${cleanText(source.snippet)}</p>` : nothing}
        ${
          source.site || source.updated
            ? html`
              <p class="cite-facts">
                ${source.site ? html`<span dir="auto">${cleanText(source.site)}</span>` : nothing}
                ${source.updated ? html`<span>${messages.t('sourceUpdated', {date: messages.date(source.updated)})}</span>` : nothing}
              </p>
            `
            : nothing
        }
        ${isStale(source.updated, staleAfterDays, Date.now()) ? html`<p class="cite-stale">${messages.t('sourceStale')}</p>` : nothing}
        ${
          link
            ? html`
              <a href=${link.href} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer" @click=${() => this.#open(source)}>
                ${link.host ?? link.href} <span class="visually-hidden">(${messages.t('opensInNewTab')})</span>
              </a>
            `
            : nothing
        }
      </div>
    `;
  }

  #show(button: CiteButton, reason: Reason) {
    const isSamePress = this.#pressed === button;
    this.#pressed = undefined;
    if ((reason === 'press' && isSamePress) || (reason === 'focus' && this.#justClosed?.button === button)) return;
    // Closed, but its event is still to come.
    if (this.#justClosed === this.#shown) this.#gone();
    if (this.#shown?.button === button) {
      if (reason === 'press' && this.#shown.reason === 'press') this.hide();
      else if (reason === 'press') this.#pin();
      return;
    }
    this.hide();
    this.#shown = {button, reason};
    this.#host.requestUpdate();
  }

  #open(source: Source) {
    emit(this.#host, 'tillit-source-open', {sourceId: source.id});
  }

  #pin() {
    if (this.#shown) this.#shown.reason = 'press';
    this.#popover?.focus();
  }

  #closing() {
    this.#justClosed = this.#shown;
    setTimeout(() => {
      this.#justClosed = undefined;
    }, CLOSING_MS);
  }

  #gone() {
    clearTimeout(this.#timer);
    this.#listening.abort();
    if (!this.#shown) return;
    this.#shown = undefined;
    this.#popover = undefined;
    this.#host.requestUpdate();
  }

  #listen(popover: HTMLElement, button: CiteButton) {
    this.#listening = new AbortController();
    const {signal} = this.#listening;
    const isInside = (target: EventTarget | null) =>
      target instanceof Node && (popover.contains(target) || button.contains(target));
    // Esc, a press outside, or we. Its node stays until the browser has given the focus back.
    popover.addEventListener('beforetoggle', ({newState}) => newState === 'closed' && this.#closing(), {signal});
    popover.addEventListener('toggle', ({newState}) => newState === 'closed' && this.#gone(), {signal});
    button.addEventListener(
      'pointerdown',
      () => {
        if (this.#shown?.reason === 'press') this.#pressed = button;
      },
      {signal},
    );
    this.#host.addEventListener(
      'pointerout',
      ({relatedTarget}) => {
        if (this.#shown?.reason !== 'hover' || isInside(relatedTarget)) return;
        this.#timer = setTimeout(() => this.hide(), LEAVE_MS);
      },
      {signal},
    );
    this.#host.addEventListener('pointerover', ({target}) => isInside(target) && clearTimeout(this.#timer), {signal});
    button.addEventListener(
      'blur',
      ({relatedTarget}) => {
        if (this.#shown?.reason === 'focus' && !isInside(relatedTarget)) this.hide();
      },
      {signal},
    );
    const follow = () => this.#place();
    // Scrolling inside a shadow root is not heard outside it.
    button.getRootNode().addEventListener('scroll', follow, {signal, capture: true, passive: true});
    window.addEventListener('scroll', follow, {signal, capture: true, passive: true});
    window.addEventListener('resize', follow, {signal});
  }

  #place() {
    const {button} = this.#shown ?? {};
    const popover = this.#popover;
    if (!button || !popover) return;
    const {offsetWidth: width, offsetHeight: height} = popover;
    const {left, top} = place(button.getBoundingClientRect(), {width, height}, roomAround(button, width));
    popover.style.left = `${left}px`;
    popover.style.top = `${top}px`;
  }
}

/** Inside the panel, unless it is too narrow for that. */
function roomAround(button: Element, width: number): Box {
  const panel = button.closest('.panel')?.getBoundingClientRect();
  const {left, right} = panel && panel.width > width ? panel : {left: 0, right: window.innerWidth};
  return {left, right, top: 0, bottom: window.innerHeight};
}
