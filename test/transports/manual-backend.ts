import type {ChatEvent} from '../../src/core/events.js';
import {settled} from './manual-clock.js';

export interface Exchange {
  readonly url: string;
  readonly init: RequestInit;
  readonly headers: Headers;
  /** The request's body, parsed. */
  readonly body: unknown;
  /** Answers with headers and leaves the body open. */
  open(status?: number, headers?: Record<string, string>): Promise<void>;
  /** Answers at once and whole. */
  answer(status: number, body?: unknown, headers?: Record<string, string>): Promise<void>;
  write(...pieces: readonly (string | Uint8Array)[]): Promise<void>;
  end(): Promise<void>;
  /** Breaks the connection, before or after the headers. */
  break(): Promise<void>;
  /** The reader gave the body up. */
  readonly dropped: boolean;
}

export const eventStream = {'content-type': 'text/event-stream'};

/**
 * A backend behind `fetch` whose every byte the test sends by hand. It ignores the signal on purpose: ending a call
 * must not depend on a `fetch` that listens.
 */
export function manualBackend() {
  const exchanges: Exchange[] = [];
  const encoder = new TextEncoder();

  const fetch = (url: string, init: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
      let dropped = false;
      exchanges.push({
        url,
        init,
        headers: new Headers(init.headers),
        body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
        get dropped() {
          return dropped;
        },
        open(status = 200, headers = eventStream) {
          const body = new ReadableStream<Uint8Array>({
            start(own) {
              controller = own;
            },
            cancel() {
              dropped = true;
            },
          });
          resolve(new Response(body, {status, headers}));
          return settled();
        },
        answer(status, body, headers = {'content-type': 'application/json'}) {
          const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
          resolve(new Response(text, {status, headers}));
          return settled();
        },
        async write(...pieces) {
          for (const piece of pieces) controller?.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
          await settled();
        },
        end() {
          controller?.close();
          return settled();
        },
        break() {
          const lost = new TypeError('Failed to fetch');
          if (controller) controller.error(lost);
          else reject(lost);
          return settled();
        },
      });
    });

  return {
    fetch,
    exchanges,
    /** The request with this number, counted from 0; fails when it was not made. */
    request(index = exchanges.length - 1): Exchange {
      const exchange = exchanges[index];
      if (!exchange) throw new Error(`request ${index} was not made`);
      return exchange;
    },
    /** The request with this number, as soon as it is made: what some calls need loads first. */
    async made(index = 0): Promise<Exchange> {
      for (let waits = 0; waits < 100 && !exchanges[index]; waits++) await settled();
      return this.request(index);
    },
  };
}

/** Reads a stream to its end in the background. */
export function follow(stream: AsyncIterable<ChatEvent>) {
  const events: ChatEvent[] = [];
  const reading = {events, ended: false, thrown: undefined as unknown, done: Promise.resolve()};
  reading.done = (async () => {
    try {
      for await (const event of stream) events.push(event);
    } catch (caught) {
      reading.thrown = caught;
    }
    reading.ended = true;
  })();
  return reading;
}

/** One frame as the native protocol sends it. */
export function frame(type: string, data: unknown, id?: string) {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

export const textFrame = (text: string, id?: string) => frame('text', {op: 'append', text}, id);
export const finishFrame = frame('finish', {reason: 'stop'});
