import {css, html, nothing} from 'lit';

import {ChatSlice} from '../controllers/chat-slice.js';
import {MoreMessages} from '../controllers/more-messages.js';
import type {Chat} from '../core/session.js';
import type {Messages} from '../i18n/messages.js';
import {icon} from './icon.js';
import {TillitElement} from './tillit-element.js';

/**
 * Asks once how a conversation went that has ended. Goes with the next question, or when it is closed.
 *
 * @tagname tillit-conversation-rating
 * @csspart conversation-rating - Asks how a conversation went that has ended.
 */
export class TillitConversationRating extends TillitElement {
  static override sheet = css`
    tillit-conversation-rating {
      display: block;

      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: start;
        margin: 0 0.75rem 0.5rem;
        padding: 0.375rem 0.375rem 0.375rem 0.75rem;
        border: 1px solid var(--_line);
        border-radius: var(--_radius-small);
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
  };

  declare chat: Chat;
  declare messages: Messages;

  readonly #more = new MoreMessages(this);
  readonly #ended = new ChatSlice(this, ({ended}) => ended);
  readonly #current = new ChatSlice(this, ({turns, conversationId}) => (turns.length > 0 ? conversationId : undefined));

  override render(): unknown {
    const {chat} = this;
    const messages = this.#more.value;
    const ended = this.#ended.value;
    const current = this.#current.value;
    // A new conversation has begun: the person is elsewhere.
    const isPast = current !== undefined && current !== ended?.conversationId;
    if (!messages || !ended || ended.isDismissed || isPast || !chat.can('rating')) return nothing;
    return html`
      <div class="card" part="conversation-rating" role="group" aria-label=${messages.t('conversationRatingQuestion')}>
        <tillit-rating .chat=${chat} .messages=${messages} .conversationId=${ended.conversationId} .rating=${ended.rating}></tillit-rating>
        <button class="icon-button" type="button" aria-label=${messages.t('close')} @click=${this.#dismiss}>${icon('close')}</button>
      </div>
    `;
  }

  readonly #dismiss = () => this.chat.store.dispatch({type: 'ended-dismissed'});
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-conversation-rating': TillitConversationRating;
  }
}
