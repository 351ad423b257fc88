/** Humans in conversations: who has taken one over, and what they have written into it. */
import type {Answerer, ChatEvent} from 'tillit-chat/core';

import type {Database, Queryable} from '../database.js';
import type {NumberedEvent} from './messages.js';

interface HumanEvent {
  readonly number: number;
  readonly id: string;
  readonly kind: 'joined' | 'said' | 'left';
  readonly name: string;
  readonly text: string;
}

export interface Said {
  readonly conversationId: string;
  /** Who says it; without it, whoever has taken over, else `Support`. */
  readonly name?: string | undefined;
  readonly text: string;
  readonly newId: () => string;
  readonly now: Date;
}

const USUAL_NAME = 'Support';

/** Who has taken the conversation over; `undefined` when nobody has. */
export async function humanIn(database: Queryable, conversationId: string): Promise<Answerer | undefined> {
  const [row] = await database.query<{human: string | null}>('select human from conversations where id = $1::uuid', [
    conversationId,
  ]);
  return row?.human ? {kind: 'human', name: row.human} : undefined;
}

/** Writes into a conversation, and takes it over with the first word. @returns `undefined` when there is no such conversation */
export function say(database: Database, {conversationId, name, text, newId, now}: Said): Promise<string | undefined> {
  return database.transaction(async (tx) => {
    const [found] = await tx.query<{human: string | null}>(
      'update conversations set last_active_at = $2 where id = $1::uuid returning human',
      [conversationId, now],
    );
    if (!found) return undefined;
    const who = name ?? found.human ?? USUAL_NAME;
    if (who !== found.human) {
      await tx.query('update conversations set human = $2 where id = $1::uuid', [conversationId, who]);
      await addEvent(tx, conversationId, {id: newId(), kind: 'joined', name: who, text: ''}, now);
    }
    await addEvent(tx, conversationId, {id: newId(), kind: 'said', name: who, text}, now);
    return who;
  });
}

/** The conversation goes back to automatic answers. @returns whether a human was there */
export function leave(database: Database, conversationId: string, newId: () => string, now: Date): Promise<boolean> {
  return database.transaction(async (tx) => {
    const human = await humanIn(tx, conversationId);
    if (!human) return false;
    await tx.query('update conversations set human = null where id = $1::uuid', [conversationId]);
    await addEvent(tx, conversationId, {id: newId(), kind: 'left', name: human.name ?? '', text: ''}, now);
    return true;
  });
}

const addEvent = (tx: Queryable, conversationId: string, event: Omit<HumanEvent, 'number'>, now: Date) =>
  tx.query(
    `insert into human_events (id, conversation_id, kind, name, text, made_at)
     values ($1::uuid, $2::uuid, $3, $4, $5, $6)`,
    [event.id, conversationId, event.kind, event.name, event.text, now],
  );

/**
 * What has happened after this number. A message is two events; only the second has its number, so that a reader who
 * was cut off between the two gets both again.
 *
 * @param automatic who answers when a human has left
 */
export async function humanEventsAfter(
  database: Queryable,
  conversationId: string,
  number: number,
  automatic: Answerer,
): Promise<NumberedEvent[]> {
  const rows = await database.query<HumanEvent>(
    `select number, id, kind, name, text from human_events
     where conversation_id = $1::uuid and number > $2::int order by number`,
    [conversationId, number],
  );
  let before = number;
  return rows.flatMap((row) => {
    const events = eventsOf(row, conversationId, automatic);
    const numbered = events.map((event, index) => ({
      cursor: index === events.length - 1 ? row.number : before,
      event,
    }));
    before = row.number;
    return numbered;
  });
}

function eventsOf({id, kind, name, text}: HumanEvent, conversationId: string, automatic: Answerer): ChatEvent[] {
  switch (kind) {
    case 'joined':
      return [{type: 'answerer', kind: 'human', name}];
    case 'left':
      return [{type: 'answerer', ...automatic}];
    case 'said':
      return [
        {type: 'start', messageId: id, conversationId, answerer: {kind: 'human', name}},
        {type: 'text', op: 'append', text},
      ];
  }
}

/** For whoever takes conversations over: the newest, with what was asked last. */
export const recentConversations = (database: Queryable, limit: number) =>
  database.query<{id: string; human: string | null; lastActiveAt: Date; question: string}>(
    `select c.id, c.human, c.last_active_at as "lastActiveAt", coalesce((
       select question from messages m where m.conversation_id = c.id order by asked_at desc limit 1), '') as question
     from conversations c order by c.last_active_at desc, c.id limit $1::int`,
    [limit],
  );
