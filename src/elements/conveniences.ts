import {css, type ReactiveController, type ReactiveControllerHost} from 'lit';

import type {Chat} from '../core/session.js';
import {isOpen, type Turn} from '../core/state.js';
import type {Messages} from '../i18n/messages.js';
import {adopt} from './adopt.js';
import {emit} from './emit.js';

type Host = ReactiveControllerHost & HTMLElement & {readonly chat: Chat; readonly messages: Messages};

const sheet = css`
    .launcher[data-unread]::after {
      content: attr(data-unread);
      position: absolute;
      inset-block-start: -0.375rem;
      inset-inline-end: -0.375rem;
      min-inline-size: 1.375rem;
      padding-inline: 0.375rem;
      border-radius: 1rem;
      background: var(--_block);
      color: var(--_block-soft);
      font: 600 max(0.75rem, 12px) / 1.375rem var(--_font);
      text-align: center;
    }

      .unread {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        color: var(--_link);
        font-size: var(--_tiny);
        font-weight: 600;
      }

      .unread::before,
      .unread::after {
        content: '';
        flex: 1;
        border-block-start: 1px solid;
      }

    /* On paper: the conversation, and nothing to press. */
    @media print {
      .panel:popover-open,
      .panel:not([popover]) {
        display: block;
        position: absolute;
        inset: 0;
        inline-size: auto;
        block-size: auto;
        overflow: visible;
        box-shadow: none;
      }

      .screen,
      .talk {
        display: block;
      }

      header > :not(h1),
      tillit-composer,
      .panel button:not(.cite) {
        display: none;
      }
    }
`;

/** Logs that are attended to already: one that is put elsewhere on the page is the same. */
const attended = new WeakSet<Host>();

/**
 * What a conversation can do without, and people are used to: Up brings the last question back, answers that came while
 * the chat was closed are counted, and it can be printed. Loaded beside the log.
 */
export function attend(log: Host) {
  if (!log.isConnected || attended.has(log)) return;
  attended.add(log);
  adopt(log.getRootNode() as ShadowRoot, sheet);
  log.addController(new Conveniences(log));
}

/** The launcher and the line are changed by hand: both are there long before, and need not know of this. */
class Conveniences implements ReactiveController {
  readonly #log: Host;
  readonly #open = new Set<string>();
  /** Messages of humans, which nobody asked for, that are no news. */
  readonly #known = new Set<string>();
  readonly #line = document.createElement('p');
  #turns: readonly Turn[] = [];
  #panel: HTMLElement | null = null;
  #away = new AbortController();
  #count = 0;

  constructor(log: Host) {
    this.#log = log;
    this.#line.className = 'unread';
    this.#line.setAttribute('part', 'unread');
  }

  hostConnected() {
    this.#away = new AbortController();
    const {signal} = this.#away;
    this.#panel = this.#log.closest<HTMLElement>('.panel');
    this.#panel?.addEventListener('toggle', () => this.#isHidden || this.#show(0), {signal});
    this.#panel?.addEventListener('keydown', this.#onKey, {signal});
    const {store} = this.#log.chat;
    signal.addEventListener(
      'abort',
      store.subscribe(({turns}) => this.#take(turns)),
    );
    for (const {id} of store.get().turns) this.#known.add(id);
    this.#take(store.get().turns);
  }

  hostDisconnected() {
    this.#show(0);
    this.#away.abort();
  }

  #take(turns: readonly Turn[]) {
    if (turns === this.#turns) return;
    this.#turns = turns;
    turns.forEach((turn, index) => {
      const isUnasked = turn.question === '' && !this.#known.has(turn.id);
      this.#known.add(turn.id);
      if (isOpen(turn)) {
        // More is asked: what was new has been read.
        if (!this.#open.has(turn.id) && this.#count === 0) this.#line.remove();
        this.#open.add(turn.id);
      } else if ((this.#open.delete(turn.id) || isUnasked) && turn.phase === 'done' && this.#isHidden) {
        if (this.#count === 0) void this.#drawLine(index);
        this.#show(this.#count + 1);
      }
    });
  }

  get #isHidden() {
    return this.#panel?.matches('[popover]:not(:popover-open)') ?? false;
  }

  async #drawLine(index: number) {
    // A message of a human has yet to be drawn.
    await this.#log.updateComplete;
    const turns = this.#log.querySelectorAll('tillit-turn');
    this.#line.textContent = this.#log.messages.t('unread');
    // The log draws no turns that are far from its end: counted from there.
    turns[turns.length - this.#turns.length + index]?.prepend(this.#line);
  }

  #show(count: number) {
    if (count === this.#count) return;
    this.#count = count;
    emit(this.#log, 'tillit-unread', {count});
    const launcher = this.#panel?.parentElement?.querySelector<HTMLElement>('.launcher');
    if (!launcher) return;
    if (count === 0) return launcher.removeAttribute('data-unread');
    const {messages} = this.#log;
    launcher.dataset['unread'] = new Intl.NumberFormat(messages.locale).format(count);
    launcher.setAttribute('aria-label', `${messages.t('launcherOpen')} (${launcher.dataset['unread']})`);
  }

  /** To ask the last question in other words, from an empty field. */
  readonly #onKey = (event: KeyboardEvent) => {
    const {key, target, isComposing, shiftKey, ctrlKey, altKey, metaKey} = event;
    // A human may have written since.
    const question = this.#turns
      .map((turn) => turn.question)
      .filter(Boolean)
      .at(-1);
    if (key !== 'ArrowUp' || isComposing || shiftKey || ctrlKey || altKey || metaKey || !question) return;
    if (!(target instanceof HTMLTextAreaElement && target.value === '' && target.matches('[part~="input"]'))) return;
    event.preventDefault();
    this.#log.chat.draft(question);
  };
}
