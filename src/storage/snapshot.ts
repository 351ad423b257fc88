/**
 * What of a conversation survives a reload, as one versioned JSON text per widget. The draft is kept beside it.
 * One of an older version is brought up to date; one that is broken, foreign or newer is dropped as a whole.
 */
import {isErrorCode} from '../core/errors.js';
import {initialState, type ChatState, type Ticket, type Turn} from '../core/state.js';
import {toJson} from '../core/to-json.js';

const version = 2;

/** Whether the person lets more than their acceptance be kept on this device. */
export const mayKeepWords = ({acceptance}: ChatState) => acceptance?.purposes.device === true;

/** `undefined` before the person has accepted: until then nothing is stored. Without their leave, it is the acceptance alone. */
export function toSnapshot(state: ChatState, isWhole = mayKeepWords(state)): string | undefined {
  const {acceptance, user} = state;
  if (!acceptance) return undefined;
  const {conversationId, session, kept, turns, ticket} = isWhole ? state : initialState;
  return toJson({version, acceptance, user, conversationId, session, kept, turns, ticket});
}

/** Whether both have the same snapshot, without making it. */
export const hasSameSnapshot = (one: ChatState, other: ChatState): boolean =>
  one.acceptance === other.acceptance &&
  one.user === other.user &&
  (!mayKeepWords(one) ||
    (['conversationId', 'session', 'kept', 'turns', 'ticket'] as const).every((name) => one[name] === other[name]));

/** @param sinceMs what was accepted before is not restored */
export function fromSnapshot(text: string, sinceMs = 0): Partial<ChatState> | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isSnapshot(stored) || !(Date.parse(stored.acceptance.acceptedAt) >= sinceMs)) return undefined;
  const {acceptance, user, conversationId, session, kept, turns, ticket} = stored;
  return {
    acceptance,
    turns: turns.map(restingTurn),
    ticket: restingTicket(ticket),
    ...(conversationId !== undefined && {conversationId}),
    ...(session !== undefined && {session}),
    ...(kept !== undefined && {kept}),
    ...(user !== undefined && {user}),
  };
}

/**
 * A rating that was under way when the page was left may not have arrived: the person can give it again. A question that
 * waited for the network waits for the person now, who wanted it sent within minutes and in one tab.
 */
function restingTurn({waitsUntilMs: _, ...turn}: Turn): Turn {
  const answers = turn.answers.map(({rating, ...answer}) =>
    rating && rating.phase !== 'saving' ? {...answer, rating} : answer,
  );
  return {...turn, answers};
}

/** A ticket that was under way when the page was left goes back to the person, with its key. */
function restingTicket(ticket: Ticket): Ticket {
  return ticket.phase === 'sending' ? {...ticket, phase: 'editing'} : ticket;
}

type Stored = Required<Pick<ChatState, 'acceptance' | 'turns' | 'ticket'>> & Partial<ChatState>;

/** Whether a value read from storage can stand in the state: what would break its readers is refused. */
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((item) => check(item));
const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(checks).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const isOptionalText = optional(isText);
const isError = fields({code: isErrorCode, retryable: isFlag, display: isOptionalText});

const isAnswer = fields({
  messageId: isOptionalText,
  answerer: fields({kind: oneOf('ai', 'search', 'human'), name: isOptionalText}),
  parts: list(fields({id: isText, text: isText})),
  sources: list(fields({id: isText, title: isText, url: isOptionalText, snippet: isOptionalText})),
  citations: list(fields({sourceId: isText})),
  notices: list(fields({text: isText})),
  rateable: isFlag,
  rating: optional(fields({score: oneOf(1, 2, 3, 4, 5), reasons: optional(list(isText)), error: optional(isError)})),
});

const anyTurn = {
  id: isText,
  question: isText,
  // What is no time breaks whoever writes it as one.
  askedAtMs: (value: unknown) => Number.isFinite(value) && Math.abs(value as number) <= 8.64e15,
  cursor: isOptionalText,
  replaces: isOptionalText,
  answers: list(isAnswer),
  suggestions: list(fields({text: isText, url: isOptionalText})),
  handoff: isFlag,
};
const isTurn = fields({...anyTurn, phase: oneOf('waiting', 'streaming', 'done', 'stopped')});
const isFailedTurn = fields({...anyTurn, phase: oneOf('failed'), error: isError});

const isForm = fields({
  category: optional(oneOf('support', 'rights', 'appeal')),
  name: isText,
  email: isText,
  description: isText,
  attach: isFlag,
  transcript: list(fields({role: oneOf('user', 'assistant'), text: isText})),
});
const tickets: readonly Check[] = [
  fields({phase: oneOf('closed'), form: optional(isForm), key: isOptionalText}),
  fields({phase: oneOf('editing', 'sending'), form: isForm, key: isText, error: optional(isError)}),
  fields({phase: oneOf('created'), receipt: fields({id: isText, url: isOptionalText})}),
];

const isSnapshot = fields({
  // The first did not say whose it is: nobody's who has signed in.
  version: oneOf(1, version),
  // Whether it holds is for the gate to say, which compares it with the terms of today.
  acceptance: fields({
    termsId: isText,
    version: isText,
    textSha256: isText,
    purposes: fields({}),
    receiptId: isOptionalText,
  }),
  user: isOptionalText,
  conversationId: isOptionalText,
  kept: isOptionalText,
  turns: list((value) => isTurn(value) || isFailedTurn(value)),
  ticket: (value) => tickets.some((check) => check(value)),
}) as (value: unknown) => value is Stored;
