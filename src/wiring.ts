/** Joins the conversation with the platform it runs on: clock, ids, hash, web storage. Who calls it brings the guard. */
import {chatError, ChatFailure} from './core/errors.js';
import type {ChatOptions, Guard} from './core/options.js';
import type {Ports} from './core/ports.js';
import {createChat, type Chat} from './core/session.js';
import {persist} from './storage/persist.js';
import {webStorage, type StorageMode} from './storage/web-storage.js';

export interface HeadlessOptions extends Pick<ChatOptions, 'transport' | 'piiPolicy' | 'terms' | 'signIn' | 'context'> {
  /** BCP 47, or how to find it at the time of a call; English when it is not given. */
  readonly locale?: string | (() => string);
  /** Where the conversation is kept on the device after the person has accepted. `none` when it is not given. */
  readonly storage?: StorageMode;
  /** Tells two chats of one site apart. */
  readonly storageKey?: string;
}

export interface HeadlessChat extends Chat {
  /** Writes what is to be kept now, without waiting for a pause. */
  flush(): void;
}

export function wireChat(options: HeadlessOptions, guard: Guard): HeadlessChat {
  const {storage = 'none', storageKey = options.transport.id, locale = 'en', ...rest} = options;
  const chat = createChat({
    ...rest,
    ...guard,
    locale: typeof locale === 'string' ? () => locale : locale,
    ports: platform,
  });
  const kept = persist(chat, webStorage(storage), `tillit-chat:${storageKey}`);
  return {
    ...chat,
    flush: kept.flush,
    // Writes nothing more: a chat that is switched off must not. Who wants the last words kept flushes first.
    dispose() {
      kept.stop();
      chat.dispose();
    },
  };
}

const platform: Ports = {
  // Missing, like the hash below, on pages over plain http, where the gate stays shut.
  newId: () => crypto.randomUUID(),
  nowMs: () => Date.now(),
  random: () => Math.random(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        {once: true},
      );
    }),
  async sha256(text) {
    // Pages on plain http have no WebCrypto: without a hash there is no proof, and without proof no chat.
    if (!globalThis.crypto?.subtle) throw new ChatFailure(chatError('unsupported'));
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};
