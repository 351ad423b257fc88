import type {ReactiveController, ReactiveControllerHost} from 'lit';

import type {Chat} from '../core/session.js';
import type {ChatState} from '../core/state.js';

type Host = ReactiveControllerHost & {chat?: Chat | undefined};

/**
 * Follows one slice of the chat's state and re-renders its host when that slice changes.
 *
 * `select` must return the same reference for the same state: "changed" means `Object.is` is false.
 * The host may get another `chat`, or move in the document; following moves with it.
 */
export class ChatSlice<Slice> implements ReactiveController {
  /** `undefined` only while the host has no `chat`; set before the host's first render. */
  value: Slice | undefined;

  readonly #host: Host;
  readonly #select: (state: ChatState) => Slice;
  #followed: Chat | undefined;
  #unfollow = () => {};

  constructor(host: Host, select: (state: ChatState) => Slice) {
    this.#host = host;
    this.#select = select;
    host.addController(this);
  }

  hostConnected() {
    this.#host.requestUpdate();
  }

  hostUpdate() {
    if (this.#host.chat === this.#followed) return;
    this.hostDisconnected();
    this.#followed = this.#host.chat;
    if (!this.#followed) {
      this.value = undefined;
      return;
    }
    this.#unfollow = this.#followed.store.subscribe(this.#take);
    this.#take(this.#followed.store.get());
  }

  hostDisconnected() {
    this.#unfollow();
    this.#followed = undefined;
    this.#unfollow = () => {};
  }

  readonly #take = (state: ChatState) => {
    const next = this.#select(state);
    if (Object.is(next, this.value)) return;
    this.value = next;
    this.#host.requestUpdate();
  };
}
