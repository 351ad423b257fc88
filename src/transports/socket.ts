/**
 * A WebSocket of texts. Whatever ends it (the network, the other side, a message that is no text or has more than
 * `MAX_MESSAGE_CHARS`, an address that cannot be opened) is one last word that says why; nothing is heard after it.
 */
import type {ErrorCode} from '../core/errors.js';

const MAX_MESSAGE_CHARS = 2 ** 20;
/** "Policy violation", and the code that servers made of 401. */
const notSignedIn: readonly unknown[] = [1008, 4401];

/** The part of the standard's `WebSocket` that is used, which the `ws` package has too. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'close', listener: (event: {readonly code?: number}) => void): void;
  addEventListener(type: 'message', listener: (event: {readonly data: unknown}) => void): void;
}

export type SocketConstructor = new (url: string) => SocketLike;

export type Mail = {readonly text: string} | {readonly opened: true} | {readonly ended: ErrorCode};

export interface Socket {
  /** Lost when the socket has ended meanwhile. */
  send(text: string): void;
  close(): void;
}

/** The socket a host has put in, else the global one, which old runtimes lack. */
export const socketConstructor = (own: SocketConstructor | false | undefined): SocketConstructor | undefined =>
  own === false ? undefined : (own ?? (globalThis as {readonly WebSocket?: SocketConstructor}).WebSocket);

/**
 * @param hear may be called before this returns
 * @param signal ends it
 */
export function openSocket(
  WebSocket: SocketConstructor | undefined,
  url: string,
  hear: (mail: Mail) => void,
  signal: AbortSignal,
): Socket {
  let socket: SocketLike | undefined;
  let isOver = false;
  const end = (ended: ErrorCode) => {
    if (isOver) return;
    isOver = true;
    hear({ended});
    socket?.close();
  };
  const close = () => {
    end('interrupted');
  };
  try {
    socket = new WebSocket!(url);
    socket.addEventListener('open', () => {
      if (!isOver) hear({opened: true});
    });
    socket.addEventListener('message', ({data}) => {
      if (isOver) return;
      if (typeof data === 'string' && data.length <= MAX_MESSAGE_CHARS) hear({text: data});
      else end('protocol');
    });
    socket.addEventListener('close', ({code}) => {
      end(notSignedIn.includes(code) ? 'auth_expired' : 'interrupted');
    });
    socket.addEventListener('error', close);
    signal.addEventListener('abort', close, {once: true});
    if (signal.aborted) close();
  } catch {
    // There are no sockets here, or the address is none, or one that the page's policy forbids.
    end('network');
  }
  return {
    close,
    send(text) {
      try {
        socket?.send(text);
      } catch {
        close();
      }
    },
  };
}
