import type {SocketLike} from '../../src/transports/socket.js';
import {settled} from './manual-clock.js';

type Listener = (event: {readonly data: unknown; readonly code?: number}) => void;
type Message = Readonly<Record<string, unknown>>;

/** Sockets whose other side is the test. */
export function manualSockets() {
  const sockets: ManualSocket[] = [];

  class ManualSocket implements SocketLike {
    readonly #listeners: Record<string, Listener[]> = {};
    readonly url: string;
    readonly sent: Message[] = [];
    isClosed = false;

    constructor(url: string) {
      this.url = url;
      sockets.push(this);
    }

    addEventListener(type: string, listener: Listener) {
      (this.#listeners[type] ??= []).push(listener);
    }

    send(text: string) {
      this.sent.push(JSON.parse(text) as Message);
    }

    close() {
      this.isClosed = true;
    }

    open() {
      return this.emit('open');
    }

    /** Says these to us; texts go as they are. */
    async say(...messages: readonly unknown[]) {
      for (const message of messages) {
        await this.emit('message', typeof message === 'string' ? message : JSON.stringify(message));
      }
    }

    break(code?: number) {
      return this.emit('close', undefined, code);
    }

    emit(type: string, data?: unknown, code?: number) {
      for (const listener of this.#listeners[type] ?? []) listener({data, ...(code !== undefined && {code})});
      return settled();
    }
  }

  return {
    WebSocket: ManualSocket,
    sockets,
    last: () => {
      const socket = sockets.at(-1);
      if (!socket) throw new Error('no socket was opened');
      return socket;
    },
  };
}
