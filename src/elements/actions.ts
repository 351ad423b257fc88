import {css, html, nothing} from 'lit';

import {withMarkers} from '../answer/place-citations.js';
import type {Chat} from '../core/session.js';
import type {Answer, Turn} from '../core/state.js';
import {loadMore} from '../i18n/locales.js';
import type {Messages} from '../i18n/messages.js';
import {timeLabel} from '../i18n/time.js';
import {TillitElement} from './tillit-element.js';

/** How long a button says what came of it. */
const SAID_MS = 2500;

/**
 * What a person can do with an answer, and when it was given: one calm row.
 *
 * @tagname tillit-actions
 * @csspart actions - What can be done with an answer: its rating, the buttons, its time.
 * @csspart copy - Copies the answer with its sources.
 * @csspart ask-again - Asks for another answer to the same question.
 */
export class TillitActions extends TillitElement {
  static override sheet = css`
    tillit-actions {
      display: block;

      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: 0 0.5rem;
      }

      tillit-rating {
        flex: 1 1 auto;
      }

      /* Its form takes the whole width, and the buttons stay above. */
      tillit-rating:has(form, .reasons) {
        order: 1;
        flex-basis: 100%;
      }

      .tools {
        display: flex;
        align-items: center;
        min-block-size: 2.25rem;
        margin-inline-start: auto;
        font-size: var(--_tiny);
        color: var(--_muted);
      }

      .tools button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 0.3rem;
        min-inline-size: 2.25rem;
        inline-size: auto;
      }

      .tools .icon {
        inline-size: 1.125rem;
        block-size: 1.125rem;
      }

      .tools [data-said] {
        padding-inline: 0.5rem;
        color: var(--_text);
      }

      /* Room for the word, so that the row does not break. */
      .tools:has([data-said]) time {
        display: none;
      }

      time {
        margin-inline-start: 0.375rem;
        white-space: nowrap;
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    turn: {attribute: false},
    index: {attribute: false},
    isLast: {attribute: false},
    said: {state: true},
  };

  declare chat: Chat;
  declare messages: Messages;
  declare turn: Turn;
  /** Which bubble of the turn. */
  declare index: number;
  /** Only the last question can be asked again: what came after would rest on an answer that is gone. */
  declare isLast: boolean;
  /** What came of copying, for a moment. */
  declare said: 'copied' | 'copyFailed' | undefined;

  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.index = 0;
    this.isLast = false;
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.said = undefined;
  }

  override render(): unknown {
    const {turn, messages, index, said} = this;
    return html`
      <div class="actions" part="actions">
        ${
          this.#isRateable
            ? html`<tillit-rating .chat=${this.chat} .messages=${messages} .turnId=${turn.id} .index=${index}
              .rating=${this.#answer.rating}></tillit-rating>`
            : nothing
        }
        <div class="tools">
          <button class="icon-button" part="copy" type="button" aria-label=${messages.t(said ?? 'copyAnswer')}
            title=${messages.t('copyAnswer')} ?data-said=${said} @click=${this.#copy}>
            ${said ? messages.t(said) : copyIcon}
          </button>
          ${
            this.#canAskAgain
              ? html`<button class="icon-button" part="ask-again" type="button" aria-label=${messages.t('askAgain')}
                title=${messages.t('askAgain')} @click=${this.#askAgain}>${againIcon}</button>`
              : nothing
          }
          <time datetime=${new Date(turn.askedAtMs).toISOString()}>${timeLabel(turn.askedAtMs, Date.now(), messages.locale)}</time>
        </div>
      </div>
    `;
  }

  get #answer(): Answer {
    return this.turn.answers[this.index]!;
  }

  get #isRateable() {
    return this.turn.phase === 'done' && this.#answer.rateable && this.chat.can('rating');
  }

  get #canAskAgain() {
    const {phase, answers} = this.turn;
    const isOver = phase === 'done' || phase === 'stopped';
    return this.isLast && isOver && this.index === answers.length - 1 && this.#answer.answerer.kind !== 'human';
  }

  readonly #askAgain = () => void this.chat.retry(this.turn.id);

  readonly #copy = async () => {
    const {messages} = this;
    const answer = this.#answer;
    const copied = readCopy(answer, messages);
    // Asked for at once, with the content to come: Safari takes nothing that is asked for later than the press.
    const written =
      typeof ClipboardItem === 'function'
        ? navigator.clipboard?.write([
            new ClipboardItem({
              'text/html': copied.then(({html}) => new Blob([html], {type: 'text/html'})),
              'text/plain': copied.then(({text}) => new Blob([text], {type: 'text/plain'})),
            }),
          ])
        : copied.then(({text}) => navigator.clipboard.writeText(text));
    try {
      await (written ?? Promise.reject(new Error('no clipboard')));
      this.#say('copied');
    } catch {
      this.#say('copyFailed');
    }
  };

  #say(what: 'copied' | 'copyFailed') {
    if (!this.isConnected) return;
    this.said = what;
    // For the one status line, which speaks to those who do not see the button.
    this.dispatchEvent(new CustomEvent('say', {bubbles: true, detail: this.messages.t(what)}));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.said = undefined;
    }, SAID_MS);
  }
}

async function readCopy(answer: Answer, messages: Messages) {
  const [{copiedAnswer}, {readAnswer}, more] = await Promise.all([
    import('../answer/copied-answer.js'),
    import('./answer-text.js'),
    loadMore(messages),
  ]);
  const markdown = withMarkers(answer, true);
  return copiedAnswer(markdown, readAnswer(markdown), answer.sources, {
    sources: messages.t('sources'),
    ...(answer.answerer.kind === 'ai' && {disclosure: more.t('copiedFromAi')}),
  });
}

const copyIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M9 9h11v11H9zM5 15V6a2 2 0 0 1 2-2h8" /></svg>`;
const againIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5" /></svg>`;

declare global {
  interface HTMLElementTagNameMap {
    'tillit-actions': TillitActions;
  }
}
