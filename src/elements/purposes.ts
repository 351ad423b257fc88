import {css, html, nothing} from 'lit';

import {MoreMessages} from '../controllers/more-messages.js';
import type {Purposes, TermsDocument} from '../core/terms.js';
import type {Messages} from '../i18n/messages.js';
import {TillitElement} from './tillit-element.js';

type Choice = keyof Omit<Purposes, 'chat'>;

/**
 * What a person may agree to beside the chat itself, each apart. Off unless they choose it.
 *
 * @tagname tillit-purposes
 * @csspart purpose - What a person may choose beside the chat itself.
 */
export class TillitPurposes extends TillitElement {
  static override sheet = css`
    tillit-purposes {
      display: block;

      fieldset {
        border: 0;
        padding: 0;
        margin: 0.9rem 0 0;
      }

      legend {
        padding: 0;
        font-weight: 600;
        font-size: 0.875rem;
      }

      label {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.6rem;
        align-items: start;
        padding-block: 0.4rem;
        font-size: 0.875rem;
      }

      input {
        inline-size: 1.25rem;
        block-size: 1.25rem;
        margin: 0.05rem 0 0;
        accent-color: var(--_accent);
      }
    }
  `;

  static override properties = {
    messages: {attribute: false},
    terms: {attribute: false},
    storage: {attribute: false},
    chosen: {attribute: false},
    busy: {attribute: false},
  };

  declare messages: Messages;
  /** Their sentence about what is measured is the vendor's own; without one, nothing is. */
  declare terms: TermsDocument | undefined;
  /** Where the conversation would be kept; not asked about without it. */
  declare storage: 'session' | 'local' | false | undefined;
  /** What is chosen; changed by the person, with a `change` event. */
  declare chosen: Readonly<Partial<Record<Choice, boolean>>>;
  declare busy: boolean;

  readonly #more = new MoreMessages(this);

  constructor() {
    super();
    this.chosen = {};
    this.busy = false;
  }

  /** Yes or no to each that is asked, for what is accepted now. */
  get answers(): Partial<Purposes> {
    const {analytics, device} = this.chosen;
    return {
      ...(this.terms?.analytics !== undefined && {analytics: analytics === true}),
      ...(this.storage && {device: device === true}),
    };
  }

  override render(): unknown {
    const {storage} = this;
    const analytics = this.terms?.analytics;
    const more = this.#more.value;
    if (!more || !(storage || analytics !== undefined)) return nothing;
    return html`
      <fieldset>
        <legend>${more.t('purposeChoices')}</legend>
        ${storage ? this.#renderChoice('device', more.t(`purposeDevice_${storage}`)) : nothing}
        ${analytics === undefined ? nothing : this.#renderChoice('analytics', analytics)}
      </fieldset>
    `;
  }

  #renderChoice(choice: Choice, text: string) {
    return html`
      <label part="purpose">
        <input type="checkbox" name=${choice} .checked=${this.chosen[choice] === true} ?disabled=${this.busy} @change=${this.#choose} />
        <span dir="auto">${text}</span>
      </label>
    `;
  }

  readonly #choose = ({target}: Event) => {
    const {name, checked} = target as HTMLInputElement;
    this.chosen = {...this.chosen, [name]: checked};
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-purposes': TillitPurposes;
  }
}
