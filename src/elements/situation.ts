import {css, html, nothing} from 'lit';

import {ChatSlice} from '../controllers/chat-slice.js';
import {MoreMessages} from '../controllers/more-messages.js';
import {spokenText} from '../answer/spoken.js';
import type {Chat} from '../core/session.js';
import type {Answerer} from '../core/events.js';
import {answerText, isOpen, type ChatState} from '../core/state.js';
import type {Messages} from '../i18n/messages.js';
import {TillitHumanMessage} from './human-message.js';
import {icon} from './icon.js';
import {register} from './register.js';
import {TillitElement} from './tillit-element.js';

/**
 * What is out of the ordinary in a conversation: a human has taken over, with the way back to automatic answers; or it
 * cannot be kept on the device. Tells the status line of both, and what a human writes.
 *
 * @tagname tillit-situation
 * @csspart human - Who has taken over the conversation.
 * @csspart human-leave - Goes back to automatic answers.
 */
export class TillitSituation extends TillitElement {
  static override sheet = css`
    tillit-situation {
      display: grid;
      font-size: 0.875rem;

      .human {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.375rem 0.75rem;
        padding: 0.5rem 1.125rem;
        border-block-start: 1px solid var(--_line);
      }

      .human p {
        flex: 1 1 8rem;
        display: flex;
        align-items: center;
        gap: 0.5rem;
        overflow-wrap: anywhere;
      }

      .human .leave {
        min-block-size: 2rem;
        font-size: 0.8125rem;
        color: var(--_accent);
        text-decoration: underline;
      }

      .human .icon {
        flex: none;
        inline-size: 1.125rem;
        block-size: 1.125rem;
        color: var(--_accent);
      }

      .human .failed {
        flex-basis: 100%;
        color: var(--_block);
      }

      .keeping {
        padding: 0.5rem 1.125rem;
        font-size: 0.8125rem;
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    leaving: {state: true},
  };

  declare chat: Chat;
  declare messages: Messages;
  declare leaving: 'no' | 'now' | 'failed';

  readonly #more = new MoreMessages(this);
  readonly #answerer = new ChatSlice(this, ({answerer}) => answerer);
  readonly #keeping = new ChatSlice(this, ({keeping}) => keeping);
  #unfollow = () => {};
  #isListening = false;
  /** The human whom the person has been told of. */
  #human: Answerer | undefined;
  #toldKeeping: ChatState['keeping'];
  /** What of the last turn has been told. */
  #told = '';

  constructor() {
    super();
    this.leaving = 'no';
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#unfollow();
    this.#isListening = false;
  }

  override updated() {
    if (!this.#more.value || this.#isListening) return;
    this.#isListening = true;
    const state = this.chat.store.get();
    this.#told = lastOf(state).key;
    this.#listen(state);
    this.#unfollow = this.chat.store.subscribe(this.#listen);
  }

  override render(): unknown {
    const messages = this.#more.value;
    return messages
      ? [this.#renderHuman(this.#answerer.value, messages), this.#renderKeeping(this.#keeping.value, messages)]
      : nothing;
  }

  #renderKeeping(keeping: ChatState['keeping'], messages: Messages) {
    return keeping ? html`<p class="keeping muted">${messages.t(`keeping_${keeping}`)}</p>` : nothing;
  }

  #renderHuman(answerer: Answerer | undefined, messages: Messages) {
    const {leaving} = this;
    if (!answerer || !hasTakenOver(this.chat.store.get())) return nothing;
    return html`
      <div class="human" part="human">
        <p>${icon('person')}<span dir="auto">${this.#joined(answerer)}</span></p>
        ${
          this.chat.transport.leaveHuman
            ? html`<button class="leave" part="human-leave" type="button" aria-disabled=${leaving === 'now' ? 'true' : 'false'}
              @click=${this.#leave}>${messages.t('humanLeave')}</button>`
            : nothing
        }
        ${leaving === 'failed' ? html`<p class="failed" role="alert">${messages.t('error_network')}</p>` : nothing}
      </div>
    `;
  }

  get #words() {
    return this.#more.value!;
  }

  #nameOf({name}: Answerer) {
    return name ?? this.#words.t('humanName');
  }

  #joined(human: Answerer) {
    return this.#words.t('humanJoined', {name: this.#nameOf(human)});
  }

  /** At once, and not with the next update: this element may go away with the human. */
  readonly #listen = (state: ChatState) => {
    const messages = this.#words;
    const {answerer, keeping} = state;
    if (keeping && keeping !== this.#toldKeeping) this.#say(messages.t(`keeping_${keeping}`));
    this.#toldKeeping = keeping;
    const before = this.#human;
    this.#human = hasTakenOver(state) ? answerer : undefined;
    if (before && !this.#human) {
      const left = messages.t('humanLeft', {name: this.#nameOf(before)});
      return this.#say(`${left} ${messages.t(answerer.kind === 'ai' ? 'noticeAi' : 'noticeSearch')}`);
    }
    if (this.#human && !before) this.#say(`${this.#joined(answerer)} ${messages.t('noticeHuman')}`);
    if (answerer.kind === 'human') this.#listenToHuman(state);
  };

  #listenToHuman(state: ChatState) {
    const {key, turn, text} = lastOf(state);
    if (key === this.#told) return;
    this.#told = key;
    // A failure is an alert of its own.
    if (!turn || isOpen(turn) || turn.phase === 'failed') return;
    this.#say(text ? `${this.#nameOf(state.answerer)}: ${spokenText(text)}` : this.#words.t('humanSent'));
  }

  readonly #leave = async () => {
    if (this.leaving === 'now') return;
    this.leaving = 'now';
    this.leaving = (await this.chat.leaveHuman()) ? 'no' : 'failed';
  };

  #say(words: string) {
    this.dispatchEvent(new CustomEvent('say', {bubbles: true, detail: words}));
  }
}

/** Where humans answer from the start, nobody takes over. */
const hasTakenOver = ({answerer, config}: ChatState) => answerer.kind === 'human' && answerer !== config?.answerer;

function lastOf({turns}: ChatState) {
  const turn = turns.at(-1);
  const text = turn?.answers.map(answerText).join(' ').trim() ?? '';
  return {turn, text, key: `${turn?.id} ${turn?.phase} ${text !== ''}`};
}

export function defineSituation() {
  register('tillit-human-message', TillitHumanMessage);
  register('tillit-situation', TillitSituation);
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-situation': TillitSituation;
  }
}
