import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {before, describe, it} from 'node:test';

import {createGuard} from '../../demo/backend/guard.js';
import {suspend, unsuspend} from '../../demo/backend/store/people.js';
import {readTerms, withHash} from '../../demo/backend/terms/documents.js';
import {
  accept,
  acceptanceOf,
  allEvents,
  ask,
  callerOf,
  countOf,
  finish,
  json,
  listen,
  makeBackend,
  manualAnswers,
  own,
  problemOf,
  questionBody,
  readEvents,
  text,
  textOf,
  type Call,
} from './support/backend.js';
import {onEachDatabase} from './support/databases.js';

onEachDatabase('asking and answering', (database) => {
  let call: Call;
  before(async () => {
    call = callerOf(await makeBackend(database()));
  });

  describe('config', () => {
    it('speaks the language that is asked for, Swedish when none is', async () => {
      for (const [header, language] of [
        ['en-GB,sv;q=0.5', 'en'],
        ['de', 'sv'],
        ['fr, en;q=0.1', 'en'],
        [undefined, 'sv'],
      ] as const) {
        const response = await call('/config', {headers: header === undefined ? {} : {'accept-language': header}});
        assert.equal(response.headers.get('content-language'), language);
        const config = (await response.json()) as {
          terms: {title: string};
          retention: {days: number};
          answerer: {kind: string};
        };
        assert.equal(config.terms.title, language === 'sv' ? 'Innan vi börjar' : 'Before we start');
        assert.deepEqual(config.retention, {days: 365});
        assert.deepEqual(config.answerer, {kind: 'search'});
      }
    });

    it('is not sent again to who has it', async () => {
      const etag = (await call('/config')).headers.get('etag') ?? '';
      const again = await call('/config', {headers: {'if-none-match': `W/${etag}`}});
      assert.equal(again.status, 304);
      assert.equal(await again.text(), '');
      assert.equal((await call('/config', {headers: {'if-none-match': etag, 'accept-language': 'en'}})).status, 200);
    });

    it('suggests only what the articles answer', async () => {
      const {suggestions} = (await (await call('/config')).json()) as {suggestions: {text: string}[]};
      assert.deepEqual(suggestions, [{text: 'Hur exporterar jag en SIE-fil?'}]);
    });
  });

  describe('consent', () => {
    it('is recorded with the exact text that was shown', async () => {
      const receiptId = await accept(call);
      const [row] = await database().query<{text: string; sha: string; digest: string}>(
        `select t.text, t.text_sha256 as sha, encode(sha256(convert_to(t.text, 'UTF8')), 'hex') as digest
         from acceptances a join terms t on t.id = a.terms where a.receipt_id = $1::uuid`,
        [receiptId],
      );
      assert.match(row?.text ?? '', /Skriv inga personuppgifter/);
      assert.equal(row?.sha, row?.digest);
    });

    it('cannot be changed or deleted afterwards', async () => {
      const receiptId = await accept(call);
      await assert.rejects(
        database().query('update acceptances set recorded_at = now() where receipt_id = $1::uuid', [receiptId]),
      );
      await assert.rejects(database().query('delete from acceptances where receipt_id = $1::uuid', [receiptId]));
    });

    for (const [what, change] of [
      ['another version', {version: '3'}],
      ['other terms', {termsId: 'other'}],
      ['another text', {textSha256: '0'.repeat(64)}],
    ] as const) {
      it(`is refused for ${what}`, async () => {
        const before = await countOf(database(), 'acceptances');
        const response = await call('/acceptances', json({...(await acceptanceOf(call)), ...change}));
        assert.deepEqual([response.status, (await problemOf(response)).code], [409, 'consent_required']);
        assert.equal(await countOf(database(), 'acceptances'), before);
      });
    }

    it('is needed to ask', async () => {
      const before = await countOf(database(), 'messages');
      for (const receiptId of [undefined, randomUUID()]) {
        const response = await call('/messages', json(questionBody(receiptId)));
        assert.deepEqual([response.status, (await problemOf(response)).code], [409, 'consent_required']);
      }
      assert.equal(await countOf(database(), 'messages'), before);
    });

    it('may be named in the header instead of the body', async () => {
      const receipt = await accept(call);
      const response = await call('/messages', json(questionBody(undefined), {'tillit-receipt': receipt}));
      assert.equal(response.status, 200);
    });

    it('is gone once it is withdrawn, by header or by body, and the record says so', async () => {
      for (const init of [
        (receiptId: string) => ({method: 'DELETE', headers: {'tillit-receipt': receiptId}}),
        (receiptId: string) => json({receiptId}, {}, 'DELETE'),
      ]) {
        const receiptId = await accept(call);
        assert.equal((await call('/acceptances/current', init(receiptId))).status, 204);
        assert.equal((await call('/acceptances/current', init(receiptId))).status, 204);
        assert.equal((await problemOf(await ask(call, receiptId))).code, 'consent_required');
        const rows = await database().query<{kind: string}>(
          'select kind from acceptances where receipt_id = $1::uuid order by id',
          [receiptId],
        );
        assert.deepEqual(
          rows.map(({kind}) => kind),
          ['accepted', 'withdrawn'],
        );
      }
    });

    it('to an older version is asked for again, and the conversation goes on', async () => {
      const receiptId = await accept(call);
      const [start] = await allEvents(await ask(call, receiptId));
      const terms = await readTerms();
      const newer = callerOf(
        await makeBackend(database(), {
          terms: {
            ...terms,
            sv: withHash({...terms.sv.document, version: 'next'}),
            en: withHash({...terms.en.document, version: 'next'}),
          },
        }),
      );
      assert.equal((await problemOf(await ask(newer, receiptId))).code, 'consent_required');
      const renewed = await accept(newer, {'tillit-receipt': receiptId});
      const [next] = await allEvents(await ask(newer, renewed, {conversationId: start!.data.conversationId}));
      assert.equal(next?.data.conversationId, start?.data.conversationId);
    });
  });

  describe('a question', () => {
    it('is answered with its sources before its text, and ends once', async () => {
      const response = await ask(call, await accept(call));
      assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
      const frames = await allEvents(response);
      assert.deepEqual(
        frames.map(({id}) => id),
        frames.map((_, index) => index + 1),
      );
      const [start, source, ...rest] = frames;
      assert.equal(start?.type, 'start');
      assert.equal(start.data.mode, 'new');
      assert.deepEqual(source?.data, {
        source: {
          id: 'sv/sjuk',
          n: 1,
          title: 'Registrera sjukfrånvaro',
          url: 'http://localhost/help-center/sv/sjuk',
          snippet: 'Sjukfrånvaro registreras på den anställdas kort.',
          site: 'Lönlind hjälpcenter',
          updated: '2026-03-02',
        },
      });
      assert.equal(
        textOf(rest),
        `Sjukfrånvaro registreras på den anställdas kort. [1]

### Gör så här

1. Välj **Anställda → Frånvaro**.
2. Välj **Ny frånvaro** och **Sjuk**. Läs om [karens](http://localhost/help-center/sv/karens). [1]`,
      );
      assert.deepEqual(rest.at(-2)?.data, {items: [{text: 'Karensavdrag'}]});
      assert.deepEqual(rest.at(-1), {
        type: 'finish',
        id: frames.length,
        data: {reason: 'stop', rateable: true, messageId: start.data.messageId},
      });
      assert.equal(rest.filter(({type}) => type === 'finish' || type === 'error').length, 1);
    });

    it('that no article answers is told so in the language of the request, and a ticket is offered', async () => {
      const receiptId = await accept(call);
      for (const [language, sentence] of [
        ['sv', /ingen källa/],
        ['en', /no source/],
      ] as const) {
        const response = await ask(
          call,
          receiptId,
          {text: 'Vad kostar en liter mjölk?'},
          {'accept-language': language},
        );
        const frames = await allEvents(response);
        assert.match(textOf(frames), sentence);
        assert.deepEqual(
          frames.slice(-2).map(({type}) => type),
          ['handoff', 'finish'],
        );
        assert.equal(frames.at(-1)?.data.reason, 'no_source');
        assert.ok(!frames.some(({type}) => type === 'source'));
      }
    });

    it('in another language than the page is still answered', async () => {
      const frames = await allEvents(await ask(call, await accept(call), {text: 'How do I register sick leave?'}));
      assert.match(textOf(frames), /Employees → Leave/);
    });

    it('with personal data is refused, and nothing of it is stored', async () => {
      const receiptId = await accept(call);
      const counts = async () => Promise.all([countOf(database(), 'messages'), countOf(database(), 'conversations')]);
      const before = await counts();
      for (const more of [
        {text: 'Varför är lönen fel för 811228-9874?'},
        {history: [{role: 'user', text: 'Min mejl är anna.svensson@gmail.com'}]},
      ]) {
        const problem = await problemOf(await ask(call, receiptId, more));
        assert.deepEqual([problem.status, problem.code], [422, 'content_filtered']);
        assert.doesNotMatch(JSON.stringify(problem), /9874|anna/);
      }
      assert.deepEqual(await counts(), before);
    });

    it('stays refused when the rules themselves fail', () => {
      const broken = new Proxy(
        {},
        {
          get() {
            throw new Error('a rule is broken');
          },
        },
      );
      const guard = createGuard({policy: broken});
      const writer = {locale: 'sv', languages: ['sv']} as const;
      assert.throws(() => guard.refusePersonalData('Ring 070-174 06 05', 'question', writer), {code: 'server'});
    });

    it('that is too long is told so before anything is stored', async () => {
      const problem = await problemOf(await ask(call, await accept(call), {text: 'moms '.repeat(500)}));
      assert.deepEqual([problem.status, problem.code], [413, 'too_long']);
      assert.match(problem.display ?? '', /2000/);
    });

    it('of a suspended person is refused with the reason, until they are let in again', async () => {
      const receiptId = await accept(call);
      const suspension = {reason: 'Du har stört tjänsten.', until: undefined, appealUrl: undefined};
      assert.equal(await suspend(database(), receiptId, suspension, new Date()), 1);
      const problem = await problemOf(await ask(call, receiptId));
      assert.deepEqual(
        [problem.status, problem.code, problem.display],
        [403, 'user_suspended', 'Du har stört tjänsten.'],
      );
      assert.equal(await unsuspend(database(), receiptId), 1);
      assert.equal((await ask(call, receiptId)).status, 200);
    });

    it('in a conversation that does not exist is refused', async () => {
      const problem = await problemOf(await ask(call, await accept(call), {conversationId: randomUUID()}));
      assert.deepEqual([problem.status, problem.code], [404, 'conversation_not_found']);
    });

    it('is refused while the chat is turned off', async () => {
      const off = callerOf(await makeBackend(database(), {enabled: false}));
      const problem = await problemOf(await ask(off, await accept(off)));
      assert.deepEqual([problem.status, problem.code], [503, 'unavailable']);
    });

    it('is refused above the rate, with the wait', async () => {
      const now = new Date();
      const limited = callerOf(await makeBackend(database(), {perMinute: 3, clock: () => now}));
      const receiptId = await accept(call);
      for (let n = 0; n < 3; n++) assert.equal((await ask(limited, receiptId)).status, 200);
      const response = await ask(limited, receiptId);
      assert.equal(response.headers.get('retry-after'), '60');
      const problem = await problemOf(response);
      assert.deepEqual([problem.status, problem.code, problem.retryAfterMs], [429, 'rate_limited', 60_000]);
      assert.equal((await ask(limited, await accept(call))).status, 200);
    });
  });

  describe('the same question again', () => {
    it('gets the same answer, not a second one', async () => {
      const receiptId = await accept(call);
      const body = questionBody(receiptId);
      const first = await allEvents(await call('/messages', json(body, {'idempotency-key': body.clientMessageId})));
      const second = await allEvents(await call('/messages', json(body, {'idempotency-key': body.clientMessageId})));
      assert.equal(second[0]?.data.mode, 'replay');
      assert.equal(second[0].data.messageId, first[0]?.data.messageId);
      assert.deepEqual(second.slice(1), first.slice(1));
    });

    it('at the same time is answered once, to both', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const receiptId = await accept(manual);
      const body = questionBody(receiptId);
      const before = await countOf(database(), 'messages');
      const readers = (await Promise.all([1, 2, 3].map(() => manual('/messages', json(body))))).map(readEvents);
      const {emit} = await answers.question();
      emit(text('Ett svar.'));
      emit(finish);
      const read = await Promise.all(readers.map((reader) => reader.rest()));
      for (const frames of read) assert.equal(textOf(frames), 'Ett svar.');
      assert.deepEqual(read.map(([start]) => start?.data.mode).sort(), ['new', 'replay', 'replay']);
      assert.equal(answers.asked.length, 1);
      assert.equal(await countOf(database(), 'messages'), before + 1);
    });

    it('from another person is their own', async () => {
      const body = questionBody(await accept(call));
      const first = await allEvents(await call('/messages', json(body)));
      const other = await allEvents(await call('/messages', json({...body, receiptId: await accept(call)})));
      assert.equal(other[0]?.data.mode, 'new');
      assert.notEqual(other[0].data.messageId, first[0]?.data.messageId);
    });

    it('is told from the record when the events are deleted', async () => {
      const receiptId = await accept(call);
      const body = questionBody(receiptId);
      const first = await allEvents(await call('/messages', json(body)));
      await database().query('delete from message_events where message_id = $1::uuid', [first[0]?.data.messageId]);
      const again = await allEvents(await call('/messages', json(body)));
      assert.equal(textOf(again), textOf(first));
      assert.deepEqual(
        again.map(({type}) => type),
        ['start', 'source', 'text', 'finish'],
      );
    });

    it('is tried anew after a failure, and the cursors go on growing', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const body = questionBody(await accept(manual));
      const first = readEvents(await manual('/messages', json(body)));
      const failing = await answers.question();
      failing.emit(text('Halv'));
      failing.end();
      const failed = await first.rest();
      assert.equal(failed.at(-1)?.data.error && (failed.at(-1)!.data.error as {code: string}).code, 'interrupted');
      const second = readEvents(await manual('/messages', json(body)));
      const retried = await answers.question(1);
      retried.emit(text('Hel.'));
      retried.emit(finish);
      const frames = await second.rest();
      assert.equal(frames[0]?.data.mode, 'new');
      assert.equal(frames[0].data.messageId, failed[0]?.data.messageId);
      assert.ok(frames[0].id > failed.at(-1)!.id);
      assert.equal(textOf(frames), 'Hel.');
    });
  });

  describe('an answer', () => {
    it('can be continued from every cursor, by either of its ids', async () => {
      const receiptId = await accept(call);
      const body = questionBody(receiptId);
      const frames = await allEvents(await call('/messages', json(body)));
      const {messageId} = frames[0]!.data as {messageId: string};
      for (const id of [messageId, body.clientMessageId]) {
        assert.deepEqual(await allEvents(await call(`/messages/${id}/events`, {headers: own(receiptId)})), frames);
      }
      for (const [index, {id}] of frames.entries()) {
        const headers = {...own(receiptId), 'last-event-id': String(id)};
        const response = await call(`/messages/${messageId}/events`, {headers});
        const isLast = index === frames.length - 1;
        assert.equal(response.status, isLast ? 204 : 200);
        if (!isLast) assert.deepEqual(await allEvents(response), frames.slice(index + 1));
      }
    });

    it('goes on when its reader leaves, and is followed live by the next one', async () => {
      const answers = manualAnswers();
      const server = await listen(await makeBackend(database(), {answerer: answers.maker}));
      const receiptId = await accept(server.call);
      const first = readEvents(await ask(server.call, receiptId));
      const {emit, signal} = await answers.question();
      emit(text('Ett'));
      const start = await first.next();
      const {id} = (await first.next())!;
      await first.leave();
      emit(text(' två'));
      const path = `/messages/${String(start?.data.messageId)}/events`;
      const second = readEvents(await server.call(path, {headers: {...own(receiptId), 'last-event-id': String(id)}}));
      assert.equal((await second.next())?.data.text, ' två');
      emit(text(' tre'));
      assert.equal((await second.next())?.data.text, ' tre');
      assert.ok(!signal.aborted);
      emit(finish);
      assert.equal((await second.next())?.type, 'finish');
      assert.equal(await second.next(), undefined);
      await server.close();
    });

    it('is followed and stopped through the database by another process', async () => {
      const answers = manualAnswers();
      const here = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const there = callerOf(await makeBackend(database()));
      const receiptId = await accept(here);
      const reader = readEvents(await ask(here, receiptId));
      const start = await reader.next();
      const {emit, signal} = await answers.question();
      emit(text('Ett'));
      const path = `/messages/${String(start?.data.messageId)}`;
      const far = readEvents(await there(`${path}/events`, {headers: {...own(receiptId), 'last-event-id': '1'}}));
      assert.equal((await far.next())?.data.text, 'Ett');
      assert.equal((await there(`${path}/stop`, {method: 'POST', headers: own(receiptId)})).status, 202);
      assert.deepEqual(
        (await far.rest()).map(({data}) => data.reason),
        ['cancelled'],
      );
      assert.ok(signal.aborted);
    });

    it('ends at once when it is stopped, and stays stopped', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const receiptId = await accept(manual);
      const body = questionBody(receiptId);
      const reader = readEvents(await manual('/messages', json(body)));
      const {emit, signal} = await answers.question();
      emit(text('Ett'));
      const path = `/messages/${body.clientMessageId}`;
      const stop = () => manual(`${path}/stop`, {method: 'POST', headers: own(receiptId)});
      assert.equal((await stop()).status, 202);
      assert.ok(signal.aborted);
      emit(text(' för sent'));
      const frames = await reader.rest();
      assert.equal(textOf(frames), 'Ett');
      assert.equal(frames.at(-1)?.data.reason, 'cancelled');
      const [row] = await database().query(
        'select status, finish_reason, answer from messages where client_message_id = $1',
        [body.clientMessageId],
      );
      assert.deepEqual(row, {status: 'cancelled', finish_reason: 'cancelled', answer: 'Ett'});
      assert.equal((await stop()).status, 202);
      const again = await allEvents(await manual('/messages', json(body)));
      assert.deepEqual(
        [again[0]?.data.mode, again.at(-1)?.data.reason, answers.asked.length],
        ['replay', 'cancelled', 1],
      );
    });

    it('stops when the person withdraws', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const receiptId = await accept(manual);
      const reader = readEvents(await ask(manual, receiptId));
      (await answers.question()).emit(text('Ett'));
      await manual('/acceptances/current', {method: 'DELETE', headers: {'tillit-receipt': receiptId}});
      assert.equal((await reader.rest()).at(-1)?.data.reason, 'cancelled');
    });

    it('of a process that died is ended as interrupted, and can be tried again', async () => {
      const answers = manualAnswers();
      let now = new Date();
      const clock = () => now;
      const dead = await makeBackend(database(), {answerer: answers.maker, clock});
      const receiptId = await accept(callerOf(dead));
      const body = questionBody(receiptId);
      const lost = readEvents(await callerOf(dead)('/messages', json(body)));
      const start = await lost.next();
      // What the database looks like when its process is gone: running, and no sign of life.
      await database().query(`update messages set alive_at = $2, attempt = attempt + 1 where id = $1::uuid`, [
        start?.data.messageId,
        new Date(now.getTime() - 60_000),
      ]);
      now = new Date(now.getTime() + 1);
      const living = callerOf(await makeBackend(database(), {clock}));
      const resumed = await allEvents(
        await living(`/messages/${body.clientMessageId}/events`, {headers: {...own(receiptId), 'last-event-id': '1'}}),
      );
      assert.deepEqual(
        resumed.map(({type, data}) => [type, (data.error as {code: string}).code]),
        [['error', 'interrupted']],
      );
      const retried = await allEvents(await living('/messages', json(body)));
      assert.equal(retried[0]?.data.mode, 'new');
      assert.equal(retried.at(-1)?.data.reason, 'stop');
      await dead.close();
    });

    it('is written by one process alone: the one that lost it writes no more', async () => {
      const [lost, found] = [manualAnswers(), manualAnswers()];
      const slow = await makeBackend(database(), {answerer: lost.maker});
      const quick = callerOf(await makeBackend(database(), {answerer: found.maker}));
      const body = questionBody(await accept(quick));
      const slowReader = readEvents(await callerOf(slow)('/messages', json(body)));
      const old = await lost.question();
      await database().query(`update messages set alive_at = '2000-01-01' where client_message_id = $1`, [
        body.clientMessageId,
      ]);
      const reader = readEvents(await quick('/messages', json(body)));
      const fresh = await found.question();
      fresh.emit(text('Nytt'));
      old.emit(text('Gammalt'));
      old.emit(finish);
      // It goes on as a reader of the one that has the answer now.
      while (!old.signal.aborted) await slowReader.next();
      fresh.emit(finish);
      assert.equal(textOf(await reader.rest()), 'Nytt');
      const [row] = await database().query('select answer, status from messages where client_message_id = $1', [
        body.clientMessageId,
      ]);
      assert.deepEqual(row, {answer: 'Nytt', status: 'done'});
      assert.equal(textOf(await allEvents(await quick('/messages', json(body)))), 'Nytt');
    });

    it('that is being made when the server closes is told to its readers', async () => {
      const answers = manualAnswers();
      const backend = await makeBackend(database(), {answerer: answers.maker});
      const reader = readEvents(await ask(callerOf(backend), await accept(callerOf(backend))));
      await answers.question();
      await backend.close();
      assert.deepEqual((await reader.rest()).at(-1)?.data, {error: {code: 'interrupted', retryable: true}});
    });

    it('is unknown under ids that nobody has', async () => {
      const headers = own(await accept(call));
      for (const id of [randomUUID(), 'nonsense', '%00']) {
        const events = await problemOf(await call(`/messages/${id}/events`, {headers}));
        assert.deepEqual([events.status, events.code], [410, 'conversation_not_found']);
        assert.equal((await call(`/messages/${id}/stop`, {method: 'POST', headers})).status, 404);
      }
    });

    it('is gone when its events are deleted', async () => {
      const receiptId = await accept(call);
      const body = questionBody(receiptId);
      const [start] = await allEvents(await call('/messages', json(body)));
      await database().query('delete from message_events where message_id = $1::uuid', [start?.data.messageId]);
      assert.equal((await call(`/messages/${body.clientMessageId}/events`, {headers: own(receiptId)})).status, 410);
    });

    it('refuses a cursor that is none', async () => {
      const receiptId = await accept(call);
      const body = questionBody(receiptId);
      await allEvents(await call('/messages', json(body)));
      const headers = {...own(receiptId), 'last-event-id': 'x1'};
      const response = await call(`/messages/${body.clientMessageId}/events`, {headers});
      assert.equal((await problemOf(response)).code, 'invalid_request');
    });

    it('belongs to who asked: another receipt opens nothing', async () => {
      const body = questionBody(await accept(call));
      await allEvents(await call('/messages', json(body)));
      const headers = {'tillit-receipt': await accept(call)};
      assert.equal((await call(`/messages/${body.clientMessageId}/events`, {headers})).status, 410);
      assert.equal((await call(`/messages/${body.clientMessageId}/stop`, {method: 'POST', headers})).status, 404);
    });

    it('sends a comment while nothing happens', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker, keepAliveMs: 10}));
      const response = await ask(manual, await accept(manual));
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      let read = '';
      while (!read.includes('\n: \n\n')) read += (await reader.read()).value ?? assert.fail('it ended');
      await reader.cancel();
      (await answers.question()).emit(finish);
    });
  });
});
