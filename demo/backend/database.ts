/**
 * The one way to the data: Postgres by SQL. Embedded (PGlite, Postgres in this process) by default,
 * a real server when there is a URL. Same migrations, same queries.
 *
 * Both drivers must give the same values, so queries cast counts to `int` and keep calendar dates as text.
 */
import {mkdir, readdir, readFile} from 'node:fs/promises';

import {PGlite, type Transaction} from '@electric-sql/pglite';
import {pg_trgm} from '@electric-sql/pglite/contrib/pg_trgm';
import pg from 'pg';

export interface Queryable {
  /** Rows are typed by the caller: what a query returns is decided by its own `select`. */
  query<Row extends object = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Several statements without parameters. */
  script(sql: string): Promise<void>;
}

export interface Database extends Queryable {
  /** All or nothing: what throws inside leaves no trace. */
  transaction<Result>(work: (tx: Queryable) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Postgres inside this process. Without a folder it lives in memory. One process at a time: see `control.ts`. */
export async function openEmbedded(folder?: string): Promise<Database> {
  if (folder !== undefined) await mkdir(folder, {recursive: true});
  const lite = await PGlite.create({...(folder !== undefined && {dataDir: folder}), extensions: {pg_trgm}});
  const over = (target: PGlite | Transaction): Queryable => ({
    async query<Row extends object>(sql: string, parameters: readonly unknown[] = []) {
      return (await target.query<Row>(sql, [...parameters])).rows;
    },
    async script(sql) {
      await target.exec(sql);
    },
  });
  return {
    ...over(lite),
    transaction: (work) => lite.transaction((tx) => work(over(tx))),
    close: () => lite.close(),
  };
}

/** A Postgres server, version 15 or later, with the `pg_trgm` extension at hand. */
export function openServer(url: string): Database {
  const pool = new pg.Pool({connectionString: url, max: 10});
  // A connection that breaks while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', (error) => console.error(`database: ${error.name}`));
  const over = (target: pg.Pool | pg.PoolClient): Queryable => ({
    async query<Row extends object>(sql: string, parameters: readonly unknown[] = []) {
      return (await target.query<Row>(sql, [...parameters])).rows;
    },
    async script(sql) {
      await target.query(sql);
    },
  });
  async function transaction<Result>(work: (tx: Queryable) => Promise<Result>) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(over(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }
  return {...over(pool), transaction, close: () => pool.end()};
}

const MIGRATIONS = new URL('./migrations/', import.meta.url);
/** Any number, the same in every process: it makes processes that start together wait for each other. */
const MIGRATION_LOCK = 7_455_481;

/** Brings the database to the newest form. Migrations are numbered, run once, in order, all or nothing. */
export async function migrate(database: Database) {
  const files = (await readdir(MIGRATIONS)).filter((name) => /^\d{3}-.*\.sql$/.test(name)).sort();
  await database.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await tx.script(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const applied = new Set((await tx.query<{name: string}>('select name from migrations')).map(({name}) => name));
    for (const name of files.filter((file) => !applied.has(file))) {
      await tx.script(await readFile(new URL(name, MIGRATIONS), 'utf8'));
      await tx.query('insert into migrations (name) values ($1)', [name]);
    }
  });
}
