import {css, html, nothing} from 'lit';

import type {Chat, RateOutcome} from '../core/session.js';
import type {AnswerRating} from '../core/state.js';
import type {Reason, Score} from '../core/transport.js';
import type {Messages} from '../i18n/messages.js';
import {findingSentence} from './finding-sentence.js';
import {icon} from './icon.js';
import {TillitElement} from './tillit-element.js';

const scores: readonly Score[] = [1, 2, 3, 4, 5];
/** Up to this score a person is asked why. */
const lowScore = 3;
const reasons: readonly Reason[] = ['wrong', 'outdated', 'incomplete', 'unclear', 'off_topic'];
const isLow = (score: Score | undefined) => score !== undefined && score <= lowScore;

/**
 * Asks for 1 to 5, and then for a comment, and for reasons where the score is low. Five native radios: arrow keys, labels and forced colours come free.
 * The score is saved as soon as it is chosen, and so is a reason; a comment is saved with them when it is sent.
 *
 * @tagname tillit-rating
 * @csspart rating-star - One star.
 * @csspart rating-reason - One reason for a low score.
 * @csspart rating-comment - The comment's field.
 * @csspart rating-submit - Saves score and comment.
 */
export class TillitRating extends TillitElement {
  static override sheet = css`
    tillit-rating {
      display: block;

      fieldset {
        border: 0;
        margin: 0;
        padding: 0;
        min-inline-size: 0;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.6rem;
        font-size: var(--_tiny);
        color: var(--_muted);
      }

      legend {
        float: inline-start;
        padding: 0;
      }

      .stars {
        display: flex;
      }

      .star {
        position: relative;
        inline-size: 1.75rem;
        block-size: 2.25rem;
        display: grid;
        place-items: center;
        font-size: 1.2rem;
        line-height: 1;
        color: var(--_field);
        cursor: pointer;
        border-radius: 0.375rem;
      }

      .star[data-on] {
        color: var(--_star);
      }

      .star:has(:focus-visible) {
        outline: 2px solid var(--_focus);
      }

      @media (hover: hover) {
        .stars:hover .star {
          color: var(--_star);
        }

        .star:hover ~ .star {
          color: var(--_field);
        }
      }

      .reasons {
        margin-block-start: 0.25rem;
      }

      .reasons legend {
        float: none;
        padding-block-end: 0.25rem;
        font-weight: 600;
        color: var(--_text);
      }

      .reason {
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
        min-block-size: 2rem;
        padding-inline: 0.625rem;
        border: 1px solid var(--_line);
        border-radius: 1.25rem;
        color: var(--_text);
        cursor: pointer;
      }

      .reason:has(:checked) {
        border-color: var(--_link);
        background: var(--_accent-soft);
      }

      .reason:has(:focus-visible) {
        outline: 2px solid var(--_focus);
        outline-offset: 2px;
      }

      .reason input {
        margin: 0;
        accent-color: var(--_link);
      }

      form {
        display: grid;
        gap: var(--_space);
        margin-block-start: var(--_space);
      }

      form label {
        font-size: var(--_tiny);
        font-weight: 600;
        display: grid;
        gap: 0.25rem;
      }

      textarea {
        font-weight: 400;
        resize: vertical;
        min-block-size: 4.25rem;
      }

      .row {
        display: flex;
        align-items: center;
        gap: 0.75rem;
      }

      .thanks {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        font-size: var(--_tiny);
        color: var(--_muted);
        min-block-size: 2.25rem;
      }

      .thanks .icon {
        color: var(--_link);
      }

      .problem {
        font-size: var(--_tiny);
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    turnId: {attribute: false},
    index: {attribute: false},
    conversationId: {attribute: false},
    rating: {attribute: false},
    comment: {state: true},
    problem: {state: true},
    isCommented: {state: true},
  };

  declare chat: Chat;
  declare messages: Messages;
  declare turnId: string;
  /** Which bubble of the turn is rated. */
  declare index: number;
  /** In place of an answer: the conversation that has ended. */
  declare conversationId: string | undefined;
  /** What the person has said so far. */
  declare rating: AnswerRating | undefined;
  declare comment: string;
  /** Why the guard let the rating not pass. */
  declare problem: string | undefined;
  /** The comment has been saved: the form makes room for the thanks. */
  declare isCommented: boolean;

  constructor() {
    super();
    this.index = 0;
    this.comment = '';
    this.isCommented = false;
  }

  override render(): unknown {
    const {messages} = this;
    const score = this.rating?.score;
    return html`
      <fieldset @change=${this.#choose}>
        <legend>${messages.t(this.conversationId === undefined ? 'ratingQuestion' : 'conversationRatingQuestion')}</legend>
        <div class="stars">${scores.map((value) => this.#renderStar(value, score))}</div>
      </fieldset>
      ${isLow(score) && this.conversationId === undefined ? this.#renderReasons() : nothing}
      ${score === undefined || this.isCommented ? nothing : this.#renderComment()}
      <div id=${this.#problemId}>${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}</div>
      ${this.#renderResult()}
    `;
  }

  #renderStar(value: Score, score: Score | undefined) {
    return html`
      <label class="star" part="rating-star" ?data-on=${value <= (score ?? 0)}>
        <input class="visually-hidden" type="radio" name=${`score-${this.#key}`} value=${value} .checked=${value === score} />
        <span class="visually-hidden">${this.messages.t('ratingStar', {n: value})}</span>
        <span aria-hidden="true">${value <= (score ?? 0) ? '★' : '☆'}</span>
      </label>
    `;
  }

  #renderReasons() {
    const {messages} = this;
    const chosen = this.rating?.reasons ?? [];
    return html`
      <fieldset class="reasons" @change=${this.#reason}>
        <legend>${messages.t('ratingReasons')}</legend>
        ${reasons.map(
          (reason) => html`
          <label class="reason" part="rating-reason">
            <input type="checkbox" value=${reason} .checked=${chosen.includes(reason)} />${messages.t(`reason_${reason}`)}
          </label>
        `,
        )}
      </fieldset>
    `;
  }

  #renderComment() {
    const {messages} = this;
    return html`
      <form @submit=${this.#submit} novalidate>
        <label>
          ${messages.t('ratingComment')}
          <textarea class="field" part="rating-comment" rows="2" dir="auto" maxlength=${this.chat.limit('commentChars')}
            aria-invalid=${this.problem ? 'true' : 'false'} aria-describedby=${this.#problemId} .value=${this.comment} @input=${this.#write}></textarea>
        </label>
        <div class="row"><button class="button" part="rating-submit" type="submit" @click=${this.#submit}>${messages.t('ratingSubmit')}</button></div>
      </form>
    `;
  }

  #renderResult() {
    const {messages, rating} = this;
    if (!rating) return nothing;
    switch (rating.phase) {
      case 'saving':
        return html`<p class="thanks">${messages.t('ratingSaving')}</p>`;
      case 'saved':
        return html`<p class="thanks" role="status">${icon('check')} ${messages.t('ratingThanks')}</p>`;
      case 'failed':
        return html`<p class="problem" role="alert">${messages.t('ratingFailed')} ${rating.error?.display ?? messages.t(`error_${rating.error?.code ?? 'server'}`)}</p>`;
    }
  }

  readonly #choose = (event: Event) => {
    const score = Number((event.target as HTMLInputElement).value) as Score;
    // The last write wins: a comment that was sent goes along, or the new score would take it away.
    const {isCommented} = this;
    this.isCommented = false;
    void this.#save(score, isCommented ? this.comment : '', isLow(score) ? this.rating?.reasons : []);
  };

  readonly #reason = (event: Event) => {
    const score = this.rating?.score;
    if (score === undefined) return;
    const boxes = (event.currentTarget as HTMLElement).querySelectorAll<HTMLInputElement>('input:checked');
    void this.#save(
      score,
      this.isCommented ? this.comment : '',
      [...boxes].map(({value}) => value as Reason),
    );
  };

  readonly #write = (event: Event) => {
    this.comment = (event.target as HTMLTextAreaElement).value;
    this.problem = undefined;
  };

  // By the button too: a frame whose sandbox forbids forms submits none.
  readonly #submit = async (event: Event) => {
    event.preventDefault();
    const score = this.rating?.score;
    if (score === undefined) return;
    if (await this.#save(score, this.comment)) this.isCommented = true;
  };

  async #save(score: Score, comment: string, reasons = this.rating?.reasons): Promise<boolean> {
    const outcome =
      this.conversationId === undefined
        ? await this.chat.rate(this.turnId, score, comment, this.index, reasons)
        : await this.chat.rateConversation(score, comment);
    this.problem = this.#problemOf(outcome);
    return outcome.rated;
  }

  /** What the guard says; what the backend says stands with the rating itself. */
  #problemOf(outcome: RateOutcome): string | undefined {
    const {messages} = this;
    if (outcome.rated) return undefined;
    if (outcome.reason === 'check-failed') return messages.t('findingsCheckFailed');
    if (outcome.reason !== 'blocked') return undefined;
    const {title, kinds} = findingSentence(outcome.findings, messages);
    return `${title} ${kinds} ${messages.t('findingsNothingSent')}`;
  }

  get #problemId() {
    return `rating-${this.#key}`;
  }

  get #key() {
    return this.conversationId ?? `${this.turnId}-${this.index}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-rating': TillitRating;
  }
}
