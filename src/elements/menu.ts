import {css, html, nothing} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';

import {MoreMessages} from '../controllers/more-messages.js';
import type {Gate} from '../core/gate.js';
import type {Chat} from '../core/session.js';
import type {Messages} from '../i18n/messages.js';
import {loadYourData} from './load-your-data.js';
import {TillitElement} from './tillit-element.js';

/** What the frame lets the menu do. */
export interface MenuHost {
  readonly chat: Chat | undefined;
  view: 'talk' | 'terms' | 'data';
  isStuck: boolean;
  leave(): unknown;
}

interface MenuItem {
  readonly label: string;
  readonly part?: string;
  readonly act: () => void;
}

/**
 * What else a person can do, as a list under a button. The button stands in the frame and is drawn there; the list loads
 * with its first press.
 *
 * @tagname tillit-menu
 */
export class TillitMenu extends TillitElement {
  static override sheet = css`
    tillit-menu {
      display: block;
      position: relative;

      ul {
        position: absolute;
        inset-block-start: calc(100% + 0.25rem);
        inset-inline-end: 0;
        z-index: 2;
        min-inline-size: 14rem;
        max-inline-size: 18rem;
        padding: 0.375rem;
        list-style: none;
        background: var(--_surface);
        border: 1px solid var(--_line);
        border-radius: 0.75rem;
        box-shadow: 0 8px 28px rgb(0 0 0 / 0.18);
      }

      li button {
        inline-size: 100%;
        min-block-size: 2.5rem;
        padding: 0.4rem 0.75rem;
        border-radius: 0.5rem;
      }

      li button:hover {
        background: var(--_raised);
      }
    }
  `;

  static override properties = {
    host: {attribute: false},
    messages: {attribute: false},
    gate: {attribute: false},
    isShown: {state: true},
  };

  declare host: MenuHost;
  declare messages: Messages;
  /** Decides what is in the list. */
  declare gate: Gate;
  declare isShown: boolean;

  readonly #more = new MoreMessages(this);

  constructor() {
    super();
    this.isShown = false;
    this.addEventListener('keydown', this.#onKey);
    this.addEventListener('focusout', this.#onFocusOut);
  }

  /** @param key an arrow, or nothing for a press */
  press(key?: string) {
    if (key === undefined) this.isShown = !this.isShown;
    else this.#walk(key === 'ArrowDown' ? 1 : -1);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#onPress);
  }

  override updated() {
    this.#button?.setAttribute('aria-expanded', String(this.isShown));
    // Added once however often, and gone with the first press elsewhere.
    if (this.isShown) document.addEventListener('pointerdown', this.#onPress);
  }

  override render(): unknown {
    const messages = this.#more.value;
    if (!this.isShown || !messages) return nothing;
    return html`
      <ul id="menu">
        ${this.#items(messages).map((item) => html`<li><button type="button" part=${ifDefined(item.part)} @click=${() => this.#choose(item)}>${item.label}</button></li>`)}
      </ul>
    `;
  }

  #items(messages: Messages): readonly MenuItem[] {
    const {host} = this;
    const chat = host.chat!;
    const mayAsk = this.gate.phase === 'open';
    const talk = (act: () => unknown) => () => {
      host.view = 'talk';
      void act();
    };
    return [
      ...(mayAsk ? [{label: messages.t('menuNewConversation'), act: talk(chat.reset)}] : []),
      ...(mayAsk && chat.can('tickets')
        ? [{label: messages.t('menuTicket'), part: 'ticket-open', act: talk(() => chat.openTicket())}]
        : []),
      {
        label: messages.t('menuTerms'),
        act: () => {
          host.view = 'terms';
        },
      },
      {
        label: messages.t('menuData'),
        part: 'your-data-open',
        act: () =>
          void loadYourData().then(
            () => {
              host.view = 'data';
            },
            () => {
              host.isStuck = true;
            },
          ),
      },
      {label: messages.t('menuWithdraw'), part: 'withdraw', act: () => void host.leave()},
    ];
  }

  #choose({act}: MenuItem) {
    this.isShown = false;
    this.#button?.focus();
    act();
  }

  readonly #onKey = (event: KeyboardEvent) => {
    if (!this.isShown || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      // Closes the list alone, not the chat around it.
      event.stopPropagation();
      this.isShown = false;
      this.#button?.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.press(event.key);
    }
  };

  #walk(step: 1 | -1) {
    this.isShown = true;
    void this.updateComplete.then(async () => {
      await this.#more.ready;
      await this.updateComplete;
      const buttons = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('li button')];
      const root = this.getRootNode() as ShadowRoot | Document;
      const at = buttons.indexOf(root.activeElement as HTMLButtonElement);
      // From the menu's own button, down is the first and up the last.
      buttons.at(at < 0 && step < 0 ? -1 : (at + step) % buttons.length)?.focus();
    });
  }

  /** A press elsewhere closes the list, also where there is nothing to take focus. */
  readonly #onPress = (event: Event) => {
    if (event.composedPath().includes(this)) return;
    this.isShown = false;
    document.removeEventListener('pointerdown', this.#onPress);
  };

  readonly #onFocusOut = (event: FocusEvent) => {
    const next = event.relatedTarget;
    if (next instanceof Node && this.contains(next)) return;
    // WebKit moves no focus to a pressed button: only focus that went elsewhere closes the list.
    if (next) this.isShown = false;
  };

  get #button() {
    return this.querySelector<HTMLButtonElement>('.icon-button');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-menu': TillitMenu;
  }
}
