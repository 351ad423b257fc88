/** Humans who take conversations over: what they write, as it comes, and the way back to automatic answers. */
import {setTimeout as delay} from 'node:timers/promises';

import {Hono} from 'hono';
import {chatError, type ChatError} from 'tillit-chat/core';

import type {Api, ApiContext, Services} from '../api.js';
import {Problem} from '../problem.js';
import {asUuid} from '../schemas.js';
import {eventStream} from '../sse.js';
import {conversationOf} from '../store/conversations.js';
import {humanEventsAfter, humanIn, leave} from '../store/humans.js';
import type {NumberedEvent} from '../store/messages.js';
import {ownerOf} from '../who-asks.js';
import {cursorFrom} from './messages.js';

/** Another process may have taken what a human wrote. */
const LOOK_EVERY_MS = 250;

export function humanRoutes(services: Services) {
  const {database, clock, answers, settings, newId} = services;
  const automatic = answers.answerer;

  async function conversationIn(c: ApiContext) {
    const userId = await ownerOf(c, services);
    const id = asUuid(c.req.param('id'));
    const conversation = id === undefined ? undefined : await conversationOf(database, userId, id);
    if (!conversation) throw new Problem(404, 'conversation_not_found');
    return conversation.id;
  }

  /** Who answers now, what was written after this number, and all that is to come. */
  async function* follow(c: ApiContext, id: string, after: number, signal: AbortSignal): AsyncGenerator<NumberedEvent> {
    let cursor = after;
    yield {cursor, event: {type: 'answerer', ...((await humanIn(database, id)) ?? automatic)}};
    // Who has come and gone long ago is no news to somebody who begins to listen.
    let isPast = after === 0;
    while (!signal.aborted) {
      for (const numbered of await humanEventsAfter(database, id, cursor, automatic)) {
        cursor = numbered.cursor;
        if (!isPast || numbered.event.type !== 'answerer') yield numbered;
      }
      isPast = false;
      await delay(LOOK_EVERY_MS, undefined, {signal}).catch(() => {});
      try {
        // Deleted, or its person suspended: then there is nothing more to hear.
        if (!signal.aborted) await conversationIn(c);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        yield {
          cursor,
          event: {type: 'error', error: {...chatError(error.code), ...(error.details as Partial<ChatError>)}},
        };
        return;
      }
    }
  }

  return new Hono<Api>()
    .get('/conversations/:id/events', async (c) => {
      const id = await conversationIn(c);
      const cursor = cursorFrom(c.req.header('last-event-id'));
      const isExpected =
        settings.humans ||
        (await humanIn(database, id)) !== undefined ||
        (await humanEventsAfter(database, id, cursor, automatic)).some(({event}) => event.type === 'text');
      if (!isExpected) return c.body(null, 204);
      const abort = new AbortController();
      return eventStream(follow(c, id, cursor, abort.signal), {
        keepAliveMs: settings.keepAliveMs,
        onClose: () => abort.abort(),
      });
    })

    .delete('/conversations/:id/human', async (c) => {
      await leave(database, await conversationIn(c), newId, clock());
      return c.body(null, 204);
    });
}
