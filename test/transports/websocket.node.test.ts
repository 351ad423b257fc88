import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {WebSocket} from 'ws';

import {server} from '../../demo/transports/websocket/server.mjs';
import type {SocketConstructor} from '../../src/transports/socket.js';
import {webSocketTransport} from '../../src/transports/websocket.js';
import {ask, callOptions, fold} from './adapter-setup.js';
import {running} from './demo-servers.js';

describe('the demo of the WebSocket transport', async () => {
  const endpoint = await running(server);
  const sockets: WebSocket[] = [];
  const Counted = class extends WebSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  } as unknown as SocketConstructor;
  const transport = webSocketTransport({endpoint, WebSocket: Counted});
  const answer = 'Open **Billing → Invoices** and choose **Export**. [1]';

  it('answers with a source', async () => {
    const {text, sources, last} = await fold(transport.send(ask(), callOptions()));
    assert.deepEqual([text, sources[0]?.title, last], [answer, 'Export invoices', 'stop']);
  });

  it('goes on where the connection was cut, and says nothing twice', async () => {
    let count = 0;
    const events = [];
    for await (const event of transport.send(ask(undefined, {clientMessageId: 'b'}), callOptions())) {
      events.push(event);
      if (++count === 4) sockets.at(-1)!.terminate();
    }
    const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
    assert.deepEqual([text, events.at(-1)?.type, sockets.length], [answer, 'finish', 2]);
  });

  it('is told to stop', async () => {
    const events = transport.send(ask(undefined, {clientMessageId: 'c'}), callOptions())[Symbol.asyncIterator]();
    await events.next();
    await transport.stop({messageId: 'c'}, callOptions());
    let last;
    for (let next = await events.next(); !next.done; next = await events.next()) last = next.value;
    assert.deepEqual([last?.type, last?.type === 'finish' && last.reason], ['finish', 'cancelled']);
  });

  it('brings a human who comes unasked', async () => {
    const abort = new AbortController();
    const heard = [];
    for await (const event of transport.subscribe({messageId: 'b'}, callOptions(abort.signal))) {
      heard.push(event.type);
      if (heard.length === 2) abort.abort();
    }
    assert.deepEqual(heard, ['answerer', 'text']);
    transport.dispose();
  });
});
