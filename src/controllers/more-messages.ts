import type {ReactiveController, ReactiveControllerHost} from 'lit';

import {loadMore} from '../i18n/locales.js';
import type {Messages} from '../i18n/messages.js';

type Host = ReactiveControllerHost & {readonly messages?: Messages | undefined};

/**
 * Its host's messages together with those that a text conversation does without (src/i18n/catalog-parts.ts), for an
 * element that says some of them. Fetched anew when the host gets other messages: another language, another wording.
 */
export class MoreMessages implements ReactiveController {
  /** `undefined` until they are there; in the meantime the host has nothing to draw. */
  value: Messages | undefined;
  /** They could not be fetched. */
  isMissing = false;
  /** Resolves when it is known whether they are there. */
  ready: Promise<void> = Promise.resolve();

  readonly #host: Host;
  #askedFor: Messages | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate() {
    const {messages} = this.#host;
    if (messages === this.#askedFor) return;
    this.#askedFor = messages;
    if (messages) this.ready = this.#load(messages);
  }

  /** Tries once more. */
  retry() {
    this.#askedFor = undefined;
    this.#host.requestUpdate();
  }

  async #load(messages: Messages) {
    const more = await loadMore(messages).catch(() => undefined);
    // The host has other messages by now.
    if (messages !== this.#askedFor) return;
    // Words in the language before are better than none.
    this.value = more ?? this.value;
    this.isMissing = more === undefined;
    this.#host.requestUpdate();
  }
}
