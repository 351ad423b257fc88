/** Accepting the current terms, and taking that back. Both only add to the record. */
import {Hono} from 'hono';

import {limitBody, limitRate, receiptOf, type Api, type Services} from '../api.js';
import {localeOf} from '../locale.js';
import {Problem} from '../problem.js';
import {acceptanceSchema, readBody, receiptSchema, type AcceptanceBody} from '../schemas.js';
import {requestStopOfAll} from '../store/messages.js';
import {addAcceptance, addWithdrawal, personOf} from '../store/terms.js';
import {addUser} from '../store/users.js';

const MAX_BYTES = 16_384;

export function acceptanceRoutes(services: Services) {
  const {database, terms, newId, clock} = services;

  function isCurrent({termsId, version, textSha256, locale: tag}: AcceptanceBody) {
    const locale = localeOf(tag);
    if (!locale) return false;
    const current = terms[locale];
    return current.document.id === termsId && current.document.version === version && current.textSha256 === textSha256;
  }

  /** Who accepts a new version keeps what they had under the old one, if the old receipt is named. */
  async function knownUser(receiptId: string | undefined) {
    const person = receiptId === undefined ? undefined : await personOf(database, receiptId);
    return person && !person.isWithdrawn ? person.userId : undefined;
  }

  return new Hono<Api>()
    .post('/acceptances', limitBody(MAX_BYTES), async (c) => {
      limitRate(c, services);
      const acceptance = await readBody(c.req.raw, acceptanceSchema);
      if (!isCurrent(acceptance)) throw new Problem(409, 'consent_required');
      const now = clock();
      const receiptId = newId();
      const known = await knownUser(receiptOf(c));
      const userId = known ?? newId();
      await database.transaction(async (tx) => {
        if (known === undefined) await addUser(tx, userId, now);
        if (!(await addAcceptance(tx, {receiptId, userId, acceptance, now}))) throw new Problem(500, 'server');
      });
      c.set('userId', userId);
      return c.json({receiptId}, 201);
    })
    .delete('/acceptances/current', limitBody(MAX_BYTES), async (c) => {
      const receiptId = receiptOf(c) ?? (await readBody(c.req.raw, receiptSchema)).receiptId;
      await addWithdrawal(database, receiptId, clock());
      const person = await personOf(database, receiptId);
      if (person) await requestStopOfAll(database, person.userId);
      return c.body(null, 204);
    });
}
