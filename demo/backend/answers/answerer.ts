/** The port between the protocol and whoever answers. */
import type {Answerer, ChatEvent} from 'tillit-chat/core';

import type {Locale} from '../locale.js';

export interface AnswerRequest {
  readonly question: string;
  /** Earlier turns, oldest first. */
  readonly history: readonly {readonly role: 'user' | 'assistant'; readonly text: string}[];
  /** The language of the interface; the question may be in another. */
  readonly locale: Locale;
  /** Where our help pages are: `https://help.example.se`. */
  readonly siteUrl: string;
}

export interface AnswerMaker {
  readonly answerer: Answerer;
  /** Yields the events between `start` and the end, and one terminal event. Ends early when the signal aborts. */
  answer(request: AnswerRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
}
