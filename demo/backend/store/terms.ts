/** The terms that were offered, and who accepted and withdrew which of them. Append-only. */
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
    `insert into acceptances (kind, receipt_id, user_id, terms, purposes, accepted_at, recorded_at)
     select 'accepted', $1::uuid, $2::uuid, id, $3::jsonb, $4::timestamptz, $5::timestamptz
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
    ],
  );
  return rows.length === 1;
}

/** Adds the withdrawal of a receipt, once; an unknown receipt has nothing to withdraw. */
export async function addWithdrawal(database: Queryable, receiptId: string, now: Date) {
  await database.query(
    `insert into acceptances (kind, receipt_id, user_id, terms, purposes, accepted_at, recorded_at)
     select 'withdrawn', receipt_id, user_id, terms, purposes, accepted_at, $2::timestamptz
     from acceptances where receipt_id = $1::uuid and kind = 'accepted'
     on conflict do nothing`,
    [receiptId, now],
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
  readonly recordedAt: Date;
}

export const acceptancesOf = (database: Queryable, userId: string) =>
  database.query<AcceptanceRecord>(
    `select a.kind, a.receipt_id as "receiptId", t.terms_id as "termsId", t.version, t.locale,
       t.text_sha256 as "textSha256", a.purposes, a.recorded_at as "recordedAt"
     from acceptances a join terms t on t.id = a.terms
     where a.user_id = $1::uuid order by a.id`,
    [userId],
  );

/** Who stands behind a receipt, and which text they accepted with it. */
export interface Person {
  readonly userId: string;
  readonly textSha256: string;
  readonly isWithdrawn: boolean;
  readonly suspension: {readonly reason: string | null} | undefined;
}

export async function personOf(database: Queryable, receiptId: string): Promise<Person | undefined> {
  const [row] = await database.query<{
    userId: string;
    textSha256: string;
    withdrawn: boolean;
    suspended: boolean;
    reason: string | null;
  }>(
    `select a.user_id as "userId", t.text_sha256 as "textSha256", u.suspended_at is not null as suspended,
       u.suspension_reason as reason,
       exists (select from acceptances w where w.receipt_id = a.receipt_id and w.kind = 'withdrawn') as withdrawn
     from acceptances a join terms t on t.id = a.terms join users u on u.id = a.user_id
     where a.receipt_id = $1::uuid and a.kind = 'accepted'`,
    [receiptId],
  );
  if (!row) return undefined;
  const {userId, textSha256, withdrawn, suspended, reason} = row;
  return {userId, textSha256, isWithdrawn: withdrawn, suspension: suspended ? {reason} : undefined};
}
