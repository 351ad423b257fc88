import {expect} from '@open-wc/testing';

import {ChatFailure, type ChatError} from '../../src/core/errors.js';
import type {Acceptance} from '../../src/core/terms.js';
import type {CallOptions, TicketDraft} from '../../src/core/transport.js';
import {httpTransport, type HttpTransport} from '../../src/transports/http.js';
import {request, screened, setUp} from './http-setup.js';
import {finishFrame, follow} from './manual-backend.js';
import {settled} from './manual-clock.js';

const acceptance: Acceptance = {
  termsId: 't',
  version: '1',
  textSha256: 'a'.repeat(64),
  locale: 'sv',
  acceptedAt: '2026-11-20T12:00:00Z',
  purposes: {chat: true, analytics: false, device: true},
};
const ticket: TicketDraft = {
  name: screened('Ada'),
  email: screened('ada@example.com'),
  description: screened('Det går inte'),
  transcript: [],
};
const transcript = {conversationId: 'c1', turns: []};
const token = {provider: 'azure', token: 't', expiresAt: '2026-11-20T12:00:00Z'};
const config = {enabled: true, answerer: {kind: 'ai'}, features: {}, limits: {}, suggestions: []};

interface Call {
  readonly what: string;
  readonly make: (transport: HttpTransport, options: CallOptions) => Promise<unknown>;
  readonly method: string;
  readonly path: string;
  readonly sent?: unknown;
  readonly status: number;
  readonly answer?: unknown;
  readonly result: unknown;
  readonly names?: 'conversation';
}

const calls: readonly Call[] = [
  {
    what: 'leaveHuman',
    make: (t, o) => t.leaveHuman('c1', o),
    method: 'DELETE',
    path: 'conversations/c1/human',
    status: 204,
    result: undefined,
    names: 'conversation',
  },
  {
    what: 'config',
    make: (t, o) => t.config(o),
    method: 'GET',
    path: 'config',
    status: 200,
    answer: config,
    result: config,
  },
  {
    what: 'accept',
    make: (t, o) => t.accept(acceptance, o),
    method: 'POST',
    path: 'acceptances',
    sent: acceptance,
    status: 201,
    answer: {receiptId: 'r1'},
    result: {receiptId: 'r1'},
  },
  {
    what: 'withdraw',
    make: (t, o) => t.withdraw(o),
    method: 'DELETE',
    path: 'acceptances/current',
    status: 204,
    result: undefined,
  },
  {
    what: 'stop',
    make: (t, o) => t.stop({messageId: 'm1'}, o),
    method: 'POST',
    path: 'messages/m1/stop',
    status: 202,
    result: undefined,
  },
  {
    what: 'rate an answer',
    make: (t, o) => t.rate({target: {messageId: 'm1'}, score: 4}, o),
    method: 'PUT',
    path: 'messages/m1/rating',
    sent: {score: 4},
    status: 204,
    result: undefined,
  },
  {
    what: 'rate the conversation',
    make: (t, o) => t.rate({target: {conversationId: 'c1'}, score: 1, comment: screened('Nej')}, o),
    method: 'PUT',
    path: 'conversations/c1/rating',
    sent: {score: 1, comment: 'Nej'},
    status: 200,
    answer: {},
    result: undefined,
    names: 'conversation',
  },
  {
    what: 'createTicket',
    make: (t, o) => t.createTicket(ticket, {...o, idempotencyKey: 'key-1'}),
    method: 'POST',
    path: 'tickets',
    sent: ticket,
    status: 201,
    answer: {id: 'T-1'},
    result: {id: 'T-1'},
  },
  {
    what: 'load',
    make: (t, o) => t.load('c1', o),
    method: 'GET',
    path: 'conversations/c1',
    status: 200,
    answer: transcript,
    result: transcript,
    names: 'conversation',
  },
  {
    what: 'deleteConversation',
    make: (t, o) => t.deleteConversation('c1', o),
    method: 'DELETE',
    path: 'conversations/c1',
    status: 204,
    result: undefined,
    names: 'conversation',
  },
  {
    what: 'acceptedText',
    make: (t, o) => t.acceptedText(o),
    method: 'GET',
    path: 'acceptances/current',
    status: 200,
    answer: {text: 'You may ask.', version: '3'},
    result: 'You may ask.',
  },
  {
    what: 'deleteEverything',
    make: (t, o) => t.deleteEverything(o),
    method: 'DELETE',
    path: 'me',
    status: 200,
    answer: {receiptId: 'd1', status: 'done', kept: [{what: 'tickets', count: 2, until: '2027-01-01', why: 'Proof.'}]},
    result: {receiptId: 'd1', status: 'done', kept: [{what: 'tickets', count: 2, until: '2027-01-01', why: 'Proof.'}]},
  },
  {
    what: 'speechToken',
    make: (t, o) => t.speechToken(o),
    method: 'POST',
    path: 'speech-token',
    status: 200,
    answer: token,
    result: token,
  },
];

