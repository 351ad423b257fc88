/** What an operator may ask of the data: `suspend`, `unsuspend`, `proof`, `conversations`, `say`, `leave`, `retention`, `tickets`, `stats`. */
import {randomUUID} from 'node:crypto';

import type {CommandOptions, CommandRequest} from './control.js';
import type {Database} from './database.js';
import {asUuid} from './schemas.js';
import {leave, recentConversations, say} from './store/humans.js';
import {suspend, unsuspend} from './store/people.js';
import {purge} from './store/retention.js';
import {proofOf, type Proof} from './store/terms.js';
import {recentTickets, ticketId} from './store/tickets.js';

export const USAGE = `usage: npm run backend -- COMMAND
  suspend ID --reason TEXT [--until DATE] [--appeal URL]
                    stop answering this person, and tell them why, until when, and where they can object;
                    ID is a receipt, or the subject under which they sign in
  unsuspend ID
  proof RECEIPT     what was accepted with this receipt, when, and that the text is the one
  conversations     the newest conversations: their ids, who answers, and the last question
  say CONVERSATION TEXT [--as NAME]
                    write into a conversation as a human, who takes it over with the first word
  leave CONVERSATION
                    give it back to automatic answers
  retention         delete for good what is older than the retention (also at every start, and daily)
  tickets           the newest support tickets
  stats             how much there is of what`;

export interface CommandContext {
  readonly database: Database;
  readonly retentionMonths: number;
  /** Whether open chats listen for humans. */
  readonly humans?: boolean;
  readonly now: Date;
}

/** @returns what to print */
export async function runCommand({words, options}: CommandRequest, context: CommandContext): Promise<string> {
  const {database, retentionMonths, now} = context;
  const [command, name = ''] = words;
  switch (command) {
    case 'suspend':
      return suspendNamed(name, options, context);
    case 'unsuspend':
      if (name === '') return NEEDS_ID;
      return (await unsuspend(database, name)) > 0 ? 'unsuspended' : 'No one has this id.';
    case 'proof': {
      const receiptId = asUuid(name);
      const proof = receiptId === undefined ? undefined : await proofOf(database, receiptId);
      return proof ? proved(proof) : 'No acceptance has this receipt. This needs the id that POST acceptances gave.';
    }
    case 'conversations':
      return conversationList(await recentConversations(database, 20));
    case 'say':
      return sayInto(name, words.slice(2).join(' '), options, context);
    case 'leave': {
      const id = asUuid(name);
      const isLeft = id !== undefined && (await leave(database, id, randomUUID, now));
      return isLeft ? 'left' : NO_HUMAN;
    }
    case 'retention':
      return table(Object.entries(await purge(database, retentionMonths, now)), 'deleted');
    case 'tickets': {
      const tickets = await recentTickets(database, 50);
      if (tickets.length === 0) return 'no tickets';
      return tickets
        .map(
          ({number, category, createdAt, name: who, email, description}) =>
            `${ticketId(number)}  ${createdAt.toISOString()}  ${category}  ${who} <${email}>\n    ${description.replaceAll('\n', '\n    ')}`,
        )
        .join('\n');
    }
    case 'stats':
      return table(await counts(database));
    default:
      return USAGE;
  }
}

const NEEDS_ID = 'This needs an id: the receipt that POST acceptances gave, or the subject of an account.';
const NEEDS_CONVERSATION = 'This needs the id of a conversation: see `npm run backend -- conversations`.';
const NO_HUMAN = 'No human is in a conversation with this id.';
/** The longest sentence that a client shows. */
const MOST_REASON_CHARS = 300;

async function suspendNamed(name: string, {reason, until, appeal}: CommandOptions, {database, now}: CommandContext) {
  const text = reason?.trim() ?? '';
  if (name === '') return NEEDS_ID;
  if (text === '') return 'This needs --reason TEXT: the person is told why.';
  if (text.length > MOST_REASON_CHARS || /\p{Cc}/u.test(text)) {
    return `The reason must be one line of at most ${MOST_REASON_CHARS} characters: the person is told it as it stands.`;
  }
  const end = until === undefined ? undefined : new Date(until);
  if (end && !(end > now)) return '--until needs a date that is to come, such as 2027-01-31 or 2027-01-31T12:00Z.';
  if (appeal !== undefined && !/^(?:https:\/\/|mailto:)\S+$/.test(appeal)) {
    return '--appeal needs an address that begins with https:// or mailto:.';
  }
  const count = await suspend(database, name, {reason: text, until: end, appealUrl: appeal}, now);
  return count > 0 ? 'suspended' : 'No one has this id.';
}

async function sayInto(name: string, text: string, {as}: CommandOptions, {database, humans, now}: CommandContext) {
  const conversationId = asUuid(name);
  if (conversationId === undefined) return NEEDS_CONVERSATION;
  // A shell has no easy way to write a line break.
  const words = text.replaceAll('\\n', '\n').trim();
  if (words === '') return 'This needs a text: npm run backend -- say CONVERSATION "Hi, how can I help?"';
  const who = await say(database, {conversationId, name: as?.trim() || undefined, text: words, newId: randomUUID, now});
  if (who === undefined) return NEEDS_CONVERSATION;
  return humans
    ? `${who} said it`
    : `${who} said it. It is seen with the next question: open chats listen where the server runs with TILLIT_HUMANS=1.`;
}

const conversationList = (found: Awaited<ReturnType<typeof recentConversations>>) =>
  found.length === 0
    ? 'no conversations'
    : found
        .map(({id, human, lastActiveAt, question}) => {
          const begun = question.replace(/\s+/g, ' ').slice(0, 70);
          return `${id}  ${lastActiveAt.toISOString()}  ${human ?? 'automatic'}  ${begun}`;
        })
        .join('\n');

function proved({isProved, text, ...record}: Proof) {
  const rows = [
    ['receipt', record.receiptId],
    ['document', record.termsId],
    ['version', record.version],
    ['language', record.locale],
    ['accepted', `${record.recordedAt.toISOString()} (the browser said ${record.acceptedAt.toISOString()})`],
    ['withdrawn', record.withdrawnAt?.toISOString() ?? 'no'],
    ['purposes', JSON.stringify(record.purposes)],
    ['SHA-256', record.textSha256],
    ['hash check', isProved ? 'fits: this is the text' : 'DOES NOT FIT: this is not the text that was accepted'],
  ] as const;
  return `${rows.map(([name, value]) => `${name.padEnd(12)}${value}`).join('\n')}\n\n${text}`;
}

const COUNTED = [
  'users',
  'acceptances',
  'deletions',
  'conversations',
  'messages',
  'ratings',
  'tickets',
  'articles',
  'passages',
  'log',
] as const;

const counts = (database: Database) =>
  Promise.all(
    COUNTED.map(async (name) => {
      const [row] = await database.query<{n: number}>(`select count(*)::int as n from ${name}`);
      return [name, row?.n ?? 0] as const;
    }),
  );

const table = (rows: readonly (readonly [string, number])[], suffix = '') =>
  rows.map(([name, n]) => `${name.padEnd(14)}${String(n).padStart(8)} ${suffix}`.trimEnd()).join('\n');
