/**
 * Reads an HTTP `Retry-After` header (RFC 9110 §10.2.3): seconds, or a date. Some backends tell the same wait more exactly
 * in `Retry-After-Ms`, which wins.
 *
 * @param value the header, or `null` when it is absent
 * @param nowMs the clock, in milliseconds since the epoch
 * @returns the wait in milliseconds, never negative; `undefined` when the value is neither form.
 */
export function retryAfterMs(value: string | null, nowMs: number, exact: string | null = null): number | undefined {
  if (exact && /^\d{1,12}$/.test(exact)) return Number(exact);
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // Date.parse alone reads "-5" as a year; every form of HTTP date begins with the day's name.
  const dateMs = /^[A-Z][a-z]+,? /.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
