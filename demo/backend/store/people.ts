/**
 * People as far as we know them: an id behind their receipts, and behind their account when they sign in; and whether
 * they are suspended.
 */
import type {Queryable} from '../database.js';
import {requestStopOfAll} from './messages.js';

/** Who an identity provider says it is. A subject is unique with its issuer only (OpenID Connect Core §2). */
export interface AccountName {
  readonly issuer: string;
  readonly subject: string;
}

export interface Suspension {
  readonly reason: string;
  /** When it ends by itself. */
  readonly until: Date | undefined;
  /** Where a person can object. */
  readonly appealUrl: string | undefined;
}

/** Who stands behind a receipt, and which text they accepted with it. */
export interface Person {
  readonly userId: string;
  readonly account: AccountName | undefined;
  readonly textSha256: string;
  readonly isWithdrawn: boolean;
  /** Perhaps over: see `isSuspended`. */
  readonly suspension: Suspension | undefined;
}

/** @returns the person's id: `newId`, or the one that this account has already */
export async function addUser(tx: Queryable, newId: string, account: AccountName | undefined, now: Date) {
  const [row] = await tx.query<{id: string}>(
    `insert into users (id, issuer, subject, created_at, last_seen_at) values ($1::uuid, $2, $3, $4, $4)
     on conflict (issuer, subject) do update set last_seen_at = excluded.last_seen_at returning id`,
    [newId, account?.issuer ?? null, account?.subject ?? null, now],
  );
  return row?.id ?? newId;
}

interface PersonRow {
  readonly userId: string;
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly textSha256: string;
  readonly withdrawn: boolean;
  readonly reason: string | null;
  readonly until: Date | null;
  readonly appealUrl: string | null;
}

const PERSON = `select a.user_id as "userId", u.issuer, u.subject, a.text_sha256 as "textSha256",
    exists (select from acceptances w where w.receipt_id = a.receipt_id and w.kind = 'withdrawn') as withdrawn,
    u.suspension_reason as reason, u.suspended_until as until, u.appeal_url as "appealUrl"
  from acceptances a join users u on u.id = a.user_id
  where a.kind = 'accepted'`;

export async function personOf(database: Queryable, receiptId: string): Promise<Person | undefined> {
  const [row] = await database.query<PersonRow>(`${PERSON} and a.receipt_id = $1::uuid`, [receiptId]);
  return row && asPerson(row);
}

/** Who signed in, with what they accepted last. */
export async function personOfAccount(
  database: Queryable,
  {issuer, subject}: AccountName,
): Promise<Person | undefined> {
  const [row] = await database.query<PersonRow>(
    `${PERSON} and u.issuer = $1 and u.subject = $2 order by a.id desc limit 1`,
    [issuer, subject],
  );
  return row && asPerson(row);
}

function asPerson({userId, issuer, subject, textSha256, withdrawn, reason, until, appealUrl}: PersonRow): Person {
  return {
    userId,
    account: issuer !== null && subject !== null ? {issuer, subject} : undefined,
    textSha256,
    isWithdrawn: withdrawn,
    suspension: reason === null ? undefined : {reason, until: until ?? undefined, appealUrl: appealUrl ?? undefined},
  };
}

/** The suspension that holds now. */
export const suspensionAt = (now: Date, {suspension}: Person): Suspension | undefined =>
  suspension?.until && suspension.until <= now ? undefined : suspension;

/** An operator names a person by a receipt, or by the subject under which they sign in. */
const NAMED = `id in (select user_id from acceptances where receipt_id::text = lower($1) union
  select id from users where subject = $1)`;

/** From now on, also for what is being answered. @returns how many people have this name */
export async function suspend(database: Queryable, name: string, suspension: Suspension, now: Date) {
  const rows = await database.query<{id: string}>(
    `update users set suspended_at = $2::timestamptz, suspension_reason = $3, suspended_until = $4, appeal_url = $5
     where ${NAMED} returning id`,
    [name, now, suspension.reason, suspension.until ?? null, suspension.appealUrl ?? null],
  );
  for (const {id} of rows) await requestStopOfAll(database, id);
  return rows.length;
}

/** @returns how many people have this name */
export async function unsuspend(database: Queryable, name: string) {
  const rows = await database.query(
    `update users set suspended_at = null, suspension_reason = null, suspended_until = null, appeal_url = null
     where ${NAMED} returning id`,
    [name],
  );
  return rows.length;
}
