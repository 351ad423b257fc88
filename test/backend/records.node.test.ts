import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {before, describe, it} from 'node:test';

import {purge} from '../../demo/backend/store/retention.js';
import {
  accept,
  acceptanceOf,
  allEvents,
  ask,
  callerOf,
  countOf,
  finish,
  json,
  makeBackend,
  manualAnswers,
  problemOf,
  questionBody,
  text,
  type Call,
} from './support/backend.js';
import {onEachDatabase} from './support/databases.js';

const ticket = {
  name: 'Test Testsson',
  email: 'test@example.com',
  description: 'Jag hittar inte var karensavdraget ändras.',
};

onEachDatabase('what is kept', (database) => {
  let call: Call;
  before(async () => {
    call = callerOf(await makeBackend(database()));
  });

  /** A person with one answered question. */
  async function answered() {
    const receiptId = await accept(call);
    const body = questionBody(receiptId);
    const frames = await allEvents(await call('/messages', json(body)));
    const {messageId, conversationId} = frames[0]!.data as {messageId: string; conversationId: string};
    return {
      receiptId,
      messageId,
      conversationId,
      clientMessageId: body.clientMessageId,
      own: {'tillit-receipt': receiptId},
    };
  }

  describe('a rating', () => {
    it('of an answer or a conversation is kept, and the last one wins', async () => {
      const {messageId, clientMessageId, conversationId, own} = await answered();
      for (const [path, rating] of [
        [`/messages/${messageId}`, {score: 2, comment: 'Otydligt'}],
        [`/messages/${clientMessageId}`, {score: 5}],
        [`/conversations/${conversationId}`, {score: 1}],
        [`/conversations/${conversationId}`, {score: 4, comment: ' Bra! '}],
      ] as const) {
        assert.equal((await call(`${path}/rating`, json(rating, own, 'PUT'))).status, 204);
      }
      const rows = await database().query(
        `select score, comment from ratings where message_id = $1::uuid or conversation_id = $2::uuid order by message_id nulls last`,
        [messageId, conversationId],
      );
      assert.deepEqual(rows, [
        {score: 5, comment: null},
        {score: 4, comment: 'Bra!'},
      ]);
    });

    for (const [what, rating, status, code] of [
      ['0', {score: 0}, 400, 'invalid_request'],
      ['6', {score: 6}, 400, 'invalid_request'],
      ['a half', {score: 3.5}, 400, 'invalid_request'],
      ['a text', {score: '5'}, 400, 'invalid_request'],
      ['a reason nobody offered', {score: 1, reasons: ['rude']}, 400, 'invalid_request'],
      ['a comment with personal data', {score: 1, comment: 'Ring mig på 070-174 06 05'}, 422, 'content_filtered'],
      ['a comment that is too long', {score: 1, comment: 'bra '.repeat(300)}, 413, 'too_long'],
    ] as const) {
      it(`is refused when it is ${what}`, async () => {
        const {messageId, conversationId, own} = await answered();
        const before = await countOf(database(), 'ratings');
        for (const path of [`/messages/${messageId}`, `/conversations/${conversationId}`]) {
          const problem = await problemOf(await call(`${path}/rating`, json(rating, own, 'PUT')));
          assert.deepEqual([problem.status, problem.code], [status, code]);
        }
        assert.equal(await countOf(database(), 'ratings'), before);
      });
    }

    it("of what does not exist, or is another person's, is refused", async () => {
      const {messageId, conversationId} = await answered();
      const other = {'tillit-receipt': await accept(call)};
      for (const [path, headers] of [
        [`/messages/${randomUUID()}`, other],
        [`/conversations/${randomUUID()}`, other],
        [`/messages/${messageId}`, other],
        [`/conversations/${conversationId}`, other],
      ] as const) {
        assert.equal((await problemOf(await call(`${path}/rating`, json({score: 3}, headers, 'PUT')))).status, 404);
      }
    });
  });

  describe('a ticket', () => {
    it('gets a number, and the same key gets the same number', async () => {
      const {own, conversationId} = await answered();
      const headers = {...own, 'idempotency-key': randomUUID()};
      const body = {
        ...ticket,
        conversationId,
        transcript: [
          {role: 'user', text: 'Hej'},
          {role: 'assistant', text: 'Hej!'},
        ],
      };
      const first = await call('/tickets', json(body, headers));
      assert.equal(first.status, 201);
      const {id} = (await first.json()) as {id: string};
      assert.match(id, /^T-[1-9]\d{3,}$/);
      const again = await call('/tickets', json(body, headers));
      assert.equal(again.status, 200);
      assert.deepEqual(await again.json(), {id, duplicate: true});
      const [row] = await database().query(
        'select name, email, transcript, conversation_id from tickets where number = $1',
        [Number(id.slice(2))],
      );
      assert.deepEqual(row, {
        name: ticket.name,
        email: ticket.email,
        transcript: body.transcript,
        conversation_id: conversationId,
      });
    });

    it('is made once when it is sent twice at the same time', async () => {
      const before = await countOf(database(), 'tickets');
      const init = json(ticket, {'idempotency-key': randomUUID()});
      const responses = await Promise.all([1, 2, 3, 4].map(() => call('/tickets', init)));
      assert.deepEqual(responses.map(({status}) => status).sort(), [200, 200, 200, 201]);
      const ids = await Promise.all(responses.map(async (response) => ((await response.json()) as {id: string}).id));
      assert.equal(new Set(ids).size, 1);
      assert.equal(await countOf(database(), 'tickets'), before + 1);
    });

    it('needs no acceptance: who declines or is suspended can still reach a human', async () => {
      assert.equal((await call('/tickets', json(ticket, {'idempotency-key': randomUUID()}))).status, 201);
    });

    it('may quote an address that stood in an answer, but not one that the person wrote into it', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const receiptId = await accept(manual);
      const asking = ask(manual, receiptId);
      const {emit} = await answers.question();
      emit(text('Skriv till kontakt@lonlind.example.'));
      emit(finish);
      const frames = await allEvents(await asking);
      const send = (answer: string) =>
        manual(
          '/tickets',
          json(
            {
              ...ticket,
              conversationId: frames[0]!.data.conversationId,
              transcript: [{role: 'assistant', text: answer}],
            },
            {'tillit-receipt': receiptId, 'idempotency-key': randomUUID()},
          ),
        );
      assert.equal((await send('Skriv till kontakt@lonlind.example.')).status, 201);
      assert.equal((await problemOf(await send('Kortet är 4111 1111 1111 1111.'))).code, 'content_filtered');
    });

    for (const [what, change, status, code] of [
      ['without a name', {name: '  '}, 400, 'invalid_request'],
      ['without a description', {description: ''}, 400, 'invalid_request'],
      ['with an address that is none', {email: 'test@'}, 400, 'invalid_request'],
      ['with an address without a domain', {email: 'test@localhost'}, 400, 'invalid_request'],
      ['with a line break in the address', {email: 'test@example.com\nBcc: all@example.com'}, 400, 'invalid_request'],
      ['with a personal identity number', {description: 'Lönen är fel för 811228-9874.'}, 422, 'content_filtered'],
      [
        'with one in the transcript',
        {transcript: [{role: 'user', text: 'Det gäller 811228-9874'}]},
        422,
        'content_filtered',
      ],
      ['that is too long', {description: 'moms '.repeat(1500)}, 413, 'too_long'],
      ['with a transcript of another shape', {transcript: [{role: 'system', text: 'x'}]}, 400, 'invalid_request'],
    ] as const) {
      it(`${what} is refused, and nothing is stored`, async () => {
        const before = await countOf(database(), 'tickets');
        const response = await call('/tickets', json({...ticket, ...change}, {'idempotency-key': randomUUID()}));
        const problem = await problemOf(response);
        assert.deepEqual([problem.status, problem.code], [status, code]);
        if ('email' in change) assert.match(problem.display ?? '', /E-postadressen/);
        assert.equal(await countOf(database(), 'tickets'), before);
      });
    }

    it('without a key is refused', async () => {
      assert.equal((await problemOf(await call('/tickets', json(ticket)))).status, 400);
    });
  });

  describe('a conversation', () => {
    it('can be loaded again, in order, with sources and ratings', async () => {
      const {own, receiptId, messageId, conversationId, clientMessageId} = await answered();
      const second = await allEvents(await ask(call, receiptId, {text: 'Hur är vädret i Oslo?', conversationId}));
      const reasons = ['outdated', 'unclear', 'outdated'];
      await call(`/messages/${messageId}/rating`, json({score: 4, comment: 'Bra', reasons}, own, 'PUT'));
      const {turns, ...rest} = (await (await call(`/conversations/${conversationId}`, {headers: own})).json()) as {
        turns: Record<string, unknown>[];
      };
      assert.deepEqual(rest, {conversationId});
      assert.deepEqual(
        turns.map((turn) => turn.messageId),
        [messageId, second[0]?.data.messageId],
      );
      const {answer, sources, askedAt, ...first} = turns[0]!;
      assert.deepEqual(first, {
        id: clientMessageId,
        messageId,
        question: 'Hur registrerar jag sjukfrånvaro?',
        answerer: {kind: 'search'},
        rating: {score: 4, reasons: ['outdated', 'unclear'], comment: 'Bra'},
      });
      assert.match(String(answer), /Sjukfrånvaro registreras/);
      assert.deepEqual(
        (sources as {id: string; n: number}[]).map(({id, n}) => [id, n]),
        [['sv/sjuk', 1]],
      );
      assert.ok(!Number.isNaN(Date.parse(String(askedAt))));
    });

    it('shows the answer that replaced another, once', async () => {
      const {receiptId, own, messageId, conversationId} = await answered();
      const frames = await allEvents(
        await ask(call, receiptId, {conversationId, trigger: 'retry', replaces: messageId}),
      );
      const {turns} = (await (await call(`/conversations/${conversationId}`, {headers: own})).json()) as {
        turns: {messageId: string}[];
      };
      assert.deepEqual(
        turns.map((turn) => turn.messageId),
        [frames[0]?.data.messageId],
      );
    });

    it('can be exported as a file, with what was accepted and which answers a model made', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const {own, receiptId, conversationId} = await answered();
      const asking = ask(manual, receiptId, {conversationId});
      const {emit} = await answers.question();
      emit(text('Ja.'));
      emit(finish);
      await allEvents(await asking);
      await call(`/conversations/${conversationId}/rating`, json({score: 3, reasons: ['wrong']}, own, 'PUT'));
      const response = await call(`/conversations/${conversationId}/export`, {headers: own});
      assert.match(
        response.headers.get('content-disposition') ?? '',
        /^attachment; filename="tillit-[\da-f-]+\.json"$/,
      );
      const file = (await response.json()) as {
        turns: {answer: {text: string; aiDisclosure?: string; digitalSourceType?: string; sources: unknown[]}}[];
        acceptances: {receiptId: string; version: string}[];
        rating: {score: number; reasons: readonly string[]};
      };
      assert.deepEqual(
        file.turns.map(({answer}) => [answer.aiDisclosure, answer.digitalSourceType, answer.sources.length]),
        [
          [undefined, undefined, 1],
          ['ai-generated', 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia', 0],
        ],
      );
      assert.deepEqual(
        file.acceptances.map((acceptance) => [acceptance.receiptId, acceptance.version]),
        [[receiptId, '5']],
      );
      assert.deepEqual([file.rating.score, file.rating.reasons], [3, ['wrong']]);
    });

    it('that is deleted is gone with everything that hangs on it, except the ticket', async () => {
      const {own, messageId, conversationId} = await answered();
      await call(`/messages/${messageId}/rating`, json({score: 4}, own, 'PUT'));
      const sent = await call('/tickets', json({...ticket, conversationId}, {...own, 'idempotency-key': randomUUID()}));
      assert.equal((await call(`/conversations/${conversationId}`, {method: 'DELETE', headers: own})).status, 204);
      for (const [path, method, status] of [
        [`/conversations/${conversationId}`, 'GET', 404],
        [`/conversations/${conversationId}/export`, 'GET', 404],
        [`/conversations/${conversationId}`, 'DELETE', 404],
        [`/messages/${messageId}/events`, 'GET', 410],
      ] as const) {
        const problem = await problemOf(await call(path, {method, headers: own}));
        assert.deepEqual([problem.status, problem.code], [status, 'conversation_not_found']);
      }
      for (const table of ['message_events', 'sources', 'ratings']) {
        assert.deepEqual(await database().query(`select 1 from ${table} where message_id = $1::uuid`, [messageId]), []);
      }
      const number = Number(((await sent.json()) as {id: string}).id.slice(2));
      assert.equal(
        (await database().query('select 1 from tickets where number = $1 and conversation_id is null', [number]))
          .length,
        1,
      );
    });

    it('that is deleted while it is answered ends the answer', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const receiptId = await accept(manual);
      const response = await ask(manual, receiptId);
      const {emit, signal} = await answers.question();
      const [row] = await database().query<{id: string}>(
        `select conversation_id as id from messages where status = 'running' order by asked_at desc limit 1`,
      );
      await manual(`/conversations/${row?.id}`, {method: 'DELETE', headers: {'tillit-receipt': receiptId}});
      emit(text('Ett'));
      const frames = await allEvents(response);
      assert.ok(!frames.some(({type}) => type === 'finish'));
      assert.ok(signal.aborted);
    });

    it("of another person stays closed, and so do the person's own without a receipt, unless that is allowed", async () => {
      const {own, conversationId, messageId} = await answered();
      const lax = callerOf(await makeBackend(database(), {requireReceipt: false}));
      const other = {'tillit-receipt': await accept(call)};
      for (const [caller, headers, status] of [
        [call, other, 404],
        [call, {}, 409],
        [call, {'tillit-receipt': randomUUID()}, 409],
        [call, own, 200],
        [lax, other, 404],
        [lax, {'tillit-receipt': randomUUID()}, 409],
        [lax, own, 200],
        [lax, {}, 200],
      ] as const) {
        assert.equal((await caller(`/conversations/${conversationId}`, {headers})).status, status);
      }
      for (const [path, method] of [
        [`/messages/${messageId}/events`, 'GET'],
        [`/messages/${messageId}/stop`, 'POST'],
        [`/conversations/${conversationId}`, 'DELETE'],
        [`/conversations/${conversationId}/export`, 'GET'],
      ] as const) {
        assert.equal((await problemOf(await call(path, {method}))).code, 'consent_required', path);
      }
      for (const target of [`/messages/${messageId}`, `/conversations/${conversationId}`]) {
        const problem = await problemOf(await call(`${target}/rating`, json({score: 3}, {}, 'PUT')));
        assert.equal(problem.code, 'consent_required', target);
      }
      assert.equal((await ask(call, other['tillit-receipt'], {conversationId})).status, 404);
    });

    it("stays open to its owner after they withdrew: the right to one's data outlives consent", async () => {
      const {own, conversationId} = await answered();
      await call('/acceptances/current', {method: 'DELETE', headers: own});
      assert.equal((await call(`/conversations/${conversationId}/export`, {headers: own})).status, 200);
      assert.equal((await call(`/conversations/${conversationId}`, {method: 'DELETE', headers: own})).status, 204);
    });
  });

  describe('a request', () => {
    const paths = [
      ['POST', '/messages'],
      ['POST', '/acceptances'],
      ['POST', '/tickets'],
      ['PUT', `/conversations/${randomUUID()}/rating`],
    ] as const;
    const headers = {'content-type': 'application/json', 'idempotency-key': 'k'};

    for (const [what, body, status] of [
      ['no JSON', '{', 400],
      ['no object', '[]', 400],
      ['null', 'null', 400],
      ['nothing', '', 400],
      ['other types', '{"text": 1, "termsId": {}, "name": [], "score": "5"}', 400],
      ['a prototype', '{"__proto__": {"text": "x", "score": 3}, "constructor": {"prototype": {"x": 1}}}', 400],
    ] as const) {
      it(`with ${what} is refused without a trace`, async () => {
        for (const [method, path] of paths) {
          const problem = await problemOf(await call(path, {method, headers, body}));
          assert.deepEqual([problem.status, problem.code], [status, 'invalid_request'], path);
          assert.doesNotMatch(JSON.stringify(problem), /\bat |node_modules|select|insert/);
        }
        assert.equal(({} as Record<string, unknown>).x, undefined);
      });
    }

    it('that is huge is refused before it is read', async () => {
      for (const [method, path] of paths) {
        const body = JSON.stringify({text: 'x'.repeat(1_100_000)});
        const problem = await problemOf(
          await call(path, {method, headers: {...headers, 'content-length': String(body.length)}, body}),
        );
        assert.deepEqual([problem.status, problem.code], [413, 'too_long'], path);
      }
    });

    it('of another type than JSON is refused: it needs no preflight', async () => {
      for (const [method, path] of paths) {
        const response = await call(path, {method, headers: {...headers, 'content-type': 'text/plain'}, body: '{}'});
        assert.equal(response.status, 415, path);
      }
    });

    it('may say more than is asked for', async () => {
      const receiptId = await accept(call);
      const frames = await allEvents(
        await ask(call, receiptId, {unknown: {deep: [1]}, session: {a: 1}, context: {page: 'x'}}),
      );
      assert.equal(frames.at(-1)?.type, 'finish');
      const acceptance = {...(await acceptanceOf(call)), receiptId: 'old', more: true};
      assert.equal((await call('/acceptances', json(acceptance))).status, 201);
    });

    it('may hold any text: half characters, zero bytes and quotes are stored as text', async () => {
      const receiptId = await accept(call);
      const question = `moms \u{1f600} \ud800 \0 ' " \\ ; drop table messages; --`;
      const frames = await allEvents(await ask(call, receiptId, {text: question}));
      assert.equal(frames.at(-1)?.type, 'finish');
      const own = {'tillit-receipt': receiptId};
      const response = await call(`/conversations/${String(frames[0]?.data.conversationId)}`, {headers: own});
      const {turns} = (await response.json()) as {turns: {question: string}[]};
      assert.equal(turns[0]?.question, question.replace('\ud800', '\ufffd').replace('\0', ''));
    });

    it('to what does not exist gets a problem too', async () => {
      for (const [method, path, status] of [
        ['GET', '/nothing', 404],
        ['GET', '/messages', 404],
        ['POST', '/speech-token', 501],
      ] as const) {
        const response = await call(path, {method});
        const problem = await problemOf(response);
        assert.deepEqual([problem.status, problem.code], [status, 'unsupported']);
        assert.equal(problem.requestId, response.headers.get('x-request-id'));
      }
    });

    it('from another site is refused, from our own, localhost and listed ones it is allowed', async () => {
      const listed = callerOf(await makeBackend(database(), {origins: ['https://app.example.se']}));
      for (const [origin, status] of [
        ['https://app.example.se', 200],
        ['http://localhost:3000', 200],
        ['http://127.0.0.1:8080', 200],
        ['http://own.example', 200],
        ['https://evil.example', 403],
        ['https://app.example.se.evil.example', 403],
        ['null', 403],
        ['http://localhost.evil.example', 403],
      ] as const) {
        const response = await listed('/config', {headers: {origin, host: 'own.example'}});
        assert.equal(response.status, status, origin);
        assert.equal(response.headers.get('access-control-allow-origin'), status === 200 ? origin : null);
        assert.match(response.headers.get('vary') ?? '', /Origin/);
      }
      const preflight = await listed('/messages', {method: 'OPTIONS', headers: {origin: 'https://app.example.se'}});
      assert.equal(preflight.status, 204);
      for (const header of [
        'authorization',
        'content-type',
        'idempotency-key',
        'last-event-id',
        'accept-language',
        'tillit-receipt',
      ]) {
        assert.ok(preflight.headers.get('access-control-allow-headers')?.includes(header), header);
      }
      const problem = await listed('/nothing', {headers: {origin: 'https://app.example.se'}});
      assert.equal(problem.headers.get('access-control-allow-origin'), 'https://app.example.se');
      assert.equal(problem.headers.get('access-control-expose-headers'), 'retry-after, x-request-id');
    });

    it('leaves log data without a word that a person wrote', async () => {
      const backend = await makeBackend(database());
      const logged = callerOf(backend);
      await allEvents(await ask(logged, await accept(logged), {text: 'Hur gör jag med zebrafrågan?'}));
      await backend.close();
      const rows = await database().query<{what: string}>('select * from log');
      assert.ok(rows.some(({what}) => what === 'POST /api/messages'));
      assert.ok(rows.some(({what}) => what === 'answer'));
      assert.doesNotMatch(JSON.stringify(rows), /zebra/);
    });
  });

  // Last, since it empties the tables.
  describe('the retention', () => {
    it('deletes for good what is older, and nothing else', async () => {
      const {own, conversationId, messageId} = await answered();
      await call(`/messages/${messageId}/rating`, json({score: 4}, own, 'PUT'));
      const now = Date.now();
      await purge(database(), 12, new Date(now + 364 * 86_400_000));
      assert.equal((await call(`/conversations/${conversationId}`, {headers: own})).status, 200);
      await assert.rejects(purge(database(), 13, new Date()), RangeError);
      await purge(database(), 12, new Date(now + 366 * 86_400_000));
      for (const table of [
        'users',
        'acceptances',
        'conversations',
        'messages',
        'ratings',
        'tickets',
        'sources',
        'message_events',
      ] as const) {
        assert.equal(await countOf(database(), table), 0, table);
      }
    });

    it('keeps the events of an answer for a day', async () => {
      const {messageId, own} = await answered();
      await purge(database(), 12, new Date(Date.now() + 2 * 86_400_000));
      assert.equal((await call(`/messages/${messageId}/events`, {headers: own})).status, 410);
      assert.equal(await countOf(database(), 'messages'), 1);
    });
  });
});
