import {expect} from '@open-wc/testing';

import {webSocketTransport, type WebSocketOptions} from '../../src/transports/websocket.js';
import {ask, callOptions} from './adapter-setup.js';
import {follow} from './manual-backend.js';
import {manualClock, settled} from './manual-clock.js';
import {manualSockets} from './manual-socket.js';

function setUp(options: Partial<WebSocketOptions> = {}) {
  const {WebSocket, sockets, last} = manualSockets();
  const clock = manualClock();
  const transport = webSocketTransport({endpoint: 'https://help.example/socket', WebSocket, ...options}, clock);
  const abort = new AbortController();
  return {
    sockets,
    last,
    clock,
    transport,
    abort,
    /** Asks, and opens the socket if there is a new one. */
    async send(request = ask()) {
      const before = sockets.length;
      const reading = follow(transport.send(request, callOptions(abort.signal)));
      await settled();
      if (sockets.length > before) await last().open();
      return reading;
    },
    /** Lets the next attempt to connect come, and opens it. */
    async reopen(ms = 8_000) {
      await clock.pass(ms);
      await last().open();
    },
  };
}

const text = (text: string, cursor?: string) => ({type: 'text', op: 'append', text, ...(cursor && {cursor})});
const finish = {type: 'finish', reason: 'stop'};
const types = (events: readonly {readonly type: string}[]) => events.map(({type}) => type);

