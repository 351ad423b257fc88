/**
 * A WebSocket as a mailbox of texts. Whatever ends it (the network, the other side, a message that is no text or has
 * more than `MAX_MESSAGE_CHARS`) is one last item that says why; an address it cannot be opened at is too.
 */
import type {ErrorCode} from '../core/errors.js';
import {mailbox, type Mailbox} from './mailbox.js';

const MAX_MESSAGE_CHARS = 2 ** 20;

/** The part of the standard's `WebSocket` that is used, which the `ws` package has too. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: {readonly data: unknown}) => void): void;
}

export type SocketConstructor = new (url: string) => SocketLike;

export type Mail = {readonly text: string} | {readonly opened: true} | {readonly ended: ErrorCode};

export interface Socket extends Mailbox<Mail> {
  /** Lost when the socket has ended meanwhile; its mailbox says so. */
  send(text: string): void;
  close(): void;
}

/** @param signal ends it */
export function openSocket(WebSocket: SocketConstructor, url: string, signal: AbortSignal): Socket {
  const box = mailbox<Mail>();
  let socket: SocketLike | undefined;
  const end = (ended: ErrorCode) => {
    if (!socket) return;
    const closing = socket;
    socket = undefined;
    box.put({ended});
    closing.close();
  };
  const close = () => {
    end('interrupted');
  };
  try {
    socket = new WebSocket(url);
    socket.addEventListener('open', () => {
      box.put({opened: true});
    });
    socket.addEventListener('message', ({data}) => {
      if (!socket) return;
      if (typeof data === 'string' && data.length <= MAX_MESSAGE_CHARS) box.put({text: data});
      else end('protocol');
    });
    socket.addEventListener('close', close);
    socket.addEventListener('error', close);
    signal.addEventListener('abort', close, {once: true});
    if (signal.aborted) close();
  } catch {
    // An address that is none, or one that the page's policy forbids.
    box.put({ended: 'network'});
  }
  return {
    ...box,
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
