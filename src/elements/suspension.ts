import {css, html, nothing} from 'lit';

import {safeLink} from '../answer/safe-url.js';
import {MoreMessages} from '../controllers/more-messages.js';
import type {Suspension} from '../core/errors.js';
import type {Chat} from '../core/session.js';
import type {Messages} from '../i18n/messages.js';
import {TillitElement} from './tillit-element.js';

/**
 * Until when a person is suspended, where they can object, and whether it is over. Loaded for those whom it concerns.
 *
 * @tagname tillit-suspension
 * @csspart suspension-check - Asks the backend whether it is over.
 * @csspart appeal - Leads to where a suspended person can object.
 */
export class TillitSuspension extends TillitElement {
  static override sheet = css`
    tillit-suspension {
      display: contents;

      p {
        flex-basis: 100%;
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    suspension: {attribute: false},
  };

  declare chat: Chat;
  declare messages: Messages;
  declare suspension: Suspension;

  readonly #more = new MoreMessages(this);

  override render(): unknown {
    const messages = this.#more.value;
    if (!messages) return nothing;
    const {until, appealUrl} = this.suspension;
    const href = safeAddress(appealUrl);
    return html`
      ${until ? html`<p>${messages.t('suspendedUntil', {date: instantLabel(until, messages.locale)})}</p>` : nothing}
      ${
        href
          ? html`<a class="button primary" part="appeal" href=${href} target="_blank" rel="noopener noreferrer">${messages.t('suspendedAppeal')}</a>`
          : nothing
      }
      <button class="button" part="suspension-check" type="button" @click=${this.#check}>${messages.t('retry')}</button>
    `;
  }

  readonly #check = () => void this.chat.open();
}

/** The transport may be anyone's: what it says is read as strictly as what a model says. */
function safeAddress(written: string | undefined): string | undefined {
  const href = written === undefined ? undefined : safeLink(written)?.href;
  return href?.startsWith('tel:') ? undefined : href;
}

/** In the person's own time, unlike the date of a document: an instant is another day elsewhere. */
function instantLabel(iso: string, locale: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return iso;
  // A date alone is a day, not midnight in Greenwich.
  const day = /^\d{4}-\d\d-\d\d$/.test(iso);
  return new Intl.DateTimeFormat(
    locale,
    day ? {dateStyle: 'long', timeZone: 'UTC'} : {dateStyle: 'long', timeStyle: 'short'},
  ).format(ms);
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-suspension': TillitSuspension;
  }
}
