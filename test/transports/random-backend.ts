/** A backend for `tillit/1` behind `fetch`, which fails in every way a network and a server fail, by a seeded dice. */

/** Mulberry32: small, and the same on every machine. */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (limit: number) => Math.floor(next() * limit),
    chance: (share: number) => next() < share,
    pick: <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]!,
  };
}
export type Dice = ReturnType<typeof dice>;

/** What happens to one request. */
const faults = [
  'refused',
  'lost response',
  'delayed',
  'never answered',
  'never answered, but done',
  409,
  429,
  500,
  502,
  503,
  504,
  '500, but done',
  'a page',
] as const;
type Fault = (typeof faults)[number];

/** What happens to an answer on its way. */
const streamFaults = ['ends early', 'breaks', 'stalls', 'everything twice', 'byte by byte'] as const;
type StreamFault = (typeof streamFaults)[number];

export const answerText = 'Öppna Lön – €5 👩‍👧.';
const words = answerText.split(/(?<= )/);

const terms = {
  id: 'help',
  version: '3',
  updated: '2026-11-01',
  title: 'Terms',
  markdown: 'You may ask.',
  dataTable: [{what: 'questions', where: 'Stockholm', howLong: '12 months'}],
};

/** @param share how many of the requests go wrong, 0 to 1 */
export function randomBackend({pick, chance, below}: Dice, share: number) {
  const tickets = new Map<string, string>();
  const questions = new Set<string>();
  const seen = new Map<Fault | StreamFault, number>();
  const note = <Kind extends Fault | StreamFault>(kind: Kind): Kind => {
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    return kind;
  };

  const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: {'content-type': 'application/json', ...headers},
    });

  function answer(from: number, signal: AbortSignal): Response {
    const frame = (type: string, data: unknown, id: number) =>
      `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
    const frames = [
      frame('start', {messageId: 'm1', conversationId: 'c1'}, 1),
      ...words.map((text, at) => frame('text', {op: 'append', text}, at + 2)),
      frame('finish', {reason: 'stop'}, words.length + 2),
    ].slice(from);
    const fault = chance(share) ? note(pick(streamFaults)) : undefined;
    const end =
      fault === 'ends early' || fault === 'breaks' || fault === 'stalls' ? below(frames.length) : frames.length;
    const sent = frames.slice(0, end).map((text) => (fault === 'everything twice' ? `${text}${text}` : text));
    const bytes = new TextEncoder().encode(sent.join(''));
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const size = fault === 'byte by byte' ? 1 : Math.max(1, Math.ceil(bytes.length / 3));
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        if (fault === 'stalls') {
          signal.addEventListener('abort', () => controller.error(signal.reason), {once: true});
        } else if (fault !== 'breaks') controller.close();
      },
      pull(controller) {
        if (fault === 'breaks') controller.error(new TypeError('terminated'));
      },
    });
    return new Response(body, {headers: {'content-type': 'text/event-stream'}});
  }

  /** What a healthy backend does with a request. */
  function act(path: string, init: RequestInit, signal: AbortSignal): Response {
    const headers = new Headers(init.headers);
    const key = headers.get('idempotency-key') ?? '';
    if (path === 'config') {
      return json(200, {enabled: true, terms, answerer: {kind: 'ai'}, features: {}, limits: {}, suggestions: []});
    }
    if (path === 'acceptances') return json(201, {receiptId: 'receipt-1'});
    if (path === 'tickets') {
      const known = tickets.get(key);
      if (known !== undefined) return json(200, {id: known, duplicate: true});
      const id = `T-${tickets.size + 1}`;
      tickets.set(key, id);
      return json(201, {id});
    }
    if (path === 'messages') {
      questions.add(key);
      return answer(0, signal);
    }
    if (path.endsWith('/events')) {
      return questions.size > 0 ? answer(Number(headers.get('last-event-id') ?? 0), signal) : json(204, undefined);
    }
    return json(202, {});
  }

  return {
    /** By their keys. */
    tickets: tickets as ReadonlyMap<string, string>,
    /** Keys under which a question has come. */
    questions: questions as ReadonlySet<string>,
    seen: seen as ReadonlyMap<Fault | StreamFault, number>,
    async fetch(url: string, init: RequestInit): Promise<Response> {
      const path = url.replace(/^.*\/tillit\//, '');
      const signal = init.signal ?? new AbortController().signal;
      signal.throwIfAborted();
      await Promise.resolve();
      const never = () =>
        new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error), {once: true});
        });
      const lost = () => Promise.reject(new TypeError('Failed to fetch'));
      const fault = chance(share) ? note(pick(faults)) : undefined;
      switch (fault) {
        case undefined:
          return act(path, init, signal);
        case 'refused':
          return lost();
        case 'lost response':
          act(path, init, signal);
          return lost();
        case 'delayed':
          await new Promise((resolve) => {
            setTimeout(resolve, below(4));
          });
          return act(path, init, signal);
        case 'never answered':
          return never();
        case 'never answered, but done':
          act(path, init, signal);
          return never();
        case '500, but done':
          act(path, init, signal);
          return json(500, {});
        case 'a page':
          return new Response('<!doctype html><title>Sign in</title>', {headers: {'content-type': 'text/html'}});
        case 409:
        case 429:
        case 500:
        case 502:
        case 503:
        case 504:
          return json(fault, {}, fault === 429 ? {'retry-after': '1'} : {});
      }
    },
  };
}
