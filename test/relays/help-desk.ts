/** A help desk on this machine, and the ticket that the tests hand on. */
import {createServer, type IncomingHttpHeaders} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after} from 'node:test';

import type {RelayError, StoredTicket} from '../../demo/relays/relay.js';

export const ticket: StoredTicket = {
  id: 'T-12',
  idempotencyKey: '5a3f6f0e-9d53-4a56-8f6a-0f4cb0a9e3a1',
  name: 'Åsa Öberg-Łukasik',
  email: 'asa@example.com',
  description: 'Exporten blir tom.\nJag har provat två gånger <b>nu</b>.',
  transcript: [
    {role: 'user', text: 'Hur exporterar jag?'},
    {role: 'assistant', text: 'Välj *Export*. 👩‍👧'},
  ],
};

export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param answer what it says to each request; `break` drops the connection after the request was read */
export async function helpDesk(answer: (asked: Asked) => Answer | 'break') {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as Asked['body'];
      const one = {path: request.url ?? '', headers: request.headers, body};
      asked.push(one);
      const answered = answer(one);
      if (answered === 'break') return request.socket.destroy();
      response.writeHead(answered.status, {'content-type': 'application/json', ...answered.headers});
      response.end(answered.body === undefined ? '' : JSON.stringify(answered.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked};
}

/** An address at which nobody listens any more. */
export async function nobodyHome() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** What a relay failed with, as one line. */
export const problemOf = (relayed: Promise<unknown>) =>
  relayed.then(
    () => 'made',
    (error: RelayError) =>
      [error.problem, ...error.fields, ...(error.retryAfterMs === undefined ? [] : [error.retryAfterMs])].join(' '),
  );
