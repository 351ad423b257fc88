/**
 * Checks that an adapter keeps the contract of `ChatTransport`. Belongs to no test runner:
 *
 *     for (const {name, run} of conformance((wire) => myTransport(wire), myProtocol)) it(name, run);
 *
 * Each check makes a transport of its own over a `fetch` whose every byte is sent by hand, and fails with an `Error` that
 * says what was expected. Nothing leaves the process.
 */
import {ChatFailure, errorCodes} from '../core/errors.js';
import {isTerminal, type ChatEvent} from '../core/events.js';
import type {CallOptions, ChatRequest, ChatTransport, TicketDraft} from '../core/transport.js';
import type {ScreenedText} from '../privacy/types.js';
import {eventProblem} from './event-problem.js';
import {nativeProtocol, type WireProtocol} from './protocol.js';
import {openWire, type Exchange, type Wire} from './wire.js';

/** What the adapter under test is to use in place of the network. */
export interface TestWire {
  readonly endpoint: string;
  readonly fetch: Wire['fetch'];
}

export interface ConformanceCheck {
  readonly name: string;
  run(): Promise<void>;
}

export interface ConformanceOptions {
  /** How long a check waits for the adapter, its own retries included: 10 s. */
  readonly limitMs?: number;
}

const words = 'Frågan som ingen annan får se';
const ticketKey = '5a3f6f0e-9d53-4a56-8f6a-0f4cb0a9e3a1';

/** Stands for text that has passed the guard, which these checks are not about. */
const screened = (text: string) => text as ScreenedText;

const question: ChatRequest = {
  text: screened(words),
  clientMessageId: '0b8f6a52-5f0e-4a56-9d53-0f4cb0a9e3a1',
  history: [
    {role: 'user', text: screened('Hej')},
    {role: 'assistant', text: 'Hej!'},
  ],
  trigger: 'user',
};

const ticket: TicketDraft = {
  name: screened('Åsa Öberg'),
  email: screened('asa@example.com'),
  description: screened(words),
  transcript: [],
};

