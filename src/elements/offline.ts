import {css, html} from 'lit';

import {leave, sendWhenBack, type Network} from '../core/offline.js';
import type {Chat} from '../core/session.js';
import type {Turn} from '../core/state.js';
import type {Messages} from '../i18n/messages.js';
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
  }

  override render(): unknown {
    const {messages} = this;
    const isAuto = this.turn.waitsUntilMs !== undefined;
    const {onLine} = navigator;
    const first = onLine ? 'primary' : '';
    const second = onLine || isAuto ? '' : 'primary';
    return html`
      <p>${messages.t(!onLine ? 'offlineNow' : this.#isBack ? 'offlineBack' : 'offlineNoContact')}
        ${messages.t(isAuto ? 'offlineAutoOn' : 'offlineWaits')}</p>
      <div class="ways">
        <button class="button ${first}" type="button" data-retry @click=${this.#retry}>${messages.t('retry')}</button>
        <button class="button ${second}" part="offline-auto" type="button" @click=${this.#toggle}>${messages.t(isAuto ? 'offlineAutoOff' : 'offlineAuto')}</button>
      </div>
    `;
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

declare global {
  interface HTMLElementTagNameMap {
    'tillit-offline': TillitOffline;
  }
}
