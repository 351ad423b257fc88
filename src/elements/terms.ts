import {css, html, nothing, type PropertyValues} from 'lit';

import type {TermsReason} from '../core/gate.js';
import type {ChatError} from '../core/errors.js';
import type {TermsDocument} from '../core/terms.js';
import type {Messages} from '../i18n/messages.js';
import type {HeadlessChat} from '../wiring.js';
import {icon} from './icon.js';
import {loadTermsMore} from './load-terms-more.js';
import {TillitElement} from './tillit-element.js';

/**
 * The vendor's terms: a summary and the data table first, the whole text on request. Accept and Decline weigh the same.
 *
 * @tagname tillit-terms
 * @csspart terms - The box that scrolls.
 * @csspart choice - Accept, and Decline: one part, so that they always look alike.
 */
export class TillitTerms extends TillitElement {
  static override sheet = css`
    tillit-terms {
      display: grid;
      grid-template-rows: minmax(0, 1fr) auto;
      min-block-size: 0;

      .scroll {
        overflow: auto;
        padding: 0.25rem var(--_gutter) var(--_gutter);
        scrollbar-width: thin;
      }

      h2 {
        margin-block: 0.9rem 0.15rem;
      }

      ul,
      .note,
      table {
        margin-block: 0.75rem;
      }

      ul {
        padding-inline-start: 1.125rem;
      }

      .summary li {
        margin-block: 0.3rem;
      }

      .meta {
        margin-block-end: 0.5rem;
      }

      .avoid {
        display: flex;
      }

      .avoid .icon {
        color: var(--_warn);
        margin-block-start: 0.1rem;
      }

      .link {
        color: var(--_link);
        font-weight: 600;
        text-decoration: underline;
        text-underline-offset: 0.15em;
        min-block-size: 1.5rem;
      }

      .full {
        margin-block: 0.75rem;
        padding-block-start: 0.25rem;
        border-block-start: 1px solid var(--_line);
      }

      table {
        inline-size: 100%;
        border-collapse: collapse;
        font-size: var(--_tiny);
      }

      th,
      td {
        text-align: start;
        vertical-align: top;
        padding-block: 0.4rem;
        padding-inline-end: 0.75rem;
        overflow-wrap: break-word;
        border-block-end: 1px solid var(--_line);
      }

      th {
        font-weight: 600;
        color: var(--_muted);
      }

      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 7.5rem), 1fr));
        gap: 0.6rem;
      }

    }
  `;

  static override properties = {
    chat: {attribute: false},
    terms: {attribute: false},
    messages: {attribute: false},
    reason: {attribute: false},
    saving: {attribute: false},
    error: {attribute: false},
    readOnly: {attribute: false},
    isWhole: {state: true},
    whole: {state: true},
  };

  /** Used to accept and decline; not needed when `readOnly`. */
  declare chat: HeadlessChat | undefined;
  declare terms: TermsDocument;
  declare messages: Messages;
  declare reason: TermsReason;
  declare saving: boolean;
  declare error: ChatError | undefined;
  /** Shown again from the menu: nothing to choose. */
  declare readOnly: boolean;
  declare isWhole: boolean;
  /** The full text, drawn. */
  declare whole: unknown;

  constructor() {
    super();
    this.reason = 'first';
    this.saving = false;
    this.readOnly = false;
    this.isWhole = false;
  }

