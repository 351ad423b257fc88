/**
 * A simple limit per process: so many calls a minute under one key. Enough against a script that runs wild; a vendor
 * with several processes puts a shared limit in front.
 */
import {Problem} from './problem.js';

const WINDOW_MS = 60_000;
const MOST_KEYS = 10_000;

export interface RateLimit {
  /** @throws Problem `rate_limited`, with the wait, when the key has used up its minute. */
  take(key: string, perMinute: number): void;
}

export function createRateLimit(clock: () => Date): RateLimit {
  const windows = new Map<string, {endsAtMs: number; left: number}>();
  return {
    take(key, perMinute) {
      const nowMs = clock().getTime();
      let window = windows.get(key);
      if (!window || window.endsAtMs <= nowMs) {
        if (windows.size >= MOST_KEYS) forgetOver(windows, nowMs);
        windows.set(key, (window = {endsAtMs: nowMs + WINDOW_MS, left: perMinute}));
      }
      if (window.left === 0) throw new Problem(429, 'rate_limited', {retryAfterMs: window.endsAtMs - nowMs});
      window.left -= 1;
    },
  };
}

function forgetOver(windows: Map<string, {endsAtMs: number}>, nowMs: number) {
  for (const [key, {endsAtMs}] of windows) if (endsAtMs <= nowMs) windows.delete(key);
  // All of them open: someone makes keys up. Starting over is better than growing.
  if (windows.size >= MOST_KEYS) windows.clear();
}
