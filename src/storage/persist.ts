import type {Chat} from '../core/session.js';
import {openTurn, type ChatState} from '../core/state.js';
import {fromSnapshot, hasSameSnapshot, toSnapshot} from './snapshot.js';
import type {SafeStorage} from './web-storage.js';

/** What is typed is stored within this time. */
const delayMs = 300;

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
export function persist(chat: Chat, storage: SafeStorage, key: string): Persistence {
  const draftKey = `${key}:draft`;
  const remove = () => {
    storage.remove(key);
    storage.remove(draftKey);
  };
  const stored = storage.read(key);
  const restored = stored === undefined ? undefined : fromSnapshot(stored);
  let draft = storage.read(draftKey) ?? '';
  if (restored) chat.store.dispatch({type: 'restored', state: {...restored, draft}});
  else if (stored !== undefined) remove();

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
    if (!(written && hasSameSnapshot(state, written)) && storage.write(key, toSnapshot(state)!)) written = state;
    if (!written || state.draft === draft) return;
    draft = state.draft;
    if (draft === '') storage.remove(draftKey);
    else storage.write(draftKey, draft);
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
