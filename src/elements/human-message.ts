import {css, html, nothing} from 'lit';

import {answerText, type Answer, type Turn} from '../core/state.js';
import type {Messages} from '../i18n/messages.js';
import {MoreMessages} from '../controllers/more-messages.js';
import type {MaskMap} from '../privacy/types.js';
import {timeLabel} from '../i18n/time.js';
import {TillitElement} from './tillit-element.js';

/**
 * What a human has written, or that what was written to them has been sent. Drawn as safely as what an AI writes.
 *
 * @tagname tillit-human-message
 */
export class TillitHumanMessage extends TillitElement {
  static override sheet = css`
    tillit-human-message {
      display: grid;

      .answer {
        justify-self: start;
        gap: 0.125rem;
        min-inline-size: 0;
        max-inline-size: 88%;
        padding: 0.55rem 0.875rem;
        border-radius: 1rem 1rem 1rem 0.25rem;
        background: var(--_raised);
      }

      .answer:dir(rtl) {
        border-radius: 1rem 1rem 0.25rem 1rem;
      }

      .who {
        font-size: 0.78125rem;
        color: var(--_muted);
      }

      .who bdi {
        font-weight: 600;
      }

      .sent {
        justify-self: end;
        margin-block-start: -0.875rem;
        font-size: 0.78125rem;
      }
    }
  `;

  static override properties = {
    messages: {attribute: false},
    masks: {attribute: false},
    turn: {attribute: false},
    answer: {attribute: false},
  };

  declare messages: Messages;
  /** What placeholders in the text stand for. */
  declare masks: MaskMap;
  declare turn: Turn;
  declare answer: Answer;

  readonly #more = new MoreMessages(this);

  override render(): unknown {
    const {messages, turn, answer} = this;
    const text = answerText(answer);
    if (answer.retracted) return html`<p class="answer muted">${messages.t('retracted')}</p>`;
    // What is written to a human is with them, and they answer when they do.
    if (text === '')
      return turn.question ? html`<p class="muted sent">${this.#more.value?.t('humanSent')}</p>` : nothing;
    const name = answer.answerer.name ?? this.#more.value?.t('humanName');
    return html`
      <div class="answer" part="answer" dir="auto" role="group" aria-label=${messages.t('answer')}>
        <p class="who"><bdi>${name}</bdi>
          <time datetime=${new Date(turn.askedAtMs).toISOString()}>${timeLabel(turn.askedAtMs, Date.now(), messages.locale)}</time></p>
        <tillit-answer-text .markdown=${withLineBreaks(text)} .sources=${answer.sources} .masks=${this.masks} .messages=${messages}></tillit-answer-text>
      </div>
    `;
  }
}

/** People mean the line breaks they make; in Markdown, two spaces say so. */
const withLineBreaks = (text: string) => text.replaceAll('\n', '  \n');

declare global {
  interface HTMLElementTagNameMap {
    'tillit-human-message': TillitHumanMessage;
  }
}
