/** The terms that were offered, and who accepted and withdrew which of them. Append-only. */
import {createHash} from 'node:crypto';

import type {Queryable} from '../database.js';
import {locales} from '../locale.js';
import type {AcceptanceBody} from '../schemas.js';
import type {Terms} from '../terms/documents.js';

/** Keeps the exact text of the current terms, so that each acceptance can be proved later. */
export async function keepTerms(database: Queryable, terms: Terms, now: Date) {
  for (const locale of locales) {
    const {document, text, textSha256} = terms[locale];
    await database.query(
      `insert into terms (terms_id, version, locale, text_sha256, text, first_offered_at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [document.id, document.version, locale, textSha256, text, now],
    );
  }
}

/** @returns whether there are such terms; they are known to be current by the caller. */
export async function addAcceptance(
  tx: Queryable,
  {receiptId, userId, acceptance, now}: {receiptId: string; userId: string; acceptance: AcceptanceBody; now: Date},
) {
  const rows = await tx.query(
    `insert into acceptances
       (kind, receipt_id, user_id, terms, text_sha256, locale, purposes, accepted_at, recorded_at)
     select 'accepted', $1::uuid, $2::uuid, id, text_sha256, $9, $3::jsonb, $4::timestamptz, $5::timestamptz
     from terms where terms_id = $6 and version = $7 and text_sha256 = $8
     limit 1 returning id`,
    [
      receiptId,
      userId,
      JSON.stringify(acceptance.purposes),
      acceptance.acceptedAt,
      now,
      acceptance.termsId,
      acceptance.version,
      acceptance.textSha256,
      acceptance.locale,
    ],
  );
  return rows.length === 1;
}

/**
 * Adds the withdrawal of everything this person has accepted, once each: who changed their purposes or accepted on a
 * second device has several receipts, and means all of them.
 */
export async function addWithdrawal(database: Queryable, userId: string, now: Date) {
  await database.query(
    `insert into acceptances
       (kind, receipt_id, user_id, terms, text_sha256, locale, purposes, accepted_at, recorded_at)
     select 'withdrawn', receipt_id, user_id, terms, text_sha256, locale, purposes, accepted_at, $2::timestamptz
     from acceptances where user_id = $1::uuid and kind = 'accepted' order by id
     on conflict do nothing`,
    [userId, now],
  );
}

export interface AcceptanceRecord {
  readonly kind: 'accepted' | 'withdrawn';
  readonly receiptId: string;
  readonly termsId: string;
  readonly version: string;
  readonly locale: string;
  readonly textSha256: string;
  readonly purposes: unknown;
  /** What the browser said; `recordedAt` is what we know. */
  readonly acceptedAt: Date;
  readonly recordedAt: Date;
}

const RECORD = `a.kind, a.receipt_id as "receiptId", t.terms_id as "termsId", t.version, a.locale,
  a.text_sha256 as "textSha256", a.purposes, a.accepted_at as "acceptedAt", a.recorded_at as "recordedAt"`;

export const acceptancesOf = (database: Queryable, userId: string) =>
  database.query<AcceptanceRecord>(
    `select ${RECORD} from acceptances a join terms t on t.id = a.terms where a.user_id = $1::uuid order by a.id`,
    [userId],
  );

export interface Proof extends AcceptanceRecord {
  readonly text: string;
  /** Whether the text that is kept has the hash that was accepted, computed now. */
  readonly isProved: boolean;
  readonly withdrawnAt: Date | undefined;
}

/** The receipt of what this person accepted last. */
export async function latestReceipt(database: Queryable, userId: string): Promise<string | undefined> {
  const [row] = await database.query<{receiptId: string}>(
    `select receipt_id as "receiptId" from acceptances
     where user_id = $1::uuid and kind = 'accepted' order by id desc limit 1`,
    [userId],
  );
  return row?.receiptId;
}

/** What was accepted with this receipt, word for word. @param userId finds it only if it is theirs */
export async function proofOf(database: Queryable, receiptId: string, userId?: string): Promise<Proof | undefined> {
  const [row] = await database.query<AcceptanceRecord & {text: string; withdrawnAt: Date | null}>(
    `select ${RECORD}, t.text, (select w.recorded_at from acceptances w
       where w.receipt_id = a.receipt_id and w.kind = 'withdrawn') as "withdrawnAt"
     from acceptances a join terms t on t.id = a.terms where a.receipt_id = $1::uuid and a.kind = 'accepted'
       and ($2::uuid is null or a.user_id = $2::uuid)`,
    [receiptId, userId ?? null],
  );
  if (!row) return undefined;
  const sha256 = createHash('sha256').update(row.text, 'utf8').digest('hex');
  return {...row, isProved: sha256 === row.textSha256, withdrawnAt: row.withdrawnAt ?? undefined};
}
