/**
 * `tillit/1` over a WebSocket, for vendors without server-sent events: one JSON object a message, one socket for all
 * calls of a conversation.
 *
 * We send `{type: 'hello', token?, locale, receiptId?}` first, then `{type: 'send', ref, request}`,
 * `{type: 'resume' | 'subscribe', ref, messageId?, conversationId?, cursor?}`, `{type: 'stop', messageId,
 * conversationId?}`, `{type: 'leave', ref}` when a call is over, and `{type: 'ping'}`, which wants a `{type: 'pong'}`.
 *
 * The backend sends the protocol's events with their fields beside `type`, their `cursor`, and the `ref` of the call
 * they belong to. Without `ref` they belong to the question that is open, else to whoever has subscribed.
 *
 * A socket that breaks is opened again, at most three times in a row: a question of which nothing has been heard is
 * sent again with the same `clientMessageId`, an answer goes on from its cursor, and what is said twice is heard once.
 * The token is in a message and not in the address, which ends up in logs.
 */
import {isTerminal, type ChatEvent} from '../core/events.js';
import type {CallOptions, ChatTransport, ResumeRef} from '../core/transport.js';
import {startCall, type Call} from './call.js';
import {systemClock, type Clock} from './clock.js';
import {fail, filled, isFields, natural, string} from './fields.js';
import {mailbox, pause, type Mailbox} from './mailbox.js';
import {readEvent} from './parse-event.js';
import type {HttpOptions} from './request.js';
import {retryWaitMs} from './retry.js';
import {openSocket, socketConstructor, type Mail, type Socket, type SocketConstructor} from './socket.js';
import {eventStream} from './stream.js';

type Fields = Readonly<Record<string, unknown>>;

const CONNECT_MS = 30_000;
const FIRST_WORD_MS = 30_000;
const IDLE_MS = 45_000;
const PING_MS = 15_000;
/** How long a socket is kept for the next question. */
const LINGER_MS = 60_000;

export interface WebSocketOptions extends Pick<HttpOptions, 'getToken'> {
  /** `wss:` or `https:`; in browsers it may be relative to the page. */
  readonly endpoint: string;
  /** Used instead of the global one. */
  readonly WebSocket?: SocketConstructor | undefined;
}

export type WebSocketTransport = ChatTransport &
  Required<Pick<ChatTransport, 'resume' | 'stop' | 'subscribe' | 'dispose'>>;

/** What one call hears: messages, signs of life, the end of the socket. */
interface Line {
  box: Mailbox<Fields>;
  readonly kind: 'turn' | 'subscription';
}

interface Link {
  readonly socket: Socket;
  readonly opened: Promise<void>;
  readonly life: Call;
}

