/** The chat without pixels, in plain Node, against a small backend over real HTTP. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, describe, it} from 'node:test';

import {answerText, createChat, termsText, type HeadlessChat, type TermsDocument} from '../../src/headless.js';
import {httpTransport} from '../../src/transports/http.js';
import {fastClock} from '../transports/http-scenarios.js';

const terms: TermsDocument = {
  id: 'help',
  version: '3',
  updated: '2026-11-01',
  title: 'Villkor för hjälpchatten',
  markdown: 'Du får fråga.',
  dataTable: [{what: 'frågor', where: 'Stockholm', howLong: '12 månader'}],
};
const config = {enabled: true, terms, answerer: {kind: 'search'}, features: {}, limits: {}, suggestions: []};

interface Call {
  readonly route: string;
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
}

type Reply = (response: ServerResponse, call: Call) => void;

const json =
  (value: unknown, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, {'content-type': status < 400 ? 'application/json' : 'application/problem+json'});
    response.end(JSON.stringify(value));
  };
const done: Reply = (response) => {
  response.writeHead(204).end();
};
const frame = (id: number, event: string, data: unknown) =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const told =
  (...frames: readonly string[]): Reply =>
  (response) => {
    response.writeHead(200, {'content-type': 'text/event-stream'});
    response.end(frames.join(''));
  };
/** Loses the connection in the middle of the answer. */
const broken =
  (...frames: readonly string[]): Reply =>
  (response) => {
    response.writeHead(200, {'content-type': 'text/event-stream'});
    response.write(frames.join(''), () => response.socket?.resetAndDestroy());
  };

const start = frame(1, 'start', {messageId: 'm1', conversationId: 'c1'});
const text = (id: number, words: string) => frame(id, 'text', {op: 'append', text: words});
const finish = (id: number) => frame(id, 'finish', {reason: 'stop'});

const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

