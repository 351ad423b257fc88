/** A person's rights in everything that is held about them (GDPR, Articles 15, 17 and 20): export and delete it. */
import {Hono} from 'hono';
import {EXPORT_CONTEXT} from 'tillit-chat/core';

import {exportedTurn} from '../ai-marking.js';
import {limitRate, type Api, type Services} from '../api.js';
import {exportPage} from '../export-page.js';
import {sentences} from '../sentences.js';
import {deleteEverything, everythingAbout} from '../store/person-data.js';
import {retentionDays} from '../store/retention.js';
import {dataSubjectOf} from '../who-asks.js';

const DAY_MS = 86_400_000;

export function meRoutes(services: Services) {
  const {database, clock, newId, log, settings} = services;

  /** When the retention deletes the last of these. */
  function keptUntil(dates: readonly Date[]) {
    const newestMs = Math.max(...dates.map((date) => date.getTime()));
    return new Date(newestMs + retentionDays(settings.retentionMonths) * DAY_MS).toISOString();
  }

  return (
    new Hono<Api>()
      // As JSON for machines; as a page for people, when it is asked for with `Accept: text/html`.
      .get('/me/export', async (c) => {
        limitRate(c, services);
        const {userId} = await dataSubjectOf(c, services, {whileSuspended: true});
        // What has just happened is held about them, too.
        await log.flush();
        const data = await everythingAbout(database, userId);
        const exportedAt = clock();
        const isPage = c.req.header('accept')?.split(',')[0]?.trim().startsWith('text/html') ?? false;
        const day = exportedAt.toISOString().slice(0, 10);
        c.header('cache-control', 'no-store');
        c.header('vary', 'Accept', {append: true});
        c.header('content-disposition', `attachment; filename="tillit-${day}.${isPage ? 'html' : 'json'}"`);
        if (isPage) {
          c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
          return c.html(exportPage(data, exportedAt, c.var.locale));
        }
        return c.json({
          '@context': EXPORT_CONTEXT,
          format: 'tillit-person/1',
          exportedAt: exportedAt.toISOString(),
          ...data,
          conversations: data.conversations.map(({turns, ...rest}) => ({...rest, turns: turns.map(exportedTurn)})),
        });
      })

      .delete('/me', async (c) => {
        limitRate(c, services);
        const {userId} = await dataSubjectOf(c, services, {whileSuspended: true});
        await log.flush();
        const receiptId = newId();
        const deleted = await deleteEverything(database, {userId, receiptId, now: clock()});
        const {acceptances, tickets} = await everythingAbout(database, userId);
        const {kept} = sentences[c.var.locale];
        // This very call is not logged under their name again.
        c.set('userId', undefined);
        return c.json({
          receiptId,
          status: 'done',
          deleted,
          kept: [
            {
              what: 'acceptances',
              count: acceptances.length,
              until: keptUntil(acceptances.map(({recordedAt}) => recordedAt)),
              why: kept.acceptances,
            },
            ...(tickets.length === 0
              ? []
              : [
                  {
                    what: 'tickets',
                    count: tickets.length,
                    ids: tickets.map(({id}) => id),
                    until: keptUntil(tickets.map(({createdAt}) => createdAt)),
                    why: kept.tickets,
                  },
                ]),
          ],
        });
      })
  );
}