  override willUpdate(changed: PropertyValues<this>) {
    const {terms} = this;
    if (changed.has('terms')) this.whole = undefined;
    // What few need of the terms, their full text among it, loads apart.
    if (this.#isWhole || this.readOnly || this.reason !== 'first' || terms.analytics || this.chat?.storage === 'local')
      void this.#loadMore();
  }

  override render(): unknown {
    const {terms, messages} = this;
    return html`
      <div class="scroll" part="terms" tabindex="0" role="region" aria-labelledby="terms-title">
        ${this.#renderBanner()}
        <h2 id="terms-title" tabindex="-1" data-focus>${terms.title}</h2>
        <p class="meta muted">${messages.t('termsMeta', {version: terms.version, date: messages.date(terms.updated)})}</p>
        ${terms.summary?.length ? html`<ul class="summary">${terms.summary.map((point) => html`<li>${point}</li>`)}</ul>` : nothing}
        <tillit-terms-more .chat=${this.chat} .messages=${messages} .terms=${terms} .reason=${this.reason}></tillit-terms-more>
        ${terms.notToEnter ? html`<p class="note avoid" data-level="warning">${icon('shield')}<strong>${terms.notToEnter}</strong></p>` : nothing}
        ${terms.prohibitedUse ? html`<p>${terms.prohibitedUse}</p>` : nothing}
        ${this.#renderWhole()}
        ${terms.dataTable.length > 0 ? this.#renderTable() : nothing}
        <tillit-purposes .messages=${messages} .terms=${this.readOnly ? undefined : terms} .storage=${this.chat?.storage === 'local' && 'local'}></tillit-purposes>
        <p class="muted">${messages.t('termsWithdraw')}</p>
      </div>
      ${this.readOnly ? nothing : this.#renderChoices()}
    `;
  }

  #renderBanner() {
    const {messages} = this;
    if (this.error) {
      const detail = this.error.display ?? messages.t(`error_${this.error.code}`);
      return html`<p class="note" data-level="danger" role="alert">${messages.t('termsFailed')} ${detail}</p>`;
    }
    switch (this.reason) {
      case 'first':
        return nothing;
      case 'changed':
        return html`<p class="note" data-level="warning">${messages.t('termsChanged')}</p>`;
      case 'required':
        return html`<p class="note" data-level="warning">${messages.t('termsRequired')}</p>`;
    }
  }

  #renderWhole() {
    const {messages} = this;
    const isShort = !this.#isWhole;
    // The button stays while the text comes and goes, and keeps focus; so does the text, whose nodes can be inserted once.
    return html`
      ${
        this.#hasShort
          ? html`<button class="link" type="button" aria-expanded=${isShort ? 'false' : 'true'} @click=${this.#toggle}>
            ${messages.t(isShort ? 'termsReadAll' : 'termsHide')}
          </button>`
          : nothing
      }
      <div class="full" ?hidden=${isShort}>${this.whole}</div>
    `;
  }

  /** Without a summary the whole text is the terms, and it is shown at once; so is the way to a text elsewhere. */
  get #hasShort() {
    const {summary, markdown, html} = this.terms;
    return summary?.length && (markdown ?? html) !== undefined;
  }

  get #isWhole() {
    return this.isWhole || !this.#hasShort;
  }

  #renderTable() {
    const {messages, terms} = this;
    return html`
      <table>
        <caption class="visually-hidden">${messages.t('termsTable')}</caption>
        <thead><tr><th scope="col">${messages.t('termsWhat')}</th><th scope="col">${messages.t('termsWhere')}</th><th scope="col">${messages.t('termsHowLong')}</th></tr></thead>
        <tbody>${terms.dataTable.map(({what, where, howLong}) => html`<tr><td>${what}</td><td>${where}</td><td>${howLong}</td></tr>`)}</tbody>
      </table>
    `;
  }

  #renderChoices() {
    const {messages} = this;
    return html`
      <footer>
        <div class="choices">
          <button id="decline" class="button" part="choice" type="button" @click=${this.#decline}>${messages.t('decline')}</button>
          <button id="accept" class="button" part="choice" type="button" @click=${this.#accept}>
            ${this.saving ? messages.t('accepting') : this.error ? messages.t('retry') : messages.t('accept')}
          </button>
        </div>
      </footer>
    `;
  }

  async #loadMore() {
    const {terms} = this;
    const more = await loadTermsMore().catch(() => undefined);
    if (!this.#isWhole || this.whole !== undefined) return;
    // Better plain than not at all: a person must be able to read what they agree to.
    const whole = more
      ? await more.drawDocument(terms, this.messages)
      : html`<div class="plain">${terms.markdown ?? terms.html ?? terms.url}</div>`;
    if (terms === this.terms) this.whole = whole;
  }

  readonly #toggle = () => {
    this.isWhole = !this.isWhole;
  };

  readonly #accept = () => {
    void this.chat?.accept(this.querySelector('tillit-purposes')?.answers);
  };

  readonly #decline = () => {
    this.chat?.decline();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-terms': TillitTerms;
  }
}
