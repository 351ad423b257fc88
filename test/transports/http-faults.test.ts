import {expect} from '@open-wc/testing';

import type {ChatFailure} from '../../src/core/errors.js';
import {request, screened, setUp} from './http-setup.js';
import {finishFrame, follow, textFrame} from './manual-backend.js';
import {settled} from './manual-clock.js';

const finish = {type: 'finish', reason: 'stop'} as const;
const json = {'content-type': 'application/problem+json'};

function asked(...options: Parameters<typeof setUp>) {
  const set = setUp(...options);
  return {...set, reading: follow(set.transport.send(request, set.call))};
}

describe('trying a question again', () => {
  for (const status of [408, 429, 502, 503, 504]) {
    it(`happens after ${status}, with the same key, and the answer comes`, async () => {
      const {backend, clock, reading} = asked();
      await settled();
      await backend.request(0).answer(status);
      // Half-way through the jitter of the first wait: 500 + 0.5 · 1500.
      await clock.pass(1_249);
      expect(backend.exchanges).to.have.lengthOf(1);
      await clock.pass(1);
      expect(backend.exchanges).to.have.lengthOf(2);
      expect(backend.request(1).headers.get('idempotency-key')).to.equal(request.clientMessageId);
      expect(backend.request(1).body).to.deep.equal(request);
      await backend.request(1).open();
      await backend.request(1).write(finishFrame);
      await reading.done;
      expect(reading.events).to.deep.equal([finish]);
      expect(clock.pending).to.equal(0);
    });
  }

  for (const status of [302, 400, 401, 403, 404, 409, 410, 413, 415, 418, 422, 500, 501, 505]) {
    it(`does not happen after ${status}`, async () => {
      const {backend, reading, clock} = asked();
      await settled();
      await backend.request().answer(status);
      await reading.done;
      expect(reading.events).to.have.lengthOf(1);
      expect(reading.events[0]?.type).to.equal('error');
      expect(backend.exchanges).to.have.lengthOf(1);
      expect(clock.pending).to.equal(0);
    });
  }

  it('happens when the network fails, three times at most', async () => {
    const {backend, clock, reading} = asked();
    await settled();
    for (let attempt = 0; attempt < 4; attempt++) {
      await backend.request(attempt).break();
      await clock.pass(8_000);
    }
    await reading.done;
    expect(backend.exchanges).to.have.lengthOf(4);
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'network', retryable: true}}]);
    expect(clock.pending).to.equal(0);
  });

  it('happens when the connection breaks after the headers but before the first byte', async () => {
    const {backend, clock, reading} = asked();
    await settled();
    await backend.request(0).open();
    await backend.request(0).break();
    await clock.pass(8_000);
    await backend.request(1).open();
    await backend.request(1).write(finishFrame);
    await reading.done;
    expect(reading.events).to.deep.equal([finish]);
  });

  it('does not happen after the first byte, be it a comment', async () => {
    const {backend, reading} = asked();
    await settled();
    await backend.request().open();
    await backend.request().write(':');
    await backend.request().break();
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'interrupted', retryable: true}}]);
    expect(backend.exchanges).to.have.lengthOf(1);
  });

  it('waits as long as Retry-After says', async () => {
    const {backend, clock, reading} = asked();
    await settled();
    await backend.request(0).answer(429, undefined, {'retry-after': '20'});
    await clock.pass(19_999);
    expect(backend.exchanges).to.have.lengthOf(1);
    await clock.pass(1);
    expect(backend.exchanges).to.have.lengthOf(2);
    await backend.request(1).open();
    await backend.request(1).write(finishFrame);
    await reading.done;
    expect(reading.events).to.deep.equal([finish]);
  });

  it('understands Retry-After as a date', async () => {
    const {backend, clock, transport} = asked();
    await settled();
    await backend.request(0).answer(503, undefined, {'retry-after': new Date(clock.now() + 30_000).toUTCString()});
    await clock.pass(29_000);
    expect(backend.exchanges).to.have.lengthOf(1);
    await clock.pass(1_000);
    expect(backend.exchanges).to.have.lengthOf(2);
    transport.dispose();
  });

  it('waits as long as the problem says', async () => {
    const {backend, clock, transport} = asked();
    await settled();
    await backend.request(0).answer(503, {code: 'unavailable', retryAfterMs: 12_000}, json);
    await clock.pass(11_999);
    expect(backend.exchanges).to.have.lengthOf(1);
    await clock.pass(1);
    expect(backend.exchanges).to.have.lengthOf(2);
    transport.dispose();
  });

  it('does not wait longer than a minute: the person is told how long it would be', async () => {
    const {backend, clock, reading} = asked();
    await settled();
    await backend.request().answer(429, undefined, {'retry-after': '86400'});
    await reading.done;
    expect(reading.events).to.deep.equal([
      {type: 'error', error: {code: 'rate_limited', retryable: true, retryAfterMs: 86_400_000}},
    ]);
    expect(backend.exchanges).to.have.lengthOf(1);
    expect(clock.pending).to.equal(0);
  });

  it('does not happen when the backend says that it is of no use', async () => {
    const {backend, reading} = asked();
    await settled();
    await backend.request().answer(429, {code: 'quota_exceeded'}, json);
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'quota_exceeded', retryable: false}}]);
  });

  it('holds for tickets too, with the one key', async () => {
    const {backend, clock, transport, call} = setUp();
    const ticket = {name: screened('A'), email: screened('a@example.com'), description: screened('d'), transcript: []};
    const promise = transport.createTicket(ticket, {...call, idempotencyKey: 'key-1'});
    await settled();
    await backend.request(0).break();
    await clock.pass(8_000);
    await backend.request(1).answer(504);
    await clock.pass(8_000);
    await backend.request(2).answer(200, {id: 'T-1', duplicate: true});
    expect(await promise).to.deep.equal({id: 'T-1', duplicate: true});
    expect(backend.exchanges.map(({headers}) => headers.get('idempotency-key'))).to.deep.equal([
      'key-1',
      'key-1',
      'key-1',
    ]);
  });
});

