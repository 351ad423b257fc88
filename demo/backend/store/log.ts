/**
 * Log data: what was called, how it ended and how long it took. Collected in memory and written in batches, so that
 * no answer waits for it.
 */
import type {Database} from '../database.js';

export interface LogEntry {
  readonly at: Date;
  readonly requestId: string;
  readonly userId: string | undefined;
  /** A route or an event by its pattern, such as `POST /messages`: never with a value in it. */
  readonly what: string;
  readonly status: number;
  readonly ms: number;
  readonly code: string | undefined;
}

export interface Log {
  add(entry: LogEntry): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
}

const WRITE_AFTER_MS = 1000;
/** More than this waits only when the database cannot be reached; then the newest are dropped. */
const MOST_WAITING = 10_000;

export function createLog(database: Database): Log {
  let waiting: LogEntry[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function flush() {
    clearTimeout(timer);
    timer = undefined;
    const entries = waiting;
    waiting = [];
    if (entries.length === 0) return;
    await database.query(
      `insert into log (at, request_id, user_id, what, status, ms, code)
       select * from unnest($1::timestamptz[], $2::text[], $3::uuid[], $4::text[], $5::int[], $6::int[], $7::text[])`,
      [
        entries.map(({at}) => at.toISOString()),
        entries.map(({requestId}) => requestId),
        entries.map(({userId}) => userId ?? null),
        entries.map(({what}) => what),
        entries.map(({status}) => status),
        entries.map(({ms}) => Math.round(ms)),
        entries.map(({code}) => code ?? null),
      ],
    );
  }

  return {
    add(entry) {
      if (waiting.length < MOST_WAITING) waiting.push(entry);
      timer ??= setTimeout(() => {
        flush().catch((error: Error) => console.error(`log: ${error.name}, entries lost`));
      }, WRITE_AFTER_MS).unref();
    },
    flush,
  };
}