/** @param protocol how the adapter's backend speaks; the native protocol when it is not given */
export function conformance(
  makeTransport: (wire: TestWire) => ChatTransport,
  protocol: WireProtocol = nativeProtocol,
  {limitMs = 10_000}: ConformanceOptions = {},
): readonly ConformanceCheck[] {
  const beforeEnd = protocol.answer.slice(0, protocol.answer.length - protocol.endMessages);

  /** Runs `body` with a transport and its wire, and disposes of them. */
  const check = (name: string, body: (bench: Bench) => Promise<void>): ConformanceCheck => ({
    name,
    async run() {
      const bench = setUp(makeTransport, protocol, limitMs);
      try {
        await body(bench);
      } finally {
        bench.abort.abort();
        bench.transport.dispose?.();
      }
    },
  });

  return [
    check('asks the backend for nothing before a person has asked', async ({wire}) => {
      await tick();
      expectSame(wire.requests.length, 0, 'requests of a new transport');
    }),

    check('yields a whole answer: valid events, the text, and a `finish`', async (bench) => {
      const reading = await bench.answered(protocol.answer, 'end');
      const events = reading.events.slice(0, reading.events.findIndex(isTerminal) + 1);
      for (const event of events) {
        const problem = eventProblem(event);
        // An unknown kind of event is the business of another check.
        if (problem && !problem.startsWith('has the type')) fail(`${JSON.stringify(event)} ${problem}`);
      }
      expectSame(textOf(events), protocol.text, 'the text');
      expectSame(events.at(-1)?.type, 'finish', 'the first terminal event');
    }),

    ...(protocol.endMessages === 0
      ? []
      : [
          check('lets the first terminal event win: nothing comes after it', async (bench) => {
            const {events} = await bench.answered([...protocol.answer, ...protocol.answer], 'end');
            const terminal = events.findIndex(isTerminal);
            if (terminal >= 0) expectSame(events.slice(terminal + 1), [], 'events after the terminal one');
          }),
        ]),

    check('does not call an answer finished that was cut off', async (bench) => {
      for (const how of protocol.endMessages === 0 ? (['break'] as const) : (['end', 'break'] as const)) {
        const {events} = await bench.answered(beforeEnd, how);
        const finish = events.find(({type}) => type === 'finish');
        if (finish) fail(`the stream was cut (${how}), and yet there is ${JSON.stringify(finish)}`);
      }
    }),

    check('ends within a tick when it is aborted, and frees the connection', async (bench) => {
      const {exchange, reading} = await bench.halfAnswered();
      const before = reading.events.length;
      bench.abort.abort();
      await tick();
      if (!reading.isOver) fail('the iterator still waits after the abort');
      if (!exchange.isFreed) fail('the connection is still open after the abort');
      // How a call that nobody wants any more failed, interests nobody.
      expectSame(reading.events.length, before, 'how many events there are after the abort');
    }),

    check('frees the connection when the reader leaves the loop', async (bench) => {
      const {iterator} = bench.send();
      let next = iterator.next();
      const exchange = await bench.exchange();
      exchange.open(protocol.headers);
      for (const message of beforeEnd) {
        exchange.write(encode(message));
        const got = await Promise.race([next, tick()]);
        if (!got) continue;
        if (got.done) fail('the iterator ended in the middle of an answer');
        if (got.value.type === 'text') break;
        next = iterator.next();
      }
      await Promise.race([iterator.return?.(), tick()]);
      await tick();
      if (!exchange.isFreed) fail('the connection is still open after the reader has left');
    }),

    check('answers the next question after one that was left', async (bench) => {
      const left = new AbortController();
      const first = read(bench.send(left.signal));
      const exchange = await bench.exchange();
      exchange.open(protocol.headers);
      await tick();
      left.abort();
      await Promise.race([first.done, tick()]);
      const {events} = await bench.answered(protocol.answer, 'end');
      expectSame(textOf(events), protocol.text, 'the text of the second answer');
    }),

    check('yields failures as `error` events and throws none', async (bench) => {
      for (const [what, answer] of failures(protocol)) {
        const reading = read(bench.send());
        // As often as the adapter asks again.
        const serve = async () => {
          for (let index = bench.wire.exchanges.length; !reading.isOver;) {
            const exchange = bench.wire.exchanges[index];
            if (exchange) {
              index++;
              answer(exchange);
            }
            await tick();
          }
        };
        await Promise.all([serve(), bench.over(reading)]);
        if (reading.thrown !== undefined) fail(`${what}: it threw ${describe(reading.thrown)}`);
        const last = reading.events.at(-1);
        if (last?.type !== 'error') fail(`${what}: it ended with ${JSON.stringify(last)}, not with an error`);
        if (!errorCodes.includes(last.error.code)) fail(`${what}: there is no code ${last.error.code}`);
        if (JSON.stringify(last).includes(secret)) fail(`${what}: a server's own text came through`);
      }
    }),

    check('reads the same events however the bytes are cut', async (bench) => {
      const whole = await bench.answered(protocol.answer, 'end');
      const bytes = encode(protocol.answer.join(''));
      for (const size of [1, 2, 3, 7, 64]) {
        const {exchange, reading} = await bench.asked();
        for (let at = 0; at < bytes.length; at += size) {
          exchange.write(bytes.slice(at, at + size));
          await Promise.resolve();
        }
        exchange.end();
        await bench.over(reading);
        expectSame(merged(reading.events), merged(whole.events), `the events in pieces of ${size}`);
      }
    }),

    ...(protocol.unknown === undefined
      ? []
      : [
          check('ignores messages of a kind it does not know', async (bench) => {
            const whole = await bench.answered(protocol.answer, 'end');
            const {unknown} = protocol;
            const mixed = protocol.answer.flatMap((message) => [unknown!, message]);
            const {events} = await bench.answered(mixed, 'end');
            expectSame(merged(events).map(withoutCursor), merged(whole.events).map(withoutCursor), 'the events');
          }),
        ]),

    check('has no method that it cannot serve: one that is there is a button', async (bench) => {
      for (const [name, call] of Object.entries(capabilityCalls(bench.transport, bench.options))) {
        const method = (bench.transport as unknown as Readonly<Record<string, unknown>>)[name];
        if (method === undefined) continue;
        if (typeof method !== 'function') fail(`${name} is there and is no function`);
        const outcome = await bench.refused(call);
        if (outcome === undefined) continue;
        if (!(outcome instanceof ChatFailure)) fail(`${name} failed with ${describe(outcome)}, not with a ChatFailure`);
        if (outcome.error.code === 'unsupported') fail(`${name} is there and says that it is unsupported`);
      }
    }),

    check('sends a ticket with its key, so that a second try makes no second ticket', async (bench) => {
      const {createTicket} = bench.transport;
      if (!createTicket) return;
      await bench.refused(() =>
        createTicket.call(bench.transport, ticket, {...bench.options, idempotencyKey: ticketKey}),
      );
      const {wire} = bench;
      const sent = await Promise.all(
        wire.requests.map(async (request) => spoken(request, await request.clone().text())),
      );
      if (sent.length > 0 && !sent.some((request) => request.includes(ticketKey)))
        fail('no request carries the idempotency key of the ticket');
    }),

    check('keeps what a person wrote out of addresses', async (bench) => {
      await bench.answered(protocol.answer, 'end');
      for (const {url} of bench.wire.requests) {
        const readable = decodeURIComponent(url.replaceAll('+', ' '));
        if (readable.includes(words)) fail(`the question is in the address of a request, for every log to keep`);
      }
    }),
  ];
}

