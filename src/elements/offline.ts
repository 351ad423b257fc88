import {css, html} from 'lit';

import {MoreMessages} from '../controllers/more-messages.js';
import {leave, sendWhenBack, type Network} from '../core/offline.js';
import type {Chat} from '../core/session.js';
import type {Turn} from '../core/state.js';
import {loadMore} from '../i18n/locales.js';
import type {Messages} from '../i18n/messages.js';
import {register} from './register.js';
import {TillitElement} from './tillit-element.js';

/** What the device says about its network. */
const network: Network = {
  isThere: () => navigator.onLine,
  nowMs: () => Date.now(),
  change: (ms, signal) =>
    new Promise((resolve) => {
      const over = new AbortController();
      const end = () => {
        clearTimeout(timer);
        over.abort();
        resolve();
      };
      const timer = setTimeout(end, ms);
      for (const name of ['online', 'offline']) window.addEventListener(name, end, {signal: over.signal});
      signal.addEventListener('abort', end, {once: true});
    }),
};

/**
 * A question that waits for the network: sent by the person, or by itself when there is one again.
 *
 * @tagname tillit-offline
 * @csspart offline-auto - Has the question sent by itself when there is contact again, or takes that back.
 */
export class TillitOffline extends TillitElement {
  static override sheet = css`
    tillit-offline {
      display: grid;
      gap: 0.6rem;
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    turn: {attribute: false},
  };

  declare chat: Chat;
  declare messages: Messages;
  declare turn: Turn;

  readonly #more = new MoreMessages(this);
  /** The network has come back before the person's eyes. */
  #isBack = false;

  override connectedCallback() {
    super.connectedCallback();
    window.addEventListener('online', this.#onChange);
    window.addEventListener('offline', this.#onChange);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#onChange);
    window.removeEventListener('offline', this.#onChange);
    const root = this.getRootNode();
    const {chat, turn} = this;
    // Taken off the page with the whole chat, and not just moved: nothing is sent where nobody sees it.
    setTimeout(() => {
      if (root instanceof ShadowRoot && !root.isConnected) leave(chat, turn.id);
    }, 250);
  }

  override render(): unknown {
    const messages = this.#more.value;
    // In a language that cannot be fetched now, there are the words that any failure has.
    if (!messages)
      return html`<p>${this.messages.t('error_network')}</p><div class="ways">${this.#renderRetry('primary')}</div>`;
    const isAuto = this.turn.waitsUntilMs !== undefined;
    const {onLine} = navigator;
    const first = onLine ? 'primary' : '';
    const second = onLine || isAuto ? '' : 'primary';
    return html`
      <p>${messages.t(!onLine ? 'offlineNow' : this.#isBack ? 'offlineBack' : 'offlineNoContact')}
        ${messages.t(isAuto ? 'offlineAutoOn' : 'offlineWaits')}</p>
      <div class="ways">
        ${this.#renderRetry(first)}
        <button class="button ${second}" part="offline-auto" type="button" @click=${this.#toggle}>${messages.t(isAuto ? 'offlineAutoOff' : 'offlineAuto')}</button>
      </div>
    `;
  }

  #renderRetry(emphasis: string) {
    return html`<button class="button ${emphasis}" type="button" data-retry @click=${this.#retry}>${this.messages.t('retry')}</button>`;
  }

  readonly #onChange = ({type}: Event) => {
    this.#isBack = type === 'online';
    this.requestUpdate();
  };

  readonly #retry = () => void this.chat.retry(this.turn.id);

  readonly #toggle = () => {
    const {chat, turn} = this;
    if (turn.waitsUntilMs === undefined) void sendWhenBack(chat, turn.id, network);
    else leave(chat, turn.id);
  };
}

/** Defines it once what it says is there, which could not be fetched any more when it is needed. */
export async function defineOffline(messages: Messages): Promise<void> {
  await loadMore(messages);
  register('tillit-offline', TillitOffline);
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-offline': TillitOffline;
  }
}
