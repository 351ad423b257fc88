import type {Clock} from '../../src/transports/clock.js';

export interface ManualClock extends Clock {
  /** How many timers are set now. */
  readonly pending: number;
  /** Lets time pass; what is due runs in order. */
  pass(ms: number): Promise<void>;
}

/** Lets everything that is ready to run do so. */
export const settled = () =>
  new Promise<void>((done) => {
    setTimeout(done);
  });

/** A clock that stands still until the test moves it, and knows how many timers are left. */
export function manualClock(random = 0.5): ManualClock {
  const timers = new Set<{readonly atMs: number; readonly callback: () => void}>();
  let nowMs = Date.UTC(2026, 10, 20, 12);
  return {
    now: () => nowMs,
    random: () => random,
    after(ms, callback) {
      const timer = {atMs: nowMs + ms, callback};
      timers.add(timer);
      return () => timers.delete(timer);
    },
    get pending() {
      return timers.size;
    },
    async pass(ms) {
      await settled();
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].filter(({atMs}) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (!next) break;
        nowMs = Math.max(nowMs, next.atMs);
        timers.delete(next);
        next.callback();
        await settled();
      }
      nowMs = untilMs;
    },
  };
}
