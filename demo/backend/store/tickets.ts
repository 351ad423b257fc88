/** Support cases. A key makes one ticket, however often and however fast it is sent. */
import type {Database, Queryable} from '../database.js';

/** What it is about: the product; a person's rights in their data (restriction, objection); a suspension. */
export type Category = 'support' | 'rights' | 'appeal';

export interface TicketRow {
  readonly category: Category;
  readonly idempotencyKey: string;
  readonly userId: string | undefined;
  readonly conversationId: string | undefined;
  readonly name: string;
  readonly email: string;
  readonly description: string;
  readonly transcript: readonly {readonly role: 'user' | 'assistant'; readonly text: string}[];
  readonly now: Date;
}

export const ticketId = (number: number) => `T-${number}`;

/** The ticket this key has made already. */
export async function ticketOf(database: Queryable, userId: string | undefined, idempotencyKey: string) {
  const [row] = await database.query<{number: number}>(
    'select number from tickets where owner = $1 and idempotency_key = $2',
    [userId ?? 'anonymous', idempotencyKey],
  );
  return row && ticketId(row.number);
}

export async function addTicket(database: Database, ticket: TicketRow): Promise<{id: string; isDuplicate: boolean}> {
  const [added] = await database.query<{number: number}>(
    `insert into tickets
       (owner, idempotency_key, user_id, conversation_id, name, email, description, transcript, created_at, category)
     values ($1, $2, $3::uuid, $4::uuid, $5, $6, $7, $8::jsonb, $9, $10)
     on conflict (owner, idempotency_key) do nothing returning number`,
    [
      ticket.userId ?? 'anonymous',
      ticket.idempotencyKey,
      ticket.userId ?? null,
      ticket.conversationId ?? null,
      ticket.name,
      ticket.email,
      ticket.description,
      JSON.stringify(ticket.transcript),
      ticket.now,
      ticket.category,
    ],
  );
  if (added) return {id: ticketId(added.number), isDuplicate: false};
  const id = await ticketOf(database, ticket.userId, ticket.idempotencyKey);
  if (id === undefined) throw new Error('a ticket vanished between two statements');
  return {id, isDuplicate: true};
}

export const recentTickets = (database: Queryable, limit: number) =>
  database.query<{
    number: number;
    category: Category;
    createdAt: Date;
    name: string;
    email: string;
    description: string;
  }>(
    `select number, category, created_at as "createdAt", name, email, description from tickets order by number desc limit $1::int`,
    [limit],
  );
