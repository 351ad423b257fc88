/** The whole conversation as one value. */
import type {ScreenedText} from '../privacy/types.js';
import type {ChatError} from './errors.js';
import type {Answerer, ChatEvent, FinishReason, Source, Suggestion} from './events.js';
import type {Gate} from './gate.js';
import type {Acceptance} from './terms.js';
import type {MessageRef, Reason, RemoteConfig, Score, TicketCategory, TicketReceipt} from './transport.js';

export interface AnswerPart {
  readonly id: string;
  /** Raw Markdown as received: never HTML, never with a cursor or an ellipsis added. */
  readonly text: string;
}

export interface AnswerRating {
  readonly score: Score;
  readonly reasons?: readonly Reason[];
  readonly phase: 'saving' | 'saved' | 'failed';
  readonly error?: ChatError;
}

export type Citation = Omit<Extract<ChatEvent, {type: 'cite'}>, 'type' | 'cursor'>;
export type Notice = Omit<Extract<ChatEvent, {type: 'notice'}>, 'type' | 'cursor'>;
export type Status = Omit<Extract<ChatEvent, {type: 'status'}>, 'type' | 'cursor'>;

/** One bubble. A turn has one, unless the backend opens another with a further `start`. */
export interface Answer {
  readonly messageId?: string;
  readonly answerer: Answerer;
  readonly parts: readonly AnswerPart[];
  readonly sources: readonly Source[];
  readonly citations: readonly Citation[];
  readonly notices: readonly Notice[];
  /** What the backend is doing, the latest last. */
  readonly status?: Status;
  readonly retracted?: 'content_filter' | 'empty';
  /** How sure the backend is: 0 to 1, or just that it is not. */
  readonly confidence?: 'low' | number;
  readonly rateable: boolean;
  readonly rating?: AnswerRating;
}

/** `phase` is the only streaming flag in the code base: the stop button, the typing dots,
 *  `aria-busy` and "may I ask?" are all derived from it. */
export interface Turn {
  /** UUID; also the idempotency key of the question, the same on retry. */
  readonly id: string;
  /** Empty: nobody asked; a human wrote unasked. */
  readonly question: ScreenedText;
  /** Milliseconds since the epoch. */
  readonly askedAtMs: number;
  readonly phase: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  readonly answers: readonly Answer[];
  /** The answer that this one was asked for in place of. */
  readonly replaces?: string;
  /** It is asked again; `answers` are those of the attempt before, kept until the new one says something. */
  readonly retrying?: true;
  readonly suggestions: readonly Suggestion[];
  /** The backend offers to hand over to a human. */
  readonly handoff: boolean;
  /** Where `resume` can continue. */
  readonly cursor?: string;
  readonly finish?: FinishReason;
  readonly error?: ChatError;
  /** It failed for want of a network, and until then it is asked again by itself. */
  readonly waitsUntilMs?: number | undefined;
}

export interface TicketLine {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** What stands in the conversation, by which a line that the person changed is known when the form opens again. */
  readonly original?: string;
}

/** The ticket as the person has it in front of them. */
export interface TicketForm {
  /** `support` when it is not given. */
  readonly category?: TicketCategory;
  readonly name: string;
  readonly email: string;
  readonly description: string;
  /** Whether the transcript goes with the ticket. */
  readonly attach: boolean;
  readonly transcript: readonly TicketLine[];
}

/** `key` is the ticket's idempotency key: made with the form, kept until the backend has the ticket. */
export type Ticket =
  | {readonly phase: 'closed'; readonly form?: TicketForm; readonly key?: string}
  | {readonly phase: 'editing'; readonly form: TicketForm; readonly key: string; readonly error?: ChatError}
  | {readonly phase: 'sending'; readonly form: TicketForm; readonly key: string}
  | {readonly phase: 'created'; readonly receipt: TicketReceipt};

/** A conversation that is over, and what the person says of it. */
export interface EndedConversation {
  readonly conversationId: string;
  readonly rating?: AnswerRating;
  /** The person does not want to rate it. */
  readonly isDismissed?: true;
}

export interface ChatState {
  readonly gate: Gate;
  readonly config?: RemoteConfig;
  readonly acceptance?: Acceptance;
  readonly answerer: Answerer;
  readonly conversationId?: string;
  /** Opaque state of the backend, echoed with each question. */
  readonly session?: unknown;
  /** What is typed and not sent. */
  readonly draft: string;
  /** A screened question that waits for the gate to open again. */
  readonly kept?: ScreenedText;
  readonly turns: readonly Turn[];
  readonly ticket: Ticket;
  /** Who has signed in, as the backend calls them: whose `acceptance` and `turns` these are. */
  readonly user?: string | undefined;
  /** The conversation cannot be kept on the device, or an earlier one could not be read and was dropped. */
  readonly keeping?: 'failed' | 'dropped' | undefined;
  /** The conversation that ended last. */
  readonly ended?: EndedConversation;
}

export const initialState: ChatState = {
  gate: {phase: 'idle'},
  answerer: {kind: 'ai'},
  draft: '',
  turns: [],
  ticket: {phase: 'closed'},
};

export const isOpen = (turn: Turn) => turn.phase === 'waiting' || turn.phase === 'streaming';
export const openTurn = (state: ChatState): Turn | undefined => state.turns.find(isOpen);

/** The answer as one Markdown text. Parts are separate blocks. */
export const answerText = (answer: Answer): string =>
  answer.parts
    .map(({text}) => text)
    .filter((text) => text !== '')
    .join('\n\n');

/** Whether anything a person can read has arrived. */
export const hasText = (turn: Turn): boolean => turn.answers.some((answer) => answerText(answer).trim() !== '');

/** Changes one bubble of a turn; a bubble that is not there changes nothing. */
export function withAnswer(turn: Turn, index: number, change: (answer: Answer) => Answer): Turn {
  const answer = turn.answers[index];
  return answer ? {...turn, answers: replaceAt(turn.answers, index, change(answer))} : turn;
}

// Not Array.prototype.with: pages that replace Array methods, and browsers two years old, lack it.
export const replaceAt = <Item>(items: readonly Item[], index: number, item: Item): readonly Item[] =>
  items.map((old, at) => (at === index ? item : old));

export const isByHuman = ({answerer}: Answer): boolean => answerer.kind === 'human';

/** The backend does not vouch for the answer. */
export const isUnsure = ({confidence = 1, retracted}: Answer): boolean =>
  !retracted && (confidence === 'low' || confidence < 0.5);

/** How the backend knows an answer: by its own id, or by the question's when it named none. */
export function messageRef(state: ChatState, turn: Turn, answer = turn.answers.at(-1)): MessageRef {
  return {
    messageId: answer?.messageId ?? turn.id,
    ...(state.conversationId !== undefined && {conversationId: state.conversationId}),
  };
}

/** A conversation that is over is asked about, once, if there was an answer in it. */
export function withEnd(state: ChatState, isOver: boolean): ChatState {
  const {conversationId, ended, turns} = state;
  const isNews = isOver && conversationId !== ended?.conversationId && turns.some(hasText);
  return isNews && conversationId !== undefined ? {...state, ended: {conversationId}} : state;
}

/** A text that comes back to the composer goes before what has been typed there since. */
export const withDraft = (text: string, {draft}: ChatState) => (draft.trim() === '' ? text : `${text}\n\n${draft}`);
