import {css, html, nothing} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';

import type {Messages} from '../i18n/messages.js';
import {icon} from './icon.js';
import {TillitElement} from './tillit-element.js';

export interface MenuItem {
  readonly label: string;
  readonly part?: string;
  readonly act: () => void;
}

/**
 * A button that shows a short list of actions.
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
    messages: {attribute: false},
    items: {attribute: false},
    isShown: {state: true},
  };

  declare messages: Messages;
  declare items: readonly MenuItem[];
  declare isShown: boolean;

  constructor() {
    super();
    this.items = [];
    this.isShown = false;
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#onPress);
  }

  override updated() {
    // Added once however often, and gone with the first press elsewhere.
    if (this.isShown) document.addEventListener('pointerdown', this.#onPress);
  }

  override render(): unknown {
    return html`
      <div @keydown=${this.#onKey} @focusout=${this.#onFocusOut}>
        <button class="icon-button" type="button" aria-label=${this.messages.t('menu')} aria-expanded=${this.isShown ? 'true' : 'false'}
          aria-controls="menu" @click=${this.#toggle}>${icon('menu')}</button>
        ${
          this.isShown
            ? html`<ul id="menu">
              ${this.items.map((item) => html`<li><button type="button" part=${ifDefined(item.part)} @click=${() => this.#choose(item)}>${item.label}</button></li>`)}
            </ul>`
            : nothing
        }
      </div>
    `;
  }

  readonly #toggle = () => {
    this.isShown = !this.isShown;
  };

  #choose({act}: MenuItem) {
    this.isShown = false;
    this.#button?.focus();
    act();
  }

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && this.isShown) {
      // Closes the list alone, not the chat around it.
      event.stopPropagation();
      this.isShown = false;
      this.#button?.focus();
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    this.isShown = true;
    void this.updateComplete.then(() => {
      const buttons = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('li button')];
      const root = this.getRootNode() as ShadowRoot | Document;
      const at = buttons.indexOf(root.activeElement as HTMLButtonElement);
      // From the menu's own button, down is the first and up the last.
      buttons.at(at < 0 && step < 0 ? -1 : (at + step) % buttons.length)?.focus();
    });
  };

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
    return this.renderRoot.querySelector<HTMLButtonElement>('.icon-button');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-menu': TillitMenu;
  }
}
