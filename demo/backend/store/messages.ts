/**
 * Questions, their answers, and the events an answer was made of.
 *
 * An answer is written by one process at a time. The process holds a lease (`attempt` and `alive_at`): every write
 * names its attempt, and who finds the lease run out may end the answer or begin it anew.
 */
import type {Answerer, ChatEvent, FinishReason, Source} from 'tillit-chat/core';

import type {Database, Queryable} from '../database.js';

/** A lease is believed this long after its last sign of life. */
const LEASE_MS = 15_000;
/**
 * Cursors that reached a reader just before a process died may never have been stored. Whoever writes next leaves a gap,
 * so that no cursor ever means two different events.
 */
const CURSOR_GAP = 1000;

export type Status = 'running' | 'done' | 'cancelled' | 'failed';

export interface StoredMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly question: string;
  readonly answer: string;
  readonly answerer: Answerer['kind'];
  readonly status: Status;
  readonly finishReason: FinishReason | null;
  readonly retryable: boolean;
  readonly askedAt: Date;
  readonly aliveAt: Date;
  readonly attempt: number;
  readonly lastCursor: number;
}

const COLUMNS = `id, conversation_id as "conversationId", client_message_id as "clientMessageId", question, answer,
  answerer, status, finish_reason as "finishReason", retryable, asked_at as "askedAt", alive_at as "aliveAt", attempt,
  last_cursor as "lastCursor"`;

/** An event with its place in the answer: a number that only grows. */
export interface NumberedEvent {
  readonly cursor: number;
  readonly event: ChatEvent;
}

export interface NewMessage {
  readonly id: string;
  readonly userId: string;
  readonly conversationId: string | undefined;
  /** Whether naming another's conversation makes it this person's: they accepted anew and hold its unguessable id. */
  readonly mayAdopt: boolean;
  /** The id of the conversation that begins when none is named. */
  readonly newConversationId: string;
  readonly clientMessageId: string;
  readonly replaces: string | undefined;
  readonly locale: string;
  readonly question: string;
  readonly answerer: Answerer['kind'];
  readonly now: Date;
}

export type Added =
  {readonly outcome: 'added' | 'known'; readonly message: StoredMessage} | {readonly outcome: 'no_conversation'};

/** Stores a question, unless this person asked it before under the same key. */
export function addMessage(database: Database, message: NewMessage): Promise<Added> {
  return database.transaction(async (tx) => {
    const {userId, clientMessageId, now} = message;
    // Two requests with one key wait for each other here; the second sees what the first has stored.
    await tx.query('update users set last_seen_at = $2 where id = $1::uuid', [userId, now]);
    const known = await messageOf(tx, userId, clientMessageId);
    if (known) return {outcome: 'known', message: known};
    const conversationId = await openConversation(tx, message);
    if (conversationId === undefined) return {outcome: 'no_conversation'};
    const [added] = await tx.query<StoredMessage>(
      `insert into messages
         (id, conversation_id, user_id, client_message_id, replaces, locale, question, answerer, status, asked_at, alive_at)
       values ($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid, $6, $7, $8, 'running', $9, $9) returning ${COLUMNS}`,
      [
        message.id,
        conversationId,
        userId,
        clientMessageId,
        message.replaces ?? null,
        message.locale,
        message.question,
        message.answerer,
        now,
      ],
    );
    return {outcome: 'added', message: added!};
  });
}

async function openConversation(tx: Queryable, {conversationId, newConversationId, userId, mayAdopt, now}: NewMessage) {
  if (conversationId === undefined) {
    await tx.query(
      'insert into conversations (id, user_id, created_at, last_active_at) values ($1::uuid, $2::uuid, $3, $3)',
      [newConversationId, userId, now],
    );
    return newConversationId;
  }
  const [found] = await tx.query<{userId: string}>(
    'update conversations set last_active_at = $2 where id = $1::uuid returning user_id as "userId"',
    [conversationId, now],
  );
  if (!found || found.userId === userId) return found && conversationId;
  if (!mayAdopt) return undefined;
  await tx.query('update conversations set user_id = $2::uuid where id = $1::uuid', [conversationId, userId]);
  await tx.query('update messages set user_id = $2::uuid where conversation_id = $1::uuid', [conversationId, userId]);
  return conversationId;
}

/**
 * @param userId whose message it is, or `undefined` when the unguessable id alone is to open it
 * @param ref the message's id, or the key the client gave it
 */
export async function messageOf(
  database: Queryable,
  userId: string | undefined,
  ref: string,
): Promise<StoredMessage | undefined> {
  const [message, ...others] = await database.query<StoredMessage>(
    `select ${COLUMNS} from messages where client_message_id = $1 and ($2::uuid is null or user_id = $2::uuid) limit 2`,
    [ref, userId ?? null],
  );
  // Keys are the clients' own: one that two of them use opens nothing.
  if (message) return others.length === 0 ? message : undefined;
  return isUuid(ref) ? messageById(database, ref, userId) : undefined;
}

