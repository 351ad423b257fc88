import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {existsSync} from 'node:fs';
import {after, describe, it} from 'node:test';

import {httpTransport} from '../../src/transports/http.js';
import {endingOf, fastClock, outcomeOf, question, ticket} from './http-scenarios.js';

const program = new URL('../../../shared/data/tools/faulty-server.mjs', import.meta.url);
const skip = existsSync(program) ? false : 'the shared faulty server is not beside this checkout';

const answer = 'Naïve café — 价格 €5 👩‍👩‍👧‍👦 **fett** [länk](https://help.example/a). Slut.';
const parts = 8;
/** What the first `count` of the answer's parts amount to, cut as the server cuts them. */
function start(count: number) {
  const graphemes = [...new Intl.Segmenter('en', {granularity: 'grapheme'}).segment(answer)].map(
    ({segment}) => segment,
  );
  return graphemes.slice(0, Math.ceil(graphemes.length / parts) * count).join('');
}

interface Expected {
  /** The last event: a reason to finish, an error's code, or `end` when the stream just ends. Several by runtime. */
  readonly last: string | readonly string[];
  /** All text that must have come through. */
  readonly text?: string;
  /** How often the backend was asked; `any` where the runtime decides. */
  readonly asked?: number | 'any';
  readonly query?: string;
  /** What creating a ticket there comes to; `protocol` when it is left out. */
  readonly ticket?: string;
}

const whole = {last: 'stop', text: answer};
const retried = {asked: 4};

const scenarios: Readonly<Record<string, Expected>> = {
  '/normal': whole,
  '/json': {last: 'protocol'},
  '/heartbeat': whole,
  '/split-utf8': whole,
  '/split-crlf': whole,
  '/cr-only': whole,
  '/bom': whole,
  '/coalesced': whole,
  '/slow-loris': {...whole, query: 'ms=1'},
  '/stall': {last: 'interrupted', text: start(3)},
  '/no-first-byte': {last: 'timeout', ticket: 'timeout'},
  '/no-headers': {last: 'timeout', ticket: 'timeout'},
  '/reset': {last: 'interrupted', text: start(3)},
  '/reset-mid-event': {last: 'interrupted', text: start(1)},
  '/reset-before-headers': {last: 'network', ...retried, ticket: 'network'},
  '/eof-no-done': {last: 'end', text: start(4)},
  '/truncated-chunked': {last: 'interrupted', text: start(3)},
  '/bad-chunk-size': {last: 'interrupted', text: start(1)},
  '/short-content-length': {last: 'protocol', ticket: 'interrupted'},
  '/endless-headers': {last: 'timeout', ticket: 'timeout'},
  '/garbage-status-line': {last: 'network', ...retried, ticket: 'network'},
  // Node 20 makes an empty body of it, others a broken connection.
  '/gzip-broken': {last: ['end', 'network'], asked: 'any', ticket: 'protocol'},
  '/400': {last: 'invalid_request', ticket: 'invalid_request'},
  '/401': {last: 'auth_required', ticket: 'auth_required'},
  '/403': {last: 'forbidden', ticket: 'forbidden'},
  '/404': {last: 'unavailable', ticket: 'unavailable'},
  '/408': {last: 'timeout', ...retried, ticket: 'timeout'},
  '/409': {last: 'conflict', ticket: 'conflict'},
  '/410': {last: 'unavailable', ticket: 'unavailable'},
  '/413': {last: 'too_long', ticket: 'too_long'},
  '/415': {last: 'unsupported', ticket: 'unsupported'},
  '/422': {last: 'invalid_request', ticket: 'invalid_request'},
  '/429': {last: 'rate_limited', ...retried, ticket: 'rate_limited'},
  '/429-date': {last: 'rate_limited', ...retried, ticket: 'rate_limited'},
  '/429-bogus': {last: 'rate_limited', ...retried, ticket: 'rate_limited'},
  '/429-huge': {last: 'rate_limited', ticket: 'rate_limited'},
  '/500': {last: 'server', ticket: 'server'},
  '/501': {last: 'unsupported', ticket: 'unsupported'},
  '/502': {last: 'unavailable', ...retried, ticket: 'unavailable'},
  '/503': {last: 'unavailable', ...retried, ticket: 'unavailable'},
  '/504': {last: 'timeout', ...retried, ticket: 'timeout'},
  '/204': {last: 'protocol'},
  '/205': {last: 'protocol'},
  '/redirect': {last: 'protocol'},
  '/redirect-303': {last: 'protocol'},
  '/redirect-loop': {last: 'protocol'},
  '/redirect-foreign': {last: 'protocol'},
  '/redirect-login': {last: 'protocol'},
  '/wrong-type-html': {last: 'protocol'},
  '/wrong-type-json-as-sse': {last: 'end'},
  '/wrong-type-sse-as-plain': {last: 'protocol'},
  '/no-content-type': {last: 'protocol'},
  // Its events are named after another protocol, so that nothing of it is an answer.
  '/sse-latin1': {last: 'end'},
  '/invalid-json': {last: 'protocol'},
  // The broken event has a name that is not ours, and is ignored for it.
  '/invalid-json-event': whole,
  '/json-wrong-shape': {last: 'protocol'},
  '/json-null': {last: 'protocol'},
  '/json-proto': {last: 'protocol'},
  '/empty': {last: 'protocol'},
  '/empty-sse': {last: 'end'},
  '/only-comments': {last: 'end'},
  '/done-only': {last: 'stop'},
  '/huge-event': {last: 'protocol'},
  '/huge-line-no-newline': {last: 'protocol'},
  '/flood': {last: 'stop', query: 'n=20000', text: 'w '.repeat(20_000)},
  // Every frame counts as it comes: the protocol has no sequence, and a cursor is only a place to resume from.
  '/duplicated': {
    last: 'stop',
    text: [1, 2, 3, 4, 5, 6, 7, 8]
      .map((n) =>
        start(n)
          .slice(start(n - 1).length)
          .repeat(2),
      )
      .join(''),
  },
  '/double-done': whole,
  '/after-done': whole,
  '/out-of-order': {
    last: 'stop',
    text: [2, 1, 4, 3, 6, 5, 8, 7].map((n) => start(n).slice(start(n - 1).length)).join(''),
  },
  '/unknown-events': whole,
  '/error-after-partial': {last: 'server', text: start(4)},
  '/error-first': {last: 'server'},
  // Node knows no CORS: what a browser would block comes through.
  '/cors-fail': whole,
  '/cors-preflight-fail': whole,
  '/cors-wrong-origin': whole,
  '/fail-once': {...whole, asked: 2},
  '/fail-n': {last: 'server', ticket: 'server'},
  '/resume': {last: 'interrupted', text: start(3)},
  '/resume-ignored': {last: 'interrupted', text: start(3)},
  '/echo': {last: 'protocol'},
};

