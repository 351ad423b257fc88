import assert from 'node:assert/strict';
import {createHash, randomUUID} from 'node:crypto';
import {before, describe, it} from 'node:test';

import type {AnswerMaker} from '../../demo/backend/answers/answerer.js';
import {runCommand} from '../../demo/backend/commands.js';
import {migrate, type Database} from '../../demo/backend/database.js';
import {readTerms, withHash} from '../../demo/backend/terms/documents.js';
import {
  accept,
  acceptanceOf,
  allEvents,
  ask,
  callerOf,
  finish,
  json,
  makeBackend,
  own,
  problemOf,
  text,
  type Call,
} from './support/backend.js';
import {onEachDatabase} from './support/databases.js';
import {openFresh} from './support/embedded.js';
import {AUDIENCE, startProvider} from './support/provider.js';

const AI_SOURCE = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
const model: AnswerMaker = {
  answerer: {kind: 'ai'},
  async *answer({question}) {
    await Promise.resolve();
    yield {type: 'source', source: {id: 's', n: 1, title: 'Källa <b>', url: 'https://example.com/a'}};
    yield text(`<script>alert(1)</script> om ${question}`);
    yield finish;
  },
};

interface Exported {
  readonly '@context': Record<string, unknown>;
  readonly format: string;
  readonly conversations: readonly {
    readonly rating?: {readonly score: number};
    readonly turns: readonly {
      readonly question: string;
      readonly rating?: {readonly score: number; readonly comment?: string};
      readonly answer: {
        readonly text: string;
        readonly digitalSourceType?: string;
        readonly sources: readonly {readonly title: string}[];
      };
    }[];
  }[];
  readonly tickets: readonly {readonly id: string; readonly category: string; readonly description: string}[];
  readonly acceptances: readonly {readonly receiptId: string; readonly kind: string}[];
  readonly deletions: readonly {readonly receiptId: string}[];
  readonly log: readonly {readonly what: string}[];
}

const ticket = {name: 'Test Testsson', email: 'test@example.com', description: 'Sluta behandla mina uppgifter.'};

