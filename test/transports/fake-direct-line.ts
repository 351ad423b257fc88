/** A Direct Line in memory whose bot says what the test tells it to, over a socket or to whoever polls. */
import type {SocketLike} from '../../src/transports/socket.js';
import {answering, bytes, type Given, type Sent} from './adapter-setup.js';

export const endpoint = 'https://directline.example/v3/directline';

export type Said = Readonly<Record<string, unknown>>;
type Listener = (event: {readonly data: unknown; readonly code?: number}) => void;

export const json = (value: unknown, status = 200): Given => ({
  status,
  type: 'application/json',
  pieces: [bytes(typeof value === 'string' ? value : JSON.stringify(value))],
});

export interface FakeOptions {
  /** What the bot says to a question: each a set of activities. */
  readonly bot: (question: Said) => readonly (readonly unknown[])[];
  /** Answers a request itself, instead of Direct Line. */
  readonly instead?: (sent: Sent, count: number) => Given | undefined;
  /** Breaks the socket after so many sets. */
  readonly breakAfter?: number;
  readonly socket?: 'none' | 'open' | 'refused' | 'silent';
  readonly tokenSeconds?: number;
}

export function fakeDirectLine({
  bot,
  instead,
  breakAfter = Infinity,
  socket = 'none',
  tokenSeconds = 1800,
}: FakeOptions) {
  const history: unknown[] = [];
  let sets: (readonly unknown[])[] = [];
  let tokens = 0;
  let conversations = 0;
  let sockets = 0;
  let deliver: (() => void) | undefined;

  const opened = () => ({
    conversationId: `c${conversations}`,
    token: `token-${++tokens}`,
    expires_in: tokenSeconds,
    ...(socket !== 'none' && {streamUrl: `wss://directline.example/stream?watermark=${history.length}`}),
  });

  const {fetch, sent} = answering((request, count) => {
    const given = instead?.(request, count);
    if (given) return given;
    const {url, method, body} = request;
    const path = url.slice(endpoint.length).split('?')[0]!;
    if (path === '/tokens/refresh') return json({token: `token-${++tokens}`, expires_in: 3600});
    if (path === '/conversations') {
      conversations++;
      history.length = 0;
      return json(opened(), 201);
    }
    if (!path.endsWith('/activities')) return json(opened());
    if (method === 'POST') {
      const question = {...(body as Said), id: `q${history.length}`};
      sets = [[question], ...bot(question)];
      if (socket === 'none' || socket === 'refused') for (const set of sets.splice(0)) history.push(...set);
      deliver?.();
      return json({id: question.id});
    }
    const from = Number(/watermark=(\d+)/.exec(url)?.[1] ?? 0);
    // What a broken socket could not bring any more.
    for (const set of sets.splice(0)) history.push(...set);
    return json({activities: history.slice(from), watermark: String(history.length)});
  });

  class FakeSocket implements SocketLike {
    readonly #listeners: Record<string, Listener[]> = {};
    #isOpen = false;

    constructor() {
      sockets++;
      if (socket === 'refused') queueMicrotask(() => this.#emit('error'));
      if (socket === 'silent') return;
      deliver = () => {
        void this.#deliver();
      };
      queueMicrotask(() => {
        this.#isOpen = true;
        this.#emit('open');
        deliver?.();
      });
    }

    async #deliver() {
      for (let count = 0; this.#isOpen && sets.length > 0; count++) {
        if (count === breakAfter) {
          this.close();
          return;
        }
        const set = sets.shift()!;
        history.push(...set);
        this.#emit('message', JSON.stringify({activities: set, watermark: String(history.length)}));
        this.#emit('message', '');
        await Promise.resolve();
      }
    }

    addEventListener(type: string, listener: Listener) {
      (this.#listeners[type] ??= []).push(listener);
    }

    send() {}

    close() {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      deliver = undefined;
      this.#emit('close');
    }

    #emit(type: string, data?: unknown) {
      for (const listener of this.#listeners[type] ?? []) listener({data});
    }
  }

  return {
    fetch,
    sent,
    WebSocket: FakeSocket,
    get sockets() {
      return sockets;
    },
  };
}

const bot = {from: {id: 'bot', role: 'bot'}};
let count = 0;

export const says = (text: unknown, more: Said = {}) => ({type: 'message', id: `m${++count}`, ...bot, text, ...more});
export const types = (more: Said = {}) => ({type: 'typing', id: `t${++count}`, ...bot, ...more});

/** One activity of a livestream. */
export const streams = (streamType: string, text: string | undefined, streamSequence?: number, more: Said = {}) => ({
  type: streamType === 'final' && text !== undefined ? 'message' : 'typing',
  id: `s${++count}`,
  ...bot,
  ...(text !== undefined && {text}),
  ...more,
  channelData: {
    streamType,
    ...(streamSequence && {streamSequence}),
    streamId: 's',
    ...((more.channelData as Said) ?? {}),
  },
});
