/** Runs the same tests against the embedded database and against a real server. */
import {after, before, describe, it} from 'node:test';

import {migrate, openServer, type Database} from '../../../demo/backend/database.js';
import {openFresh} from './embedded.js';
import {startPostgres} from './postgres.js';

/** @param tests gets the way to the database, which is open while the tests run */
export function onEachDatabase(name: string, tests: (database: () => Database) => void) {
  describe(`${name}, embedded`, () => {
    let database: Database;
    before(async () => {
      database = await openFresh();
      await migrate(database);
    });
    after(() => database.close());
    tests(() => database);
  });

  describe(`${name}, Postgres server`, async () => {
    const server = await startPostgres();
    if ('missing' in server) {
      console.log(`skipped on a Postgres server: ${server.missing}`);
      it('runs where there is one', {skip: server.missing});
      return;
    }
    const {url, stop} = server;
    const database = openServer(url);
    before(() => migrate(database));
    after(async () => {
      await database.close();
      await stop();
    });
    tests(() => database);
  });
}
