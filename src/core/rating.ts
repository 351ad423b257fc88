/** Rates an answer or a conversation: the comment screened, the last write wins, and a rating that could not be saved says so. */
import type {Finding, Purpose, Screening} from '../privacy/types.js';
import {can} from './capabilities.js';
import {ChatFailure, chatError, errorFrom, type ChatError} from './errors.js';
import type {Action} from './reducer.js';
import {messageRef, type AnswerRating, type ChatState} from './state.js';
import type {Store} from './store.js';
import type {CallOptions, ChatTransport, Rating, Reason, Score} from './transport.js';

export type RateOutcome =
  | {readonly rated: true}
  /** `replaced`: a later rating of the same answer took its place. */
  | {readonly rated: false; readonly reason: 'failed' | 'unsupported' | 'closed' | 'replaced' | 'check-failed'}
  | {readonly rated: false; readonly reason: 'blocked'; readonly findings: readonly Finding[]};

/** What is rated: an answer (which bubble of the turn, the first is 0), or a conversation that has ended. */
export type Rated = {readonly turnId: string; readonly answer: number} | {readonly conversationId: string};

export type Rate = (
  signal: AbortSignal,
  rated: Rated,
  score: Score,
  comment?: string,
  reasons?: readonly Reason[],
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

  return async (signal, rated, score, comment = '', reasons = []) => {
    const target = targetOf(store.get(), rated);
    if (!target || !can(transport, store.get().config, 'rating')) return {rated: false, reason: 'unsupported'};
    const words = await screen(comment.trim(), 'comment');
    if (!mayLeave(signal)) return {rated: false, reason: 'closed'};
    if (words.verdict === 'failed') return {rated: false, reason: 'check-failed'};
    if (words.verdict === 'stop') return {rated: false, reason: 'blocked', findings: words.findings};

    const given = {score, ...(reasons.length > 0 && {reasons})};
    const note = (rating: AnswerRating) =>
      store.dispatch(
        'turnId' in rated
          ? {type: 'rated', turnId: rated.turnId, answer: rated.answer, rating}
          : {type: 'conversation-rated', conversationId: rated.conversationId, rating},
      );
    const saving: AnswerRating = {...given, phase: 'saving'};
    const isLast = () => ratingOf(store.get(), rated) === saving;
    note(saving);
    // One at a time: a slow earlier rating, or its retry, must not reach the backend after this one.
    const sent = before.then(async () => {
      if (!isLast()) return;
      // The gate may have shut while this one waited for the one before.
      if (!mayLeave(signal)) throw new ChatFailure(chatError('interrupted'));
      await transport.rate?.({target, ...given, ...(words.text && {comment: words.text})}, call(signal));
    });
    before = sent.catch(() => {});
    try {
      await sent;
      if (!isLast()) return {rated: false, reason: 'replaced'};
      note({...given, phase: 'saved'});
      return {rated: true};
    } catch (caught) {
      const error = errorFrom(caught);
      const isNews = isLast();
      if (isNews) note({...given, phase: 'failed', error});
      if (!signal.aborted) await heed(error);
      return {rated: false, reason: isNews ? 'failed' : 'replaced'};
    }
  };
}

const answerOf = ({turns}: ChatState, turnId: string, answer: number) => {
  const turn = turns.find(({id}) => id === turnId);
  return {turn, answer: turn?.answers[answer]};
};

/** `undefined` when there is no such thing. */
function targetOf(state: ChatState, rated: Rated): Rating['target'] | undefined {
  if ('conversationId' in rated) return state.ended?.conversationId === rated.conversationId ? rated : undefined;
  const {turn, answer} = answerOf(state, rated.turnId, rated.answer);
  return turn && answer && {messageId: messageRef(state, turn, answer).messageId};
}

const ratingOf = (state: ChatState, rated: Rated) =>
  'turnId' in rated ? answerOf(state, rated.turnId, rated.answer).answer?.rating : state.ended?.rating;
