/** Faults of real servers and of what stands before them, written byte by byte to the socket: each ends in a defined state. */
import assert from 'node:assert/strict';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import {after, before, describe, it} from 'node:test';

import {httpTransport} from '../../src/transports/http.js';
import {callOptions} from './adapter-setup.js';
import {endingOf, fastClock, outcomeOf, question, ticket} from './http-scenarios.js';

const stream = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n';
const chunked = stream.replace('Connection: close', 'Transfer-Encoding: chunked');
const event = (id: number, type: string, data: unknown) =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
const said = event(1, 'start', {messageId: 'm'}) + event(2, 'text', {op: 'append', text: 'Så.'});
const finish = event(3, 'finish', {reason: 'stop'});
const reply = (status: string, headers: string, body = '') =>
  `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;

interface Fault {
  readonly sends: string | ((socket: Socket) => void);
  /** The connection is reset after it. */
  readonly resets?: true;
  /** How an answer ends. */
  readonly last: string;
  readonly text?: string;
  /** What becomes of a ticket; the same as `last` when it is left out. */
  readonly ticket?: string;
}

const faults: Readonly<Record<string, Fault>> = {
  'a content type in capitals, with a charset': {
    sends: stream.replace('text/event-stream', 'Text/Event-Stream; Charset=UTF-8') + said + finish,
    last: 'stop',
    text: 'Så.',
    ticket: 'protocol',
  },
  'an early hint before the answer': {
    sends: `HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n${stream}${said}${finish}`,
    last: 'stop',
    text: 'Så.',
    ticket: 'protocol',
  },
  'no content type': {sends: reply('200 OK', '', said + finish), last: 'protocol'},
  'a content type that only begins alike': {
    sends: reply('200 OK', 'Content-Type: text/event-streams\r\n', said + finish),
    last: 'protocol',
  },
  'a ticket’s answer where a stream was meant': {
    sends: reply('201 Created', 'Content-Type: application/json\r\n', '{"id":"T-1"}'),
    last: 'protocol',
    ticket: 'ok',
  },
  'null where an object was meant': {
    sends: reply('200 OK', 'Content-Type: application/json\r\n', 'null'),
    last: 'protocol',
  },
  'a number for an id': {
    sends: reply('200 OK', 'Content-Type: application/json\r\n', '{"id":7}'),
    last: 'protocol',
    // Many systems number their tickets.
    ticket: 'ok',
  },
  'prototype keys where an id was meant': {
    sends: reply('200 OK', 'Content-Type: application/json\r\n', '{"__proto__":{"id":"T-1"}}'),
    last: 'protocol',
  },
  'JSON that is cut': {
    sends: reply('200 OK', 'Content-Type: application/json\r\n', '{"id":"T-'),
    last: 'protocol',
  },
  'a page to sign in, with status 200': {
    sends: reply('200 OK', 'Content-Type: text/html\r\n', '<!doctype html><title>SECRET</title>'),
    last: 'protocol',
  },
  'a redirect to one': {sends: reply('302 Found', 'Location: https://login.example/?SECRET\r\n'), last: 'protocol'},
  'a redirect to itself': {sends: reply('307 Temporary Redirect', 'Location: /messages\r\n'), last: 'protocol'},
  'a portal that asks for a login': {
    sends: reply('511 Network Authentication Required', 'Content-Type: text/html\r\n', '<p>SECRET</p>'),
    last: 'protocol',
  },
  'a proxy’s page that says 502, again and again': {
    sends: reply('502 Bad Gateway', 'Content-Type: text/html\r\n', '<h1>SECRET nginx</h1>'),
    last: 'unavailable',
  },
  'a status that nobody knows': {sends: reply('599 What', ''), last: 'protocol'},
  'a refusal that never ends its body': {
    sends: 'HTTP/1.1 422 No\r\nContent-Type: application/problem+json\r\n\r\n{"code":"too_long"',
    last: 'invalid_request',
  },
  'a refusal with a trace for a display': {
    sends: reply(
      '422 No',
      'Content-Type: application/problem+json\r\n',
      '{"code":"too_long","display":"SECRET\\n at x.py"}',
    ),
    last: 'too_long',
  },
  'a refusal in another’s words': {
    sends: reply('403 No', 'Content-Type: application/json\r\n', '{"message":"SECRET"}'),
    last: 'forbidden',
  },
  'nothing at all': {sends: '', last: 'network'},
  'a reset before the first byte of the body': {sends: chunked, resets: true, last: 'network'},
  'a reset in the middle of a letter': {
    sends: (socket) => {
      const half = Buffer.concat([Buffer.from(said), Buffer.from('data: å').subarray(0, 7)]);
      socket.write(
        Buffer.concat([Buffer.from(`${chunked}${half.length.toString(16)}\r\n`), half, Buffer.from('\r\n')]),
      );
    },
    resets: true,
    last: 'interrupted',
    text: 'Så.',
    ticket: 'protocol',
  },
  'no header but a promise of one, for ever': {
    sends: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('X-Wait: 1\r\n'), 50);
      socket.on('close', () => clearInterval(timer));
    },
    last: 'timeout',
  },
  'a stream of blank lines': {
    sends: (socket) => {
      socket.write(stream + said + '\n\n\r\n\n'.repeat(5_000));
      socket.end(finish);
    },
    last: 'stop',
    text: 'Så.',
    ticket: 'protocol',
  },
  'the end twice': {sends: stream + said + finish + finish, last: 'stop', text: 'Så.', ticket: 'protocol'},
  'an error behind the end': {
    sends: stream + said + finish + event(4, 'error', {code: 'server'}),
    last: 'stop',
    text: 'Så.',
    ticket: 'protocol',
  },
  'an error of no known kind': {
    sends: stream + said + event(3, 'error', {code: 'sparkles', message: 'SECRET'}),
    last: 'server',
    text: 'Så.',
    ticket: 'protocol',
  },
};

describe('more faults', () => {
  let fault: Fault;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      const {sends, resets} = fault;
      if (typeof sends === 'function') sends(socket);
      else socket.write(sends);
      if (resets) setTimeout(() => socket.resetAndDestroy(), 30);
      else if (typeof sends === 'string' && !sends.includes('422 No\r\nContent-Type: application/problem+json\r\n\r\n'))
        socket.end();
    });
  });
  before(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
  after(() => {
    server.close();
  });

  for (const [what, one] of Object.entries(faults)) {
    it(what, async () => {
      fault = one;
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const transport = httpTransport({endpoint}, fastClock);
      const {last, text, events} = await endingOf(transport.send(question('q'), callOptions()), 20_000);
      assert.deepEqual([last, text], [one.last, one.text ?? '']);
      assert.doesNotMatch(JSON.stringify(events), /SECRET/);
      const made = transport.createTicket(ticket, {...callOptions(), idempotencyKey: 'k'});
      assert.equal(await outcomeOf(made, 20_000), one.ticket ?? one.last);
      transport.dispose();
    });
  }
});
