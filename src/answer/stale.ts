const DAY_MS = 86_400_000;

/**
 * Whether a source has not changed for so long that a reader should be told.
 *
 * @param updated ISO 8601 date; without one, or with what is none, nothing is known
 * @param afterDays `undefined` means never
 */
export const isStale = (updated: string | undefined, afterDays: number | undefined, nowMs: number): boolean =>
  afterDays !== undefined && nowMs - Date.parse(updated ?? '') > afterDays * DAY_MS;
