/** What arrives by itself, kept in order until it is asked for. */
import type {Call} from './call.js';

export interface Mailbox<Item> {
  put(item: Item): void;
  /** The next item; `undefined` when none has come after `ms`. Rejects as soon as the call ends. */
  take(call: Call, ms: number): Promise<Item | undefined>;
}

export function mailbox<Item>(): Mailbox<Item> {
  const items: Item[] = [];
  let wake = () => {};
  return {
    put(item) {
      items.push(item);
      wake();
    },
    async take(call, ms) {
      if (items.length === 0) {
        const arrival = () => new Promise<void>((resolve) => (wake = resolve));
        await call.limit(ms, arrival, 'timeout').catch(() => {});
        call.signal.throwIfAborted();
      }
      return items.shift();
    },
  };
}

/** Waits. Rejects as soon as the call ends. */
export async function pause(call: Call, ms: number): Promise<void> {
  await mailbox().take(call, ms);
}
