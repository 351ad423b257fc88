/** Accepting the current terms, changing what was accepted, and taking it back. All of it only adds to the record. */
import {Hono} from 'hono';

import {limitBody, limitRate, receiptOf, type Api, type ApiContext, type Services} from '../api.js';
import {localeOf} from '../locale.js';
import {Problem} from '../problem.js';
import {acceptanceSchema, readBody, receiptSchema, type AcceptanceBody} from '../schemas.js';
import {requestStopOfAll} from '../store/messages.js';
import {addUser} from '../store/people.js';
import {addAcceptance, addWithdrawal} from '../store/terms.js';
import {personIn, refuseSuspended} from '../who-asks.js';

const MAX_BYTES = 16_384;

export function acceptanceRoutes(services: Services) {
  const {database, terms, newId, clock} = services;

  function isCurrent({termsId, version, textSha256, locale: tag}: AcceptanceBody) {
    const locale = localeOf(tag);
    if (!locale) return false;
    const current = terms[locale];
    return current.document.id === termsId && current.document.version === version && current.textSha256 === textSha256;
  }

  /** Who accepts anew keeps what they had, if the old receipt is named; who has signed in, in any case. */
  async function knownUser(c: ApiContext) {
    const person = await personIn(c, services);
    if (person) refuseSuspended(c, services, person);
    return person && (c.var.account || !person.isWithdrawn) ? person.userId : undefined;
  }

  return new Hono<Api>()
    .post('/acceptances', limitBody(MAX_BYTES), async (c) => {
      limitRate(c, services);
      const acceptance = await readBody(c.req.raw, acceptanceSchema);
      if (!isCurrent(acceptance)) throw new Problem(409, 'consent_required');
      const now = clock();
      const receiptId = newId();
      const known = await knownUser(c);
      const userId = await database.transaction(async (tx) => {
        const id = known ?? (await addUser(tx, newId(), c.var.account, now));
        if (!(await addAcceptance(tx, {receiptId, userId: id, acceptance, now}))) throw new Problem(500, 'server');
        return id;
      });
      c.set('userId', userId);
      return c.json({receiptId}, 201);
    })
    .delete('/acceptances/current', limitBody(MAX_BYTES), async (c) => {
      const receiptId =
        receiptOf(c) ?? (c.var.account ? undefined : (await readBody(c.req.raw, receiptSchema)).receiptId);
      const person = await personIn(c, services, receiptId);
      // What nobody has accepted here, nobody accepts any more.
      if (person) {
        c.set('userId', person.userId);
        await addWithdrawal(database, person.userId, clock());
        await requestStopOfAll(database, person.userId);
      }
      return c.body(null, 204);
    });
}