/** @param clock for tests */
export function webSocketTransport(options: WebSocketOptions, clock: Clock = systemClock): WebSocketTransport {
  let disposal = new AbortController();
  let link: Link | undefined;
  let stopLingering = () => {};
  let count = 0;
  const lines = new Map<string, Line>();

  const begin = ({signal}: CallOptions) => startCall([signal, disposal.signal], clock);
  const all = (message: Fields) => {
    for (const {box} of lines.values()) box.put(message);
  };

  function hear(message: Fields) {
    const named = lines.get(String(message.ref));
    if (named) return named.box.put(message);
    if (message.type === 'pong' || message.ref !== undefined) return all({type: 'pong'});
    const turns = [...lines.values()].filter(({kind}) => kind === 'turn');
    if (turns.length > 0) return turns.at(-1)!.box.put(message);
    all(message);
  }

  function open(): Link {
    const life = startCall([disposal.signal], clock);
    let resolve = () => {};
    const opened = new Promise<void>((settle) => (resolve = settle));
    let missed = 0;
    const take = (mail: Mail) => {
      missed = 0;
      if ('opened' in mail) resolve();
      else if ('ended' in mail) {
        life.end();
        if (link?.life === life) link = undefined;
        resolve();
        all({type: 'ended', code: mail.ended});
      } else {
        const message = parse(mail.text);
        if (message) hear(message);
        else all({type: 'error', code: 'protocol'});
      }
    };
    const socket = openSocket(socketConstructor(options.WebSocket), addressOf(options.endpoint), take, life.signal);
    const beat = () => {
      const cancel = clock.after(PING_MS, () => {
        life.signal.removeEventListener('abort', cancel);
        if (life.signal.aborted) return;
        // Browsers hide the protocol's own pings; a dead connection can stay open for minutes.
        if (missed++ * PING_MS >= IDLE_MS) return life.end();
        socket.send('{"type":"ping"}');
        beat();
      });
      life.signal.addEventListener('abort', cancel, {once: true});
    };
    void opened.then(() => life.signal.aborted || beat());
    return {socket, opened, life};
  }

  /** The socket, open and with our name said. */
  async function connect(call: Call, {locale, receiptId}: CallOptions, reason: 'initial' | 'expired'): Promise<Socket> {
    stopLingering();
    const isDown = () => !link || link.life.signal.aborted;
    if (isDown()) {
      const {getToken} = options;
      const token = await call.limit(CONNECT_MS, async () => getToken?.({reason}), 'auth_required');
      if (getToken && !filled(token)) fail('auth_required');
      // Another call may have been quicker.
      if (isDown()) {
        link = open();
        const {socket, opened} = link;
        void opened.then(() => {
          socket.send(JSON.stringify({type: 'hello', token, locale, receiptId}));
        });
      }
    }
    const {socket, opened, life} = link!;
    await call
      .limit(CONNECT_MS, () => opened, 'timeout')
      .catch((caught: unknown) => {
        life.end();
        throw caught;
      });
    return socket;
  }

  async function* converse(
    call: Call,
    options: CallOptions,
    kind: Line['kind'],
    first: Fields,
    ref: Partial<ResumeRef>,
  ): AsyncGenerator<ChatEvent> {
    const name = String(++count);
    const line: Line = {box: mailbox(), kind};
    const heard = new Set<string>();
    let {messageId, conversationId, cursor} = ref;
    let message = first;
    let reason: 'initial' | 'expired' = 'initial';
    let hasHeard = false;
    lines.set(name, line);
    try {
      for (let retries = 0; ;) {
        // Without what the socket before has left, the word of its end among it.
        line.box = mailbox();
        const socket = await connect(call, options, reason);
        const earlier = new Set(heard);
        socket.send(JSON.stringify({...message, ref: name}));
        let ended: unknown;
        while (ended === undefined) {
          const told = await line.box.take(call, hasHeard || kind === 'subscription' ? IDLE_MS : FIRST_WORD_MS);
          if (!told) fail(hasHeard ? 'interrupted' : 'timeout');
          const isRefused = told.type === 'error' && told.code === 'auth_expired' && reason === 'initial' && !hasHeard;
          if (told.type === 'ended' || isRefused) {
            ended = told.code;
            continue;
          }
          const at = filled(told.cursor) ?? natural(told.cursor)?.toString();
          const event = readEvent(string(told.type) ?? '', told, at === undefined ? {} : {cursor: at});
          if (!event) continue;
          if (event.type === 'start') {
            messageId = event.messageId ?? messageId;
            conversationId = event.conversationId ?? conversationId;
            if (event.mode === 'replay') earlier.clear();
          }
          if (at !== undefined) {
            if (earlier.has(at)) continue;
            heard.add(at);
            cursor = at;
          }
          hasHeard = true;
          retries = 0;
          // What a subscription brings has no end; each message of it begins with a `start`.
          if (event.type !== 'finish' || kind === 'turn') yield event;
          if (kind === 'turn' && isTerminal(event)) return;
        }

        // Without a cursor everything would be said again: right only where nothing was heard.
        if (hasHeard && cursor === undefined && kind === 'turn') fail('interrupted');
        if (ended === 'auth_expired') {
          if (reason === 'expired') fail('auth_expired');
          reason = 'expired';
          link?.life.end();
        } else {
          const waitMs = ended === 'protocol' ? undefined : retryWaitMs(retries++, undefined, clock.random());
          if (waitMs === undefined) fail(ended === 'protocol' ? 'protocol' : hasHeard ? 'interrupted' : 'network');
          await pause(call, waitMs);
        }
        if (hasHeard) message = {type: kind === 'turn' ? 'resume' : 'subscribe', messageId, conversationId, cursor};
      }
    } finally {
      lines.delete(name);
      if (link) link.socket.send(JSON.stringify({type: 'leave', ref: name}));
      if (link && lines.size === 0) {
        const {life} = link;
        stopLingering();
        stopLingering = clock.after(LINGER_MS, () => {
          life.end();
        });
        life.signal.addEventListener('abort', stopLingering, {once: true});
      }
    }
  }

  const stream = (options: CallOptions, kind: Line['kind'], message: Fields, ref: Partial<ResumeRef>) =>
    eventStream(
      () => begin(options),
      (call) => converse(call, options, kind, message, ref),
    );

  return {
    id: 'tillit-websocket',

    send: (request, options) =>
      stream(
        options,
        'turn',
        {type: 'send', request: {...request, receiptId: options.receiptId}},
        {
          messageId: request.clientMessageId,
          ...(request.conversationId !== undefined && {conversationId: request.conversationId}),
        },
      ),

    resume: (ref, options) => stream(options, 'turn', {type: 'resume', ...ref}, ref),
    subscribe: (ref, options) => stream(options, 'subscription', {type: 'subscribe', ...ref}, ref),

    async stop(ref, options) {
      const call = begin(options);
      try {
        const socket = await connect(call, options, 'initial');
        socket.send(JSON.stringify({type: 'stop', ...ref}));
      } finally {
        call.end();
      }
    },

    /** Ends every call and the socket. The transport stays usable: a host may move its element and connect it again. */
    dispose() {
      stopLingering();
      disposal.abort();
      disposal = new AbortController();
      link = undefined;
    },
  };
}

/** `undefined` when it is no JSON object. */
function parse(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Not every browser in use takes `https:`, or an address relative to the page. */
const addressOf = (endpoint: string) =>
  new URL(endpoint, (globalThis as {readonly location?: {readonly href: string}}).location?.href).href.replace(
    /^http/,
    'ws',
  );
