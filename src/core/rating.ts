/** Rates an answer: the comment screened, the last write wins, and a rating that could not be saved says so. */
import type {Finding, Purpose, Screening} from '../privacy/types.js';
import {can} from './capabilities.js';
import {errorFrom, type ChatError} from './errors.js';
import type {Action} from './reducer.js';
import {messageRef, type AnswerRating, type ChatState} from './state.js';
import type {Store} from './store.js';
import type {CallOptions, ChatTransport, Score} from './transport.js';

export type RateOutcome =
  | {readonly rated: true}
  /** `replaced`: a later rating of the same answer took its place. */
  | {readonly rated: false; readonly reason: 'failed' | 'unsupported' | 'closed' | 'replaced' | 'check-failed'}
  | {readonly rated: false; readonly reason: 'blocked'; readonly findings: readonly Finding[]};

/** @param answer which bubble of the turn, the first is 0 */
export type Rate = (
  signal: AbortSignal,
  turnId: string,
  score: Score,
  comment?: string,
  answer?: number,
) => Promise<RateOutcome>;

export interface RatingPorts {
  readonly transport: ChatTransport;
  readonly screen: (text: string, purpose: Purpose) => Promise<Screening>;
  readonly call: (signal: AbortSignal) => CallOptions;
  readonly mayLeave: (signal: AbortSignal) => boolean;
  /** Brings the gate back where an error asks for that. */
  readonly heed: (error: ChatError) => Promise<void>;
}

export function createRating(
  store: Store<ChatState, Action>,
  {transport, screen, call, mayLeave, heed}: RatingPorts,
): Rate {
  let before: Promise<unknown> = Promise.resolve();

  return async (signal, turnId, score, comment = '', answer = 0) => {
    const ratedTurn = () => store.get().turns.find(({id}) => id === turnId);
    const turn = ratedTurn();
    const rated = turn?.answers[answer];
    if (!turn || !rated || !can(transport, store.get().config, 'rating')) return {rated: false, reason: 'unsupported'};
    const words = await screen(comment.trim(), 'comment');
    if (!mayLeave(signal)) return {rated: false, reason: 'closed'};
    if (words.verdict === 'failed') return {rated: false, reason: 'check-failed'};
    if (words.verdict === 'stop') return {rated: false, reason: 'blocked', findings: words.findings};

    const note = (rating: AnswerRating) => store.dispatch({type: 'rated', turnId, answer, rating});
    const saving: AnswerRating = {score, phase: 'saving'};
    const isLast = () => ratedTurn()?.answers[answer]?.rating === saving;
    note(saving);
    const {messageId} = messageRef(store.get(), turn, rated);
    const rating = {target: {messageId}, score, ...(words.text && {comment: words.text})};
    // One at a time: a slow earlier rating, or its retry, must not reach the backend after this one.
    const sent = before.then(async () => {
      if (isLast()) await transport.rate?.(rating, call(signal));
    });
    before = sent.catch(() => {});
    try {
      await sent;
      if (!isLast()) return {rated: false, reason: 'replaced'};
      note({score, phase: 'saved'});
      return {rated: true};
    } catch (caught) {
      if (!isLast()) return {rated: false, reason: 'replaced'};
      const error = errorFrom(caught);
      note({score, phase: 'failed', error});
      if (!signal.aborted) await heed(error);
      return {rated: false, reason: 'failed'};
    }
  };
}
