/** The byte-exact streams of other protocols beside the checkout, with what must come of them. Node only. */
import {existsSync, readFileSync} from 'node:fs';

const folder = new URL('../../../shared/data/protocols/', import.meta.url);

/** For `{skip}`. */
export const noRecordings = existsSync(folder) ? false : 'the shared recordings are not beside this checkout';

export interface Recording {
  readonly name: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly expected: Expected;
}

export interface Expected {
  readonly events: number;
  readonly statuses: number;
  readonly cites: number;
  readonly text: string;
  readonly sources: readonly Readonly<Record<string, unknown>>[];
  readonly suggestions: readonly {readonly text: string; readonly url?: string}[];
  readonly terminal: {
    readonly finish?: string;
    readonly rateable?: boolean;
    readonly error?: {readonly code: string; readonly retryAfterMs?: number};
  };
  readonly session?: unknown;
  readonly handoff?: boolean;
  readonly retracted?: string;
}

/** Those whose names begin like this; none when the folder is not there. */
export function recordings(prefix: string): Recording[] {
  if (noRecordings) return [];
  const all = JSON.parse(readFileSync(new URL('EXPECTED.json', folder), 'utf8')) as Record<string, Expected>;
  return Object.entries(all)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, expected]) => {
      const meta = JSON.parse(readFileSync(new URL(`${name}.meta.json`, folder), 'utf8')) as Recording;
      const bytes = new Uint8Array(readFileSync(new URL(`${name}.txt`, folder)));
      return {name, expected, bytes, status: meta.status, headers: meta.headers};
    });
}
