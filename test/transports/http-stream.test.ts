import {expect} from '@open-wc/testing';

import {request, setUp} from './http-setup.js';
import {eventStream, finishFrame, follow, frame, textFrame} from './manual-backend.js';
import {settled} from './manual-clock.js';

const protocol = {type: 'error', error: {code: 'protocol', retryable: true}} as const;
const interrupted = {type: 'error', error: {code: 'interrupted', retryable: true}} as const;
const text = (value: string) => ({type: 'text', op: 'append', text: value}) as const;
const finish = {type: 'finish', reason: 'stop'} as const;

async function started() {
  const set = setUp();
  const reading = follow(set.transport.send(request, set.call));
  await settled();
  const exchange = set.backend.request();
  await exchange.open();
  return {...set, reading, exchange};
}

describe('an answer', () => {
  it('comes event by event, as it is sent', async () => {
    const {exchange, reading, clock} = await started();
    await exchange.write(frame('start', {messageId: 'm1'}), textFrame('Hej', '1'));
    expect(reading.events).to.deep.equal([
      {type: 'start', messageId: 'm1'},
      {...text('Hej'), cursor: '1'},
    ]);
    await exchange.write(finishFrame);
    await reading.done;
    expect(reading.events.at(-1)).to.deep.equal({...finish, cursor: '1'});
    expect(clock.pending).to.equal(0);
  });

  it('ends with its first terminal event and drops the connection', async () => {
    const {exchange, reading} = await started();
    await exchange.write(textFrame('a') + finishFrame + textFrame('LATE') + frame('error', {error: {code: 'server'}}));
    await reading.done;
    expect(reading.events).to.deep.equal([text('a'), finish]);
    expect(exchange.dropped).to.equal(true);
    expect(exchange.init.signal?.aborted).to.equal(true);
  });

  it('has dropped the connection when the terminal event is handed out, not when the next one is asked for', async () => {
    const {backend, transport, call} = setUp();
    const events = transport.send(request, call)[Symbol.asyncIterator]();
    const first = events.next();
    await settled();
    await backend.request().open();
    await backend.request().write(finishFrame);
    expect((await first).value).to.deep.equal(finish);
    expect(backend.request().dropped).to.equal(true);
  });

  it('that just ends, just ends: the session calls it interrupted', async () => {
    const {exchange, reading, clock} = await started();
    await exchange.write(textFrame('half'), 'event: text\ndata: {"op":"append","text":"unfinished"}\n');
    await exchange.end();
    await reading.done;
    expect(reading.events).to.deep.equal([text('half')]);
    expect(clock.pending).to.equal(0);
  });

  it('that breaks off is interrupted, and keeps what came', async () => {
    const {exchange, reading, backend} = await started();
    await exchange.write(textFrame('half'));
    await exchange.break();
    await reading.done;
    expect(reading.events).to.deep.equal([text('half'), interrupted]);
    expect(backend.exchanges, 'tried again after the first byte').to.have.lengthOf(1);
  });

  it('that falls silent for 45 s is interrupted, and its connection is dropped', async () => {
    const {exchange, reading, clock} = await started();
    await exchange.write(textFrame('half'));
    await clock.pass(44_999);
    expect(reading.ended).to.equal(false);
    await clock.pass(1);
    await reading.done;
    expect(reading.events).to.deep.equal([text('half'), interrupted]);
    expect(exchange.dropped).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('stays alive as long as comments come', async () => {
    const {exchange, reading, clock} = await started();
    for (let minute = 0; minute < 5; minute++) {
      await exchange.write(': keep-alive\n\n');
      await clock.pass(40_000);
    }
    await exchange.write(textFrame('a'), finishFrame);
    await reading.done;
    expect(reading.events).to.deep.equal([text('a'), finish]);
  });

  it('runs no clock while its reader is busy', async () => {
    const {backend, transport, call, clock} = setUp();
    const events = transport.send(request, call)[Symbol.asyncIterator]();
    const first = events.next();
    await settled();
    await backend.request().open();
    await backend.request().write(textFrame('a'), textFrame('b'));
    await first;
    expect(clock.pending).to.equal(0);
    await clock.pass(600_000);
    expect((await events.next()).value).to.deep.equal(text('b'));
    await events.return?.();
  });

  it('ignores events of unknown types, even broken ones', async () => {
    const {exchange, reading} = await started();
    await exchange.write(
      'event: delta\ndata: {"seq":2,"text":\n\n',
      frame('telemetry', {x: 1}),
      textFrame('a'),
      finishFrame,
    );
    await reading.done;
    expect(reading.events).to.deep.equal([text('a'), finish]);
  });

  it('ends as a protocol error with an event that is broken, and keeps what came', async () => {
    const {exchange, reading} = await started();
    await exchange.write(textFrame('a'), 'event: text\ndata: {"op":\n\n', textFrame('LATE'));
    await reading.done;
    expect(reading.events).to.deep.equal([text('a'), protocol]);
    expect(exchange.dropped).to.equal(true);
  });

  it("passes on the backend's own error", async () => {
    const {exchange, reading} = await started();
    await exchange.write(frame('error', {error: {code: 'content_filtered', display: 'Not that.'}}));
    await reading.done;
    expect(reading.events).to.deep.equal([
      {type: 'error', error: {code: 'content_filtered', retryable: false, display: 'Not that.'}},
    ]);
  });

  it('ends as a protocol error with an event over 1 MB, and keeps what came', async () => {
    const {exchange, reading} = await started();
    await exchange.write(textFrame('a'), `data: ${'x'.repeat(2 ** 20)}`);
    await reading.done;
    expect(reading.events).to.deep.equal([text('a'), protocol]);
    expect(exchange.dropped).to.equal(true);
  });

  it('is cut at 2 MB, and keeps what came', async () => {
    const {exchange, reading} = await started();
    const part = textFrame('x'.repeat(2 ** 19));
    await exchange.write(part, part, part, part, textFrame('y'), textFrame('LATE'));
    await reading.done;
    expect(reading.events.at(-1)).to.deep.equal({type: 'finish', reason: 'length'});
    expect(reading.events).to.have.lengthOf(6);
    expect(reading.events.at(-2)).to.deep.equal(text('y'));
    expect(exchange.dropped).to.equal(true);
  });

  it('may replace its text as often as it likes', async () => {
    const {exchange, reading} = await started();
    for (let time = 0; time < 8; time++)
      await exchange.write(frame('text', {op: 'replace', text: 'x'.repeat(2 ** 19)}));
    await exchange.write(finishFrame);
    await reading.done;
    expect(reading.events.at(-1)).to.deep.equal(finish);
  });

  it('is cut as well when what is not text outgrows everything', async () => {
    const {exchange, reading} = await started();
    for (let n = 0; n < 4; n++) {
      await exchange.write(frame('source', {source: {id: `s${n}`, title: 'T', snippet: 'x'.repeat(2 ** 19)}}));
    }
    await reading.done;
    expect(reading.events.at(-1)).to.deep.equal({type: 'finish', reason: 'length'});
  });

  for (const [what, headers] of [
    ['with parameters', {'content-type': 'text/event-stream; charset=utf-8'}],
    ['in capitals', {'content-type': 'Text/Event-Stream'}],
    [
      'with a wrong charset, and is read as UTF-8 all the same',
      {'content-type': 'text/event-stream; charset=iso-8859-1'},
    ],
  ] as const) {
    it(`may name its type ${what}`, async () => {
      const {backend, transport, call} = setUp();
      const reading = follow(transport.send(request, call));
      await settled();
      await backend.request().open(200, headers);
      await backend.request().write(textFrame('…'), finishFrame);
      await reading.done;
      expect(reading.events).to.deep.equal([text('…'), finish]);
    });
  }

  // A stream under a wrong name is refused too: intermediaries buffer what they do not know as a stream, and text that
  // nobody declared as an answer may be anything.
  for (const type of ['text/html', 'application/json', 'text/plain', 'text/event-streaming', '']) {
    it(`is a protocol error as "${type}"`, async () => {
      const {backend, transport, call} = setUp();
      const reading = follow(transport.send(request, call));
      await settled();
      await backend.request().open(200, type === '' ? {} : {'content-type': type});
      await backend.request().write(textFrame('a'), finishFrame);
      await reading.done;
      expect(reading.events).to.deep.equal([protocol]);
      expect(backend.request().dropped).to.equal(true);
    });
  }

  for (const status of [204, 205]) {
    it(`is a protocol error as ${status}`, async () => {
      const {backend, transport, call} = setUp();
      const reading = follow(transport.send(request, call));
      await settled();
      await backend.request().answer(status);
      await reading.done;
      expect(reading.events).to.deep.equal([protocol]);
    });
  }
});

describe('ending an answer from this side', () => {
  it('an abort ends it at once, without an event, even while the network is silent', async () => {
    const {exchange, reading, abort, clock} = await started();
    await exchange.write(textFrame('a'));
    abort.abort();
    await settled();
    expect(reading.ended).to.equal(true);
    expect(reading.thrown).to.equal(undefined);
    expect(reading.events).to.deep.equal([text('a')]);
    expect(exchange.dropped).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('an abort before the headers ends it at once', async () => {
    const {backend, transport, call, abort, clock} = setUp();
    const reading = follow(transport.send(request, call));
    await settled();
    abort.abort();
    await settled();
    expect(reading).to.deep.include({ended: true, events: []});
    expect(clock.pending).to.equal(0);
    await backend.request().open();
    await settled();
    expect(backend.request().dropped, 'a late answer is dropped').to.equal(true);
  });

  it('an abort during the wait before a retry ends it at once', async () => {
    const {backend, transport, call, abort, clock} = setUp();
    const reading = follow(transport.send(request, call));
    await settled();
    await backend.request().answer(503);
    expect(clock.pending).to.equal(1);
    abort.abort();
    await settled();
    expect(reading).to.deep.include({ended: true, events: []});
    expect(clock.pending).to.equal(0);
    expect(backend.exchanges).to.have.lengthOf(1);
  });

  it('nothing is requested for a call that is aborted already', async () => {
    const {backend, transport, call, abort} = setUp();
    abort.abort();
    const reading = follow(transport.send(request, call));
    await reading.done;
    expect(reading).to.deep.include({ended: true, events: [], thrown: undefined});
    expect(backend.exchanges).to.have.lengthOf(0);
  });

  it('events that arrived together with the abort are not handed out any more', async () => {
    const {backend, transport, call, abort} = setUp();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const event of transport.send(request, call)) {
        seen.push(event.type);
        abort.abort();
      }
    })();
    await settled();
    await backend.request().open();
    await backend.request().write(textFrame('a') + textFrame('b') + finishFrame);
    await reading;
    expect(seen).to.deep.equal(['text']);
  });

  it('breaking out of the loop drops the connection', async () => {
    const {backend, transport, call, clock} = setUp();
    const reading = (async () => {
      for await (const event of transport.send(request, call)) if (event.type === 'text') break;
    })();
    await settled();
    await backend.request().open();
    await backend.request().write(textFrame('a'));
    await reading;
    expect(backend.request().dropped).to.equal(true);
    expect(backend.request().init.signal?.aborted).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('`return` does not wait behind a read that waits for the network', async () => {
    const {backend, transport, call, clock} = setUp();
    const events = transport.send(request, call)[Symbol.asyncIterator]();
    const next = events.next();
    await settled();
    await backend.request().open();
    await events.return?.();
    expect(await next).to.deep.equal({value: undefined, done: true});
    expect(backend.request().dropped).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('dispose ends everything under way, and the transport can be used again', async () => {
    const {backend, transport, call, clock} = setUp();
    const answer = follow(transport.send(request, call));
    const config = transport.config(call).then(
      () => 'resolved',
      (caught: unknown) => (caught as Error).name,
    );
    await settled();
    await backend.request(0).open();
    transport.dispose();
    await answer.done;
    expect(answer.events).to.deep.equal([]);
    expect(await config).to.equal('AbortError');
    expect(backend.request(0).dropped).to.equal(true);
    expect(clock.pending).to.equal(0);

    const again = follow(transport.send(request, call));
    await settled();
    await backend.request(2).open(200, eventStream);
    await backend.request(2).write(finishFrame);
    await again.done;
    expect(again.events).to.deep.equal([finish]);
  });

  it('leaves no listener on a signal that lives on', async () => {
    const {backend, transport, call, abort} = setUp();
    let listeners = 0;
    const add = abort.signal.addEventListener.bind(abort.signal);
    abort.signal.addEventListener = (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
      listeners++;
      options?.signal?.addEventListener('abort', () => {
        listeners--;
      });
      add(type, listener, options);
    };
    const reading = follow(transport.send(request, call));
    await settled();
    expect(listeners).to.equal(1);
    await backend.request().open();
    await backend.request().write(finishFrame);
    await reading.done;
    expect(listeners).to.equal(0);
  });
});

describe('what a human writes unasked', () => {
  it('comes over the conversation, from the last cursor on, with who wrote it', async () => {
    const {backend, transport, call} = setUp();
    const reading = follow(transport.subscribe({messageId: 'm1', conversationId: 'c 1', cursor: '7'}, call));
    await settled();
    const exchange = backend.request();
    expect(exchange.url).to.match(/\/conversations\/c%201\/events$/);
    expect(new Headers(exchange.init.headers).get('last-event-id')).to.equal('7');
    await exchange.open();
    const eva = {kind: 'human', name: 'Eva'} as const;
    await exchange.write(
      frame('answerer', eva),
      frame('start', {messageId: 'h1', answerer: eva}),
      textFrame('Hej', '8'),
    );
    expect(reading.events).to.deep.equal([
      {type: 'answerer', ...eva},
      {type: 'start', messageId: 'h1', answerer: eva},
      {...text('Hej'), cursor: '8'},
    ]);
    await exchange.end();
    await reading.done;
  });

  for (const status of [404, 410]) {
    it(`is nothing with ${status}: nobody is there, and nobody will come`, async () => {
      const {backend, transport, call} = setUp();
      const reading = follow(transport.subscribe({messageId: 'm1', conversationId: 'c1'}, call));
      await settled();
      await backend.request().open(status);
      await backend.request().end();
      await reading.done;
      expect(reading.events).to.deep.equal([]);
    });
  }
});