type Bench = ReturnType<typeof setUp>;

function setUp(makeTransport: (wire: TestWire) => ChatTransport, protocol: WireProtocol, limitMs: number) {
  let isAsked = false;
  let isRefusing = false;
  const wire = openWire((request) => {
    // What is asked before the question has a check of its own, and is not to be taken for the question.
    if (!isAsked || isRefusing) return new Response('', {status: isAsked ? 500 : 404});
    return protocol.beside?.(request);
  });
  const transport = makeTransport({endpoint: 'https://backend.example/chat', fetch: wire.fetch});
  const abort = new AbortController();
  const options: CallOptions = {signal: abort.signal, locale: 'sv'};
  let taken = 0;

  const send = (signal = abort.signal) => {
    isAsked = true;
    return opened(transport.send(question, {...options, signal}));
  };

  /** Waits until something is there, for as long as a check may take. */
  async function until<Value>(value: () => Value | undefined, what: string): Promise<Value> {
    for (const giveUpAt = Date.now() + limitMs; ;) {
      const got = value();
      if (got !== undefined) return got;
      if (Date.now() > giveUpAt) fail(`${what} took more than ${limitMs} ms`);
      await tick();
    }
  }
  const exchange = async () => {
    const next = await until(() => wire.exchanges[taken], 'the request for an answer');
    taken = wire.exchanges.length;
    return next;
  };
  const over = (reading: Reading) => until(() => reading.isOver || undefined, 'the end of the answer');

  async function asked() {
    const reading = read(send());
    const next = await exchange();
    next.open(protocol.headers);
    return {reading, exchange: next};
  }

  return {
    wire,
    transport,
    abort,
    options,
    send,
    exchange,
    over,
    asked,
    /** An answer of these messages, each by itself, to its end. */
    async answered(messages: readonly string[], how: 'end' | 'break') {
      const {reading, exchange} = await asked();
      for (const message of messages) {
        exchange.write(encode(message));
        await tick();
      }
      exchange[how]();
      await over(reading);
      if (reading.thrown !== undefined && how === 'end') fail(`it threw ${describe(reading.thrown)}`);
      return reading;
    },
    /** An answer of which some text has been read; the reader waits for more. */
    async halfAnswered() {
      const {reading, exchange} = await asked();
      for (const message of protocol.answer) {
        if (reading.events.some(({type}) => type === 'text')) break;
        exchange.write(encode(message));
        await tick();
      }
      return {reading, exchange};
    },
    /** What a call comes to with a backend that answers 500 to everything; `undefined` when it did not fail. */
    async refused(call: () => unknown): Promise<unknown> {
      isAsked = isRefusing = true;
      let result: {readonly failure: unknown} | undefined;
      void (async () => call())().then(
        () => (result = {failure: undefined}),
        (failure: unknown) => (result = {failure: failure ?? 'nothing'}),
      );
      const {failure} = await until(() => result, 'a call that the backend refuses');
      isRefusing = false;
      return failure;
    },
  };
}

interface Reading {
  readonly events: readonly ChatEvent[];
  readonly isOver: boolean;
  readonly thrown: unknown;
  readonly done: Promise<void>;
}

const opened = (events: AsyncIterable<ChatEvent>) => {
  const iterator = events[Symbol.asyncIterator]();
  return {iterator, [Symbol.asyncIterator]: () => iterator};
};

