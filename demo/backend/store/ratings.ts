/** 1 to 5, reasons and an optional comment, one per answer and one per conversation: the last write wins. */
import type {Reason, Score} from 'tillit-chat/core';

import type {Queryable} from '../database.js';

export interface RatingRow {
  readonly target: {readonly messageId: string} | {readonly conversationId: string};
  readonly score: Score;
  readonly reasons: readonly Reason[];
  readonly comment: string | undefined;
  readonly now: Date;
}

export async function saveRating(database: Queryable, {target, score, reasons, comment, now}: RatingRow) {
  const [column, id] =
    'messageId' in target
      ? (['message_id', target.messageId] as const)
      : (['conversation_id', target.conversationId] as const);
  await database.query(
    `insert into ratings (${column}, score, comment, rated_at, reasons) values ($1::uuid, $2, $3, $4, $5::jsonb)
     on conflict (${column}) do update set score = excluded.score, reasons = excluded.reasons, comment = excluded.comment, rated_at = excluded.rated_at`,
    [id, score, comment ?? null, now, JSON.stringify(reasons)],
  );
}
