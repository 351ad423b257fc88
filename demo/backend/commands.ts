/** What an operator may ask of the data: `suspend`, `unsuspend`, `purge`, `tickets`, `stats`. */
import type {CommandRequest} from './control.js';
import type {Database} from './database.js';
import {asUuid} from './schemas.js';
import {purge} from './store/retention.js';
import {recentTickets, ticketId} from './store/tickets.js';
import {suspend, unsuspend} from './store/users.js';

export const USAGE = `usage: npm run backend -- COMMAND
  suspend RECEIPT --reason TEXT   stop answering this person, and tell them why
  unsuspend RECEIPT
  purge                           delete for good what is older than the retention
  tickets                         the newest support tickets
  stats                           how much there is of what`;

export interface CommandContext {
  readonly database: Database;
  readonly retentionDays: number;
  readonly now: Date;
}

/** @returns what to print */
export async function runCommand({words, reason}: CommandRequest, context: CommandContext): Promise<string> {
  const {database, retentionDays, now} = context;
  const [command, receipt] = words;
  switch (command) {
    case 'suspend':
    case 'unsuspend': {
      const receiptId = asUuid(receipt);
      if (receiptId === undefined) return 'This needs a receipt: the id that POST acceptances gave.';
      if (command === 'suspend' && !reason?.trim()) return 'This needs --reason TEXT: the person is told why.';
      const isKnown =
        command === 'suspend'
          ? await suspend(database, receiptId, reason!.trim(), now)
          : await unsuspend(database, receiptId);
      return isKnown ? `${command}ed` : 'No one has this receipt.';
    }
    case 'purge':
      return table(Object.entries(await purge(database, retentionDays, now)), 'deleted');
    case 'tickets': {
      const tickets = await recentTickets(database, 50);
      if (tickets.length === 0) return 'no tickets';
      return tickets
        .map(
          ({number, createdAt, name, email, description}) =>
            `${ticketId(number)}  ${createdAt.toISOString()}  ${name} <${email}>\n    ${description.replaceAll('\n', '\n    ')}`,
        )
        .join('\n');
    }
    case 'stats':
      return table(await counts(database));
    default:
      return USAGE;
  }
}

const COUNTED = [
  'users',
  'acceptances',
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
