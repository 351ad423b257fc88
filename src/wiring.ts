/** Joins the conversation with the platform it runs on: clock, ids, hash, web storage. Who calls it brings the guard. */
import {chatError, ChatFailure} from './core/errors.js';
import type {ChatOptions, Guard} from './core/options.js';
import type {Ports} from './core/ports.js';
import {createChat, type Chat} from './core/session.js';
import {persist} from './storage/persist.js';
import {storageName} from './storage/keys.js';
import {webStorage, type StorageMode} from './storage/web-storage.js';

export interface HeadlessOptions extends Pick<
  ChatOptions,
  'transport' | 'piiPolicy' | 'terms' | 'signIn' | 'isPersonal' | 'context'
> {
  /** BCP 47, or how to find it at the time of a call; English when it is not given. */
  readonly locale?: string | (() => string);
  /** Where the conversation is kept on the device after the person has accepted. `none` when it is not given. */
  readonly storage?: StorageMode;
  /** Tells two chats of one site apart. */
  readonly storageKey?: string;
}

export interface HeadlessChat extends Chat {
  /** Where what is kept on the device is kept, and under which name. */
  readonly storage: StorageMode;
  readonly storageName: string;
  /** Writes what is to be kept now, without waiting for a pause. */
  flush(): void;
  /** Whether it is in step with other tabs: off while it is not on the page, so that the page can forget it. */
  listen(on: boolean): void;
}

export function wireChat(options: HeadlessOptions, guard: Guard): HeadlessChat {
  const {storage = 'none', storageKey = options.transport.id, locale = 'en', ...rest} = options;
  const chat = createChat({
    ...rest,
    ...guard,
    locale: typeof locale === 'string' ? () => locale : locale,
    ports: platform,
    // A tab that goes on after a reload is the chat itself, which the terms speak of; what outlives the tab is asked about.
    keepsOnDevice: storage === 'session',
  });
  const name = storageName(storageKey);
  // Where nothing is kept, nothing is written out to be kept.
  const kept = storage === 'none' ? undefined : persist(chat, webStorage(storage), name);
  let isListening = false;
  let unshare = () => {};
  const listen = (on: boolean) => {
    isListening = on;
    unshare();
    unshare = () => {};
    if (!on) return;
    import('./storage/tabs.js').then(
      ({shareTabs}) => {
        if (isListening) unshare = shareTabs(chat, name);
      },
      // Each tab then stands for itself; the backend still knows what was accepted and which ticket it has.
      () => {},
    );
  };
  listen(true);
  return {
    ...chat,
    storage,
    storageName: name,
    flush: () => kept?.flush(),
    listen,
    // Writes nothing more: a chat that is switched off must not. Who wants the last words kept flushes first.
    dispose() {
      kept?.stop();
      listen(false);
      chat.dispose();
    },
  };
}

export const platform: Ports = {
  // Missing, like the hash below, on pages over plain http, where the gate stays shut; some pages take it away.
  newId: () =>
    crypto.randomUUID?.() ??
    '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
      (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (Number(digit) / 4)))).toString(16),
    ),
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
  async alone(name, work) {
    let isBegun = false;
    try {
      // A tab that dies lets go. The news of the one before comes as a message, which may be behind.
      return await navigator.locks.request(`tillit-chat:${name}`, async () => {
        await new Promise((heard) => {
          setTimeout(heard, 50);
        });
        isBegun = true;
        return work();
      });
    } catch (error) {
      // Locks are for pages on https, with an origin.
      if (isBegun) throw error;
      return work();
    }
  },
  async sha256(text) {
    // Pages on plain http have no WebCrypto: without a hash there is no proof, and without proof no chat.
    if (!globalThis.crypto?.subtle) throw new ChatFailure(chatError('unsupported'));
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};
