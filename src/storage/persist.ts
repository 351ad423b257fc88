import type {Chat} from '../core/session.js';
import {openTurn, type ChatState} from '../core/state.js';
import {conversationKey, draftKey} from './keys.js';
import {fromSnapshot, hasSameSnapshot, mayKeepWords, toSnapshot} from './snapshot.js';
import type {SafeStorage} from './web-storage.js';

/** What is typed is stored within this time. */
const delayMs = 300;

/** Nothing is kept for longer than a vendor may promise: a year after the terms were accepted, they are asked for again. */
const longestMs = 365 * 86_400_000;

export interface Persistence {
  /** Writes what has changed now: the page is about to go. */
  flush(): void;
  /** Stops following; what is stored stays. */
  stop(): void;
}

/**
 * Restores the chat from its snapshot and keeps the snapshot in step from then on; forgets it when the acceptance goes.
 * The draft has a key of its own: it changes with every key press, and a long conversation takes a while to write.
 */
export function persist(chat: Chat, storage: SafeStorage, name: string): Persistence {
  const [key, typedKey] = [conversationKey(name), draftKey(name)];
  const remove = () => {
    storage.remove(key);
    storage.remove(typedKey);
  };
  const stored = storage.read(key);
  const restored = stored === undefined ? undefined : fromSnapshot(stored, Date.now() - longestMs);
  let draft = storage.read(typedKey) ?? '';
  const tell = (keeping: ChatState['keeping']) => chat.store.dispatch({type: 'restored', state: {keeping}});
  if (restored) chat.store.dispatch({type: 'restored', state: {...restored, draft}});
  else if (stored !== undefined) {
    remove();
    tell('dropped');
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  let written: ChatState | undefined = restored && chat.store.get();
  let isStopped = false;
  const flush = () => {
    if (isStopped) return;
    clearTimeout(timer);
    timer = undefined;
    const state = chat.store.get();
    if (!state.acceptance) {
      if (written) remove();
      written = undefined;
      draft = '';
      return;
    }
    if (!(written && hasSameSnapshot(state, written))) {
      const isKept = storage.write(key, toSnapshot(state)!);
      if (isKept) written = state;
      if (isKept === (state.keeping === 'failed')) tell(isKept ? undefined : 'failed');
    }
    const typed = mayKeepWords(state) ? state.draft : '';
    if (!written || typed === draft) return;
    draft = typed;
    if (draft === '') storage.remove(typedKey);
    else storage.write(typedKey, draft);
  };
  let before = underWay(chat.store.get());
  const unfollow = chat.store.subscribe((state) => {
    const now = underWay(state);
    // Taken back is gone at once, not after the pause; and a key is stored before it is sent, so that a page that dies
    // on the way asks again with the same.
    if (!state.acceptance || now !== before) flush();
    else timer ??= setTimeout(flush, delayMs);
    before = now;
  });
  return {
    flush,
    stop() {
      // Another chat may have the place by now, or the person may have taken everything back there.
      isStopped = true;
      clearTimeout(timer);
      unfollow();
    },
  };
}

/** What is on its way to the backend. */
const underWay = (state: ChatState) => openTurn(state)?.id + state.ticket.phase;
