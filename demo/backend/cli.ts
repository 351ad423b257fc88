/**
 * `npm run backend -- COMMAND`. With an embedded database it asks the running server, if there is one;
 * otherwise it opens the database itself.
 */
import {runCommand, USAGE} from './commands.js';
import {readSetup, SetupError} from './config.js';
import {askRunning, claim} from './control.js';
import {migrate, openEmbedded, openServer, type Database} from './database.js';

async function main() {
  const setup = readSetup(process.argv.slice(2), process.env);
  const {words, options, dataFolder, databaseUrl, retentionMonths, humans} = setup;
  if (words.length === 0) {
    console.log(USAGE);
    return;
  }
  const answer = databaseUrl === undefined ? await askRunning(dataFolder, {words, options}) : undefined;
  if (answer !== undefined) {
    console.log(answer);
    return;
  }
  const held = databaseUrl === undefined ? await claim(dataFolder) : undefined;
  if (databaseUrl === undefined && !held) throw new SetupError(`another process is using ${dataFolder}`);
  const database: Database =
    databaseUrl === undefined ? await openEmbedded(`${dataFolder}/postgres`) : openServer(databaseUrl);
  try {
    await migrate(database);
    console.log(await runCommand({words, options}, {database, retentionMonths, humans, now: new Date()}));
  } finally {
    await database.close();
    await held?.release();
  }
}

main().then(
  // The embedded database keeps the process alive otherwise.
  () => process.exit(0),
  (error: Error) => {
    console.error(error instanceof SetupError ? error.message : `failed: ${error.message}`);
    process.exit(1);
  },
);
