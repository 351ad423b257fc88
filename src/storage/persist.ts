import type {Chat} from '../core/session.js';
import {openTurn, type ChatState} from '../core/state.js';
import {fromSnapshot, toSnapshot} from './snapshot.js';
import type {SafeStorage} from './web-storage.js';

/** What is typed is stored within this time. */
const delayMs = 300;

export interface Persistence {
  /** Writes what has changed now: the page is about to go. */
  flush(): void;
  /** Stops following; what is stored stays. */
  stop(): void;
}

/** Restores the chat from its snapshot and keeps the snapshot in step from then on; forgets it when the acceptance goes. */
export function persist(chat: Chat, storage: SafeStorage, key: string): Persistence {
  const stored = storage.read(key);
  const restored = stored === undefined ? undefined : fromSnapshot(stored);
  if (restored) chat.store.dispatch({type: 'restored', state: restored});
  else if (stored !== undefined) storage.remove(key);

  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = stored;
  let isStopped = false;
  const flush = () => {
    if (isStopped) return;
    clearTimeout(timer);
    timer = undefined;
    const snapshot = toSnapshot(chat.store.get());
    if (snapshot === written) return;
    if (snapshot === undefined) storage.remove(key);
    else storage.write(key, snapshot);
    written = snapshot;
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