/** The error a call failed with; fails the test when it did not. */
async function errorOf(promise: Promise<unknown>): Promise<ChatError> {
  try {
    await promise;
  } catch (caught) {
    expect(caught).to.be.instanceOf(ChatFailure);
    return (caught as ChatFailure).error;
  }
  throw new Error('the call did not fail');
}

describe('the calls of the native protocol', () => {
  for (const {what, make, method, path, sent, status, answer, result, names} of calls) {
    describe(what, () => {
      it(`is ${method} ${path}`, async () => {
        const {backend, transport, call, clock} = setUp();
        const promise = make(transport, call);
        const made = await backend.made();
        expect(made.init.method).to.equal(method);
        expect(made.url).to.equal(`https://help.example/tillit/${path}`);
        expect(made.body).to.deep.equal(sent);
        expect(made.headers.get('content-type')).to.equal(sent === undefined ? null : 'application/json');
        expect(made.headers.get('accept-language')).to.equal('sv-SE');
        expect(made.headers.get('authorization')).to.equal(null);
        await made.answer(status, answer);
        expect(await promise).to.deep.equal(result);
        expect(clock.pending).to.equal(0);
      });

      it('names the receipt in a header, when there is one', async () => {
        const {backend, transport, call} = setUp();
        for (const [index, [receiptId, header]] of (
          [
            ['r1', 'r1'],
            [undefined, null],
          ] as const
        ).entries()) {
          const promise = make(transport, {...call, ...(receiptId !== undefined && {receiptId})});
          const made = await backend.made(index);
          expect(made.headers.get('tillit-receipt')).to.equal(header);
          await made.answer(status, answer);
          await promise;
        }
      });

      it('fails with a typed error when it is refused', async () => {
        const {backend, transport, call, clock} = setUp();
        const promise = errorOf(make(transport, call));
        await (await backend.made()).answer(404);
        expect((await promise).code).to.equal(names === 'conversation' ? 'conversation_not_found' : 'unavailable');
        expect(clock.pending).to.equal(0);
      });

      it('takes a page for no answer', async () => {
        const {backend, transport, call} = setUp();
        const promise = errorOf(make(transport, call));
        await (
          await backend.made()
        ).answer(200, '<!doctype html><title>Sign in</title>', {'content-type': 'text/html; charset=utf-8'});
        expect((await promise).code).to.equal('protocol');
      });

      it("rejects with the caller's reason when the caller aborts, and not as a failure", async () => {
        const {backend, transport, call, abort, clock} = setUp();
        const promise = make(transport, call).then(
          () => 'resolved',
          (caught: unknown) => caught,
        );
        await backend.made();
        const reason = new Error('closed');
        abort.abort(reason);
        expect(await promise).to.equal(reason);
        expect(backend.request().init.signal?.aborted).to.equal(true);
        expect(clock.pending).to.equal(0);
      });
    });
  }

  for (const [format, accept] of [
    ['json', 'application/json'],
    ['html', 'text/html'],
  ] as const) {
    it(`gives everything about a person as a file: ${format}`, async () => {
      const {backend, transport, call} = setUp();
      const promise = transport.exportEverything(format, {...call, receiptId: 'r1'});
      const made = await backend.made();
      expect([made.init.method, made.url]).to.deep.equal(['GET', 'https://help.example/tillit/me/export']);
      expect([made.headers.get('accept'), made.headers.get('tillit-receipt')]).to.deep.equal([accept, 'r1']);
      await made.answer(200, 'all of it', {'content-type': `${accept}; charset=utf-8`});
      const blob = await promise;
      expect([blob.type, await blob.text()]).to.deep.equal([`${accept}; charset=utf-8`, 'all of it']);
    });
  }

  it('sends a question as its request, with the receipt and the key', async () => {
    const {backend, transport, call} = setUp();
    const reading = follow(transport.send(request, {...call, receiptId: 'r1'}));
    await settled();
    const made = backend.request();
    expect(made.init.method).to.equal('POST');
    expect(made.url).to.equal('https://help.example/tillit/messages');
    expect(made.body).to.deep.equal({...request, receiptId: 'r1'});
    expect(made.headers.get('tillit-receipt')).to.equal(null);
    expect(made.headers.get('idempotency-key')).to.equal(request.clientMessageId);
    expect(made.headers.get('accept')).to.equal('text/event-stream');
    expect(made.headers.get('accept-language')).to.equal('sv-SE');
    await made.open();
    await made.write(finishFrame);
    await reading.done;
  });

  it('sends no receipt when there is none', async () => {
    const {backend, transport, call} = setUp();
    follow(transport.send(request, call));
    await settled();
    expect(backend.request().body).to.deep.equal(request);
    transport.dispose();
  });

  it("sends a ticket with the key of the person's one act", async () => {
    const {backend, transport, call} = setUp();
    const promise = transport.createTicket(ticket, {...call, idempotencyKey: 'key-1'});
    await settled();
    expect(backend.request().headers.get('idempotency-key')).to.equal('key-1');
    await backend.request().answer(200, {id: 'T-1', duplicate: true});
    expect(await promise).to.deep.equal({id: 'T-1', duplicate: true});
  });

  it('hands an export through as it is', async () => {
    const {backend, transport, call} = setUp();
    const promise = transport.exportConversation('c1', call);
    expect((await backend.made()).url).to.equal('https://help.example/tillit/conversations/c1/export');
    await backend.request().answer(200, '{"å":1}', {'content-type': 'application/json'});
    const blob = await promise;
    expect(await blob.text()).to.equal('{"å":1}');
    expect(blob.type).to.equal('application/json');
  });

  it('names the receipt when it resumes and when it exports', async () => {
    const {backend, transport, call} = setUp();
    const withReceipt = {...call, receiptId: 'r1'};
    follow(transport.resume({messageId: 'm1'}, withReceipt));
    await settled();
    expect(backend.request().headers.get('tillit-receipt')).to.equal('r1');
    transport.dispose();
    void transport.exportConversation('c1', withReceipt).catch(() => {});
    expect((await backend.made(1)).headers.get('tillit-receipt')).to.equal('r1');
    transport.dispose();
  });

  it('resumes after a cursor, in UTF-8', async () => {
    const {backend, transport, call} = setUp();
    follow(transport.resume({messageId: 'm1', cursor: '7'}, call));
    await settled();
    expect(backend.request().init.method).to.equal('GET');
    expect(backend.request().url).to.equal('https://help.example/tillit/messages/m1/events');
    expect(backend.request().headers.get('last-event-id')).to.equal('7');
    follow(transport.resume({messageId: 'm1', cursor: 'é'}, call));
    await settled();
    expect(backend.request().headers.get('last-event-id')).to.equal('\u00c3\u00a9');
    follow(transport.resume({messageId: 'm1'}, call));
    await settled();
    expect(backend.request().headers.has('last-event-id')).to.equal(false);
    transport.dispose();
  });

  for (const status of [204, 404, 410]) {
    it(`takes ${status} to a resume as "nothing is running"`, async () => {
      const {backend, transport, call, clock} = setUp();
      const reading = follow(transport.resume({messageId: 'm1', cursor: '7'}, call));
      await settled();
      await backend.request().answer(status);
      await reading.done;
      expect(reading.events).to.deep.equal([]);
      expect(clock.pending).to.equal(0);
    });
  }

  for (const endpoint of [
    'https://help.example/tillit/',
    'https://help.example/tillit//',
    'https://help.example/tillit',
  ]) {
    it(`does not mind how many slashes end ${endpoint}`, async () => {
      const {backend, transport, call} = setUp({endpoint});
      follow(transport.send(request, call));
      await settled();
      expect(backend.request().url).to.equal('https://help.example/tillit/messages');
      transport.dispose();
    });
  }

  it('takes an endpoint relative to the page', async () => {
    const {backend, transport, call} = setUp({endpoint: '/tillit'});
    follow(transport.send(request, call));
    await settled();
    expect(backend.request().url).to.equal('/tillit/messages');
    transport.dispose();
  });

  it('encodes ids, so that one stays one segment', async () => {
    const {backend, transport, call} = setUp();
    void transport.load('../a?b#c/d é', call).catch(() => {});
    await settled();
    expect(backend.request().url).to.equal('https://help.example/tillit/conversations/..%2Fa%3Fb%23c%2Fd%20%C3%A9');
    transport.dispose();
  });

  for (const id of ['', '.', '..']) {
    it(`makes no call for the id "${id}", which would be another path`, async () => {
      const {backend, transport, call} = setUp();
      expect((await errorOf(transport.deleteConversation(id, call))).code).to.equal('invalid_request');
      const reading = follow(transport.resume({messageId: id}, call));
      await reading.done;
      expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'invalid_request', retryable: false}}]);
      expect(backend.exchanges).to.deep.equal([]);
    });
  }

  it('fails, and does not throw, on an id that no address can hold', async () => {
    const {transport, call} = setUp();
    const reading = follow(transport.resume({messageId: '\ud800'}, call));
    await reading.done;
    expect(reading.events.at(-1)).to.deep.include({type: 'error'});
    expect((await errorOf(transport.load('\ud800', call))).code).to.equal('protocol');
  });

  it('fails, and does not throw, on a request that cannot be written', async () => {
    const {transport, call} = setUp();
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    const reading = follow(transport.send({...request, context: loop}, call));
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'protocol', retryable: true}}]);
  });

  it('follows no redirect, tells no address of the page, and leaves nothing in a cache', async () => {
    const {backend, transport, call} = setUp();
    follow(transport.send(request, call));
    void transport.config(call).catch(() => {});
    await settled();
    const [send, config] = backend.exchanges;
    expect(send?.init).to.include({redirect: 'manual', referrerPolicy: 'strict-origin', cache: 'no-store'});
    expect(config?.init).to.include({redirect: 'manual', referrerPolicy: 'strict-origin', cache: 'no-cache'});
    expect(send?.init.credentials).to.equal(undefined);
    transport.dispose();
  });

  it('puts nothing a person wrote into an address', async () => {
    const {backend, transport, call} = setUp();
    follow(transport.send({...request, conversationId: 'c1', context: {page: 'secret'}}, call));
    void transport.createTicket(ticket, {...call, idempotencyKey: 'k'}).catch(() => {});
    void transport.rate({target: {messageId: 'm1'}, score: 2, comment: screened('secret')}, call).catch(() => {});
    await settled();
    expect(backend.exchanges.map(({url}) => url.replace('https://help.example/tillit/', ''))).to.deep.equal([
      'messages',
      'tickets',
      'messages/m1/rating',
    ]);
    transport.dispose();
  });

  it('refuses a body that never ends', async () => {
    const {backend, transport, call} = setUp();
    const promise = errorOf(transport.config(call));
    await settled();
    await backend.request().open(200, {'content-type': 'application/json'});
    const megabytes = new Uint8Array(4 * 2 ** 20).fill(32);
    await backend.request().write(megabytes, megabytes, megabytes, megabytes, new Uint8Array(1));
    expect((await promise).code).to.equal('protocol');
    expect(backend.request().dropped).to.equal(true);
  });

  it('calls an answer that stops in the middle interrupted', async () => {
    const {backend, transport, call} = setUp();
    const promise = errorOf(transport.config(call));
    await settled();
    await backend.request().open(200, {'content-type': 'application/json'});
    await backend.request().write('{"enabled":');
    await backend.request().break();
    expect((await promise).code).to.equal('interrupted');
    expect(backend.exchanges).to.have.lengthOf(1);
  });

  it('does not wait for ever for a body that trickles', async () => {
    const {backend, transport, call, clock} = setUp();
    const promise = errorOf(transport.config(call));
    await settled();
    await backend.request().open(200, {'content-type': 'application/json'});
    for (let sent = 0; sent < 4; sent++) {
      await backend.request().write(' ');
      await clock.pass(30_000);
    }
    expect((await promise).code).to.equal('interrupted');
    expect(backend.request().dropped).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('works with the fetch of this browser, which has no such backend', async () => {
    const transport = httpTransport({endpoint: '/no-such-backend'});
    const call = {signal: new AbortController().signal, locale: 'sv'};
    expect((await errorOf(transport.config(call))).code).to.equal('unavailable');
    const reading = follow(transport.send(request, call));
    await reading.done;
    expect(reading.events).to.deep.equal([{type: 'error', error: {code: 'unavailable', retryable: true, status: 404}}]);
  });
});