describe('deadlines', () => {
  it('no headers for 30 s is a timeout, which the person may try again', async () => {
    const {backend, clock, reading} = asked();
    await clock.pass(29_999);
    expect(reading.ended).to.equal(false);
    await clock.pass(1);
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'timeout', retryable: true}}]);
    expect(backend.exchanges, 'tried again by itself').to.have.lengthOf(1);
    expect(backend.request().init.signal?.aborted).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('headers without a first byte for 30 s are one too', async () => {
    const {backend, clock, reading} = asked();
    await clock.pass(20_000);
    await backend.request().open();
    await clock.pass(10_000);
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'timeout', retryable: true}}]);
    expect(backend.request().dropped).to.equal(true);
  });

  it('a refusal whose body does not come is told by its status after 5 s', async () => {
    const {backend, clock, reading} = asked();
    await settled();
    await backend.request().open(403, json);
    await backend.request().write('{"code":');
    await clock.pass(5_000);
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'forbidden', retryable: false}}]);
    expect(backend.request().dropped).to.equal(true);
    expect(clock.pending).to.equal(0);
  });
});

describe("a refusal's body", () => {
  it('is read when it is JSON', async () => {
    const {backend, reading} = asked();
    await settled();
    await backend.request().answer(409, {code: 'consent_required', display: 'New terms.', requestId: 'r-1'}, json);
    await reading.done;
    expect(reading.events).to.deep.equal([
      {
        type: 'error',
        error: {code: 'consent_required', retryable: false, display: 'New terms.', requestId: 'r-1'},
      },
    ]);
  });

  it('is not shown when it is a page', async () => {
    const {backend, clock, reading} = asked();
    await settled();
    for (let attempt = 0; attempt < 4; attempt++) {
      await backend
        .request(attempt)
        .answer(502, '<h1>502</h1><script>alert(1)</script>', {'content-type': 'text/html'});
      await clock.pass(8_000);
    }
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'unavailable', retryable: true}}]);
  });

  it('does not keep its connection while the next attempt waits', async () => {
    const {backend, clock, transport} = asked();
    await settled();
    await backend.request().open(503, {'content-type': 'text/html'});
    expect(clock.pending).to.equal(1);
    expect(backend.request().dropped).to.equal(true);
    transport.dispose();
  });

  it('is given up over 64 kB, and the connection with it', async () => {
    const {backend, reading} = asked();
    await settled();
    await backend.request().open(400, json);
    await backend.request().write('{"code":"too_long","pad":"', 'x'.repeat(64 * 1024));
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'invalid_request', retryable: false}}]);
    expect(backend.request().dropped).to.equal(true);
  });

  it('brings the id a supporter can look up', async () => {
    const {backend, reading} = asked();
    await settled();
    await backend.request().answer(500, undefined, {'x-request-id': 'req-9'});
    await reading.done;
    expect(reading.events).to.deep.equal([
      {type: 'error', error: {code: 'server', retryable: true, requestId: 'req-9'}},
    ]);
  });

  it('speaks of the conversation when the question named one', async () => {
    const {backend, transport, call} = setUp();
    const reading = follow(transport.send({...request, conversationId: 'c1'}, call));
    await settled();
    await backend.request().answer(410);
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'conversation_not_found', retryable: false}}]);
  });
});

