import {css, html, nothing} from 'lit';

import {ChatSlice} from '../controllers/chat-slice.js';
import type {Chat} from '../core/session.js';
import type {Messages} from '../i18n/messages.js';
import {icon} from './icon.js';
import {TillitElement} from './tillit-element.js';

/**
 * The greeting and the first suggestions, until something has been asked.
 *
 * @tagname tillit-welcome
 */
export class TillitWelcome extends TillitElement {
  static override sheet = css`
    tillit-welcome {
      display: grid;
      align-content: start;
      gap: 0.9rem;
      overflow: auto;
      padding: var(--_gutter);

      h2 {
        font-size: calc(var(--_font-size) * 1.467);
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
  };

  declare chat: Chat;
  declare messages: Messages;

  readonly #config = new ChatSlice(this, ({config}) => config);

  override render(): unknown {
    const {messages} = this;
    const config = this.#config.value;
    // Pages to open belong in the slot, where a vendor words their links.
    const questions = config?.suggestions.filter(({url}) => url === undefined) ?? [];
    return html`
      <span class="seal">${icon('chat')}</span>
      <h2>${config?.greeting ?? messages.t('greeting')}</h2>
      <slot name="welcome"></slot>
      ${
        questions.length > 0
          ? html`<ul class="chips" aria-label=${messages.t('suggestions')}>
            ${questions.map(({text}) => html`<li><button class="chip" type="button" dir="auto" @click=${() => this.#ask(text)}>${text}</button></li>`)}
          </ul>`
          : nothing
      }
    `;
  }

  #ask(text: string) {
    void this.chat.ask(text, {trigger: 'suggestion'});
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-welcome': TillitWelcome;
  }
}
