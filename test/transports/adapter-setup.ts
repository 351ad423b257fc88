/** What the tests of all adapters begin with: a question, a backend that sends recorded bytes, and what came of them. */
import type {ChatEvent, Source, Suggestion} from '../../src/core/events.js';
import type {CallOptions, ChatRequest} from '../../src/core/transport.js';
import type {ScreenedText} from '../../src/privacy/types.js';
import type {Clock} from '../../src/transports/clock.js';
import {endingOf} from './http-scenarios.js';

/** Stands for text that has passed the guard, which is not what these tests are about. */
export const screened = (text: string) => text as ScreenedText;

export const ask = (text = 'How do I export invoices?', more: Partial<ChatRequest> = {}): ChatRequest => ({
  text: screened(text),
  clientMessageId: '0b8f6a52-5f0e-4a56-9d53-0f4cb0a9e3a1',
  history: [],
  trigger: 'user',
  ...more,
});

export const callOptions = (signal = new AbortController().signal): CallOptions => ({signal, locale: 'sv-SE'});

/** The real clock, run fast: a second is over after a few milliseconds. */
export const hurried: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms / 200);
    return () => {
      clearTimeout(timer);
    };
  },
};

export interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Given {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body in the pieces it comes in. `null` there breaks the connection. */
  readonly pieces: readonly (Uint8Array | null)[];
}

/** A `fetch` that answers by hand, and remembers what it was asked. */
export function answering(answer: (sent: Sent, count: number) => Given) {
  const sent: Sent[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const asked = {url, method: init.method ?? 'GET', headers: new Headers(init.headers), body};
    sent.push(asked);
    const {status = 200, type, headers, pieces} = answer(asked, sent.length);
    const waiting = [...pieces];
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = waiting.shift();
        if (piece === null) controller.error(new TypeError('network error'));
        else if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
    });
    const isEmpty = status === 204 || status === 304;
    const all = {...headers, ...(type !== undefined && {'content-type': type})};
    return Promise.resolve(new Response(isEmpty ? null : stream, {status, headers: all}));
  };
  return {fetch, sent};
}

export const bytes = (text: string) => new TextEncoder().encode(text);

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The ways a network may cut these bytes: whole, byte by byte, and at seeded random places. */
export function* cuts(whole: Uint8Array, randomCuts = 8): Generator<readonly [how: string, pieces: Uint8Array[]]> {
  yield ['whole', [whole]];
  yield ['byte by byte', Array.from(whole, (byte) => Uint8Array.of(byte))];
  for (let seed = 1; seed <= randomCuts; seed++) {
    const random = seeded(seed);
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < whole.length;) {
      const end = at + 1 + Math.floor(random() * 40);
      pieces.push(whole.subarray(at, end));
      at = end;
    }
    yield [`cut at random, seed ${seed}`, pieces];
  }
}

/** An answer as a person is left with it. */
export interface Folded {
  readonly text: string;
  readonly bubbles: readonly string[];
  readonly sources: readonly Source[];
  readonly suggestions: readonly Suggestion[];
  readonly session: unknown;
  readonly handoff: boolean;
  readonly retracted: string | undefined;
  /** The reason to finish, the error's code, or `end`. */
  readonly last: string;
  readonly events: readonly ChatEvent[];
}

export async function fold(stream: AsyncIterable<ChatEvent>): Promise<Folded> {
  const {events, last} = await endingOf(stream, 20_000);
  const bubbles: Map<string, string>[] = [];
  const sources = new Map<string, Source>();
  let suggestions: readonly Suggestion[] = [];
  let session: unknown;
  let retracted: string | undefined;
  const bubble = () => bubbles.at(-1) ?? bubbles[bubbles.push(new Map()) - 1]!;
  for (const event of events) {
    if (event.type === 'start' && event.mode !== 'continue') bubbles.push(new Map());
    if (event.type === 'session') session = event.state;
    if (event.type === 'source') sources.set(event.source.id, event.source);
    if (event.type === 'suggestions') suggestions = event.items;
    if (event.type === 'text') {
      const parts = bubble();
      const before = event.op === 'append' ? (parts.get(event.part ?? '') ?? '') : '';
      parts.set(event.part ?? '', before + event.text);
    }
    if (event.type === 'retract') {
      retracted = event.reason;
      if (event.part === undefined) bubble().clear();
      else bubble().delete(event.part);
    }
  }
  const texts = bubbles.map((parts) => [...parts.values()].filter(Boolean).join('\n\n')).filter(Boolean);
  return {
    text: texts.join('\n\n'),
    bubbles: texts,
    sources: [...sources.values()],
    suggestions,
    session,
    handoff: events.some(({type}) => type === 'handoff'),
    retracted,
    last,
    events,
  };
}
