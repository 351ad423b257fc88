/** People as far as we know them: an id behind their receipts, and whether they are suspended. */
import type {Queryable} from '../database.js';

export async function addUser(tx: Queryable, userId: string, now: Date) {
  await tx.query('insert into users (id, created_at, last_seen_at) values ($1::uuid, $2, $2)', [userId, now]);
}

/** @returns whether there is a person with this receipt */
export async function suspend(database: Queryable, receiptId: string, reason: string, now: Date) {
  const rows = await database.query(
    `update users set suspended_at = $2::timestamptz, suspension_reason = $3
     where id = (select user_id from acceptances where receipt_id = $1::uuid and kind = 'accepted') returning id`,
    [receiptId, now, reason],
  );
  return rows.length === 1;
}

/** @returns whether there is a person with this receipt */
export async function unsuspend(database: Queryable, receiptId: string) {
  const rows = await database.query(
    `update users set suspended_at = null, suspension_reason = null
     where id = (select user_id from acceptances where receipt_id = $1::uuid and kind = 'accepted') returning id`,
    [receiptId],
  );
  return rows.length === 1;
}
