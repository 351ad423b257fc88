/**
 * When to try a refused or failed call again: at most three times, with full jitter, and never after a wait that a
 * person would not sit through. Only for calls of which no byte has been answered yet; see `request.ts`.
 */
const MAX_RETRIES = 3;
const LONGEST_WAIT_MS = 60_000;
const LEAST_WAIT_MS = 500;
const LARGEST_JITTER_MS = 8_000;

const statuses: readonly number[] = [408, 429, 502, 503, 504];

/** Whether this HTTP status says "not now" rather than "no". 500 is not among them: the backend may have half acted. */
export const isRetryStatus = (status: number) => statuses.includes(status);

/**
 * @param retries how often the call was tried again already
 * @param retryAfterMs what the backend asked for, if it did
 * @param random from 0 to 1
 * @returns how long to wait, in milliseconds; `undefined` when the call should not be tried again.
 */
export function retryWaitMs(retries: number, retryAfterMs: number | undefined, random: number): number | undefined {
  const asked = retryAfterMs ?? 0;
  // Nothing comes of it: better that the person knows at once, and chooses.
  if (globalThis.navigator?.onLine === false) return undefined;
  if (retries >= MAX_RETRIES || asked > LONGEST_WAIT_MS) return undefined;
  const cap = Math.min(LARGEST_JITTER_MS, 2_000 * 2 ** retries);
  return Math.max(asked, LEAST_WAIT_MS + random * (cap - LEAST_WAIT_MS));
}