/** These have a test of their own below. */
const apart = [
  '/infinite',
  '/tickets',
  '/tickets/slow',
  '/tickets/lost-response',
  '/tickets/500-after-commit',
  '/tickets/504-after-commit',
  '/tickets/timeout-after-commit',
  '/tickets/409',
  '/tickets/422',
  '/tickets/429',
  '/tickets/413',
];

/** Scenario → what a question comes to, and a ticket. */
const table = new Map<string, {question?: string; ticket?: string}>();
const enter = (scenario: string, what: 'question' | 'ticket', outcome: string) =>
  table.set(scenario, {...table.get(scenario), [what]: outcome});

after(() => {
  if (skip) return;
  const row = (...cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd([30, 16, 0][at]!))
      .join('')
      .trimEnd();
  const rows = [...table].sort(([a], [b]) => (a < b ? -1 : 1));
  console.log(
    [
      row('scenario', 'question', 'ticket'),
      ...rows.map(([scenario, {question = '', ticket = ''}]) => row(scenario, question, ticket)),
      `${rows.length} scenarios`,
    ].join('\n'),
  );
});

describe('the faulty server', {skip, concurrency: 8, timeout: 120_000}, async () => {
  if (skip) return;
  const server = spawn(process.execPath, [program.pathname, '--quiet'], {stdio: ['ignore', 'pipe', 'ignore']});
  after(() => {
    server.kill();
  });
  const origin = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.stdout.once('data', (line: Buffer) => {
      resolve(`http://127.0.0.1:${(JSON.parse(String(line)) as {port: number}).port}`);
    });
  });

  const call = () => ({signal: new AbortController().signal, locale: 'sv'});

  /** A transport whose every call goes to one scenario; counts how often. */
  function at(scenario: string, query = '') {
    let asked = 0;
    const text = encodeURIComponent(answer);
    const key = randomUUID();
    const transport = httpTransport(
      {
        endpoint: origin,
        fetch: (_url, init) => {
          asked++;
          return fetch(`${origin}${scenario}?key=${key}&text=${text}&${query || `n=${parts}`}`, init);
        },
      },
      fastClock,
    );
    return {transport, asked: () => asked};
  }

  const read = async (path: string) => (await fetch(`${origin}${path}`)).json() as Promise<unknown>;

  it('is known in every HTTP scenario', async () => {
    const {http} = (await read('/__list')) as {http: string[]};
    assert.deepEqual(http.filter((path) => !apart.includes(path)).sort(), Object.keys(scenarios).sort());
  });

  for (const [scenario, {last, text = '', asked = 1, query, ticket: outcome = 'protocol'}] of Object.entries(
    scenarios,
  )) {
    it(`${scenario}: a question ends with ${String(last)}${asked === 1 ? '' : ` after ${asked} attempts`}`, async () => {
      const server = at(scenario, query);
      const ending = await endingOf(server.transport.send(question(randomUUID()), call()));
      enter(scenario, 'question', ending.last);
      assert.ok([last].flat().includes(ending.last), `ended with ${ending.last}`);
      assert.equal(ending.text, text);
      if (asked !== 'any') assert.equal(server.asked(), asked);
    });

    it(`${scenario}: a ticket ends with ${outcome}`, async () => {
      const {transport} = at(scenario, query);
      const options = {...call(), idempotencyKey: randomUUID()};
      const came = await outcomeOf(transport.createTicket(ticket, options));
      enter(scenario, 'ticket', came);
      assert.equal(came, outcome);
    });
  }

  it('is refused where it has only sockets, which this protocol does not use', async () => {
    const {ws} = (await read('/__list')) as {ws: string[]};
    for (const scenario of ws) {
      const {last} = await endingOf(at(scenario).transport.send(question(randomUUID()), call()));
      enter(scenario, 'question', last);
      assert.equal(last, 'unavailable');
    }
  });

  it('/infinite: leaving drops the connection', async () => {
    const {transport} = at('/infinite', 'ms=0');
    let events = 0;
    for await (const event of transport.send(question(randomUUID()), call()))
      if (event.type === 'text' && ++events === 100) break;
    enter('/infinite', 'question', 'left');
    const left = async () => {
      const {log} = (await read('/__log')) as {log: {path: string; aborted: boolean}[]};
      return log.some(({path, aborted}) => path === '/infinite' && aborted);
    };
    while (!(await left()))
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
  });

  it('/resume: the answer is whole after as many resumptions as it takes', async () => {
    const {transport} = at('/resume');
    const seen = [await endingOf(transport.send(question(randomUUID()), call()))];
    while (seen.at(-1)?.last !== 'stop' && seen.length < 8) {
      const cursor = seen.at(-1)?.events.findLast((event) => event.cursor !== undefined)?.cursor;
      assert.ok(cursor);
      seen.push(await endingOf(transport.resume({messageId: 'm1', cursor}, call())));
    }
    assert.equal(seen.map(({text}) => text).join(''), answer);
    assert.deepEqual(
      seen.map(({last}) => last),
      ['interrupted', 'interrupted', 'interrupted', 'stop'],
    );
  });

  it('/resume-ignored: a backend that starts over shows it in its cursor', async () => {
    const {transport} = at('/resume-ignored');
    await endingOf(transport.send(question(randomUUID()), call()));
    const {events, last, text} = await endingOf(transport.resume({messageId: 'm1', cursor: '3'}, call()));
    assert.equal(events[0]?.cursor, '1');
    assert.equal(last, 'stop');
    assert.equal(text, answer);
  });

  for (const [scenario, outcomes, query] of [
    ['/tickets', ['ok']],
    ['/tickets/slow', ['ok'], 'ms=300'],
    ['/tickets/lost-response', ['ok']],
    ['/tickets/504-after-commit', ['ok']],
    // A backend that may have acted is not asked again unasked; the person's second press carries the same key.
    ['/tickets/500-after-commit', ['server', 'ok']],
    ['/tickets/timeout-after-commit', ['timeout', 'ok']],
  ] as const) {
    it(`${scenario}: one ticket, after ${outcomes.join(', ')}`, async () => {
      const {transport} = at(scenario, query);
      const idempotencyKey = randomUUID();
      const came: string[] = [];
      for (const _ of outcomes) {
        came.push(await outcomeOf(transport.createTicket(ticket, {...call(), idempotencyKey})));
      }
      enter(scenario, 'ticket', came.join(', '));
      assert.deepEqual(came, outcomes);
      const tickets = (await read('/__tickets')) as {key: string; body: unknown}[];
      assert.deepEqual(
        tickets.filter(({key}) => key === idempotencyKey).map(({body}) => body),
        [ticket],
      );
      assert.ok(
        tickets.every(({key}) => !key.startsWith('nokey-')),
        'a ticket was sent without its key',
      );
    });
  }

  for (const [scenario, outcome] of [
    ['/tickets/409', 'conflict'],
    ['/tickets/413', 'too_long'],
    ['/tickets/422', 'invalid_request'],
    ['/tickets/429', 'rate_limited'],
  ] as const) {
    it(`${scenario}: no ticket, but ${outcome}`, async () => {
      const {transport} = at(scenario);
      const came = await outcomeOf(transport.createTicket(ticket, {...call(), idempotencyKey: randomUUID()}));
      enter(scenario, 'ticket', came);
      assert.equal(came, outcome);
    });
  }
});
