/** What every relay takes, gives and refuses. A relay hands a stored ticket on to the system that support works in. */

export interface StoredTicket {
  /** The number the person was given, such as `T-12`. It stands in the subject, so that support finds it. */
  readonly id: string;
  /** Made by the chat once per ticket, the same on every try. */
  readonly idempotencyKey: string;
  readonly name: string;
  readonly email: string;
  readonly description: string;
  readonly transcript: readonly {readonly role: 'user' | 'assistant'; readonly text: string}[];
}

export interface Relayed {
  /** The ticket's number there. */
  readonly id: string;
  /** Where the person can follow it, if there is such a place. */
  readonly url?: string;
}

export type Relay = (ticket: StoredTicket) => Promise<Relayed>;

/**
 * - `rejected`: the system will not take this ticket, however often it is sent.
 * - `not-allowed`: credentials or settings are wrong; the operator must act.
 * - `busy`: nothing was made; try again, after `retryAfterMs` if it says so.
 * - `uncertain`: no answer came. The ticket may be there: look before it is sent again.
 */
export type RelayProblem = 'rejected' | 'not-allowed' | 'busy' | 'uncertain';

/** Its message is the problem alone: nothing a person wrote, and nothing a server said, reaches a log through it. */
export class RelayError extends Error {
  override readonly name = 'RelayError';
  readonly problem: RelayProblem;
  readonly retryAfterMs: number | undefined;
  /** Names of the fields that the system did not like, where it tells. */
  readonly fields: readonly string[];

  constructor(problem: RelayProblem, more: {retryAfterMs?: number | undefined; fields?: readonly string[]} = {}) {
    super(problem);
    this.problem = problem;
    this.retryAfterMs = more.retryAfterMs;
    this.fields = more.fields ?? [];
  }
}

/** One address and nothing else: no list, no name, no line break that would begin a header of its own. */
const address = /^[^\s@<>(),;:"\\[\]\p{Cc}]+@[^\s@<>(),;:"\\[\]\p{Cc}]+$/u;

/** @throws RelayError `rejected`: the chat takes no files, so whatever brings some has not come from it */
export function checked(ticket: StoredTicket): StoredTicket {
  if ('attachments' in ticket) throw new RelayError('rejected', {fields: ['attachments']});
  if (!address.test(ticket.email)) throw new RelayError('rejected', {fields: ['email']});
  return {...ticket, name: singleLine(ticket.name).slice(0, 100) || ticket.email};
}

/** Line breaks and other controls are how one header becomes two. */
export const singleLine = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** `[T-12]` and the beginning of the description, cut between characters. */
export function subjectOf({id, description}: StoredTicket, maxChars: number): string {
  const [first = ''] = description.trim().split(/\r?\n/);
  return cut(`[${id}] ${singleLine(first)}`.trim(), maxChars);
}

/** Description and transcript as plain text; what is too long loses its end, and says so. */
export function bodyOf({description, transcript}: StoredTicket, maxChars: number): string {
  const lines = transcript.map(({role, text}) => `${role === 'user' ? 'Customer' : 'Chat'}: ${text}`);
  return cut([description, ...(lines.length > 0 ? ['--- Conversation ---', ...lines] : [])].join('\n\n'), maxChars);
}

function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const end = text.slice(0, maxChars - 1);
  // Half of a pair is no character.
  return `${/[\ud800-\udbff]$/.test(end) ? end.slice(0, -1) : end}…`;
}
