/**
 * Deletes for good what is older than the promise in the terms: at most twelve months, and events of answers after a day.
 * The terms' own texts stay: they are no one's data.
 */
import type {Database} from '../database.js';

export const MAX_RETENTION_MONTHS = 12;
const DAY_MS = 86_400_000;
const EVENTS_DAYS = 1;

/** A month is a twelfth of a year, rounded down: what is called "at most" must hold in every month. */
export const retentionDays = (months: number) => Math.floor((months * 365) / 12);

/** How many rows of each kind were deleted. */
export type Purged = Readonly<Record<string, number>>;

/** @throws RangeError for more months than anything may be kept */
export function checkRetention(months: number) {
  if (!(months >= 1 && months <= MAX_RETENTION_MONTHS)) {
    throw new RangeError(`the retention must be 1 to ${MAX_RETENTION_MONTHS} months`);
  }
}

export async function purge(database: Database, months: number, now: Date): Promise<Purged> {
  checkRetention(months);
  const before = new Date(now.getTime() - retentionDays(months) * DAY_MS);
  const eventsBefore = new Date(now.getTime() - EVENTS_DAYS * DAY_MS);
  const purged = await database.transaction(async (tx) => {
    const count = async (sql: string, at = before) => (await tx.query(`${sql} returning 1`, [at])).length;
    await tx.script(`set local tillit.purge = 'on'`);
    return {
      events: await count('delete from message_events where made_at < $1', eventsBefore),
      messages: await count('delete from messages where asked_at < $1'),
      humanMessages: await count('delete from human_events where made_at < $1'),
      conversations: await count(
        `delete from conversations c where last_active_at < $1
           and not exists (select from messages m where m.conversation_id = c.id)`,
      ),
      ratings: await count('delete from ratings where rated_at < $1'),
      tickets: await count('delete from tickets where created_at < $1'),
      acceptances: await count('delete from acceptances where recorded_at < $1'),
      deletions: await count('delete from deletions where requested_at < $1'),
      users: await count(
        `delete from users u where last_seen_at < $1
           and not exists (select from acceptances a where a.user_id = u.id)
           and not exists (select from deletions d where d.user_id = u.id)
           and not exists (select from conversations c where c.user_id = u.id)`,
      ),
      log: await count('delete from log where at < $1'),
    };
  });
  // Deleted rows stay in the files until a vacuum; the embedded database has none that runs by itself.
  await database.script('vacuum');
  return purged;
}
