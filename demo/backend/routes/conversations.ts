/** A person's own conversations: load, rate, export, delete. */
import {Hono} from 'hono';
import {EXPORT_CONTEXT} from 'tillit-chat/core';

import {exportedTurn} from '../ai-marking.js';
import {limitBody, type Api, type ApiContext, type Services} from '../api.js';
import {Problem} from '../problem.js';
import {asUuid, ratingSchema, readBody} from '../schemas.js';
import {conversationOf, conversationRating, deleteConversation, transcriptOf} from '../store/conversations.js';
import {saveRating} from '../store/ratings.js';
import {acceptancesOf} from '../store/terms.js';
import {refuseFeature} from '../sign-in.js';
import {ownerOf, raterOf} from '../who-asks.js';
import {screenedComment} from './ratings.js';

const MAX_BYTES = 65_536;

export function conversationRoutes(services: Services) {
  const {database, clock} = services;

  async function conversationIn(c: ApiContext, userId: string | undefined) {
    const id = asUuid(c.req.param('id'));
    const conversation = id === undefined ? undefined : await conversationOf(database, userId, id);
    if (!conversation) throw new Problem(404, 'conversation_not_found');
    return conversation;
  }

  return new Hono<Api>()
    .get('/conversations/:id', async (c) => {
      const {id} = await conversationIn(c, await ownerOf(c, services));
      c.header('cache-control', 'no-store');
      return c.json(await transcriptOf(database, id));
    })

    .get('/conversations/:id/export', async (c) => {
      const {id, userId} = await conversationIn(c, await ownerOf(c, services, {whileSuspended: true}));
      const {conversationId, turns} = await transcriptOf(database, id);
      const acceptances = await acceptancesOf(database, userId);
      const rating = await conversationRating(database, conversationId);
      c.header('cache-control', 'no-store');
      c.header('content-disposition', `attachment; filename="tillit-${conversationId}.json"`);
      return c.json({
        '@context': EXPORT_CONTEXT,
        format: 'tillit-conversation/1',
        exportedAt: clock().toISOString(),
        conversationId,
        turns: turns.map(exportedTurn),
        ...(rating && {rating}),
        acceptances,
      });
    })

    .put('/conversations/:id/rating', limitBody(MAX_BYTES), async (c) => {
      const rating = await readBody(c.req.raw, ratingSchema);
      refuseFeature(c.var.account, 'rating');
      const {id: conversationId} = await conversationIn(c, await raterOf(c, services));
      const comment = screenedComment(rating.comment, c, services);
      await saveRating(database, {target: {conversationId}, ...rating, comment, now: clock()});
      return c.body(null, 204);
    })

    .delete('/conversations/:id', async (c) => {
      const {id} = await conversationIn(c, await ownerOf(c, services, {whileSuspended: true}));
      await deleteConversation(database, id);
      return c.body(null, 204);
    });
}
