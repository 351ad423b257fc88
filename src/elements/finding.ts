import {css, html, nothing} from 'lit';

import type {Messages} from '../i18n/messages.js';
import type {Finding} from '../privacy/types.js';
import {findingSentence} from './findings.js';
import {TillitElement} from './tillit-element.js';

export interface WaysOut {
  readonly mask: () => void;
  readonly edit: () => void;
  /** For warnings alone: the person says that it is no personal data. */
  readonly confirm: () => void;
}

/**
 * What the guard found in a question, and the ways out.
 *
 * @tagname tillit-finding
 * @csspart finding - What the guard found, and the ways out.
 * @csspart mask - Replaces what was found by placeholders.
 */
export class TillitFinding extends TillitElement {
  static override sheet = css`
    tillit-finding {
      display: block;
      margin: 0 0.75rem 0.5rem;

      .finding {
        padding: 0.7rem 0.8rem;
        border-radius: 0.75rem;
        background: var(--_block-soft);
        font-size: 0.875rem;
      }

      strong {
        color: var(--_block);
      }

      .finding[data-severity='warn'] {
        background: var(--_warn-soft);
      }

      [data-severity='warn'] strong {
        color: var(--_warn);
      }

      .ways {
        margin-block-start: 0.55rem;
      }
    }
  `;

  static override properties = {
    messages: {attribute: false},
    findings: {attribute: false},
    ways: {attribute: false},
  };

  declare messages: Messages;
  /** `undefined`: the text could not be checked. */
  declare findings: readonly Finding[] | undefined;
  declare ways: WaysOut;

  override render(): unknown {
    const {findings, messages, ways} = this;
    if (!findings) {
      return html`<div class="finding" part="finding" role="alert"><strong>${messages.t('findingsCheckFailed')}</strong></div>`;
    }
    const {title, kinds} = findingSentence(findings, messages);
    const areWarnings = findings.every(({severity}) => severity === 'warn');
    return html`
      <div class="finding" part="finding" role="alert" data-severity=${areWarnings ? 'warn' : 'block'}>
        <p><strong>${title}</strong> ${kinds} ${messages.t('findingsNothingSent')}</p>
        <div class="ways">
          <button class="button primary" part="mask" type="button" @click=${ways.mask}>${messages.t('mask')}</button>
          <button class="button" type="button" @click=${ways.edit}>${messages.t('edit')}</button>
          ${areWarnings ? html`<button class="button" type="button" @click=${ways.confirm}>${messages.t('notPersonal')}</button>` : nothing}
        </div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-finding': TillitFinding;
  }
}
