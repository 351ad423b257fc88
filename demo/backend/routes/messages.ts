/** Questions and their answers: ask, resume, stop, rate. */
import {Hono} from 'hono';
import type {Answerer, ChatEvent} from 'tillit-chat/core';

import {limitBody, limitRate, receiptOf, siteUrlOf, type Api, type ApiContext, type Services} from '../api.js';
import {Problem} from '../problem.js';
import {asKey, asUuid, questionSchema, ratingSchema, readBody, type Question} from '../schemas.js';
import {sentences} from '../sentences.js';
import {refuseFeature} from '../sign-in.js';
import {eventStream} from '../sse.js';
import {answersIn, conversationOf, sourcesOf} from '../store/conversations.js';
import {humanIn} from '../store/humans.js';
import {
  addMessage,
  eventsAfter,
  isAbandoned,
  messageOf,
  takeOver,
  type NumberedEvent,
  type StoredMessage,
} from '../store/messages.js';
import {saveRating} from '../store/ratings.js';
import {retold} from '../streams.js';
import {consentingPerson, ownerOf, raterOf} from '../who-asks.js';
import {screenedComment} from './ratings.js';

const MAX_BYTES = 1_000_000;
const MAX_RATING_BYTES = 65_536;
/** What of the conversation goes along with a question. */
const HISTORY_TURNS = 12;
const HISTORY_CHARS = 12_000;

export function messageRoutes(services: Services) {
  const {database, clock, streams, answers, guard, settings, newId} = services;

  async function refuseQuestion({text, history, conversationId}: Question, userId: string, c: ApiContext) {
    const {questionChars} = settings.limits;
    if (text.length > questionChars) {
      throw new Problem(413, 'too_long', {display: sentences[c.var.locale].tooLong(questionChars)});
    }
    guard.refusePersonalData(text, 'question', c.var);
    if (history.length === 0) return;
    const conversation = conversationId && (await conversationOf(database, userId, conversationId));
    const answers = conversation ? await answersIn(database, conversation.id) : [];
    for (const turn of history) {
      // Our own answers may quote an address from an article, and come back cut; what else is called one is screened.
      const isOurs = turn.role === 'assistant' && answers.some((answer) => answer.trim().startsWith(turn.text.trim()));
      if (!isOurs) guard.refusePersonalData(turn.text, 'question', c.var);
    }
  }

  /** Begins the answer, or begins it anew when an earlier attempt failed; an answer that exists is left alone. */
  async function begin(message: StoredMessage, isNew: boolean, question: Question, c: ApiContext) {
    const mayTryAgain = message.status === 'failed' ? message.retryable : isAbandoned(message, clock());
    const attempt = isNew ? message : mayTryAgain ? await takeOver(database, message.id, clock()) : undefined;
    if (!attempt) return false;
    const request = {
      question: message.question,
      history: question.history,
      locale: c.var.locale,
      siteUrl: siteUrlOf(c, services),
    };
    const human = await humanIn(database, message.conversationId);
    streams.start(attempt, (signal) => (human ? handedOver(human) : answers.answer(request, signal)));
    return true;
  }

  function stream(events: (signal: AbortSignal) => AsyncIterable<NumberedEvent>) {
    const abort = new AbortController();
    return eventStream(events(abort.signal), {keepAliveMs: settings.keepAliveMs, onClose: () => abort.abort()});
  }

  async function* replay(message: StoredMessage, signal: AbortSignal): AsyncGenerator<NumberedEvent> {
    const isWhole = message.status === 'running' || (await eventsAfter(database, message.id, 0)).length > 0;
    const events = isWhole
      ? streams.follow(message.id, 0, signal)
      : retold(message, (await sourcesOf(database, [message.id])).get(message.id) ?? []);
    for await (const {cursor, event} of events) {
      yield {cursor, event: event.type === 'start' ? {...event, mode: 'replay'} : event};
    }
  }

  async function messageIn(c: ApiContext, userId: string | undefined) {
    const ref = asKey(c.req.param('id'));
    return ref === undefined ? undefined : messageOf(database, userId, ref);
  }

  return new Hono<Api>()
    .post('/messages', limitBody(MAX_BYTES), async (c) => {
      if (!settings.enabled) throw new Problem(503, 'unavailable');
      const body = await readBody(c.req.raw, questionSchema);
      const question = {...body, history: recent(body.history)};
      const receiptId = body.receiptId ?? receiptOf(c);
      limitRate(c, services, receiptId);
      const {userId} = await consentingPerson(c, services, receiptId);
      await refuseQuestion(question, userId, c);
      const added = await addMessage(database, {
        id: newId(),
        userId,
        conversationId: body.conversationId,
        mayAdopt: !settings.requireReceipt,
        newConversationId: newId(),
        clientMessageId: body.clientMessageId,
        replaces: asUuid(body.replaces),
        locale: c.var.locale,
        question: body.text,
        answerer: answers.answerer.kind,
        now: clock(),
      });
      if (added.outcome === 'no_conversation') throw new Problem(404, 'conversation_not_found');
      const {message, outcome} = added;
      const hasBegun = await begin(message, outcome === 'added', question, c);
      return stream((signal) =>
        hasBegun ? streams.follow(message.id, message.lastCursor, signal) : replay(message, signal),
      );
    })

    .get('/messages/:id/events', async (c) => {
      const message = await messageIn(c, await ownerOf(c, services));
      if (!message) throw new Problem(410, 'conversation_not_found');
      const cursor = cursorFrom(c.req.header('last-event-id'));
      if (message.status !== 'running' && (await eventsAfter(database, message.id, cursor)).length === 0) {
        // Either the reader has seen all of it, or the events are deleted.
        if ((await eventsAfter(database, message.id, 0)).length === 0) throw new Problem(410, 'conversation_not_found');
        return c.body(null, 204);
      }
      return stream((signal) => streams.follow(message.id, cursor, signal));
    })

    .post('/messages/:id/stop', async (c) => {
      const message = await messageIn(c, await ownerOf(c, services));
      if (!message) throw new Problem(404, 'conversation_not_found');
      if (message.status === 'running') await streams.stop(message.id);
      return c.body(null, 202);
    })

    .put('/messages/:id/rating', limitBody(MAX_RATING_BYTES), async (c) => {
      const rating = await readBody(c.req.raw, ratingSchema);
      refuseFeature(c.var.account, 'rating');
      const message = await messageIn(c, await raterOf(c, services));
      if (!message) throw new Problem(404, 'conversation_not_found');
      const comment = screenedComment(rating.comment, c, services);
      await saveRating(database, {target: {messageId: message.id}, ...rating, comment, now: clock()});
      return c.body(null, 204);
    });
}

export function cursorFrom(header: string | undefined) {
  if (header === undefined || header === '') return 0;
  // Guessing would repeat text that the reader has, or skip text it has not.
  if (!/^\d{1,9}$/.test(header)) throw new Problem(400, 'invalid_request');
  return Number(header);
}

/** A human has taken over: they have the question, and answer when they do. */
async function* handedOver(human: Answerer): AsyncGenerator<ChatEvent> {
  yield {type: 'answerer', ...human};
  yield {type: 'finish', reason: 'stop', rateable: false};
}

/** The newest turns, as many as fit. */
function recent(history: Question['history']): Question['history'] {
  let chars = 0;
  const kept = history
    .slice(-HISTORY_TURNS)
    .reverse()
    .filter(({text}) => (chars += text.length) <= HISTORY_CHARS);
  return kept.reverse();
}
