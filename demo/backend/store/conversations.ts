/** Whole conversations: to load again, to export, to delete. Each belongs to one person. */
import type {Answerer, Reason, Score, Source, Transcript} from 'tillit-chat/core';

import type {Queryable} from '../database.js';

export async function transcriptOf(
  database: Queryable,
  conversationId: string,
  {withReplaced = false} = {},
): Promise<Transcript> {
  const messages = await database.query<{
    id: string;
    clientMessageId: string;
    question: string;
    answer: string;
    answerer: Answerer['kind'];
    askedAt: Date;
    score: Score | null;
    reasons: readonly Reason[] | null;
    comment: string | null;
  }>(
    // An answer that was asked for again, and came, takes the place of the first.
    `select m.id, m.client_message_id as "clientMessageId", m.question, m.answer, m.answerer, m.asked_at as "askedAt",
       r.score, r.reasons, r.comment
     from messages m left join ratings r on r.message_id = m.id
     where m.conversation_id = $1::uuid and ($2 or not exists (
       select from messages later
       where later.conversation_id = m.conversation_id and later.replaces = m.id and later.status in ('done', 'cancelled')))
     order by m.asked_at, m.id`,
    [conversationId, withReplaced],
  );
  const sources = await sourcesOf(
    database,
    messages.map(({id}) => id),
  );
  const asked = messages.map(
    ({id, clientMessageId, question, answer, answerer, askedAt, score, reasons, comment}): Turn => ({
      id: clientMessageId,
      messageId: id,
      question,
      answer,
      sources: sources.get(id) ?? [],
      answerer: {kind: answerer},
      askedAt: askedAt.toISOString(),
      ...(score !== null && {rating: {score, ...(reasons?.length && {reasons}), ...(comment !== null && {comment})}}),
    }),
  );
  const said = await database.query<{id: string; name: string; text: string; madeAt: Date}>(
    `select id, name, text, made_at as "madeAt" from human_events
     where conversation_id = $1::uuid and kind = 'said' order by number`,
    [conversationId],
  );
  const unasked = said.map(({id, name, text, madeAt}): Turn => ({
    id,
    messageId: id,
    question: '',
    answer: text,
    sources: [],
    answerer: {kind: 'human', name},
    askedAt: madeAt.toISOString(),
  }));
  // In the order of time; what was asked and said at once, as asked.
  return {conversationId, turns: [...asked, ...unasked].sort((a, b) => a.askedAt.localeCompare(b.askedAt))};
}

type Turn = Transcript['turns'][number];

export async function sourcesOf(database: Queryable, messageIds: readonly string[]): Promise<Map<string, Source[]>> {
  const rows = await database.query<{messageId: string; data: Source}>(
    `select message_id as "messageId", jsonb_strip_nulls(jsonb_build_object('id', source_id, 'n', n, 'title', title,
       'url', url, 'snippet', snippet, 'site', site, 'updated', updated)) as data
     from sources where message_id = any($1::uuid[]) order by message_id, n`,
    [messageIds],
  );
  const byMessage = new Map<string, Source[]>();
  for (const {messageId, data} of rows) byMessage.set(messageId, [...(byMessage.get(messageId) ?? []), data]);
  return byMessage;
}

export async function conversationRating(database: Queryable, conversationId: string) {
  const [rating] = await database.query<{
    score: Score;
    reasons: readonly Reason[];
    comment: string | null;
    ratedAt: Date;
  }>('select score, reasons, comment, rated_at as "ratedAt" from ratings where conversation_id = $1::uuid', [
    conversationId,
  ]);
  return rating;
}

export interface Conversation {
  readonly id: string;
  readonly userId: string;
}

/** @param userId whose it is, or `undefined` when the unguessable id alone is to open it */
export async function conversationOf(
  database: Queryable,
  userId: string | undefined,
  id: string,
): Promise<Conversation | undefined> {
  const [conversation] = await database.query<Conversation>(
    'select id, user_id as "userId" from conversations where id = $1::uuid and ($2::uuid is null or user_id = $2::uuid)',
    [id, userId ?? null],
  );
  return conversation;
}

/** Deletes for good, with everything that hangs on it. */
export const deleteConversation = (database: Queryable, id: string) =>
  database.query('delete from conversations where id = $1::uuid', [id]);

/** Answers the person has seen in this conversation: what they need not have screened when they attach it. */
export async function answersIn(database: Queryable, conversationId: string) {
  const rows = await database.query<{answer: string}>(
    `select answer from messages where conversation_id = $1::uuid
     union all select text from human_events where conversation_id = $1::uuid and kind = 'said'`,
    [conversationId],
  );
  return rows.map(({answer}) => answer);
}
