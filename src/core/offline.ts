/**
 * A question that did not reach the backend waits, and goes by itself once there is a network again, where the person
 * wants it to. That is in the turn (`waitsUntilMs`), so that it ends with it: stopped, edited, withdrawn, another page.
 * Whether it may leave is asked again each time, by `retry`.
 */
import type {Chat} from './chat.js';

/** So long after they have said so, a person still waits for the answer. */
export const patienceMs = 120_000;
const firstTryMs = 5_000;

export interface Network {
  /** Whether the device says that it has one. It may lead nowhere all the same. */
  isThere(): boolean;
  /** Resolves when it comes or goes, after the time, or as soon as the signal aborts. */
  change(ms: number, signal: AbortSignal): Promise<void>;
  /** Milliseconds since the epoch. */
  nowMs(): number;
}

/** Asks again, under the same key, as soon as it can be within two minutes. Resolves when that is over, however it ended. */
export async function sendWhenBack(chat: Chat, turnId: string, network: Network): Promise<void> {
  const {store} = chat;
  // Who goes on with another question does not wait for this one.
  const turn = () =>
    store
      .get()
      .turns.slice(-1)
      .find(({id}) => id === turnId);
  const beganMs = network.nowMs();
  const untilMs = beganMs + patienceMs;
  store.dispatch({type: 'waits', turnId, untilMs});

  for (;;) {
    const givenUp = new AbortController();
    const isOurs = () => turn()?.waitsUntilMs === untilMs;
    const unfollow = store.subscribe(() => {
      if (!isOurs()) givenUp.abort();
    });
    const isThere = network.isThere();
    const nowMs = network.nowMs();
    // Where the device knows of no network, there is nothing to try; a network that leads nowhere says so only when tried.
    const pauseMs = isThere ? firstTryMs + (nowMs - beganMs) / 2 : untilMs;
    if (isOurs()) await network.change(Math.max(0, Math.min(pauseMs, untilMs - nowMs)), givenUp.signal);
    unfollow();
    if (!isOurs()) return;
    if (network.nowMs() >= untilMs) return leave(chat, turnId);
    if (!network.isThere()) continue;
    await chat.retry(turnId);
    const after = turn();
    if (after?.phase !== 'failed' || after.error?.code !== 'network') return;
    store.dispatch({type: 'waits', turnId, untilMs});
  }
}

/** The question waits on, for the person to send it. */
export const leave = ({store}: Chat, turnId: string) => store.dispatch({type: 'waits', turnId, untilMs: undefined});
