import type {ReactiveController, ReactiveControllerHost} from 'lit';

import type {ChatState, Turn} from '../core/state.js';
import {isOpen} from '../core/state.js';

type Host = ReactiveControllerHost;

/** The sentences, in the person's language. */
export interface Announcements {
  answering(): string;
  stopped(): string;
  /** The whole answer, once. */
  answered(turn: Turn): string;
}

/**
 * Says whole sentences through the one status region: when an answer begins, and the finished answer once.
 * Never each token: that is what makes chats unusable with a screen reader.
 */
export class Announcer implements ReactiveController {
  /** What the status region holds. */
  text = '';

  readonly #host: Host;
  #phases = new Map<string, Turn['phase']>();

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {}

  /** Takes what is there as said already: a restored conversation is not read out. */
  begin({turns}: ChatState) {
    this.#phases = new Map(turns.map(({id, phase}) => [id, phase]));
    this.say('');
  }

  follow({turns, answerer}: ChatState, say: Announcements) {
    const turn = turns.at(-1);
    // What was said belongs to the conversation, and goes with it.
    if (!turn) return this.say('');
    if (this.#phases.get(turn.id) === turn.phase) return;
    this.#phases.set(turn.id, turn.phase);
    // What there is to say about a human, `<tillit-situation>` says.
    if (answerer.kind === 'human') return;
    if (turn.phase === 'stopped') this.say(say.stopped());
    else if (turn.phase === 'done') this.say(say.answered(turn));
    // A failure is an alert of its own; here it only ends what was said before.
    else this.say(isOpen(turn) ? say.answering() : '');
  }

  /** Says it, unless it was the last that was said. */
  say(text: string) {
    if (text === this.text) return;
    this.text = text;
    this.#host.requestUpdate();
  }
}