describe('the token', () => {
  it('is asked for on demand: at a call, not before', async () => {
    const reasons: string[] = [];
    const {backend, transport, call} = setUp({
      getToken: async ({reason}) => {
        reasons.push(reason);
        return 'one';
      },
    });
    expect(reasons).to.deep.equal([]);
    const reading = follow(transport.send(request, call));
    await settled();
    expect(reasons).to.deep.equal(['initial']);
    expect(backend.request().headers.get('authorization')).to.equal('Bearer one');
    await backend.request().open();
    await backend.request().write(textFrame('a'), finishFrame);
    await reading.done;
    expect(backend.request().url).not.to.contain('one');
  });

  it('is not remembered, so that the next call speaks for whoever is signed in then', async () => {
    let who = 'anna';
    const {backend, transport, call} = setUp({getToken: async () => who});
    for (const name of ['anna', 'bo']) {
      who = name;
      const reading = follow(transport.send(request, call));
      await settled();
      expect(backend.request().headers.get('authorization')).to.equal(`Bearer ${name}`);
      await backend.request().open();
      await backend.request().write(finishFrame);
      await reading.done;
    }
  });

  it('is renewed once after a 401, and the question gets through', async () => {
    const {backend, transport, call, clock} = setUp({getToken: async ({reason}) => reason});
    const reading = follow(transport.send(request, call));
    await settled();
    await backend.request(0).answer(401);
    expect(backend.request(1).headers.get('authorization')).to.equal('Bearer expired');
    await backend.request(1).open();
    await backend.request(1).write(finishFrame);
    await reading.done;
    expect(reading.events).to.deep.equal([finish]);
    expect(clock.pending).to.equal(0);
  });

  it('that is refused twice has expired for good', async () => {
    const reasons: string[] = [];
    const {backend, transport, call} = setUp({
      getToken: async ({reason}) => {
        reasons.push(reason);
        return 't';
      },
    });
    const reading = follow(transport.send(request, call));
    await settled();
    await backend.request(0).answer(401);
    await backend.request(1).answer(401);
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'auth_expired', retryable: true}}]);
    expect(reasons).to.deep.equal(['initial', 'expired']);
    expect(backend.exchanges).to.have.lengthOf(2);
  });

  it('is not asked for again by a retry', async () => {
    let asked = 0;
    const {backend, transport, call, clock} = setUp({getToken: async () => `t${++asked}`});
    follow(transport.send(request, call));
    await settled();
    await backend.request(0).answer(503);
    await clock.pass(8_000);
    expect(backend.request(1).headers.get('authorization')).to.equal('Bearer t1');
    transport.dispose();
  });

  it('that is missing where the backend wants one means: sign in', async () => {
    const {backend, reading} = asked();
    await settled();
    await backend.request().answer(401);
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'auth_required', retryable: false}}]);
  });

  for (const [what, getToken] of [
    [
      'throws',
      () => {
        throw new Error('secret');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('secret');
      },
    ],
    ['gives nothing', async () => ''],
    ['gives no text', async () => undefined as unknown as string],
    ['gives what no header can hold', async () => 'a\nb'],
  ] as const) {
    it(`that the host ${what} means: sign in`, async () => {
      const {backend, reading} = asked({getToken});
      await reading.done;
      expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'auth_required', retryable: false}}]);
      expect(backend.exchanges).to.have.lengthOf(0);
    });
  }

  it('that never comes means the same, after 30 s', async () => {
    const {clock, reading} = asked({getToken: () => new Promise(() => {})});
    await clock.pass(30_000);
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'auth_required', retryable: false}}]);
    expect(clock.pending).to.equal(0);
  });

  it('is waited for no longer than the caller wants', async () => {
    const {abort, reading, clock} = asked({getToken: () => new Promise(() => {})});
    await settled();
    abort.abort();
    await settled();
    expect(reading).to.deep.include({ended: true, events: []});
    expect(clock.pending).to.equal(0);
  });

  it('goes along with every call', async () => {
    const {backend, transport, call} = setUp({getToken: async () => 't'});
    const failure = transport.config(call).catch((caught: unknown) => (caught as ChatFailure).message);
    await settled();
    expect(backend.request().headers.get('authorization')).to.equal('Bearer t');
    await backend.request(0).answer(401);
    await backend.request(1).answer(401);
    expect(await failure).to.equal('auth_expired');
  });
});
