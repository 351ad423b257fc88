/** A backend to test: small articles, an answerer driven by hand, and what a client does. */
import {createHash, randomUUID} from 'node:crypto';
import type {AddressInfo} from 'node:net';
import type {Server} from 'node:http';

import {createAdaptorServer} from '@hono/node-server';
import type {ChatEvent, RemoteConfig} from 'tillit-chat/core';
import {termsText} from 'tillit-chat/core';

import type {AnswerMaker, AnswerRequest} from '../../../demo/backend/answers/answerer.js';
import {createBackend, type Backend, type BackendOptions} from '../../../demo/backend/app.js';
import type {Database} from '../../../demo/backend/database.js';
import {parseArticle, type Article} from '../../../demo/backend/search/articles.js';

const articleFiles: Readonly<Record<string, string>> = {
  'sv/sjuk.md': `---
title: Registrera sjukfrånvaro
updated: 2026-03-02
slug: sjuk
category: Frånvaro
---

Sjukfrånvaro registreras på den anställdas kort.

## Gör så här

1. Välj **Anställda → Frånvaro**.
2. Välj **Ny frånvaro** och **Sjuk**. Läs om [karens](karens.md).
`,
  'sv/karens.md': `---
title: Karensavdrag
updated: 2026-01-12
slug: karens
category: Frånvaro
---

Karensavdraget är 20 % av en veckas sjuklön.
`,
  'sv/sie.md': `---
title: Exportera SIE-fil
updated: 2026-05-01
slug: sie
category: Bokföring
---

Öppna **Bokföring → Export** och välj SIE 4.
`,
  'en/sick.md': `---
title: Register sick leave
updated: 2026-03-02
slug: sick
category: Leave
---

Sick leave is registered under **Employees → Leave**.
`,
};

export const articles: readonly Article[] = Object.entries(articleFiles).map(([path, file]) =>
  parseArticle(path.split('/'), file, '2026-01-01'),
);

export const makeBackend = (database: Database, options: Partial<BackendOptions> = {}): Promise<Backend> =>
  createBackend({database, articles, paceMs: 0, perMinute: 0, ...options});

/** An answerer whose events the test releases one by one. */
export function manualAnswers() {
  const asked: {request: AnswerRequest; signal: AbortSignal; emit: (event: ChatEvent) => void; end: () => void}[] = [];
  let waiting: (() => void) | undefined;
  const maker: AnswerMaker = {
    answerer: {kind: 'ai'},
    async *answer(request, signal) {
      const events: (ChatEvent | 'end')[] = [];
      let wake = () => {};
      const emit = (event: ChatEvent | 'end') => {
        events.push(event);
        wake();
      };
      asked.push({request, signal, emit, end: () => emit('end')});
      waiting?.();
      for (;;) {
        const event = events.shift();
        if (event === 'end') return;
        if (event) yield event;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
  /** The n-th question that reached the answerer. */
  async function question(n = 0) {
    while (!asked[n])
      await new Promise<void>((resolve) => {
        waiting = resolve;
      });
    return asked[n];
  }
  return {maker, asked, question};
}

export const text = (words: string): ChatEvent => ({type: 'text', op: 'append', text: words});
export const finish: ChatEvent = {type: 'finish', reason: 'stop', rateable: true};

export type Call = (path: string, init?: RequestInit) => Promise<Response>;

export const callerOf =
  ({app}: Backend): Call =>
  async (path, init) =>
    app.request(`http://localhost/api${path}`, init);

/** The backend behind a real port, for what depends on connections. */
export async function listen(backend: Backend) {
  const server = createAdaptorServer({fetch: backend.app.fetch}) as Server;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const {port} = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/api`;
  const call: Call = (path, init) => fetch(url + path, init);
  const close = async () => {
    server.close();
    await backend.close();
    server.closeAllConnections();
  };
  return {url, call, close};
}

export const json = (body: unknown, headers: Record<string, string> = {}, method = 'POST'): RequestInit => ({
  method,
  headers: {'content-type': 'application/json', ...headers},
  body: JSON.stringify(body),
});

export async function acceptanceOf(call: Call, locale = 'sv') {
  const response = await call('/config', {headers: {'accept-language': locale}});
  const {terms} = (await response.json()) as RemoteConfig;
  if (!terms) throw new Error('no terms');
  return {
    termsId: terms.id,
    version: terms.version,
    textSha256: createHash('sha256').update(termsText(terms)).digest('hex'),
    locale,
    acceptedAt: new Date().toISOString(),
    purposes: {chat: true, analytics: false},
  };
}

/** Names whose data a call is about. */
export const own = (receiptId: string) => ({'tillit-receipt': receiptId});

/** Accepts the terms as a new person. @returns the receipt */
export async function accept(call: Call, headers: Record<string, string> = {}): Promise<string> {
  const response = await call('/acceptances', json(await acceptanceOf(call), headers));
  if (response.status !== 201) throw new Error(`accepting gave ${response.status}`);
  return ((await response.json()) as {receiptId: string}).receiptId;
}

export const questionBody = (receiptId: string | undefined, more: object = {}) => ({
  text: 'Hur registrerar jag sjukfrånvaro?',
  clientMessageId: randomUUID(),
  history: [],
  trigger: 'user',
  receiptId,
  ...more,
});

export const ask = (call: Call, receiptId: string, more: object = {}, headers: Record<string, string> = {}) =>
  call('/messages', json(questionBody(receiptId, more), headers));

export interface Frame {
  readonly type: string;
  readonly id: number;
  readonly data: Record<string, unknown>;
}

/** Reads a stream of server-sent events as it comes. */
export function readEvents(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  async function next(): Promise<Frame | undefined> {
    for (;;) {
      const end = buffer.indexOf('\n\n');
      if (end >= 0) {
        const block = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (block.startsWith(':')) continue;
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
        return {
          type: field('event'),
          id: Number(field('id')),
          data: JSON.parse(field('data')) as Record<string, unknown>,
        };
      }
      const {value, done} = await reader.read();
      if (done) return undefined;
      buffer += value;
    }
  }
  async function rest(): Promise<Frame[]> {
    const frames: Frame[] = [];
    for (let frame = await next(); frame; frame = await next()) frames.push(frame);
    return frames;
  }
  return {next, rest, leave: () => reader.cancel()};
}

export const allEvents = (response: Response) => readEvents(response).rest();

/** The text that a reader of these events has on screen. */
export const textOf = (frames: readonly Frame[]) =>
  frames
    .filter(({type}) => type === 'text')
    .map(({data}) => data.text as string)
    .join('');

export async function problemOf(response: Response) {
  if (!/^application\/problem\+json/.test(response.headers.get('content-type') ?? '')) {
    throw new Error(`no problem but ${response.status} ${response.headers.get('content-type')}`);
  }
  return {
    status: response.status,
    ...((await response.json()) as {code: string; display?: string; retryAfterMs?: number; requestId: string}),
  };
}

export async function countOf(
  database: Database,
  table: 'messages' | 'tickets' | 'ratings' | 'conversations' | 'acceptances' | 'message_events' | 'sources' | 'users',
) {
  const [row] = await database.query<{n: number}>(`select count(*)::int as n from ${table}`);
  return row?.n ?? 0;
}