describe('tillit/1 over a WebSocket', () => {
  it('says who it is in a message and not in the address, then asks', async () => {
    const {send, last} = setUp({getToken: async () => 'secret'});
    await send();
    expect(last().url).to.equal('wss://help.example/socket');
    expect(last().sent.map(({type, token, ref}) => [type, token, ref])).to.deep.equal([
      ['hello', 'secret', undefined],
      ['send', undefined, '1'],
    ]);
    expect(last().sent[1]!.request).to.deep.include({
      text: 'How do I export invoices?',
      clientMessageId: ask().clientMessageId,
    });
  });

  it('hears the answer, with its cursors, until the first end', async () => {
    const {send, last} = setUp();
    const {events, done} = await send();
    const source = {type: 'source', source: {id: 's', title: 'S'}};
    await last().say(
      {type: 'start', messageId: 'm1', ref: '1'},
      text('Hej', '1'),
      {...text(' du'), cursor: 2},
      source,
      finish,
      text('!'),
    );
    await done;
    expect(types(events)).to.deep.equal(['start', 'text', 'text', 'source', 'finish']);
    expect(events.map(({cursor}) => cursor)).to.deep.equal([undefined, '1', '2', undefined, undefined]);
  });

  it('keeps the socket for the next question, and lets it go after a minute', async () => {
    const {send, last, sockets, clock} = setUp();
    const first = await send();
    await last().say(finish);
    await first.done;
    const second = await send();
    await last().say({...finish, ref: '2'});
    await second.done;
    expect([sockets.length, last().sent.filter(({type}) => type === 'hello').length]).to.deep.equal([1, 1]);
    await last().say({type: 'pong'});
    await clock.pass(30_000);
    await last().say({type: 'pong'});
    await clock.pass(31_000);
    expect([last().isClosed, clock.pending]).to.deep.equal([true, 0]);
  });

  it('goes on from the cursor when the socket breaks, and hears nothing twice', async () => {
    const {send, last, reopen, sockets} = setUp();
    const {events, done} = await send();
    await last().say({type: 'start', messageId: 'm1', conversationId: 'c1'}, text('A', '1'), text('B', '2'));
    await last().break();
    await reopen();
    expect(last().sent.map(({type}) => type)).to.deep.equal(['hello', 'resume']);
    expect(last().sent[1]).to.deep.include({messageId: 'm1', conversationId: 'c1', cursor: '2'});
    await last().say(text('B', '2'), text('C', '3'), finish);
    await done;
    expect(events.flatMap((event) => (event.type === 'text' ? [event.text] : []))).to.deep.equal(['A', 'B', 'C']);
    expect(sockets.length).to.equal(2);
  });

  it('asks again with the same key when nothing was heard', async () => {
    const {send, last, reopen} = setUp();
    const {events, done} = await send();
    await last().break();
    await reopen();
    expect(last().sent[1]).to.deep.include({type: 'send'});
    expect(last().sent[1]!.request).to.deep.include({clientMessageId: ask().clientMessageId});
    await last().say(text('Hej'), finish);
    await done;
    expect(types(events)).to.deep.equal(['text', 'finish']);
  });

  it('says that an answer is cut when it cannot be taken up again', async () => {
    const {send, last} = setUp();
    const {events, done} = await send();
    await last().say(text('Hej'));
    await last().break();
    await done;
    expect(events.at(-1)).to.deep.equal({type: 'error', error: {code: 'interrupted', retryable: true}});
  });

  it('gives up after three more attempts', async () => {
    const {send, last, sockets, clock} = setUp();
    const {events, done} = await send();
    for (let n = 0; n < 4; n++) {
      await last().break();
      await clock.pass(8_000);
    }
    await done;
    expect([sockets.length, events.at(-1)]).to.deep.equal([
      4,
      {type: 'error', error: {code: 'network', retryable: true}},
    ]);
    expect(clock.pending).to.equal(0);
  });

  for (const [what, refuse] of [
    [
      'in a message',
      (socket: ReturnType<ReturnType<typeof manualSockets>['last']>) =>
        socket.say({type: 'error', code: 'auth_expired'}),
    ],
    ['by closing', (socket: ReturnType<ReturnType<typeof manualSockets>['last']>) => socket.break(4401)],
  ] as const) {
    it(`asks for another token once, when it is told so ${what}`, async () => {
      const reasons: string[] = [];
      const {send, last, sockets} = setUp({
        getToken: async ({reason}) => {
          reasons.push(reason);
          return reason;
        },
      });
      const {events, done} = await send();
      await refuse(last());
      expect(sockets.length).to.equal(2);
      await last().open();
      expect(last().sent[0]!.token).to.equal('expired');
      await refuse(last());
      await done;
      expect(reasons).to.deep.equal(['initial', 'expired']);
      expect(events.at(-1)).to.deep.include({type: 'error'});
    });
  }

  it('notices a connection that is dead though it looks open', async () => {
    const {send, last, sockets, clock} = setUp();
    await send();
    await last().say(text('Hej', '1'));
    await clock.pass(31_000);
    expect(last().sent.filter(({type}) => type === 'ping').length).to.equal(2);
    await clock.pass(40_000);
    expect(sockets[0]!.isClosed).to.equal(true);
  });

  it('waits for a backend that thinks, as long as it answers to pings', async () => {
    const {send, last, clock} = setUp();
    const {events, done} = await send();
    for (let n = 0; n < 10; n++) {
      await clock.pass(15_000);
      await last().say({type: 'pong'});
    }
    await last().say(text('Hej'), finish);
    await done;
    expect(types(events)).to.deep.equal(['text', 'finish']);
  });

  it('says that it took too long when nothing comes', async () => {
    const {send, clock} = setUp();
    const {events, done} = await send();
    await clock.pass(31_000);
    await done;
    expect(events.at(-1)).to.deep.include({type: 'error', error: {code: 'timeout', retryable: true}});
  });

  it('stops and hangs up', async () => {
    const {send, last, transport, abort} = setUp();
    const {events, done} = await send();
    await last().say(text('Hej'));
    abort.abort();
    await transport.stop({messageId: 'm1', conversationId: 'c1'}, callOptions());
    await done;
    expect(last().sent.at(-1)).to.deep.equal({type: 'stop', messageId: 'm1', conversationId: 'c1'});
    expect(types(events)).to.deep.equal(['text']);
  });

  it('brings what arrives unasked to who has subscribed, and to nobody else', async () => {
    const {send, last, transport, abort} = setUp();
    const subscription = follow(
      transport.subscribe({messageId: 'm0', conversationId: 'c1'}, callOptions(abort.signal)),
    );
    await settled();
    await last().open();
    expect(last().sent[1]).to.deep.include({type: 'subscribe', conversationId: 'c1'});
    const turn = await send();
    await last().say({...text('svar'), ref: '2'}, text('svar'), {...finish, ref: '2'});
    await turn.done;
    await last().say({type: 'answerer', kind: 'human', name: 'Kim'}, text('Hej'), finish, text('igen'));
    expect(types(turn.events)).to.deep.equal(['text', 'text', 'finish']);
    expect(types(subscription.events)).to.deep.equal(['answerer', 'text', 'text']);
    await transport.subscribe({messageId: 'm0'}, callOptions(abort.signal))[Symbol.asyncIterator]().return?.();
    abort.abort();
    await subscription.done;
  });

  for (const [what, message, code] of [
    ['no JSON', '{nope', 'protocol'],
    ['null', 'null', 'protocol'],
    ['a number as text', {type: 'text', op: 'append', text: 7}, 'protocol'],
    ['an error', {type: 'error', code: 'quota_exceeded', display: 'Slut.'}, 'quota_exceeded'],
    ['an error of no known kind', {type: 'error', code: 'boom', message: 'secret'}, 'server'],
    ['5 MB in a message', {type: 'text', op: 'append', text: 'x'.repeat(5 * 2 ** 20)}, 'protocol'],
  ] as const) {
    it(`ends as ${code} when it is told ${what}`, async () => {
      const {send, last} = setUp();
      const {events, done} = await send();
      await last().say(text('Hej', '1'), message);
      await done;
      expect(events.at(-1)).to.deep.include({type: 'error'});
      expect(events.at(-1)).to.have.nested.property('error.code', code);
      expect(JSON.stringify(events)).not.to.include('secret');
    });
  }

  it('refuses what is no text', async () => {
    const {send, last} = setUp();
    const {events, done} = await send();
    await last().emit('message', new Uint8Array(1));
    await done;
    expect(events).to.deep.equal([{type: 'error', error: {code: 'protocol', retryable: true}}]);
  });

  it('ignores what it does not know', async () => {
    const {send, last} = setUp();
    const {events, done} = await send();
    await last().say({type: 'toString'}, {type: 'new'}, {}, '{"__proto__":{"type":"text"}}', finish);
    await done;
    expect(types(events)).to.deep.equal(['finish']);
  });

  it('says so when there are no sockets, or the address is none', async () => {
    const refusing = class {
      constructor() {
        throw new SyntaxError('no address');
      }
    } as unknown as NonNullable<WebSocketOptions['WebSocket']>;
    const {transport, clock} = setUp({WebSocket: refusing});
    const {events, done} = follow(transport.send(ask(), callOptions()));
    await clock.pass(60_000);
    await done;
    expect(events).to.deep.equal([{type: 'error', error: {code: 'network', retryable: true}}]);
  });

  it('leaves nothing behind when it is disposed of, and can be used again', async () => {
    const {send, last, transport, clock, sockets} = setUp();
    const {done} = await send();
    transport.dispose();
    await done;
    expect([last().isClosed, clock.pending]).to.deep.equal([true, 0]);
    await send();
    expect(sockets.length).to.equal(2);
  });
});
