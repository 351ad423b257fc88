import {css, html, nothing, type TemplateResult} from 'lit';

import {withMarkers} from '../answer/place-citations.js';
import {safeLink} from '../answer/safe-url.js';
import {spokenText} from '../answer/spoken.js';
import type {CodeBlock} from '../answer/tokens.js';
import type {Suggestion} from '../core/events.js';
import type {Chat} from '../core/session.js';
import {hasText, isByHuman, isOpen, isUnsure, type Answer, type Turn} from '../core/state.js';
import type {Messages} from '../i18n/messages.js';
import {emit} from './emit.js';
import {loadAnswerText} from './load-answer-text.js';
import {loadSituation} from './load-situation.js';
import {renderSources} from './sources.js';
import {TillitElement} from './tillit-element.js';

/**
 * One question and its answer. The question is a bubble, the answer a document.
 *
 * @tagname tillit-turn
 * @csspart turn - Question and answer together.
 * @csspart question - The person's words, as plain text.
 * @csspart answer - The answer.
 * @csspart sources - The list of sources under an answer.
 * @csspart source - One source.
 * @csspart suggestion-link - A page that the backend suggests.
 * @csspart ticket-open - Opens the ticket form.
 * @cssprop [--tillit-question-color=var(--tillit-color-accent)] - Behind a question.
 * @cssprop [--tillit-question-text-color=var(--tillit-color-on-accent)] - Its text.
 * @cssprop [--tillit-question-radius=1rem 1rem 0.25rem] - Its corners.
 * @cssprop [--tillit-answer-color=none] - Behind an answer.
 * @cssprop [--tillit-answer-padding=0] - Around an answer that has a colour of its own.
 * @cssprop [--tillit-answer-radius=0] - Its corners.
 */
