import {css, html, nothing, type PropertyValues} from 'lit';

import {MoreMessages} from '../controllers/more-messages.js';
import type {Chat} from '../core/chat.js';
import {earlierText, type EarlierText} from '../core/earlier-text.js';
import type {TermsReason} from '../core/gate.js';
import {termsText, type TermsDocument} from '../core/terms.js';
import {termsChanges, type Piece, type SectionChange} from '../core/terms-changes.js';
import type {Messages} from '../i18n/messages.js';
import {platform} from '../wiring.js';
import {drawDocument} from './document-view.js';
import {printCopy} from './print-terms.js';
import {TillitPurposes} from './purposes.js';
import {register} from './register.js';
import {TillitElement} from './tillit-element.js';

export {drawDocument};

export function define() {
  register('tillit-purposes', TillitPurposes);
  register('tillit-terms-more', TillitTermsMore);
}

/** So many words of what has not changed stand around what has. */
const contextWords = 8;

/**
 * What few need of the terms: what has changed in them since a person accepted them, and a way to print them. Loaded when
 * the terms have changed, or are read whole.
 *
 * @tagname tillit-terms-more
 * @csspart changes - What has changed in the terms.
 * @csspart print - Prints the terms.
 */
export class TillitTermsMore extends TillitElement {
  static override sheet = css`
    tillit-terms-more {
      display: block;

      .changes {
        margin-block: 0.75rem;
        padding: 0.65rem 0.8rem;
        border: 1px solid var(--_line);
        border-radius: var(--_radius-small);
      }

      h3 {
        font-size: 1rem;
        font-weight: 650;
      }

      h4 {
        font-size: 0.875rem;
        font-weight: 600;
        margin-block-start: 0.75rem;
      }

      .changes p {
        white-space: pre-line;
        font-size: 0.875rem;
      }

      del {
        color: var(--_block);
        background: var(--_block-soft);
      }

      ins {
        background: var(--_accent-soft);
        text-decoration-thickness: 0.1em;
        text-underline-offset: 0.15em;
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    terms: {attribute: false},
    reason: {attribute: false},
    earlier: {state: true},
    isPrinting: {state: true},
  };

  /** Not needed where the terms are only read again. */
  declare chat: Chat | undefined;
  declare messages: Messages;
  declare terms: TermsDocument;
  declare reason: TermsReason;
  declare earlier: EarlierText | undefined;
  /** A fresh frame each time. */
  declare isPrinting: boolean;

  readonly #more = new MoreMessages(this);

  override willUpdate(changed: PropertyValues<this>) {
    if ((changed.has('terms') || changed.has('messages')) && this.#hasChanged) void this.#compare();
  }

  override render(): unknown {
    const more = this.#more.value;
    if (!more) return nothing;
    return html`
      ${this.#hasChanged && this.earlier ? this.#renderChanges(more, this.earlier) : nothing}
      <button class="link" part="print" type="button" @click=${this.#print}>${more.t('dataPrint')}</button>
      ${this.isPrinting ? html`<iframe class="visually-hidden" tabindex="-1" aria-hidden="true" title=${more.t('dataPrint')}></iframe>` : nothing}
    `;
  }

  #renderChanges(more: Messages, earlier: EarlierText) {
    return html`
      <section class="changes" part="changes" aria-labelledby="changes-title">
        <h3 id="changes-title">${more.t('dataChanges')}</h3>
        ${'text' in earlier ? this.#renderSections(more, earlier.text) : html`<p>${more.t(sentenceOf[earlier.missing])}</p>`}
      </section>
    `;
  }

  #renderSections(more: Messages, before: string) {
    const changes = termsChanges(before, termsText(this.terms));
    if (changes.length === 0) return html`<p>${more.t('dataChangesNone')}</p>`;
    return changes.map(
      ({heading, kind, pieces}) => html`
        <h4>${headingText(heading, more)} <span class="muted">${more.t(`dataChange_${kind}`)}</span></h4>
        <p>${pieces.map((piece, at) => renderPiece(piece, at === 0, at === pieces.length - 1, more))}</p>
      `,
    );
  }

  /** Something else was accepted before: another version, or another text of it. */
  get #hasChanged() {
    if (this.reason === 'first' || this.reason === undefined) return false;
    const version = this.chat?.store.get().acceptance?.version;
    return this.reason === 'changed' || (version !== undefined && version !== this.terms.version);
  }

  async #compare() {
    const {chat, terms, messages} = this;
    if (!chat) return;
    const earlier = await earlierText(chat, terms, messages.locale, platform.sha256);
    if (terms === this.terms) this.earlier = earlier;
  }

  readonly #print = async () => {
    const box = this.closest('tillit-terms');
    if (!box) return;
    // Whole, also where only the summary was open; and drawn, before it is copied.
    box.isWhole = true;
    box.whole ??= await drawDocument(this.terms, this.messages);
    await box.updateComplete;
    await box.querySelector('tillit-answer-text')?.updateComplete;
    this.isPrinting = false;
    await this.updateComplete;
    this.isPrinting = true;
    await this.updateComplete;
    const frame = this.querySelector('iframe');
    const content = this.closest('.scroll');
    if (frame && content) await printCopy(content, frame, this.terms.title);
  };
}

const sentenceOf = {
  unknown: 'dataChangesUnknown',
  language: 'dataChangesLanguage',
  mismatch: 'dataChangesMismatch',
} as const;

function headingText(heading: SectionChange['heading'], more: Messages): string {
  if (heading === 'summary') return more.t('dataSummary');
  return heading === 'table' ? more.t('termsTable') : heading.text;
}

function renderPiece({kind, text}: Piece, isFirst: boolean, isLast: boolean, more: Messages) {
  switch (kind) {
    case 'same':
      return around(text, isFirst, isLast);
    // Which is which is said, too: colours and lines do not reach everyone.
    case 'removed':
      return html`<del><span class="visually-hidden">${more.t('dataChange_removed')}: </span>${text}</del> `;
    case 'added':
      return html`<ins><span class="visually-hidden">${more.t('dataChange_added')}: </span>${text}</ins> `;
  }
}

/** Of a long unchanged text, the words next to the change. */
function around(text: string, isFirst: boolean, isLast: boolean): string {
  const words = text.match(/\s*\S+|\s+$/g) ?? [];
  if (words.length <= (isFirst || isLast ? 1 : 2) * contextWords) return text;
  const before = isFirst ? '' : words.slice(0, contextWords).join('').trimEnd();
  const after = isLast ? '' : words.slice(-contextWords).join('');
  return `${before} … ${after}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-terms-more': TillitTermsMore;
  }
}
