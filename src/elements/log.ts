import {css, html, nothing, type PropertyValues, type TemplateResult} from 'lit';

import type {CodeBlock} from '../answer/tokens.js';
import {ChatSlice} from '../controllers/chat-slice.js';
import {FollowTail} from '../controllers/follow-tail.js';
import type {Chat} from '../core/session.js';
import {isOpen, type Turn} from '../core/state.js';
import type {Messages} from '../i18n/messages.js';
import {OncePerFrame} from './frames.js';
import {icon} from './icon.js';
import {TillitElement} from './tillit-element.js';

/** Turns stand in groups of so many: to ask of each turn whether it is in sight would slow every key press down. */
const groupTurns = 8;
/** So many groups at the end are drawn at once, in full. */
const lastGroups = 2;
/** Of a conversation that is long when it comes, so many earlier groups are drawn at a time. */
const sliceGroups = 5;

/**
 * The conversation. Not a live region: the status line announces what happens.
 *
 * @tagname tillit-log
 * @csspart log - The box that scrolls.
 * @csspart unread - The line above what came while the chat was closed.
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
        padding: var(--_gutter);
      }

      /* Long conversations: what is out of sight is not laid out, and keeps the size it had. */
      .group:not(:last-child) {
        content-visibility: auto;
        contain-intrinsic-block-size: auto 192rem;
        overflow-clip-margin: 0.5rem;
      }

      /* A question that has room below keeps its place at the top of it. */
      tillit-turn {
        align-content: start;
      }

      .turns,
      .group {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: calc(var(--_space) * 3);
      }

      @media print {
        :is(&, .log) {
          display: block;
          overflow: visible;
          container-type: normal;
        }
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
  readonly #frames = new OncePerFrame();
  #near: IntersectionObserver | undefined;
  /** Groups that are drawn in full, by their place; of the others the words alone. */
  readonly #full = new Set<number>();
  /** Groups before this one are not drawn yet. */
  #first = 0;
  #count = 0;
  #lastId: string | undefined;
  #last: Turn | undefined;
  /** The question that was asked last, here. */
  #askedId: string | undefined;

  /** While text arrives, once per frame is enough. */
  protected override async scheduleUpdate() {
    const turns = this.#turns.value ?? [];
    if (turns.length === this.#count && turns.at(-1)?.phase === 'streaming') await this.#frames.turn();
    await super.scheduleUpdate();
  }

  // Not willUpdate: the slice is taken between the two.
  protected override update(changed: PropertyValues<this>) {
    const turns = this.#turns.value ?? [];
    const last = turns.at(-1);
    if (last && isOpen(last)) this.#askedId = last.id;
    if (last !== this.#last) this.#tail.expectMore();
    this.#last = last;
    const groups = countGroups(turns);
    for (let back = 1; back <= lastGroups; back++) this.#full.add(groups - back);
    if (!this.hasUpdated) this.#first = groups - lastGroups;
    super.update(changed);
  }

  override render(): unknown {
    const {messages} = this;
    const turns = this.#turns.value ?? [];
    return html`
      <div class="log" part="log" role="log" aria-live="off" aria-label=${messages.t('logLabel')} tabindex="0">
        <div class="turns">
          ${[...new Array(countGroups(turns)).keys()].map((group) => html`<div class="group">${this.#renderGroup(turns, group)}</div>`)}
        </div>
      </div>
      ${
        this.#tail.hasNews
          ? html`<button class="chip to-end" type="button" @click=${this.#toEnd}>${icon('down')} ${messages.t('newAnswerBelow')}</button>`
          : nothing
      }
    `;
  }

  #renderGroup(turns: readonly Turn[], group: number) {
    const isFull = this.#full.has(group);
    if (group < this.#first && !isFull) return nothing;
    const from = group * groupTurns;
    return turns.slice(from, from + groupTurns).map(
      (turn, index) => html`
        <tillit-turn .chat=${this.chat} .messages=${this.messages} .turn=${turn}
          .isFull=${isFull} .isLast=${from + index === turns.length - 1}
          .ticketUrl=${this.ticketUrl} .imageOrigins=${this.imageOrigins} .renderCode=${this.renderCode}
          .staleAfterDays=${this.staleAfterDays}></tillit-turn>
      `,
    );
  }

  override firstUpdated() {
    // Before it is needed: then there is no network. Without it, a question can be sent again all the same.
    whenIdle(() => void import('./offline.js').then(({defineOffline}) => defineOffline(this.messages)).catch(() => {}));
    import('./conveniences.js').then(
      ({attend}) => attend(this),
      () => {},
    );
  }

  override updated() {
    const turns = this.#turns.value ?? [];
    if (turns.length !== this.#count) this.#observe();
    if (this.#first > 0) whenIdle(this.#drawEarlier);
    const id = turns.at(-1)?.id;
    // Who asks wants to see what comes, wherever they had scrolled.
    if (id !== this.#lastId && id !== undefined && id === this.#askedId) void this.#pinLast();
    // What comes unasked leaves who reads further up where they are.
    else if (turns.length > this.#count && (this.#count === 0 || turns.at(-1)?.question)) this.#tail.toEnd();
    this.#count = turns.length;
    this.#lastId = id;
  }

  /** A group that a person comes near is drawn in full, and stays so: what they do there is kept. */
  #observe() {
    const box = this.renderRoot.querySelector('.log')!;
    // Where it is missing, words alone stay what is far.
    if (typeof IntersectionObserver !== 'function') return;
    this.#near ??= new IntersectionObserver(this.#onNear, {root: box, rootMargin: '200% 0px'});
    box.querySelectorAll('.group').forEach((group, index) => {
      if (!this.#full.has(index)) this.#near?.observe(group);
    });
  }

  readonly #onNear = (entries: readonly IntersectionObserverEntry[]) => {
    for (const {target, isIntersecting} of entries) {
      if (!isIntersecting) continue;
      this.#near?.unobserve(target);
      this.#full.add([...target.parentElement!.children].indexOf(target));
      this.requestUpdate();
    }
  };

  readonly #drawEarlier = () => {
    this.#first -= sliceGroups;
    this.requestUpdate();
  };

  async #pinLast() {
    const turn = this.renderRoot.querySelector<TillitElement>('.group:last-child > :last-child');
    await turn?.updateComplete;
    if (turn?.isConnected) this.#tail.pin(turn);
  }

  readonly #toEnd = () => {
    this.#tail.toEnd();
    // The button goes away, and the end is what the person wants to read.
    this.renderRoot.querySelector<HTMLElement>('.log')?.focus({preventScroll: true});
  };
}

const countGroups = (turns: readonly Turn[]) => Math.ceil(turns.length / groupTurns);

/** Not for ever: a page that is never idle must not keep the beginning from those who look for it. */
const whenIdle = (run: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(run, {timeout: 500}) : setTimeout(run);

declare global {
  interface HTMLElementTagNameMap {
    'tillit-log': TillitLog;
  }
}