export class TillitTurn extends TillitElement {
  static override sheet = css`
    tillit-turn {
      display: grid;
      gap: 1.125rem;

      .turn {
        display: contents;
      }

      .question {
        justify-self: end;
        max-inline-size: 82%;
        padding: 0.55rem 0.875rem;
        --_tail: 1rem 1rem 0.25rem;
        border-radius: var(--tillit-question-radius, var(--_tail));
        background: var(--tillit-question-color, var(--_accent));
        color: var(--tillit-question-text-color, var(--_on-accent));
        white-space: pre-wrap;
      }

      .question:dir(rtl) {
        --_tail: 1rem 1rem 1rem 0.25rem;
      }

      .answer {
        padding: var(--tillit-answer-padding, 0);
        border-radius: var(--tillit-answer-radius, 0);
        background: var(--tillit-answer-color, none);
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
      }

      .plain {
        white-space: pre-wrap;
      }

      .waiting {
        display: inline-flex;
        align-items: center;
        gap: 0.6rem;
        color: var(--_muted);
        font-size: var(--_small);
      }

      .dots {
        display: inline-flex;
        gap: 0.25rem;
      }

      .dots i {
        inline-size: 0.4rem;
        block-size: 0.4rem;
        border-radius: 50%;
        background: var(--_link);
      }

      @media (prefers-reduced-motion: no-preference) {
        .dots i {
          animation: tillit-dots 1.2s ease-in-out infinite;
        }

        .dots i:nth-child(2) {
          animation-delay: 0.15s;
        }

        .dots i:nth-child(3) {
          animation-delay: 0.3s;
        }
      }

      .sources {
        display: grid;
        gap: 0.375rem;
        list-style: none;
        padding: 0;
        margin: 0.25rem 0 0;
      }

      .heading {
        font-size: var(--_tiny);
        font-weight: 600;
        color: var(--_muted);
      }

      .source {
        display: flex;
        gap: 0.625rem;
        align-items: baseline;
        padding: 0.5rem 0.625rem;
        border: 1px solid var(--_line);
        border-radius: var(--_radius-small);
        color: inherit;
        text-decoration: none;
        font-size: var(--_small);
      }

      a.source:hover {
        border-color: var(--_link);
      }

      .source b {
        font-weight: 600;
      }

      .source small {
        font-size: var(--_tiny);
      }

      .source > small {
        color: var(--_muted);
        margin-inline-start: auto;
        white-space: nowrap;
      }

      .stale {
        display: block;
        color: var(--_warn);
        white-space: normal;
      }

      a.chip {
        display: inline-block;
        color: inherit;
      }

      summary {
        inline-size: fit-content;
        padding-block: 0.375rem;
        font-size: var(--_tiny);
        color: var(--_muted);
        cursor: pointer;
      }

      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space);
      }
    }

    @keyframes tillit-dots {
      0%,
      60%,
      100% {
        opacity: 0.25;
      }

      30% {
        opacity: 1;
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    turn: {attribute: false},
    isLast: {attribute: false},
    ticketUrl: {attribute: false},
    imageOrigins: {attribute: false},
    renderCode: {attribute: false},
    staleAfterDays: {attribute: false},
    isFull: {attribute: false},
    isDrawable: {state: true},
  };

  declare chat: Chat;
  declare messages: Messages;
  declare turn: Turn;
  /** Suggestions are offered under the last turn only. */
  declare isLast: boolean;
  declare ticketUrl: string | undefined;
  declare imageOrigins: readonly string[];
  declare renderCode: ((block: CodeBlock) => TemplateResult | undefined) | undefined;
  declare staleAfterDays: number | undefined;
  /** Otherwise only the words are there, until a person comes near. */
  declare isFull: boolean;
  /** The Markdown renderer is there; without it the answer is shown as plain text. */
  declare isDrawable: boolean;

  constructor() {
    super();
    this.isLast = false;
    this.imageOrigins = [];
    this.isDrawable = customElements.get('tillit-answer-text') !== undefined;
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.turn.answers.some(isByHuman)) loadSituation();
    if (this.isDrawable) return;
    loadAnswerText().then(
      () => {
        this.isDrawable = true;
      },
      // The answer stays readable as plain text; the next turn tries to load again.
      () => {},
    );
  }

  override render(): unknown {
    const {turn, messages} = this;
    return html`
      <article class="turn" part="turn" aria-label=${messages.t('question')} aria-busy=${isOpen(turn) ? 'true' : 'false'}>
        <p class="question" part="question" dir="auto" ?hidden=${!turn.question}><span class="visually-hidden">${messages.t('question')}: </span>${turn.question}</p>
        ${turn.answers.map((answer, index) => this.#renderAnswer(answer, index))}
        ${turn.phase === 'waiting' ? this.#renderWaiting() : nothing}
        ${this.#renderEnd()}
        ${this.isLast && !isOpen(turn) ? this.#renderNext() : nothing}
      </article>
    `;
  }

  #renderAnswer(answer: Answer, index: number) {
    const {turn, messages} = this;
    if (isByHuman(answer))
      return html`<tillit-human-message .messages=${messages} .masks=${this.chat.masks()} .turn=${turn} .answer=${answer}></tillit-human-message>`;
    const isStreaming = turn.phase === 'streaming' && index === turn.answers.length - 1;
    const text = withMarkers(answer, !isStreaming);
    if (text === '' && !answer.retracted && answer.notices.length === 0) return nothing;
    return html`
      <div class="answer" part="answer" dir="auto" role="group" aria-label=${messages.t('answer')}
        ai-disclosure=${answer.answerer.kind === 'ai' ? 'ai-generated' : nothing}>
        ${answer.notices.map(({level, text: notice}) => html`<p class="note" data-level=${level}>${notice}</p>`)}
        ${answer.retracted ? html`<p class="note">${messages.t('retracted')}</p>` : nothing}
        ${
          text === ''
            ? nothing
            : this.isFull && this.isDrawable
              ? html`<tillit-answer-text .markdown=${text} .streaming=${isStreaming} .sources=${answer.sources} .masks=${this.chat.masks()} .messages=${messages}
                .imageOrigins=${this.imageOrigins} .renderCode=${this.renderCode} .staleAfterDays=${this.staleAfterDays}></tillit-answer-text>`
              : html`<div class="plain">${this.isFull ? text : spokenText(text)}</div>`
        }
        ${isStreaming || !this.isFull ? nothing : renderSources({markdown: text, sources: answer.sources, messages, staleAfterDays: this.staleAfterDays, host: this})}
        ${this.#renderActions(answer, index, text)}
      </div>
    `;
  }

  #renderActions(answer: Answer, index: number, text: string) {
    const {turn} = this;
    if (!this.isFull || isOpen(turn) || answer.retracted || text.trim() === '') return nothing;
    return html`<tillit-actions .chat=${this.chat} .messages=${this.messages} .turn=${turn} .index=${index} .isLast=${this.isLast}></tillit-actions>`;
  }

  #renderWaiting() {
    // A human answers when they do.
    if (this.chat.store.get().answerer.kind === 'human') return nothing;
    const status = this.turn.answers.at(-1)?.status;
    const isActive = status?.state === 'active';
    return html`
      <p class="waiting"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
        ${(isActive && status.text) || this.messages.t(isActive && status.kind === 'search' ? 'waitingSearch' : 'waiting')}</p>
    `;
  }

  /** What a person needs to know about how the turn ended, and what they can do. */
  #renderEnd() {
    const {turn, messages} = this;
    switch (turn.phase) {
      case 'waiting':
      case 'streaming':
        return nothing;
      case 'stopped':
        return html`<p class="muted">${messages.t('stopped')}</p>`;
      case 'failed':
        return this.#renderFailure();
      case 'done':
        if (turn.answers.every(isByHuman)) return nothing;
        if (!hasText(turn) && !turn.answers.some(({retracted}) => retracted)) {
          return html`<div class="note"><p>${messages.t('emptyAnswer')}</p><div class="ways">${this.#renderRetry()}${this.#renderTicket()}</div></div>`;
        }
        if (turn.finish === 'length') return html`<p class="note">${messages.t('cut')}</p>`;
        return this.#renderDoubt();
    }
  }

  #renderFailure() {
    const {turn, messages} = this;
    const {code, retryable, retryAfterMs, display} = turn.error!;
    const waits = code === 'network' && this.isLast && customElements.get('tillit-offline');
    return html`
      <div class="note" data-level=${waits ? 'warning' : 'danger'} role="alert">
        ${
          waits
            ? html`<tillit-offline .chat=${this.chat} .messages=${messages} .turn=${turn}></tillit-offline>`
            : html`<p>${display ?? messages.t(`error_${code}`)}
                ${retryAfterMs ? messages.t('retryIn', {n: Math.ceil(retryAfterMs / 1000)}) : nothing}</p>`
        }
        <div class="ways">
          ${retryable && !waits ? this.#renderRetry() : nothing}
          ${hasText(turn) ? nothing : html`<button class="button" type="button" @click=${this.#takeBack}>${messages.t('edit')}</button>`}
          ${this.#renderTicket()}
        </div>
      </div>
    `;
  }

  /** Says honestly why an answer is not to be relied on. */
  #renderDoubt() {
    const {turn, messages} = this;
    const doubts = [
      ...(isSourced(turn) ? [] : [messages.t('noSource')]),
      ...(turn.answers.some(isUnsure) ? [messages.t('answerUnsure')] : []),
    ];
    if (doubts.length === 0) return nothing;
    return html`
      <div class="note" data-level="warning">
        <p><strong>${doubts.join(' ')}</strong></p>
        <div class="ways">${this.#renderTicket()}</div>
      </div>
    `;
  }

  #renderRetry() {
    return html`<button class="button primary" type="button" data-retry @click=${this.#retry}>${this.messages.t('retry')}</button>`;
  }

  #renderTicket() {
    if (this.chat.can('tickets')) {
      return html`<button class="button" part="ticket-open" type="button" @click=${this.#openTicket}>${this.messages.t('noSourceTicket')}</button>`;
    }
    return this.ticketUrl
      ? html`<a class="button" part="ticket-open" href=${this.ticketUrl} target="_blank" rel="noopener noreferrer">${this.messages.t('noSourceTicket')}</a>`
      : nothing;
  }

  /** What a person may do next. A turn that went wrong offers the ticket in its own note. */
  #renderNext() {
    const {turn, messages} = this;
    const isTrusted = isSourced(turn) && !turn.answers.some((answer) => isUnsure(answer) || isByHuman(answer));
    const offersTicket = this.chat.can('tickets') && turn.phase !== 'failed' && hasText(turn) && isTrusted;
    if (turn.suggestions.length === 0 && !offersTicket) return nothing;
    return html`
      <ul class="chips" aria-label=${messages.t('suggestions')}>
        ${turn.suggestions.map((suggestion) => this.#renderSuggestion(suggestion))}
        ${
          offersTicket
            ? html`<li><button class="chip" part="ticket-open" type="button" @click=${this.#openTicket}>${messages.t('notHelped')}</button></li>`
            : nothing
        }
      </ul>
    `;
  }

  /** A question to ask, or a page to open. Where the page is none that may be linked to, the words would be no question. */
  #renderSuggestion({text, url}: Suggestion) {
    if (url === undefined)
      return html`<li><button class="chip" type="button" dir="auto" @click=${() => this.#ask(text)}>${text}</button></li>`;
    const href = safeLink(url)?.href;
    return href
      ? html`<li><a class="chip" part="suggestion-link" dir="auto" href=${href} target="_blank" rel="noopener noreferrer"
          @click=${() => emit(this, 'tillit-source-open', {sourceId: href})}>${text}<span class="visually-hidden"> (${this.messages.t('opensInNewTab')})</span></a></li>`
      : nothing;
  }

  readonly #retry = () => void this.chat.retry(this.turn.id);
  readonly #takeBack = () => this.chat.takeBack(this.turn.id);
  readonly #openTicket = () => this.chat.openTicket({description: this.turn.question});
  #ask(text: string) {
    void this.chat.ask(text, {trigger: 'suggestion'});
  }
}

/** People vouch for themselves; anything else needs a source. */
const isSourced = (turn: Turn) =>
  turn.finish !== 'no_source' &&
  !turn.handoff &&
  turn.answers.every((answer) => isByHuman(answer) || answer.retracted !== undefined || answer.sources.length > 0);

declare global {
  interface HTMLElementTagNameMap {
    'tillit-turn': TillitTurn;
  }
}
