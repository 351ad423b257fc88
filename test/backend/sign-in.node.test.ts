import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import {SignJWT, exportJWK, generateKeyPair} from 'jose';

import type {Database} from '../../demo/backend/database.js';
import {migrate} from '../../demo/backend/database.js';
import {suspend} from '../../demo/backend/store/people.js';
import {
  accept,
  acceptanceOf,
  allEvents,
  ask,
  callerOf,
  json,
  makeBackend,
  own,
  problemOf,
  questionBody,
  type Call,
} from './support/backend.js';
import {openFresh} from './support/embedded.js';
import {AUDIENCE, startProvider} from './support/provider.js';

describe('signing in', () => {
  let database: Database;
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let call: Call;
  let now: Date | undefined;
  before(async () => {
    database = await openFresh();
    await migrate(database);
    provider = await startProvider({
      ada: {},
      bo: {},
      basic: {tillit_features: ['tickets']},
      words: {tillit_features: 'rating speech', level: ['rating']},
      slip: {tillit_features: 7},
    });
    call = await backend();
  });
  after(async () => {
    await database.close();
    await provider.close();
  });

  const backend = async (more: {featuresClaim?: string; issuer?: string; jwksUrl?: string} = {}) =>
    callerOf(
      await makeBackend(database, {
        signIn: {issuer: provider.issuer, audience: AUDIENCE, ...more},
        clock: () => now ?? new Date(),
      }),
    );
  const as = async (name: string) => ({authorization: `Bearer ${await provider.tokenFor(name)}`});
  const code = async (response: Promise<Response> | Response) => {
    const problem = await problemOf(await response);
    return [problem.status, problem.code];
  };

  it('is needed for everything but the config and a ticket', async () => {
    const response = await call('/acceptances', json(await acceptanceOf(call)));
    assert.equal(response.headers.get('www-authenticate'), 'Bearer');
    assert.deepEqual(await code(response), [401, 'auth_required']);
    for (const [path, init] of [
      ['/messages', json(questionBody(undefined))],
      ['/acceptances/current', {method: 'DELETE'}],
      ['/conversations/x', {}],
      ['/messages/x/events', {}],
      ['/nothing', {}],
    ] as const) {
      assert.deepEqual(await code(call(path, init)), [401, 'auth_required'], path);
    }
    assert.equal((await call('/config')).status, 200);
    const ticket = {name: 'Test Testsson', email: 'test@example.com', description: 'Jag kan inte logga in.'};
    assert.equal((await call('/tickets', json(ticket, {'idempotency-key': 'k'}))).status, 201);
  });

  it('does not stand in the way of a preflight, which carries no token', async () => {
    const response = await call('/messages', {method: 'OPTIONS', headers: {origin: 'http://localhost:3000'}});
    assert.equal(response.status, 204);
    assert.match(response.headers.get('access-control-allow-headers') ?? '', /authorization/);
  });

  it('opens the chat with a token of the provider', async () => {
    const headers = await as('ada');
    const receiptId = await accept(call, headers);
    const frames = await allEvents(await ask(call, receiptId, {}, headers));
    assert.equal(frames.at(-1)?.type, 'finish');
  });

  it('is over when the token is', async () => {
    const headers = await as('ada');
    now = new Date(Date.now() + 3_600_000);
    assert.deepEqual(await code(call('/conversations/x', {headers})), [401, 'auth_expired']);
    now = undefined;
  });

  it('is refused with what is no token of this provider for us', async () => {
    const token = await provider.tokenFor('ada');
    const [head, body] = token.split('.') as [string, string];
    const {privateKey} = await generateKeyPair('RS256');
    const {publicKey} = await generateKeyPair('RS256', {extractable: true});
    const claims = (issuer: string, audience: string) =>
      new SignJWT({}).setSubject('ada').setIssuer(issuer).setAudience(audience).setIssuedAt().setExpirationTime('5m');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)));
    for (const [what, value] of [
      ['of nothing', ''],
      ['no token', 'Bearer nonsense'],
      ['another scheme', `Basic ${token}`],
      ['a token without a signature', `Bearer ${none}.${body}.`],
      ['a changed token', `Bearer ${head}.${body.slice(0, -4)}AAAA.${token.split('.')[2]}`],
      ['a token for others', `Bearer ${await provider.tokenForOthers('ada')}`],
      [
        "a stranger's token",
        `Bearer ${await claims(provider.issuer, AUDIENCE).setProtectedHeader({alg: 'RS256', kid: 'k1'}).sign(privateKey)}`,
      ],
      [
        'a key nobody has',
        `Bearer ${await claims(provider.issuer, AUDIENCE).setProtectedHeader({alg: 'RS256', kid: 'k9'}).sign(privateKey)}`,
      ],
      [
        'a shared secret',
        `Bearer ${await claims(provider.issuer, AUDIENCE).setProtectedHeader({alg: 'HS256', kid: 'k1'}).sign(secret)}`,
      ],
      ['a huge token', `Bearer ${token}${'A'.repeat(20_000)}`],
    ] as const) {
      assert.deepEqual(await code(call('/config', {headers: {authorization: value}})), [401, 'auth_required'], what);
    }
  });

  it('is neither granted nor refused while the provider cannot be asked', async () => {
    const headers = await as('ada');
    const fresh = await backend();
    provider.fail(true);
    assert.deepEqual(await code(fresh('/config', {headers})), [503, 'unavailable']);
    provider.fail(false);
    assert.equal((await fresh('/config', {headers})).status, 200);
    const nowhere = await backend({jwksUrl: 'http://127.0.0.1:1/jwks'});
    assert.deepEqual(await code(nowhere('/config', {headers})), [503, 'unavailable']);
  });

  it('takes keys from where it is told to', async () => {
    const told = await backend({jwksUrl: `${provider.issuer}/jwks`});
    assert.equal((await told('/config', {headers: await as('ada')})).status, 200);
  });

  it('makes one person of all receipts of an account, and of no one else', async () => {
    const ada = await as('ada');
    const bo = await as('bo');
    const first = await accept(call, ada);
    const [start] = await allEvents(await ask(call, first, {}, ada));
    const path = `/conversations/${String(start?.data.conversationId)}`;
    const second = await accept(call, ada);
    assert.equal((await call(path, {headers: {...ada, ...own(second)}})).status, 200);
    assert.equal((await call(path, {headers: ada})).status, 200, 'the account is enough');
    assert.deepEqual(await code(call(path, {headers: {...bo, ...own(first)}})), [409, 'consent_required']);
    const theirs = await accept(call, bo);
    assert.deepEqual(await code(call(path, {headers: {...bo, ...own(first)}})), [404, 'conversation_not_found']);
    assert.deepEqual(await code(call(path, {headers: {...bo, ...own(theirs)}})), [404, 'conversation_not_found']);
  });

  it('lets an account accept from two places at once', async () => {
    const fresh = await startProvider({twin: {}});
    const both = await backend({issuer: fresh.issuer});
    const headers = {authorization: `Bearer ${await fresh.tokenFor('twin')}`};
    const acceptance = await acceptanceOf(both);
    const responses = await Promise.all([1, 2, 3].map(() => both('/acceptances', json(acceptance, headers))));
    assert.deepEqual(
      responses.map(({status}) => status),
      [201, 201, 201],
    );
    const rows = await database.query("select 1 from users where subject = 'twin'");
    assert.equal(rows.length, 1);
    await fresh.close();
  });

  it('lets an operator suspend by the name a person signs in under', async () => {
    const headers = await as('bo');
    await accept(call, headers);
    const suspension = {reason: 'Nej.', until: undefined, appealUrl: undefined};
    assert.equal(await suspend(database, 'bo', suspension, new Date()), 1);
    assert.deepEqual(await code(call('/acceptances', json(await acceptanceOf(call), headers))), [
      403,
      'user_suspended',
    ]);
    const config = (await (await call('/config', {headers})).json()) as {suspension?: {display: string}};
    assert.equal(config.suspension?.display, 'Nej.');
  });

  describe('gives features', () => {
    const featuresOf = async (name: string, from = call) =>
      ((await (await from('/config', {headers: await as(name)})).json()) as {features: object}).features;
    const rights = {export: true, delete: true};

    it('as the provider says, all of them when it does not say, none when it cannot be read', async () => {
      const all = {rating: true, tickets: true, speech: false, human: false, ...rights};
      assert.deepEqual(await featuresOf('ada'), all);
      assert.deepEqual(await featuresOf('basic'), {...all, rating: false});
      assert.deepEqual(await featuresOf('words'), {...all, tickets: false}, 'and never more than there are');
      assert.deepEqual(await featuresOf('slip'), {...all, rating: false, tickets: false});
    });

    it('by the claim that the vendor names', async () => {
      const named = await backend({featuresClaim: 'level'});
      assert.deepEqual(await featuresOf('words', named), {
        rating: true,
        tickets: false,
        speech: false,
        human: false,
        ...rights,
      });
    });

    it('that are refused, and not only hidden; rights are everyone’s', async () => {
      const words = await as('words');
      const basic = await as('basic');
      const receiptId = await accept(call, basic);
      const [start] = await allEvents(await ask(call, receiptId, {}, basic));
      const {messageId, conversationId} = start!.data as {messageId: string; conversationId: string};
      for (const path of [`/messages/${messageId}/rating`, `/conversations/${conversationId}/rating`]) {
        assert.deepEqual(await code(call(path, json({score: 5}, basic, 'PUT'))), [403, 'forbidden']);
      }
      const ticket = {name: 'Test Testsson', email: 'test@example.com', description: 'Hej'};
      const send = (category: string) =>
        call('/tickets', json({...ticket, category}, {...words, 'idempotency-key': category}));
      assert.deepEqual(await code(send('support')), [403, 'forbidden']);
      assert.equal((await send('rights')).status, 201);
    });
  });
});
