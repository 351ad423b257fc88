import {css, html, nothing, type PropertyValues, type TemplateResult} from 'lit';

import type {CodeBlock} from '../answer/tokens.js';
import {ChatSlice} from '../controllers/chat-slice.js';
import {FollowTail} from '../controllers/follow-tail.js';
import type {Chat} from '../core/session.js';
import {isOpen} from '../core/state.js';
import type {Messages} from '../i18n/messages.js';
import {icon} from './icon.js';
import {TillitElement} from './tillit-element.js';

/**
 * The conversation. Not a live region: the status line announces what happens.
 *
 * @tagname tillit-log
 * @csspart log - The box that scrolls.
 */
export class TillitLog extends TillitElement {
  static override sheet = css`
    tillit-log {
      display: grid;
      min-block-size: 0;
      position: relative;

      .log {
        overflow: auto;
        overscroll-behavior: contain;
        scrollbar-width: thin;
        padding: 1.125rem;
        container-type: size;
      }

      /* Long conversations: what is out of sight is not laid out, and keeps the size it had. */
      tillit-turn:not(:last-child) {
        content-visibility: auto;
        contain-intrinsic-block-size: auto 24rem;
        overflow-clip-margin: 0.5rem;
      }

      /* Room below, so that a question can stand at the top before its answer is long enough, and nothing jumps. */
      tillit-turn[data-asked]:last-child {
        align-content: start;
        min-block-size: 100cqb;
      }

      .turns {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.5rem;
      }

      .to-end {
        position: absolute;
        inset-block-end: 0.5rem;
        justify-self: center;
        max-inline-size: calc(100% - 1.5rem);
        background: var(--_surface);
        box-shadow: 0 2px 10px rgb(0 0 0 / 0.16);
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    ticketUrl: {attribute: false},
    imageOrigins: {attribute: false},
    renderCode: {attribute: false},
    staleAfterDays: {attribute: false},
  };

  declare chat: Chat;
  declare messages: Messages;
  declare ticketUrl: string | undefined;
  declare imageOrigins: readonly string[];
  declare renderCode: ((block: CodeBlock) => TemplateResult | undefined) | undefined;
  declare staleAfterDays: number | undefined;

  readonly #turns = new ChatSlice(this, ({turns}) => turns);
  readonly #tail = new FollowTail(this, () => this.renderRoot.querySelector<HTMLElement>('.log'));
  #count = 0;
  #lastId: string | undefined;
  /** The question that was asked last, here. */
  #askedId: string | undefined;

  // Not willUpdate: the slice is taken between the two.
  protected override update(changed: PropertyValues<this>) {
    const last = this.#turns.value?.at(-1);
    if (last && isOpen(last)) this.#askedId = last.id;
    super.update(changed);
  }

  override render(): unknown {
    const {messages} = this;
    const turns = this.#turns.value ?? [];
    return html`
      <div class="log" part="log" role="log" aria-live="off" aria-label=${messages.t('logLabel')} tabindex="0">
        <div class="turns">
          ${turns.map(
            (turn, index) => html`
            <tillit-turn ?data-asked=${turn.id === this.#askedId} .chat=${this.chat} .messages=${messages} .turn=${turn} .isLast=${index === turns.length - 1}
              .ticketUrl=${this.ticketUrl} .imageOrigins=${this.imageOrigins} .renderCode=${this.renderCode}
              .staleAfterDays=${this.staleAfterDays}></tillit-turn>
          `,
          )}
        </div>
      </div>
      ${
        this.#tail.hasNews
          ? html`<button class="chip to-end" type="button" @click=${this.#toEnd}>${icon('down')} ${messages.t('newAnswerBelow')}</button>`
          : nothing
      }
    `;
  }

  override updated() {
    const turns = this.#turns.value ?? [];
    const id = turns.at(-1)?.id;
    // Who asks wants to see what comes, wherever they had scrolled.
    if (id !== this.#lastId && id !== undefined && id === this.#askedId) void this.#pinLast();
    else if (turns.length > this.#count) this.#tail.toEnd();
    this.#count = turns.length;
    this.#lastId = id;
  }

  async #pinLast() {
    const turn = this.renderRoot.querySelector<TillitElement>('.turns > :last-child');
    await turn?.updateComplete;
    if (turn?.isConnected) this.#tail.pin(turn);
  }

  readonly #toEnd = () => {
    this.#tail.toEnd();
    // The button goes away, and the end is what the person wants to read.
    this.renderRoot.querySelector<HTMLElement>('.log')?.focus({preventScroll: true});
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-log': TillitLog;
  }
}
