import {css, html, nothing} from 'lit';

import type {MessageKey} from '../i18n/keys.js';
import type {Chat} from '../core/session.js';
import type {Messages} from '../i18n/messages.js';
import type {Finding} from '../privacy/types.js';
import {findingSentence, sentence} from './finding-sentence.js';
import {TillitElement} from './tillit-element.js';

export {countTypes, markFindings} from './finding-marks.js';

/** More than these are counted: who pastes a customer list needs Mask all, and the list must not push the field away. */
const MOST_LISTED = 5;
/** Masked text is looked at again, and masked again, at most so many times. */
const MOST_ROUNDS = 4;
/** Characters that are replaced in a way that can be undone. */
const MOST_TYPED = 10_000;

export type Check =
  | {readonly verdict: 'pass'}
  | {readonly verdict: 'stop'; readonly findings: readonly Finding[]}
  | {readonly verdict: 'failed'};

/** Where the text is being written. */
export interface Writing {
  readonly field: HTMLTextAreaElement | null;
  readonly check: Check;
  look(): Promise<void>;
  ask(warningsConfirmed: boolean): Promise<void>;
}

/**
 * What the guard found in the text being written, why, and the ways out.
 *
 * @tagname tillit-findings
 * @csspart finding - What was found, and the ways out.
 * @csspart mask - Replaces what was found by placeholders.
 */
export class TillitFindings extends TillitElement {
  static override sheet = css`
    tillit-findings {
      display: block;

      .finding {
        display: grid;
        gap: 0.5rem;
        margin: 0 0.75rem 0.5rem;
        padding: 0.7rem 0.8rem;
        border-radius: 0.75rem;
        background: var(--_block-soft);
        font-size: var(--_small);
        /* The field stays in sight, also with large text. */
        max-block-size: min(20rem, 45vh);
        overflow: auto;
      }

      strong {
        color: var(--_block);
      }

      [data-severity='warn'] {
        background: var(--_warn-soft);

        strong {
          color: var(--_warn);
        }
      }

      ul {
        display: grid;
        gap: 0.375rem;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem var(--_space);
      }

      li > span {
        flex: 1 1 9rem;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }

      bdi {
        font-weight: 600;
      }

      small {
        display: block;
        font-size: var(--_tiny);
        color: var(--_muted);
      }

      li .button {
        min-block-size: 1.75rem;
        padding: 0.1rem 0.6rem;
      }

      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space);
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    check: {attribute: false},
    text: {attribute: false},
    writing: {attribute: false},
  };

  declare chat: Chat;
  declare messages: Messages;
  declare check: Check;
  declare text: string;
  declare writing: Writing;

  override render(): unknown {
    const {messages, check} = this;
    if (check.verdict !== 'stop') {
      return html`<div class="finding" part="finding" role="alert"><strong>${messages.t('findingsCheckFailed')}</strong></div>`;
    }
    const {findings} = check;
    const {title, kinds} = findingSentence(findings, messages);
    const areWarnings = findings.every(({severity}) => severity === 'warn');
    const isOne = findings.length === 1;
    // The sentence alone is the alert, and changes with what is found: it is told once, and not at each key.
    return html`
      <div class="finding" part="finding" data-severity=${areWarnings ? 'warn' : 'block'}>
        <p role="alert"><strong>${title}</strong> <span class="visually-hidden">${kinds}</span> ${messages.t('findingsNothingSent')}</p>
        <ul aria-label=${messages.t('findingsList')}>
          ${findings.slice(0, MOST_LISTED).map((finding) => this.#renderFinding(finding, isOne))}
          ${
            findings.length > MOST_LISTED
              ? html`<li><small>${messages.t('findingsMore', {n: findings.length - MOST_LISTED})}</small></li>`
              : nothing
          }
        </ul>
        <div class="ways">
          <button class="button primary" part="mask" type="button" @click=${() => this.#mask()}>${messages.t(isOne ? 'mask' : 'maskAll')}</button>
          <button class="button" type="button" @click=${() => this.#edit(findings)}>${messages.t('edit')}</button>
          ${areWarnings ? html`<button class="button" type="button" @click=${() => this.writing.ask(true)}>${messages.t('notPersonal')}</button>` : nothing}
        </div>
      </div>
    `;
  }

  #renderFinding({type, reason, start, end}: Finding, isOne: boolean) {
    const {messages} = this;
    const value = this.text.slice(start, end);
    const kind = messages.t(`pii_${type}`);
    return html`
      <li>
        <span><bdi>${value.length > 40 ? `${value.slice(0, 39)}…` : value}</bdi>
          <small>${sentence(kind, messages)} ${messages.t(whyKey(reason))}</small></span>
        ${
          isOne
            ? nothing
            : html`<button class="button" type="button" aria-label="${messages.t('mask')}: ${kind}, ${value}"
              @click=${() => this.#mask(value)}>${messages.t('mask')}</button>`
        }
      </li>
    `;
  }

  /** @param value what to mask wherever it stands; everything when it is not given */
  async #mask(value?: string) {
    const {chat, writing} = this;
    // The text may have changed since it was last looked at, and with it the places.
    await writing.look();
    // What stood beside a value may show for what it is once that is masked.
    for (let round = 0; round < MOST_ROUNDS && writing.check.verdict === 'stop'; round++) {
      const {draft} = chat.store.get();
      const chosen = writing.check.findings.filter(({start, end}) => !value || draft.slice(start, end) === value);
      if (chosen.length === 0) break;
      this.#replace(await chat.mask(draft, chosen));
      await writing.look();
    }
    writing.field?.focus({preventScroll: true});
  }

  /** As if it were typed: only the deprecated command lets a person undo it. It takes seconds for a very long text. */
  #replace(text: string) {
    const {field} = this.writing;
    field?.focus({preventScroll: true});
    field?.select();
    const isTyped = text.length < MOST_TYPED && document.execCommand('insertText', false, text);
    if (!isTyped || field?.value !== text) this.chat.draft(text);
  }

  #edit([first]: readonly Finding[]) {
    const {field} = this.writing;
    field?.focus({preventScroll: true});
    if (first) field?.setSelectionRange(first.start, first.end);
  }
}

/** The guard's reasons are keys for auditors; what is not the check digit or a word before it is the shape. */
const whyKey = (reason: string): MessageKey =>
  reason === 'checksum+label'
    ? 'why_checksum_label'
    : reason === 'checksum' || reason === 'label'
      ? `why_${reason}`
      : 'why_shape';

declare global {
  interface HTMLElementTagNameMap {
    'tillit-findings': TillitFindings;
  }
}