onEachDatabase("a person's rights", (database) => {
  let search: Call;
  let ai: Call;
  before(async () => {
    search = callerOf(await makeBackend(database()));
    ai = callerOf(await makeBackend(database(), {answerer: model}));
  });

  /** Someone who has done everything that leaves a trace. */
  async function someone() {
    const receiptId = await accept(ai);
    const headers = own(receiptId);
    const [first] = await allEvents(await ask(ai, receiptId, {text: 'Ett & annat?'}));
    const {messageId, conversationId} = first!.data as {messageId: string; conversationId: string};
    await allEvents(
      await ask(ai, receiptId, {text: 'Ett & annat?', conversationId, trigger: 'retry', replaces: messageId}),
    );
    await allEvents(await ask(search, receiptId));
    await ai(`/messages/${messageId}/rating`, json({score: 2, comment: 'Otydligt'}, headers, 'PUT'));
    await ai(`/conversations/${conversationId}/rating`, json({score: 4}, headers, 'PUT'));
    const sent = await ai(
      '/tickets',
      json({...ticket, category: 'rights'}, {...headers, 'idempotency-key': randomUUID()}),
    );
    const {id: ticketId} = (await sent.json()) as {id: string};
    return {receiptId, headers, messageId, conversationId, ticketId};
  }
  const exportOf = async (headers: Record<string, string>) =>
    (await (await ai('/me/export', {headers})).json()) as Exported;

  describe('an export', () => {
    it('holds everything, also what was replaced', async () => {
      const {headers, receiptId, ticketId} = await someone();
      const response = await ai('/me/export', {headers});
      assert.match(
        response.headers.get('content-disposition') ?? '',
        /^attachment; filename="tillit-\d{4}-\d\d-\d\d\.json"$/,
      );
      assert.equal(response.headers.get('cache-control'), 'no-store');
      const data = (await response.json()) as Exported;
      assert.equal(data.format, 'tillit-person/1');
      assert.deepEqual(
        data.conversations.map(({rating, turns}) => [rating?.score, turns.map((turn) => [turn.question, turn.rating])]),
        [
          [
            4,
            [
              ['Ett & annat?', {score: 2, comment: 'Otydligt'}],
              ['Ett & annat?', undefined],
            ],
          ],
          [undefined, [['Hur registrerar jag sjukfrånvaro?', undefined]]],
        ],
      );
      assert.deepEqual(
        data.tickets.map(({id, category, description}) => [id, category, description]),
        [[ticketId, 'rights', ticket.description]],
      );
      assert.deepEqual(
        data.acceptances.map((acceptance) => [acceptance.kind, acceptance.receiptId]),
        [['accepted', receiptId]],
      );
      assert.ok(data.log.some(({what}) => what === 'PUT /api/messages/:id/rating'));
    });

    it('marks what a model made, and nothing else, in the vocabulary of the IPTC', async () => {
      const {headers} = await someone();
      const {'@context': context, conversations} = await exportOf(headers);
      assert.deepEqual(context.digitalSourceType, {
        '@id': 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/DigitalSourceType',
        '@type': '@id',
      });
      assert.deepEqual(
        conversations.flatMap(({turns}) => turns.map(({answer}) => [answer.digitalSourceType, answer.sources.length])),
        [
          [AI_SOURCE, 1],
          [AI_SOURCE, 1],
          [undefined, 1],
        ],
      );
    });

    it('is a page for people, in their language, in which text stays text', async () => {
      const {headers} = await someone();
      const response = await ai('/me/export', {headers: {...headers, accept: 'text/html', 'accept-language': 'en'}});
      assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
      assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
      const page = await response.text();
      assert.match(page, /<html lang="en"/);
      assert.match(page, /What we have stored about you/);
      assert.match(page, /Ett &amp; annat\?/);
      assert.match(page, /&lt;script&gt;alert\(1\)/);
      assert.doesNotMatch(page, /<script|<b>/);
      assert.equal(page.split(`href="${AI_SOURCE}"`).length - 1, 2);
      assert.equal(page.split('ai-disclosure="ai-generated"').length - 1, 2);
      assert.match(page, /Sluta behandla mina uppgifter\./);
    });

    it('is of nobody without a receipt, and of nobody else with one', async () => {
      const {ticketId} = await someone();
      for (const headers of [{}, own(randomUUID())] as Record<string, string>[]) {
        assert.equal((await problemOf(await ai('/me/export', {headers}))).code, 'consent_required');
        assert.equal((await problemOf(await ai('/me', {method: 'DELETE', headers}))).code, 'consent_required');
      }
      const other = await exportOf(own(await accept(ai)));
      assert.deepEqual([other.conversations, other.tickets], [[], []]);
      assert.ok(!JSON.stringify(other).includes(ticketId));
    });
  });

  describe('a deletion', () => {
    it('leaves nothing but what must be kept, and says what that is', async () => {
      const {headers, receiptId, messageId, conversationId, ticketId} = await someone();
      const response = await ai('/me', {method: 'DELETE', headers});
      assert.equal(response.status, 200);
      const answer = (await response.json()) as {
        receiptId: string;
        status: string;
        deleted: object;
        kept: {what: string; count: number; until: string; why: string; ids?: string[]}[];
      };
      assert.equal(answer.status, 'done');
      assert.deepEqual(
        answer.kept.map(({what, count, ids}) => [what, count, ids]),
        [
          ['acceptances', 1, undefined],
          ['tickets', 1, [ticketId]],
        ],
      );
      for (const {until, why} of answer.kept) {
        assert.ok(Date.parse(until) > Date.now());
        assert.notEqual(why, '');
      }
      const left = await exportOf(headers);
      assert.deepEqual(left.conversations, []);
      assert.deepEqual(left.log, []);
      assert.deepEqual([left.tickets.length, left.acceptances.length], [1, 1]);
      assert.deepEqual(
        left.deletions.map((deletion) => deletion.receiptId),
        [answer.receiptId],
      );
      for (const table of ['message_events', 'sources', 'ratings']) {
        assert.deepEqual(await database().query(`select 1 from ${table} where message_id = $1::uuid`, [messageId]), []);
      }
      const rated = await database().query('select 1 from ratings where conversation_id = $1::uuid', [conversationId]);
      assert.deepEqual(rated, []);
      const proof = await runCommand(
        {words: ['proof', receiptId], options: {}},
        {database: database(), retentionMonths: 12, now: new Date()},
      );
      assert.match(proof, /^hash check +fits/m);
      await assert.rejects(database().query('delete from deletions'), /append-only/);
    });

    it('touches no one else', async () => {
      const [one, other] = [await someone(), await someone()];
      await ai('/me', {method: 'DELETE', headers: one.headers});
      assert.equal((await exportOf(other.headers)).conversations.length, 2);
    });
  });

  it('are open to who is suspended, and to who has withdrawn', async () => {
    const {receiptId, headers} = await someone();
    await runCommand(
      {words: ['suspend', receiptId], options: {reason: 'Nej.'}},
      {database: database(), retentionMonths: 12, now: new Date()},
    );
    await ai('/acceptances/current', {method: 'DELETE', headers});
    assert.equal((await ai('/me/export', {headers})).status, 200);
    assert.equal((await ai('/me', {method: 'DELETE', headers})).status, 200);
  });

  describe('to read again what was accepted', () => {
    const accepted = async (call: Call, headers: Record<string, string>) => {
      const response = await call('/acceptances/current', {headers});
      const body = (await response.json()) as {
        text: string;
        textSha256: string;
        version: string;
        receiptId: string;
        purposes: object;
        code?: string;
      };
      return {status: response.status, cache: response.headers.get('cache-control'), body};
    };

    it('gives the very text, word for word, with its record, also after the terms have changed', async () => {
      const terms = await readTerms();
      const oldTerms = withHash({...terms.sv.document, version: '1', markdown: '## Förr\n\nDå gällde detta.'});
      const old = callerOf(await makeBackend(database(), {terms: {...terms, sv: oldTerms}}));
      const acceptance = {...(await acceptanceOf(old)), purposes: {chat: true, analytics: true, device: true}};
      const response = await old('/acceptances', json(acceptance));
      const {receiptId} = (await response.json()) as {receiptId: string};
      const {status, cache, body} = await accepted(search, own(receiptId));
      assert.equal(status, 200);
      assert.equal(cache, 'no-store');
      assert.equal(body.text, oldTerms.text);
      assert.equal(createHash('sha256').update(body.text).digest('hex'), acceptance.textSha256);
      const {textSha256, version, purposes} = body;
      assert.deepEqual(
        {textSha256, version, purposes, receiptId: body.receiptId},
        {
          textSha256: acceptance.textSha256,
          version: '1',
          purposes: {chat: true, analytics: true, device: true},
          receiptId,
        },
      );
    });

    it('is open to who has withdrawn, and to nobody without a receipt', async () => {
      const receiptId = await accept(search);
      await search('/acceptances/current', {method: 'DELETE', headers: own(receiptId)});
      assert.equal((await accepted(search, own(receiptId))).status, 200);
      const {status, body} = await accepted(search, {});
      assert.deepEqual([status, body.code], [409, 'consent_required']);
      assert.equal((await accepted(search, own(randomUUID()))).status, 409);
    });
  });
});

describe('the rights of who signs in', () => {
  it('need no receipt', async () => {
    const database: Database = await openFresh();
    await migrate(database);
    const provider = await startProvider({ada: {}, bo: {}});
    const call = callerOf(await makeBackend(database, {signIn: {issuer: provider.issuer, audience: AUDIENCE}}));
    const as = async (name: string) => ({authorization: `Bearer ${await provider.tokenFor(name)}`});
    const ada = await as('ada');
    const receiptId = await accept(call, ada);
    await allEvents(await ask(call, receiptId, {}, ada));
    await accept(call, await as('bo'));
    const exported = async (headers: Record<string, string>) =>
      ((await (await call('/me/export', {headers})).json()) as Exported).conversations.length;
    assert.equal(await exported(ada), 1);
    assert.equal(
      await exported({...(await as('bo')), ...own(receiptId)}),
      0,
      "a receipt left by another is not one's own",
    );
    assert.equal((await call('/me', {method: 'DELETE', headers: ada})).status, 200);
    assert.equal(await exported(ada), 0);
    await provider.close();
    await database.close();
  });
});
