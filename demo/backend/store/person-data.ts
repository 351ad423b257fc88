/** Everything that is held about one person: to give it to them, and to delete it. */
import type {Database, Queryable} from '../database.js';
import {conversationRating, transcriptOf} from './conversations.js';
import {requestStopOfAll} from './messages.js';
import {acceptancesOf} from './terms.js';
import {ticketId, type Category} from './tickets.js';

export type PersonData = Awaited<ReturnType<typeof everythingAbout>>;

export async function everythingAbout(database: Queryable, userId: string) {
  const [person] = await database.query<{
    createdAt: Date;
    lastSeenAt: Date;
    issuer: string | null;
    subject: string | null;
    suspendedAt: Date | null;
    suspensionReason: string | null;
    suspendedUntil: Date | null;
  }>(
    `select created_at as "createdAt", last_seen_at as "lastSeenAt", issuer, subject, suspended_at as "suspendedAt",
       suspension_reason as "suspensionReason", suspended_until as "suspendedUntil"
     from users where id = $1::uuid`,
    [userId],
  );
  return {
    person: person && present(person),
    conversations: await conversationsOf(database, userId),
    tickets: await ticketsOf(database, userId),
    acceptances: await acceptancesOf(database, userId),
    deletions: await database.query<{receiptId: string; requestedAt: Date; doneAt: Date}>(
      `select receipt_id as "receiptId", requested_at as "requestedAt", done_at as "doneAt"
       from deletions where user_id = $1::uuid order by requested_at`,
      [userId],
    ),
    log: await database.query<{at: Date; what: string; status: number; ms: number; code: string | null}>(
      'select at, what, status, ms, code from log where user_id = $1::uuid order by id',
      [userId],
    ),
  };
}

async function conversationsOf(database: Queryable, userId: string) {
  const found = await database.query<{id: string; createdAt: Date}>(
    'select id, created_at as "createdAt" from conversations where user_id = $1::uuid order by created_at, id',
    [userId],
  );
  const conversations = [];
  for (const {id, createdAt} of found) {
    const {turns} = await transcriptOf(database, id, {withReplaced: true});
    const rating = await conversationRating(database, id);
    conversations.push({conversationId: id, createdAt, turns, ...(rating && {rating})});
  }
  return conversations;
}

async function ticketsOf(database: Queryable, userId: string) {
  const rows = await database.query<{
    number: number;
    category: Category;
    createdAt: Date;
    name: string;
    email: string;
    description: string;
    transcript: readonly {readonly role: 'user' | 'assistant'; readonly text: string}[];
  }>(
    `select number, category, created_at as "createdAt", name, email, description, transcript
     from tickets where user_id = $1::uuid order by number`,
    [userId],
  );
  return rows.map(({number, ...ticket}) => ({id: ticketId(number), ...ticket}));
}

/** Without what is not there. */
const present = <Row extends object>(row: Row) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as {
    readonly [Key in keyof Row]?: NonNullable<Row[Key]>;
  };

export interface Deletion {
  readonly userId: string;
  /** The receipt of the deletion. */
  readonly receiptId: string;
  readonly now: Date;
}

/**
 * Deletes for good what was asked, answered and rated, and cuts the log data off from the person. What must be kept as
 * proof, and what was handed over to a human, stays until the retention deletes it.
 *
 * @returns how many rows of each kind were deleted
 */
export async function deleteEverything(database: Database, {userId, receiptId, now}: Deletion) {
  await requestStopOfAll(database, userId);
  return database.transaction(async (tx) => {
    const count = async (sql: string) => (await tx.query(`${sql} returning 1`, [userId])).length;
    const deleted = {
      messages: await count('delete from messages where user_id = $1::uuid'),
      conversations: await count('delete from conversations where user_id = $1::uuid'),
      logEntries: await count('update log set user_id = null where user_id = $1::uuid'),
    };
    await tx.query(
      'insert into deletions (receipt_id, user_id, requested_at, done_at, deleted) values ($1::uuid, $2::uuid, $3, $3, $4::jsonb)',
      [receiptId, userId, now, JSON.stringify(deleted)],
    );
    return deleted;
  });
}
