/** What happens to turns, ratings and tickets. Loads with the first question; until then none of it can happen. */
import type {ScreenedText} from '../privacy/types.js';
import type {ChatError} from './errors.js';
import {
  isOpen,
  replaceAt,
  withAnswer,
  withDraft,
  withEnd,
  type AnswerRating,
  type ChatState,
  type TicketForm,
  type Turn,
} from './state.js';
import type {TicketReceipt} from './transport.js';

export type ConversationAction =
  | {readonly type: 'asked'; readonly turnId: string; readonly question: ScreenedText; readonly atMs: number}
  /** What an event has made of its turn, and of the conversation: `core/turn-events.ts` works it out. */
  | {
      readonly type: 'heard';
      readonly turn: Turn;
      readonly conversation: Partial<Pick<ChatState, 'conversationId' | 'session' | 'answerer'>>;
    }
  | {readonly type: 'failed'; readonly turnId: string; readonly error: ChatError}
  | {readonly type: 'stopped'; readonly turnId: string}
  /** `again`: it had its answer, and another one is asked for, under a key of its own. */
  | {
      readonly type: 'retried';
      readonly turnId: string;
      readonly again?: {readonly turnId: string; readonly atMs: number};
    }
  /** Whether it is asked again by itself when there is a network. */
  | {readonly type: 'waits'; readonly turnId: string; readonly untilMs: number | undefined}
  /** The backend has not taken the question: it goes back to the person. */
  | {readonly type: 'returned'; readonly turnId: string; readonly keep: boolean}
  | {readonly type: 'kept-sent'}
  | {readonly type: 'rated'; readonly turnId: string; readonly answer: number; readonly rating: AnswerRating}
  | {readonly type: 'conversation-rated'; readonly conversationId: string; readonly rating: AnswerRating}
  | {readonly type: 'ended-dismissed'}
  | {readonly type: 'ticket-opened'; readonly form: TicketForm; readonly key: string}
  | {readonly type: 'ticket-edited'; readonly change: Partial<TicketForm>}
  | {readonly type: 'ticket-sending'}
  /** It has not been sent: the form is open again. `key` says which ticket, since another may be under way by then. */
  | {readonly type: 'ticket-returned'; readonly key: string}
  | {readonly type: 'ticket-failed'; readonly key: string; readonly error: ChatError}
  | {readonly type: 'ticket-created'; readonly key: string; readonly receipt: TicketReceipt}
  | {readonly type: 'ticket-closed'};

/** Late events of a closed or removed turn change nothing. */
export function reduceConversation(state: ChatState, action: ConversationAction): ChatState {
  switch (action.type) {
    case 'asked': {
      // A suggestion, or a question that waited, leaves what is typed alone.
      const draft = state.draft.trim() === action.question ? '' : state.draft;
      return {...state, draft, turns: [...state.turns, newTurn(action.turnId, action.question, action.atMs)]};
    }
    case 'heard': {
      const next = updateOpen(state, action.turn.id, () => action.turn);
      return next === state ? state : {...next, ...action.conversation};
    }
    case 'failed':
      return withEnd(
        updateOpen(state, action.turnId, ({retrying: _, ...turn}) => ({...turn, phase: 'failed', error: action.error})),
        action.error.code === 'conversation_closed',
      );
    case 'stopped':
      return updateOpen(state, action.turnId, (turn) => ({...turn, phase: 'stopped'}));
    case 'retried':
      return update(state, action.turnId, ({id, question, askedAtMs, answers, replaces}) => {
        const {turnId = id, atMs = askedAtMs} = action.again ?? {};
        const replaced = action.again ? answers.at(-1)?.messageId : replaces;
        return {
          ...newTurn(turnId, question, atMs),
          answers,
          retrying: true,
          ...(replaced !== undefined && {replaces: replaced}),
        };
      });
    case 'waits':
      return update(state, action.turnId, (turn) => ({...turn, waitsUntilMs: action.untilMs}));
    case 'returned':
      return returnQuestion(state, action.turnId, action.keep);
    case 'kept-sent': {
      const {kept: _, ...rest} = state;
      return state.kept === undefined ? state : rest;
    }
    case 'rated':
      return update(state, action.turnId, (turn) =>
        withAnswer(turn, action.answer, (answer) => ({...answer, rating: action.rating})),
      );
    case 'conversation-rated':
      return state.ended?.conversationId === action.conversationId
        ? {...state, ended: {...state.ended, rating: action.rating}}
        : state;
    case 'ended-dismissed':
      return state.ended ? {...state, ended: {...state.ended, isDismissed: true}} : state;
    case 'ticket-opened':
      return {...state, ticket: {phase: 'editing', form: action.form, key: action.key}};
    case 'ticket-edited': {
      if (state.ticket.phase !== 'editing') return state;
      return {...state, ticket: {...state.ticket, form: {...state.ticket.form, ...action.change}}};
    }
    case 'ticket-sending': {
      if (state.ticket.phase !== 'editing') return state;
      const {form, key} = state.ticket;
      return {...state, ticket: {phase: 'sending', form, key}};
    }
    case 'ticket-returned':
    case 'ticket-failed':
    case 'ticket-created': {
      const {ticket} = state;
      if (ticket.phase !== 'sending' || ticket.key !== action.key) return state;
      if (action.type === 'ticket-created') return {...state, ticket: {phase: 'created', receipt: action.receipt}};
      const error = action.type === 'ticket-failed' && {error: action.error};
      return {...state, ticket: {...ticket, phase: 'editing', ...error}};
    }
    case 'ticket-closed': {
      if (state.ticket.phase === 'created') return {...state, ticket: {phase: 'closed'}};
      if (state.ticket.phase !== 'editing') return state;
      const {form, key} = state.ticket;
      return {...state, ticket: {phase: 'closed', form, key}};
    }
  }
}

/** `kept` is sent by itself when the gate opens; without `keep` the person gets it back in the composer. */
function returnQuestion(state: ChatState, turnId: string, keep: boolean): ChatState {
  const turn = state.turns.find(({id}) => id === turnId);
  if (!turn) return state;
  const turns = state.turns.filter(({id}) => id !== turnId);
  if (keep) return {...state, turns, kept: turn.question};
  return {...state, turns, draft: withDraft(turn.question, state)};
}

function update(state: ChatState, turnId: string, change: (turn: Turn) => Turn): ChatState {
  const index = state.turns.findIndex((turn) => turn.id === turnId);
  const turn = state.turns[index];
  return turn ? {...state, turns: replaceAt(state.turns, index, change(turn))} : state;
}

function updateOpen(state: ChatState, turnId: string, change: (turn: Turn) => Turn): ChatState {
  const turn = state.turns.find(({id}) => id === turnId);
  return turn && isOpen(turn) ? update(state, turnId, change) : state;
}

function newTurn(id: string, question: ScreenedText, askedAtMs: number): Turn {
  return {id, question, askedAtMs, phase: 'waiting', answers: [], suggestions: [], handoff: false};
}