const isUuid = (ref: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(ref);

export async function messageById(
  database: Queryable,
  id: string,
  userId?: string,
): Promise<StoredMessage | undefined> {
  const [message] = await database.query<StoredMessage>(
    `select ${COLUMNS} from messages where id = $1::uuid and ($2::uuid is null or user_id = $2::uuid)`,
    [id, userId ?? null],
  );
  return message;
}

/**
 * Begins a failed answer anew, or one whose process died. Of several that try at once, one succeeds.
 *
 * @returns the message with its new attempt, or `undefined` when there is nothing to take over
 */
export function takeOver(database: Database, id: string, now: Date): Promise<StoredMessage | undefined> {
  return database.transaction(async (tx) => {
    const [message] = await tx.query<StoredMessage>(
      `update messages set status = 'running', attempt = attempt + 1, alive_at = $2, last_cursor = last_cursor + $4,
         answer = '', finish_reason = null, ended_at = null, stop_requested = false
       where id = $1::uuid and ((status = 'failed' and retryable) or (status = 'running' and alive_at < $3))
       returning ${COLUMNS}`,
      [id, now, new Date(now.getTime() - LEASE_MS), CURSOR_GAP],
    );
    if (!message) return undefined;
    await tx.query('delete from message_events where message_id = $1::uuid', [id]);
    await tx.query('delete from sources where message_id = $1::uuid', [id]);
    return message;
  });
}

/** Whether the process that was to make this answer is gone. */
export const isAbandoned = ({status, aliveAt}: StoredMessage, now: Date) =>
  status === 'running' && now.getTime() - aliveAt.getTime() > LEASE_MS;

/** Ends an answer whose process died, with what it had stored. @returns whether it was this call that ended it */
export function endAbandoned(database: Database, id: string, error: NumberedEvent['event'], now: Date) {
  return database.transaction(async (tx) => {
    const [ended] = await tx.query<{cursor: number}>(
      `update messages set status = 'failed', retryable = true, ended_at = $2, last_cursor = last_cursor + $4,
         attempt = attempt + 1, answer = coalesce((
           select string_agg(e.data ->> 'text', '' order by e.cursor) from message_events e
           where e.message_id = messages.id and e.type = 'text'), '')
       where id = $1::uuid and status = 'running' and alive_at < $3 returning last_cursor as cursor`,
      [id, now, new Date(now.getTime() - LEASE_MS), CURSOR_GAP],
    );
    if (ended) await addEvents(tx, id, [{cursor: ended.cursor, event: error}], now);
    return ended !== undefined;
  });
}

export interface Progress {
  readonly id: string;
  readonly attempt: number;
  readonly events: readonly NumberedEvent[];
  readonly now: Date;
  /** How the answer ended, with the last events. */
  readonly end?: {
    readonly status: Exclude<Status, 'running'>;
    readonly finishReason: FinishReason | undefined;
    readonly retryable: boolean;
    readonly answer: string;
    readonly answerer: Answerer['kind'];
    readonly sources: readonly Source[];
  };
}

/** Stores what a process has made of an answer. @returns what it should know: someone asked to stop, or it lost the answer */
export function saveProgress(
  database: Database,
  {id, attempt, events, now, end}: Progress,
): Promise<'go on' | 'stop' | 'lost'> {
  return database.transaction(async (tx) => {
    const [row] = await tx.query<{stop: boolean}>(
      `update messages set alive_at = $3, last_cursor = greatest(last_cursor, $4::int), status = coalesce($5, status),
         finish_reason = $6, retryable = $7, answer = coalesce($8, answer), answerer = coalesce($9, answerer),
         ended_at = case when $5::text is null then null else $3::timestamptz end
       where id = $1::uuid and attempt = $2 and status = 'running' returning stop_requested as stop`,
      [
        id,
        attempt,
        now,
        events.at(-1)?.cursor ?? 0,
        end?.status ?? null,
        end?.finishReason ?? null,
        end?.retryable ?? false,
        end?.answer ?? null,
        end?.answerer ?? null,
      ],
    );
    if (!row) return 'lost';
    await addEvents(tx, id, events, now);
    if (end) await addSources(tx, id, end.sources);
    return row.stop ? 'stop' : 'go on';
  });
}

async function addEvents(tx: Queryable, id: string, events: readonly NumberedEvent[], now: Date) {
  if (events.length === 0) return;
  await tx.query(
    `insert into message_events (message_id, cursor, type, data, made_at)
     select $1::uuid, e.cursor, e.type, e.data::jsonb, $5::timestamptz
     from unnest($2::int[], $3::text[], $4::text[]) as e (cursor, type, data)`,
    [
      id,
      events.map(({cursor}) => cursor),
      events.map(({event}) => event.type),
      events.map(({event: {type: _type, ...data}}) => JSON.stringify(data)),
      now,
    ],
  );
}

async function addSources(tx: Queryable, id: string, sources: readonly Source[]) {
  for (const [index, {id: sourceId, n, title, url, snippet, site, updated}] of sources.entries()) {
    await tx.query(
      `insert into sources (message_id, source_id, n, title, url, snippet, site, updated)
       values ($1::uuid, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [id, sourceId, n ?? index + 1, title, url ?? null, snippet ?? null, site ?? null, updated ?? null],
    );
  }
}

export async function eventsAfter(database: Queryable, id: string, cursor: number): Promise<NumberedEvent[]> {
  const rows = await database.query<{cursor: number; type: string; data: object}>(
    'select cursor, type, data from message_events where message_id = $1::uuid and cursor > $2::int order by cursor',
    [id, cursor],
  );
  return rows.map(({cursor: at, type, data}) => ({cursor: at, event: {type, ...data} as ChatEvent}));
}

/** Asks whichever process writes this answer to stop. */
export const requestStop = (database: Queryable, id: string) =>
  database.query(`update messages set stop_requested = true where id = $1::uuid and status = 'running'`, [id]);

/** Asks for everything that is being answered for this person to stop. */
export const requestStopOfAll = (database: Queryable, userId: string) =>
  database.query(`update messages set stop_requested = true where user_id = $1::uuid and status = 'running'`, [userId]);