/** Reads to the end in the background. */
function read(stream: AsyncIterable<ChatEvent>): Reading {
  const events: ChatEvent[] = [];
  const reading = {events, isOver: false, thrown: undefined as unknown, done: Promise.resolve()};
  reading.done = (async () => {
    try {
      for await (const event of stream) events.push(event);
    } catch (caught) {
      reading.thrown = caught ?? 'nothing';
    }
    reading.isOver = true;
  })();
  return reading;
}

const secret = 'at Object.handler (server.js:42)';

const failures = ({headers}: WireProtocol): readonly (readonly [string, (exchange: Exchange) => void])[] => {
  const refuse = (status: number, type: string, body: string) => (exchange: Exchange) => {
    exchange.open({'content-type': type}, status);
    exchange.write(encode(body));
    exchange.end();
  };
  return [
    ['no network', (exchange) => exchange.break()],
    ['a refusal', refuse(403, 'application/json', JSON.stringify({message: secret}))],
    ['an error of the server', refuse(500, 'text/html', `<h1>${secret}</h1>`)],
    ['a page in place of an answer', refuse(200, 'text/html', `<!doctype html><title>Sign in</title>${secret}`)],
    [
      'a connection that breaks before the first byte',
      (exchange) => {
        exchange.open(headers);
        exchange.break();
      },
    ],
  ];
};

/** Each capability as a person would use it. */
function capabilityCalls(transport: ChatTransport, options: CallOptions): Readonly<Record<string, () => unknown>> {
  const ref = {messageId: 'm1', conversationId: 'c1'};
  const follow = async (events: AsyncIterable<ChatEvent> | undefined) => {
    for await (const event of events ?? []) if (isTerminal(event)) return;
  };
  return {
    resume: () => follow(transport.resume?.({...ref, cursor: '1'}, options)),
    stop: () => transport.stop?.(ref, options),
    config: () => transport.config?.(options),
    accept: () =>
      transport.accept?.(
        {
          termsId: 'help',
          version: '1',
          textSha256: '0'.repeat(64),
          locale: 'sv',
          acceptedAt: '2026-11-20T12:00:00.000Z',
          purposes: {chat: true, analytics: false, device: true},
        },
        options,
      ),
    withdraw: () => transport.withdraw?.(options),
    acceptedText: () => transport.acceptedText?.(options),
    rate: () => transport.rate?.({target: {messageId: 'm1'}, score: 4}, options),
    createTicket: () => transport.createTicket?.(ticket, {...options, idempotencyKey: ticketKey}),
    speechToken: () => transport.speechToken?.(options),
    load: () => transport.load?.('c1', options),
    exportConversation: () => transport.exportConversation?.('c1', options),
    deleteConversation: () => transport.deleteConversation?.('c1', options),
    exportEverything: () => transport.exportEverything?.('json', options),
    deleteEverything: () => transport.deleteEverything?.(options),
  };
}

const encode = (text: string) => new TextEncoder().encode(text);

/** Everything a request says, where a key may stand. */
const spoken = ({url, headers}: Request, body: string) => [url, ...[...headers].flat(), body].join('\n');

const textOf = (events: readonly ChatEvent[]) =>
  events.reduce((text, event) => {
    if (event.type !== 'text') return text;
    return event.op === 'replace' ? event.text : text + event.text;
  }, '');

/** Text that only came in more pieces is the same text. */
function merged(events: readonly ChatEvent[]): readonly ChatEvent[] {
  const result: ChatEvent[] = [];
  for (const event of events) {
    const last = result.at(-1);
    const isMore = event.type === 'text' && event.op === 'append' && last?.type === 'text' && last.part === event.part;
    if (isMore) result[result.length - 1] = {...event, op: last.op, text: last.text + event.text};
    else result.push(event);
  }
  return result;
}

const withoutCursor = ({cursor: _, ...event}: ChatEvent) => event;

const tick = () =>
  new Promise<undefined>((resolve) => {
    setTimeout(resolve, 0, undefined);
  });

function expectSame(actual: unknown, expected: unknown, what: string) {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) fail(`${what}: expected ${wanted}, got ${got}`);
}

const describe = (thrown: unknown) => (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown));

function fail(message: string): never {
  throw new Error(message);
}
