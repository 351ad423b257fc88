/** Accepting the current terms, reading and changing what was accepted, and taking it back. All of it only adds to the record. */
import {Hono} from 'hono';

import {limitBody, limitRate, receiptOf, type Api, type ApiContext, type Services} from '../api.js';
import {locales} from '../locale.js';
import {Problem} from '../problem.js';
import {acceptanceSchema, readBody, receiptSchema, type AcceptanceBody} from '../schemas.js';
import {requestStopOfAll} from '../store/messages.js';
import {addUser} from '../store/people.js';
import {addAcceptance, addWithdrawal, latestReceipt, proofOf} from '../store/terms.js';
import {dataSubjectOf, personIn, refuseSuspended} from '../who-asks.js';

const MAX_BYTES = 16_384;

export function acceptanceRoutes(services: Services) {
  const {database, terms, newId, clock} = services;

  /** In whichever language the interface around it was: the hash says which of our texts was shown. */
  const isCurrent = ({termsId, version, textSha256}: AcceptanceBody) =>
    locales.some((locale) => {
      const current = terms[locale];
      return (
        current.document.id === termsId && current.document.version === version && current.textSha256 === textSha256
      );
    });

  /** Who accepts anew keeps what they had, if the old receipt is named; who has signed in, in any case. */
  async function knownUser(c: ApiContext) {
    const person = await personIn(c, services);
    if (person) refuseSuspended(c, services, person);
    return person && (c.var.account || !person.isWithdrawn) ? person.userId : undefined;
  }

  return (
    new Hono<Api>()
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
      // What this person accepted, word for word: with the receipt they name if it is theirs, else last.
      .get('/acceptances/current', async (c) => {
        limitRate(c, services);
        const {userId} = await dataSubjectOf(c, services, {whileSuspended: true});
        const named = receiptOf(c);
        const proof = named === undefined ? undefined : await proofOf(database, named, userId);
        const latest = proof ? undefined : await latestReceipt(database, userId);
        const found = proof ?? (latest === undefined ? undefined : await proofOf(database, latest, userId));
        if (!found) throw new Problem(404, 'unavailable');
        const {kind: _k, isProved: _p, ...record} = found;
        c.header('cache-control', 'no-store');
        return c.json(record);
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
      })
  );
}