/** A backend that answers each route with its replies in turn, the last one for ever, and remembers what it was sent. */
async function backend(routes: Readonly<Record<string, Reply | readonly Reply[]>> = {}) {
  const all: Readonly<Record<string, Reply | readonly Reply[]>> = {
    'GET /config': json(config),
    'POST /acceptances': json({receiptId: 'receipt-1'}, 201),
    'DELETE /acceptances/current': done,
    'POST /messages': told(start, text(2, 'Så här [1].'), finish(3)),
    ...routes,
  };
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const body = Buffer.concat(pieces).toString();
      const route = `${request.method} ${request.url!.slice('/tillit'.length)}`;
      const call = {route, body: body === '' ? undefined : (JSON.parse(body) as unknown), headers: request.headers};
      const earlier = calls.filter((one) => one.route === route).length;
      calls.push(call);
      const replies = [all[route] ?? json({code: 'invalid_request'}, 404)].flat();
      replies[Math.min(earlier, replies.length - 1)]!(response, call);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tillit`;
  const chat = createChat({transport: httpTransport({endpoint}, fastClock), locale: 'sv'});
  closing.push(() => {
    chat.dispose();
    server.closeAllConnections();
    server.close();
  });
  return {chat, calls, made: (route: string) => calls.filter((call) => call.route === route)};
}

async function enter(chat: HeadlessChat) {
  await chat.open();
  await chat.accept();
}

const phase = (chat: HeadlessChat) => chat.store.get().gate.phase;
const answers = (chat: HeadlessChat) => chat.store.get().turns.map((turn) => turn.answers.map(answerText).join('|'));

describe('the chat in Node', () => {
  it('needs no page', () => {
    assert.deepEqual([typeof globalThis.window, typeof globalThis.document], ['undefined', 'undefined']);
  });

  it('makes the whole journey', async () => {
    const {chat, calls, made} = await backend({
      'PUT /messages/m1/rating': done,
      'POST /tickets': json({id: 'T-1'}, 201),
    });
    assert.equal(phase(chat), 'idle');
    assert.deepEqual(calls, []);

    await chat.open();
    assert.equal(phase(chat), 'terms');
    await chat.accept({chat: true, analytics: true});
    assert.equal(phase(chat), 'open');
    const [accepted] = made('POST /acceptances');
    assert.deepEqual(
      {...(accepted!.body as object), acceptedAt: ''},
      {
        termsId: 'help',
        version: '3',
        textSha256: createHash('sha256').update(termsText(terms)).digest('hex'),
        locale: 'sv',
        acceptedAt: '',
        purposes: {chat: true, analytics: true, device: false},
      },
    );

    const outcome = await chat.ask('Hur gör jag?');
    assert.equal(outcome.asked, true);
    assert.deepEqual(answers(chat), ['Så här [1].']);
    const [message] = made('POST /messages');
    assert.equal((message!.body as {text: string}).text, 'Hur gör jag?');
    assert.equal(message!.headers['idempotency-key'], chat.store.get().turns[0]!.id);
    assert.equal(message!.headers['accept-language'], 'sv');

    assert.deepEqual(await chat.rate(chat.store.get().turns[0]!.id, 5, 'Bra'), {rated: true});
    assert.deepEqual(made('PUT /messages/m1/rating')[0]!.body, {score: 5, comment: 'Bra'});

    await chat.openTicket({name: 'Kim Berg', email: 'kim@example.com', description: 'Det gick inte.'});
    assert.deepEqual(await chat.sendTicket(), {sent: true});
    assert.deepEqual(made('POST /tickets')[0]!.body, {
      name: 'Kim Berg',
      email: 'kim@example.com',
      description: 'Det gick inte.',
      transcript: [
        {role: 'user', text: 'Hur gör jag?'},
        {role: 'assistant', text: 'Så här [1].'},
      ],
      conversationId: 'c1',
    });
    assert.deepEqual(chat.store.get().ticket, {phase: 'created', receipt: {id: 'T-1'}});

    assert.equal(await chat.withdraw(), true);
    assert.equal(made('DELETE /acceptances/current')[0]!.headers['tillit-receipt'], 'receipt-1');
    assert.equal(phase(chat), 'idle');
  });

  it('lets no personal number out, by question, comment or ticket', async () => {
    const {chat, calls} = await backend({'PUT /messages/m1/rating': done, 'POST /tickets': json({id: 'T-1'}, 201)});
    await enter(chat);
    await chat.ask('Hur gör jag?');
    const secret = '811228-9874';
    const [turn] = chat.store.get().turns;
    const asked = await chat.ask(`Mitt personnummer är ${secret}`);
    assert.equal(!asked.asked && asked.reason, 'blocked');
    const rated = await chat.rate(turn!.id, 1, `personnummer ${secret}`);
    assert.equal(!rated.rated && rated.reason, 'blocked');
    await chat.openTicket({name: 'Kim', email: 'kim@example.com', description: `personnummer ${secret}`});
    const sent = await chat.sendTicket();
    assert.equal(!sent.sent && sent.reason, 'blocked');
    assert.ok(!JSON.stringify(calls).includes(secret));
    assert.ok(calls.every(({route}) => !route.includes('rating') && !route.includes('tickets')));
  });

  it('takes a lost answer up where it broke', async () => {
    const {chat, made} = await backend({
      'POST /messages': broken(start, text(2, 'Så ')),
      'GET /messages/m1/events': told(text(3, 'här.'), finish(4)),
    });
    await enter(chat);
    await chat.ask('Hur gör jag?');
    assert.deepEqual(answers(chat), ['Så här.']);
    assert.equal(chat.store.get().turns[0]!.phase, 'done');
    assert.equal(made('GET /messages/m1/events')[0]!.headers['last-event-id'], '2');
  });

  it('hears every event of a backend that numbers only some of them', async () => {
    const unnumbered = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    const {chat} = await backend({
      'POST /messages': told(
        start,
        unnumbered('text', {op: 'append', text: 'Så '}),
        unnumbered('source', {source: {id: 's', title: 'Källa'}}),
        unnumbered('text', {op: 'append', text: 'här.'}),
        unnumbered('finish', {reason: 'stop'}),
      ),
    });
    await enter(chat);
    await chat.ask('Hur gör jag?');
    assert.deepEqual(answers(chat), ['Så här.']);
    assert.equal(chat.store.get().turns[0]!.answers[0]!.sources.length, 1);
    assert.equal(chat.store.get().turns[0]!.phase, 'done');
  });

  it('brings the terms back when the backend asks, and sends the kept question afterwards', async () => {
    const {chat, made} = await backend({
      'POST /messages': [json({code: 'consent_required'}, 409), told(start, text(2, 'Så här.'), finish(3))],
    });
    await enter(chat);
    await chat.ask('Hur gör jag?');
    assert.equal(phase(chat), 'terms');
    assert.equal(chat.store.get().kept, 'Hur gör jag?');
    await chat.accept();
    assert.deepEqual(answers(chat), ['Så här.']);
    assert.deepEqual(
      made('POST /messages').map(({body}) => (body as {text: string}).text),
      ['Hur gör jag?', 'Hur gör jag?'],
    );
  });

  it('gets the same ticket when the first response is lost', async () => {
    const tickets = new Map<string, string>();
    const create: Reply = (response, {headers}) => {
      const key = headers['idempotency-key'] as string;
      const isNew = !tickets.has(key);
      if (isNew) tickets.set(key, `T-${tickets.size + 1}`);
      json({id: tickets.get(key), ...(!isNew && {duplicate: true})}, isNew ? 201 : 200)(response);
    };
    const lost: Reply = (response, call) => {
      tickets.set(call.headers['idempotency-key'] as string, 'T-1');
      response.socket?.destroy();
    };
    const {chat} = await backend({'POST /tickets': [lost, create]});
    await enter(chat);
    await chat.openTicket({name: 'Kim', email: 'kim@example.com', description: 'Det gick inte.'});
    let sent = await chat.sendTicket();
    if (!sent.sent) sent = await chat.sendTicket();
    assert.deepEqual(sent, {sent: true});
    assert.deepEqual(chat.store.get().ticket, {phase: 'created', receipt: {id: 'T-1', duplicate: true}});
    assert.equal(tickets.size, 1);
  });

  it('stays shut, with a reason, when nobody is there', async () => {
    const chat = createChat({
      transport: httpTransport({endpoint: 'http://127.0.0.1:9/tillit'}, fastClock),
      storage: 'local',
    });
    await chat.open();
    const {gate} = chat.store.get();
    assert.equal(gate.phase === 'unavailable' && gate.error.code, 'network');
    chat.flush();
    chat.dispose();
  });
});
