/** A small adapter for the native protocol that keeps the contract, and can be told to break one part of it. */
import {chatError, ChatFailure} from '../../src/core/errors.js';
import type {ChatEvent} from '../../src/core/events.js';
import type {ChatRequest, ChatTransport} from '../../src/core/transport.js';
import type {TestWire} from '../../src/testing/index.js';

export type Flaw =
  | 'asks early'
  | 'yields what is no event'
  | 'goes on after the end'
  | 'calls a cut answer finished'
  | 'does not hear the signal'
  | 'keeps the connection'
  | 'is of no use after an abort'
  | 'throws'
  | 'tells what the server said'
  | 'decodes each piece by itself'
  | 'passes unknown events on'
  | 'has a stub'
  | 'loses the key of a ticket'
  | 'puts the question in the address';

const known = ['start', 'text', 'source', 'finish', 'error'];

export function sketchTransport({endpoint, fetch}: TestWire, flaw?: Flaw): ChatTransport {
  const has = (other: Flaw) => flaw === other;
  let wasAborted = false;
  if (has('asks early')) void fetch(`${endpoint}/hello`).catch(() => {});

  async function* answer(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    if (has('is of no use after an abort') && wasAborted) return;
    if (has('is of no use after an abort')) signal.addEventListener('abort', () => (wasAborted = true), {once: true});
    const query = has('puts the question in the address') ? `?q=${encodeURIComponent(request.text)}` : '';
    const response = await fetch(`${endpoint}/messages${query}`, {
      method: 'POST',
      body: JSON.stringify(request),
      ...(!has('does not hear the signal') && {signal}),
    });
    if (!response.ok) {
      const said = has('tells what the server said') ? {display: await response.text()} : {};
      throw new ChatFailure(chatError(response.status < 500 ? 'forbidden' : 'server', said));
    }
    if (response.headers.get('content-type') !== 'text/event-stream') throw new ChatFailure(chatError('protocol'));
    const reader = response.body!.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for (;;) {
        const {value, done} = await reader.read();
        if (done) break;
        rest += has('decodes each piece by itself')
          ? new TextDecoder().decode(value)
          : decoder.decode(value, {stream: true});
        const frames = rest.split('\n\n');
        rest = frames.pop()!;
        for (const frame of frames) {
          const event = parse(frame, flaw);
          if (!event) continue;
          yield event;
          if ((event.type === 'finish' || event.type === 'error') && !has('goes on after the end')) return;
        }
      }
      if (has('calls a cut answer finished')) yield {type: 'finish', reason: 'stop'};
    } finally {
      if (!has('keeps the connection')) await reader.cancel().catch(() => {});
    }
  }

  return {
    id: 'sketch',
    async *send(request, {signal}) {
      try {
        yield* answer(request, signal);
      } catch (caught) {
        if (signal.aborted) return;
        if (has('throws')) throw caught;
        yield {type: 'error', error: caught instanceof ChatFailure ? caught.error : chatError('network')};
      }
    },
    async createTicket(ticket, {idempotencyKey, signal}) {
      const headers = has('loses the key of a ticket') ? {} : {'idempotency-key': idempotencyKey};
      const response = await fetch(`${endpoint}/tickets`, {
        method: 'POST',
        headers,
        body: JSON.stringify(ticket),
        signal,
      });
      if (!response.ok) throw new ChatFailure(chatError('server'));
      return (await response.json()) as {id: string};
    },
    ...(has('has a stub') && {
      rate: async () => {
        throw new Error('not implemented');
      },
    }),
  };
}

function parse(frame: string, flaw: Flaw | undefined): ChatEvent | undefined {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1];
  const [type, data] = [field('event'), field('data')];
  if (type === undefined || data === undefined) return undefined;
  if (!known.includes(type) && flaw !== 'passes unknown events on') return undefined;
  const fields = JSON.parse(data) as Record<string, unknown>;
  if (flaw === 'yields what is no event' && type === 'source') return {type, source: {title: 'no id'}} as never;
  return {type, ...fields, cursor: field('id')} as unknown as ChatEvent;
}
