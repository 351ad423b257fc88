/**
 * Support tickets. They need no acceptance of the chat's terms: a person who declined them, or who is suspended and
 * appeals, must be able to reach a human.
 */
import {Hono} from 'hono';

import {limitBody, limitRate, type Api, type ApiContext, type Services} from '../api.js';
import {Problem} from '../problem.js';
import {asKey, asUuid, isEmail, readBody, ticketSchema} from '../schemas.js';
import {sentences} from '../sentences.js';
import {refuseFeature} from '../sign-in.js';
import {answersIn, conversationOf} from '../store/conversations.js';
import {addTicket, ticketOf, type Category} from '../store/tickets.js';
import {personIn} from '../who-asks.js';

const MAX_BYTES = 1_000_000;

export function ticketRoutes(services: Services) {
  const {database, clock, guard, settings} = services;

  async function refuseTicket(ticket: Ticket, seenAnswers: readonly string[], c: ApiContext) {
    const {locale} = c.var;
    const {ticketChars} = settings.limits;
    if (!isEmail(ticket.email)) throw new Problem(400, 'invalid_request', {display: sentences[locale].badEmail});
    if (ticket.description.length > ticketChars) {
      throw new Problem(413, 'too_long', {display: sentences[locale].tooLong(ticketChars)});
    }
    const seen = new Set(seenAnswers.map((answer) => answer.trim()));
    // Our own answers may quote an address from an article; one that was changed is the person's words.
    const written = ticket.transcript.filter(({role, text}) => role === 'user' || !seen.has(text.trim()));
    for (const text of [ticket.name, ticket.email, ticket.description, ...written.map((turn) => turn.text)]) {
      guard.refusePersonalData(text, 'ticket', c.var);
    }
  }

  return new Hono<Api>().post('/tickets', limitBody(MAX_BYTES), async (c) => {
    limitRate(c, services);
    const idempotencyKey = asKey(c.req.header('idempotency-key'));
    if (idempotencyKey === undefined) throw new Problem(400, 'invalid_request');
    const ticket = trimmed(await readBody(c.req.raw, ticketSchema));
    // Rights and appeals are everyone's.
    if (ticket.category === 'support') refuseFeature(c.var.account, 'tickets');
    const userId = (await personIn(c, services))?.userId;
    if (userId !== undefined) c.set('userId', userId);

    const known = await ticketOf(database, userId, idempotencyKey);
    if (known !== undefined) return c.json({id: known, duplicate: true}, 200);
    const conversationId = await ownConversation(userId, asUuid(ticket.conversationId));
    const seenAnswers = conversationId === undefined ? [] : await answersIn(database, conversationId);
    await refuseTicket(ticket, seenAnswers, c);
    const {id, isDuplicate} = await addTicket(database, {
      ...ticket,
      idempotencyKey,
      userId,
      conversationId,
      now: clock(),
    });
    if (isDuplicate) return c.json({id, duplicate: true}, 200);
    const {name, email, description, transcript} = ticket;
    services.onTicket?.({id, idempotencyKey, name, email, description, transcript});
    return c.json({id}, 201);
  });

  /** A conversation that is gone, another person's or another backend's is left out: the ticket is what matters. */
  async function ownConversation(userId: string | undefined, conversationId: string | undefined) {
    if (conversationId === undefined || (userId === undefined && settings.requireReceipt)) return undefined;
    return (await conversationOf(database, userId, conversationId))?.id;
  }
}

interface Ticket {
  readonly category: Category;
  readonly name: string;
  readonly email: string;
  readonly description: string;
  readonly transcript: readonly {readonly role: 'user' | 'assistant'; readonly text: string}[];
  readonly conversationId?: string | undefined;
}

const trimmed = (ticket: Ticket): Ticket => ({
  ...ticket,
  name: ticket.name.trim(),
  email: ticket.email.trim(),
  description: ticket.description.trim(),
});
