import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {before, describe, it} from 'node:test';

import {findPii} from 'tillit-chat/privacy';

import {runCommand} from '../../demo/backend/commands.js';
import type {CommandOptions} from '../../demo/backend/control.js';
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
  makeBackend,
  manualAnswers,
  own,
  problemOf,
  questionBody,
  readEvents,
  text,
  type Call,
} from './support/backend.js';
import {onEachDatabase} from './support/databases.js';

const DAY_MS = 86_400_000;
const ticket = {name: 'Test Testsson', email: 'test@example.com', description: 'Jag hittar inte karensavdraget.'};
const sendTicket = (call: Call, headers: Record<string, string>, more: object = {}) =>
  call('/tickets', json({...ticket, ...more}, {'idempotency-key': randomUUID(), ...headers}));

onEachDatabase('what the law asks for', (database) => {
  let call: Call;
  before(async () => {
    call = callerOf(await makeBackend(database()));
  });

  const say = (words: readonly string[], options: CommandOptions = {}, now = new Date()) =>
    runCommand({words, options}, {database: database(), retentionMonths: 12, now});

  describe('an acceptance', () => {
    for (const table of ['acceptances', 'terms']) {
      for (const statement of [
        `update ${table} set text_sha256 = repeat('0', 64)`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ]) {
        it(`is beyond "${statement}"`, async () => {
          await accept(call);
          await assert.rejects(database().query(statement), /append-only/);
        });
      }
    }

    it('cannot be kept with a text that does not fit its hash', async () => {
      await assert.rejects(
        database().query(
          `insert into terms (terms_id, version, locale, text_sha256, text, first_offered_at)
           values ('other', '1', 'sv', repeat('0', 64), 'Text', now())`,
        ),
        /terms_fit_their_hash/,
      );
    });

    it('is proved by its receipt: document, version, language, hash, time and the text itself', async () => {
      const acceptance = {...(await acceptanceOf(call)), locale: 'sv-FI', purposes: {chat: true, analytics: true}};
      const response = await call('/acceptances', json(acceptance));
      const {receiptId} = (await response.json()) as {receiptId: string};
      const proof = await say(['proof', receiptId]);
      for (const line of [
        /^receipt +/m,
        /^document +lonlind-help-chat$/m,
        /^version +5$/m,
        /^language +sv-FI$/m,
        new RegExp(`^accepted +${new Date().getUTCFullYear()}-.*the browser said ${acceptance.acceptedAt}`, 'm'),
        /^withdrawn +no$/m,
        /"analytics":true/,
        new RegExp(`^SHA-256 +${acceptance.textSha256}$`, 'm'),
        /^hash check +fits/m,
        /Skriv inga personuppgifter/,
      ]) {
        assert.match(proof, line);
      }
    });

    it('of an old version is still proved with the old text', async () => {
      const terms = await readTerms();
      const old = callerOf(
        await makeBackend(database(), {
          terms: {...terms, sv: withHash({...terms.sv.document, version: '3', markdown: 'Förr.'})},
        }),
      );
      const proof = await say(['proof', await accept(old)]);
      assert.match(proof, /^version +3$/m);
      assert.match(proof, /^hash check +fits/m);
      assert.match(proof, /^Förr\.$/m);
    });

    it('counts in whatever language the interface was, as long as the text is one of ours', async () => {
      const acceptance = {...(await acceptanceOf(call)), locale: 'ar'};
      const response = await call('/acceptances', json(acceptance));
      assert.equal(response.status, 201);
      const {receiptId} = (await response.json()) as {receiptId: string};
      assert.equal((await ask(call, receiptId)).status, 200);
      const refused = await call('/acceptances', json({...acceptance, textSha256: '0'.repeat(64)}));
      assert.equal(refused.status, 409);
    });

    it('with other purposes is a further record of the same person', async () => {
      const first = await accept(call);
      const [start] = await allEvents(await ask(call, first));
      const changed = {...(await acceptanceOf(call)), purposes: {chat: true, analytics: true}};
      const response = await call('/acceptances', json(changed, own(first)));
      const {receiptId: second} = (await response.json()) as {receiptId: string};
      const rows = await database().query<{purposes: object; person: string}>(
        'select purposes, user_id as person from acceptances where receipt_id = any($1::uuid[]) order by id',
        [[first, second]],
      );
      assert.deepEqual(
        rows.map(({purposes}) => purposes),
        [
          {chat: true, analytics: false, device: false},
          {chat: true, analytics: true, device: false},
        ],
      );
      assert.equal(rows[0]?.person, rows[1]?.person);
      const path = `/conversations/${String(start?.data.conversationId)}`;
      assert.equal((await call(path, {headers: own(second)})).status, 200);
    });

    it('is withdrawn with every receipt the person has, not with the last alone', async () => {
      const first = await accept(call);
      const second = await accept(call, own(first));
      await call('/acceptances/current', {method: 'DELETE', headers: own(second)});
      for (const receiptId of [first, second]) {
        assert.equal((await problemOf(await ask(call, receiptId))).code, 'consent_required');
        assert.match(await say(['proof', receiptId]), /^withdrawn +2\d{3}-/m);
      }
    });
  });

  describe('a suspension', () => {
    const until = '2999-01-31T00:00:00.000Z';
    const appeal = 'https://example.com/appeal';

    /** Someone with an answered question, who is then suspended. */
    async function suspended(options: CommandOptions = {until, appeal}) {
      const receiptId = await accept(call);
      const body = questionBody(receiptId);
      const [start] = await allEvents(await call('/messages', json(body)));
      const {messageId, conversationId} = start!.data as {messageId: string; conversationId: string};
      assert.equal(await say(['suspend', receiptId], {reason: 'Du har stört tjänsten.', ...options}), 'suspended');
      return {receiptId, messageId, conversationId};
    }

    it('is told with its reason, its end and the way to object, by every call that uses the chat', async () => {
      const {receiptId, messageId, conversationId} = await suspended();
      const headers = own(receiptId);
      for (const [path, init] of [
        ['/messages', json(questionBody(receiptId))],
        ['/acceptances', json(await acceptanceOf(call), headers)],
        [`/messages/${messageId}/events`, {headers}],
        [`/messages/${messageId}/stop`, {method: 'POST', headers}],
        [`/messages/${messageId}/rating`, json({score: 1}, headers, 'PUT')],
        [`/conversations/${conversationId}`, {headers}],
        [`/conversations/${conversationId}/rating`, json({score: 1}, headers, 'PUT')],
      ] as const) {
        const {status, code, display, requestId: _id, ...rest} = await problemOf(await call(path, init));
        assert.deepEqual([status, code, display], [403, 'user_suspended', 'Du har stört tjänsten.'], path);
        assert.deepEqual(rest, {type: 'about:blank', title: 'user_suspended', until, appealUrl: appeal});
      }
    });

    it('leaves a person their rights: export, ticket, delete, withdraw', async () => {
      const {receiptId, conversationId} = await suspended();
      const headers = own(receiptId);
      for (const [path, init, status] of [
        [`/conversations/${conversationId}/export`, {headers}, 200],
        [`/conversations/${conversationId}`, {method: 'DELETE', headers}, 204],
        ['/acceptances/current', {method: 'DELETE', headers}, 204],
      ] as const) {
        assert.equal((await call(path, init)).status, status, path);
      }
      assert.equal((await sendTicket(call, headers, {category: 'appeal'})).status, 201);
    });

    it('is in the config of that person, and in nobody else’s', async () => {
      const {receiptId} = await suspended();
      const configOf = async (headers: Record<string, string>) => {
        const response = await call('/config', {headers});
        assert.match(response.headers.get('vary') ?? '', /Tillit-Receipt/);
        return {etag: response.headers.get('etag'), ...((await response.json()) as {suspension?: unknown})};
      };
      const theirs = await configOf(own(receiptId));
      assert.deepEqual(theirs.suspension, {display: 'Du har stört tjänsten.', until, appealUrl: appeal});
      const others = await configOf(own(await accept(call)));
      assert.ok(!('suspension' in others));
      assert.notEqual(theirs.etag, others.etag);
      assert.ok(!('suspension' in (await configOf(own(randomUUID())))));
    });

    it('ends by itself', async () => {
      const {receiptId} = await suspended({until: new Date(Date.now() + DAY_MS).toISOString()});
      assert.equal((await ask(call, receiptId)).status, 403);
      const tomorrow = callerOf(await makeBackend(database(), {clock: () => new Date(Date.now() + 2 * DAY_MS)}));
      assert.equal((await ask(tomorrow, receiptId)).status, 200);
      assert.ok(!('suspension' in ((await (await tomorrow('/config', {headers: own(receiptId)})).json()) as object)));
    });

    it('ends what is being answered', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const receiptId = await accept(manual);
      const reader = readEvents(await ask(manual, receiptId));
      (await answers.question()).emit(text('Ett'));
      await say(['suspend', receiptId], {reason: 'Nej.'});
      assert.equal((await reader.rest()).at(-1)?.data.reason, 'cancelled');
    });

    for (const [what, options, message] of [
      ['a reason of several lines', {reason: 'a\nb'}, /one line/],
      ['an end that has passed', {reason: 'a', until: '2020-01-01'}, /--until needs a date/],
      ['an end that is no date', {reason: 'a', until: 'snart'}, /--until needs a date/],
      ['an appeal that runs script', {reason: 'a', appeal: 'javascript:alert(1)'}, /--appeal needs an address/],
    ] as const) {
      it(`is refused with ${what}`, async () => {
        const receiptId = await accept(call);
        assert.match(await say(['suspend', receiptId], options), message);
        assert.equal((await ask(call, receiptId)).status, 200);
      });
    }
  });

  describe('a ticket', () => {
    it('says what it is about, and is about the product when it does not', async () => {
      const ids = [];
      for (const more of [{category: 'rights'}, {category: 'appeal'}, {}]) {
        ids.push(((await (await sendTicket(call, {}, more)).json()) as {id: string}).id);
      }
      const listed = await say(['tickets']);
      for (const [index, category] of ['rights', 'appeal', 'support'].entries()) {
        assert.match(listed, new RegExp(`^${ids[index]} .* ${category} `, 'm'));
      }
    });

    it('of a category that nobody knows is refused', async () => {
      assert.equal((await problemOf(await sendTicket(call, {}, {category: 'other'}))).code, 'invalid_request');
    });
  });

  describe('the guard', () => {
    it("knows other countries' numbers", async () => {
      const question = 'Warum fehlt der Lohn? Meine Steuer-ID ist 86095742719.';
      assert.deepEqual(findPii(question), [], 'otherwise this shows nothing');
      const before = await countOf(database(), 'messages');
      const problem = await problemOf(await ask(call, await accept(call), {text: question}));
      assert.deepEqual([problem.status, problem.code], [422, 'content_filtered']);
      assert.equal(await countOf(database(), 'messages'), before);
      const sent = await sendTicket(call, {}, {transcript: [{role: 'assistant', text: question}]});
      assert.equal((await problemOf(sent)).code, 'content_filtered');
    });

    it('reads what is called an earlier answer, too, unless it is ours', async () => {
      const answers = manualAnswers();
      const manual = callerOf(await makeBackend(database(), {answerer: answers.maker}));
      const receiptId = await accept(manual);
      const asking = ask(manual, receiptId);
      const {emit} = await answers.question();
      emit(text('Skriv till kontakt@lonlind.example. Eller ring.'));
      emit(finish);
      const [start] = await allEvents(await asking);
      const {conversationId} = start!.data;
      const history = (answer: string) => [{role: 'assistant', text: answer}];
      const forged = await ask(manual, receiptId, {conversationId, history: history('Kortet är 4111 1111 1111 1111.')});
      assert.equal((await problemOf(forged)).code, 'content_filtered');
      assert.equal(answers.asked.length, 1);
      const elsewhere = await ask(manual, receiptId, {history: history('Skriv till kontakt@lonlind.example.')});
      assert.equal((await problemOf(elsewhere)).code, 'content_filtered');
      const honest = await ask(manual, receiptId, {
        conversationId,
        history: history('Skriv till kontakt@lonlind.example.'),
      });
      assert.equal(honest.status, 200);
      (await answers.question(1)).emit(finish);
      await allEvents(honest);
    });

    it('does what the vendor has decided, and tells the browser the same', async () => {
      const lenient = callerOf(await makeBackend(database(), {piiPolicy: {EMAIL: 'off'}}));
      const more = {text: 'Varför fick anna.svensson@gmail.com inget lönebesked?'};
      assert.equal((await ask(call, await accept(call), more)).status, 422);
      assert.equal((await ask(lenient, await accept(lenient), more)).status, 200);
      const policyOf = async (from: Call) => ((await (await from('/config')).json()) as {piiPolicy?: object}).piiPolicy;
      assert.deepEqual(await policyOf(lenient), {EMAIL: 'off'});
      assert.equal(await policyOf(call), undefined);
    });

    it('does not start with a policy that nobody can have meant', async () => {
      await assert.rejects(makeBackend(database(), {piiPolicy: {EMAILS: 'off'} as object}), /unknown type "EMAILS"/);
    });
  });

  describe('what is printed', () => {
    it('when something fails holds no word that a person wrote', async (context) => {
      const printed: unknown[] = [];
      for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
        context.mock.method(console, name, (...args: unknown[]) => printed.push(...args));
      }
      const failing = callerOf(
        await makeBackend(database(), {
          answerer: {
            answerer: {kind: 'ai'},

            async *answer({question}) {
              throw new Error(`cannot answer ${question}`);
            },
          },
        }),
      );
      const receiptId = await accept(failing);
      await allEvents(await ask(failing, receiptId, {text: 'Hur gör jag med zebrafrågan?'}));
      // A fault in the database, whose message quotes what could not be stored.
      await database().script(
        `create function fail() returns trigger language plpgsql as $$ begin raise exception '%', new.question; end $$;
         create trigger fail before insert on messages for each row execute function fail()`,
      );
      const problem = await problemOf(await ask(failing, receiptId, {text: 'Hur gör jag med zebrafrågan?'}));
      await database().script('drop trigger fail on messages; drop function fail()');
      assert.equal(problem.status, 500);
      assert.ok(printed.length >= 2);
      assert.doesNotMatch(JSON.stringify([printed, problem]), /zebra/);
    });
  });

  // Last, since it empties the tables.
  describe('the retention', () => {
    it('of two months deletes in two months, by the clock of the server', async () => {
      let now = new Date();
      const backend = await makeBackend(database(), {retentionMonths: 2, clock: () => now});
      const short = callerOf(backend);
      const receiptId = await accept(short);
      await allEvents(await ask(short, receiptId));
      await sendTicket(short, own(receiptId));
      await backend.purge();
      const start = await countOf(database(), 'messages');
      assert.ok(start > 0);
      now = new Date(now.getTime() + 59 * DAY_MS);
      await backend.purge();
      assert.equal(await countOf(database(), 'messages'), start);
      now = new Date(now.getTime() + 5 * DAY_MS);
      await backend.purge();
      for (const table of [
        'users',
        'acceptances',
        'conversations',
        'messages',
        'ratings',
        'tickets',
        'sources',
      ] as const) {
        assert.equal(await countOf(database(), table), 0, table);
      }
      assert.deepEqual(
        await database().query('select 1 from log where at < $1', [new Date(now.getTime() - 60 * DAY_MS)]),
        [],
      );
      const {retention} = (await (await short('/config')).json()) as {retention: object};
      assert.deepEqual(retention, {days: 60});
      await backend.close();
    });

    it('is the same when the operator asks for it', async () => {
      const receiptId = await accept(call);
      await allEvents(await ask(call, receiptId));
      const later = new Date(Date.now() + 366 * DAY_MS);
      assert.match(await say(['retention'], {}, later), /^messages +1 deleted$/m);
      assert.match(await say(['proof', receiptId]), /^No acceptance/);
    });

    it('of more than twelve months is not to be had', async () => {
      await assert.rejects(makeBackend(database(), {retentionMonths: 13}), RangeError);
    });
  });
});
