import assert from 'node:assert/strict';
import {createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, describe, it} from 'node:test';

import {httpTransport} from '../../src/transports/http.js';
import {endingOf, fastClock, outcomeOf, question, ticket} from './http-scenarios.js';

const eventStream = {'content-type': 'text/event-stream'};
const frame = (type: string, data: unknown, id: number) =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
const words = ['Naïve ', 'café ', '价格 ', '👩‍👩‍👧‍👦'];
const frames = [
  ...words.map((text, n) => frame('text', {op: 'append', text}, n + 1)),
  frame('finish', {reason: 'stop'}, 5),
];
const answer = words.join('');

const key = '0b8f6a52-5f0e-4a56-9d53-0f4cb0a9e3a1';
const call = () => ({signal: new AbortController().signal, locale: 'sv'});
const tick = (ms = 5) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });

/** Starts a backend of this one behaviour; its requests are kept. */
async function backend(
  listener: (request: IncomingMessage, response: ServerResponse, count: number) => void | Promise<void>,
) {
  const requests: IncomingMessage[] = [];
  const server = await listen((request, response) => {
    request.resume();
    requests.push(request);
    void listener(request, response, requests.length);
  });
  const {port} = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}/tillit`;
  return {requests, endpoint, transport: httpTransport({endpoint, getToken: async () => 'secret'}, fastClock)};
}

const servers: Server[] = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  servers.push(server);
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    }),
  );
}

describe('the native transport over a real connection', () => {
  it('reads an answer that comes byte by byte', async () => {
    const {transport, requests} = await backend(async (_request, response) => {
      response.writeHead(200, eventStream);
      for (const byte of Buffer.from(frames.join(''))) {
        response.write(Uint8Array.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    const ending = await endingOf(transport.send(question(key), call()));
    assert.deepEqual([ending.last, ending.text], ['stop', answer]);
    assert.equal(requests[0]?.url, '/tillit/messages');
    assert.equal(requests[0]?.headers['idempotency-key'], key);
    assert.equal(requests[0]?.headers.authorization, 'Bearer secret');
  });

  it('keeps what came when the connection is reset', async () => {
    const {transport, requests} = await backend(async (request, response) => {
      response.writeHead(200, eventStream);
      response.write(frames.slice(0, 2).join(''));
      await tick(20);
      request.socket.resetAndDestroy();
    });
    const ending = await endingOf(transport.send(question(key), call()));
    assert.deepEqual([ending.last, ending.text], ['interrupted', 'Naïve café ']);
    assert.equal(requests.length, 1);
  });

  it('resumes where the connection was reset', async () => {
    const {transport, requests} = await backend(async (request, response) => {
      const from = Number(request.headers['last-event-id'] ?? 0);
      response.writeHead(200, eventStream);
      response.write(frames.slice(from, from + 3).join(''));
      await tick(20);
      if (from === 0) request.socket.resetAndDestroy();
      else response.end();
    });
    const first = await endingOf(transport.send(question(key), call()));
    const cursor = first.events.findLast((event) => event.cursor !== undefined)?.cursor ?? '';
    const second = await endingOf(transport.resume({messageId: 'm1', cursor}, call()));
    assert.equal(first.text + second.text, answer);
    assert.equal(second.last, 'stop');
    assert.equal(requests[1]?.url, '/tillit/messages/m1/events');
  });

  it('tries again while nothing has come, and gets the answer', async () => {
    const {transport, requests} = await backend((request, response, count) => {
      if (count === 1) request.socket.resetAndDestroy();
      else if (count === 2) response.writeHead(503, {'retry-after': '1'}).end();
      else response.writeHead(200, eventStream).end(frames.join(''));
    });
    const ending = await endingOf(transport.send(question(key), call()));
    assert.deepEqual([ending.last, ending.text], ['stop', answer]);
    assert.deepEqual(
      requests.map(({headers}) => headers['idempotency-key']),
      [key, key, key],
    );
  });

  for (const [what, begin, last] of [
    ['no headers', () => {}, 'timeout'],
    [
      'no first byte',
      (response: ServerResponse) => {
        response.writeHead(200, eventStream).flushHeaders();
      },
      'timeout',
    ],
    [
      'no more bytes',
      (response: ServerResponse) => {
        response.writeHead(200, eventStream).write(frames[0]);
      },
      'interrupted',
    ],
  ] as const) {
    it(`does not wait for ever: ${what}`, async () => {
      let closed = false;
      const {transport} = await backend((request, response) => {
        request.socket.once('close', () => {
          closed = true;
        });
        begin(response);
      });
      assert.equal((await endingOf(transport.send(question(key), call()))).last, last);
      while (!closed) await tick();
    });
  }

  for (const status of [301, 302, 303, 307, 308]) {
    it(`carries neither text nor token to another place: ${status}`, async () => {
      const elsewhere = await backend((_request, response) => {
        response.writeHead(200, eventStream).end(frames.join(''));
      });
      const {transport, requests} = await backend((_request, response) => {
        response.writeHead(status, {location: `${elsewhere.endpoint}/messages`}).end();
      });
      assert.equal((await endingOf(transport.send(question(key), call()))).last, 'protocol');
      assert.equal(await outcomeOf(transport.config(call())), 'protocol');
      assert.equal(await outcomeOf(transport.createTicket(ticket, {...call(), idempotencyKey: key})), 'protocol');
      assert.equal(elsewhere.requests.length, 0);
      assert.equal(requests.length, 3);
    });
  }

  it('does not create a ticket twice when the receipt is lost', async () => {
    const tickets = new Set<unknown>();
    const {transport} = await backend((request, response, count) => {
      const idempotencyKey = request.headers['idempotency-key'];
      const duplicate = tickets.has(idempotencyKey);
      tickets.add(idempotencyKey);
      if (count === 1) request.socket.resetAndDestroy();
      else response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify({id: 'T-1', duplicate}));
    });
    const receipt = await transport.createTicket(ticket, {...call(), idempotencyKey: key});
    assert.deepEqual(receipt, {id: 'T-1', duplicate: true});
    assert.equal(tickets.size, 1);
  });

  for (const [what, leave] of [
    [
      'stops reading',
      async (events: AsyncIterator<unknown>) => {
        await events.return?.();
      },
    ],
    [
      'aborts',
      async (_events: AsyncIterator<unknown>, abort: AbortController) => {
        abort.abort();
      },
    ],
    [
      'disposes of the transport',
      async (_events: AsyncIterator<unknown>, _abort: AbortController, dispose: () => void) => {
        dispose();
      },
    ],
  ] as const) {
    it(`drops the connection when the caller ${what}`, async () => {
      let closed = false;
      const {transport} = await backend((request, response) => {
        request.socket.once('close', () => {
          closed = true;
        });
        response.writeHead(200, eventStream).write(frames[0]);
      });
      const abort = new AbortController();
      const events = transport.send(question(key), {...call(), signal: abort.signal})[Symbol.asyncIterator]();
      assert.equal((await events.next()).done, false);
      await leave(events, abort, () => {
        transport.dispose();
      });
      assert.equal((await events.next()).done, true);
      while (!closed) await tick();
    });
  }

  it('drops the connection after the terminal event, though the backend goes on', async () => {
    let closed = false;
    const {transport} = await backend((request, response) => {
      request.socket.once('close', () => {
        closed = true;
      });
      response.writeHead(200, eventStream).write(frames.join('') + frames[0]);
    });
    const ending = await endingOf(transport.send(question(key), call()));
    assert.deepEqual([ending.last, ending.text], ['stop', answer]);
    while (!closed) await tick();
  });
});
