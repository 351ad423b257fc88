/**
 * The demo on one port: the backend under `/api`, the built scripts under `/dist`, the help centre's pages, and the
 * demo pages. Prints one line when it is ready; Ctrl-C ends it cleanly.
 */
import type {Server} from 'node:http';
import {setTimeout as delay} from 'node:timers/promises';

import {createAdaptorServer} from '@hono/node-server';
import {Hono} from 'hono';

import {relayFrom} from '../relays/from-environment.js';
import {handOn} from '../relays/hand-on.js';
import {createBackend, type Backend} from './app.js';
import {runCommand} from './commands.js';
import {readSetup, ROOT, SetupError, type Setup} from './config.js';
import {claim, type Claim} from './control.js';
import {openEmbedded, openServer, type Database} from './database.js';
import {helpPages} from './help-pages.js';
import {readArticles} from './search/articles.js';
import {serveFile, type Mount} from './static.js';

const DAY_MS = 86_400_000;
/** Ctrl-C must not take longer than a person waits. */
const MOST_CLOSING_MS = 1800;
/** How long readers may take to read the last event. */
const MOST_LEAVING_MS = 500;

const mounts: readonly Mount[] = [
  {at: '/dist/cdn/', folder: `${ROOT}dist/cdn`, isShared: true},
  {at: '/dist/npm/', folder: `${ROOT}dist/npm`, isShared: true},
  {at: '/spa/', folder: `${ROOT}dist/demo-spa`, fallback: 'index.html'},
  {at: '/privacy/', folder: `${ROOT}dist/demo-privacy`},
  {at: '/', folder: `${ROOT}demo`, closed: ['backend', 'help-center', 'spa', 'privacy']},
];

/** How to close what has been opened, newest first. */
const closers: (() => unknown)[] = [];

async function main() {
  const setup = readSetup(process.argv.slice(2), process.env);
  let app!: (made: Hono) => void;
  const ready = new Promise<Hono>((resolve) => {
    app = resolve;
  });
  // Listening comes first, so that a taken port is known at once; requests wait until the rest is there.
  const server = createAdaptorServer({fetch: async (request, env) => (await ready).fetch(request, env)}) as Server;
  const port = await listen(server, setup);
  const {backend, site} = await createSite(setup);
  closers.unshift(async () => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    // Readers are told that their answers end before their connections do.
    await backend.close();
    server.closeIdleConnections();
    await Promise.race([closed, delay(MOST_LEAVING_MS)]);
    server.closeAllConnections();
  });
  const purge = () => backend.purge().catch((error: Error) => console.error(`purge: ${error.name}`));
  await purge();
  setInterval(() => void purge(), DAY_MS).unref();
  app(site);
  const shown = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(setup.host) ? 'localhost' : setup.host;
  console.log(`Tillit Chat demo: http://${shown}:${port}/`);
}

async function createSite(setup: Setup) {
  const articles = await readArticles(setup.articlesFolder).catch((error: Error) => {
    throw new SetupError(`cannot read the articles: ${error.message}`);
  });
  const relay = await ticketRelay();
  const {database, held} = await openDatabase(setup);
  const backend: Backend = await createBackend({
    database,
    articles,
    ...(setup.openai && {answerer: setup.openai}),
    ...(setup.siteUrl !== undefined && {siteUrl: setup.siteUrl}),
    enabled: setup.isEnabled,
    paceMs: setup.paceMs,
    retentionMonths: setup.retentionMonths,
    perMinute: setup.perMinute,
    origins: setup.origins,
    trustProxy: setup.trustProxy,
    requireReceipt: setup.requireReceipt,
    humans: setup.humans,
    ...(setup.piiPolicy && {piiPolicy: setup.piiPolicy}),
    signIn: setup.signIn,
    ...(relay && {onTicket: (ticket) => void relay(ticket)}),
  });
  held?.serve((request) =>
    runCommand(request, {database, retentionMonths: setup.retentionMonths, humans: setup.humans, now: new Date()}),
  );

  // Not strict: a help page is the same with and without a slash at the end.
  const site = new Hono({strict: false});
  site.route('/', backend.app);
  site.route('/help-center', helpPages(articles));
  site.on(['GET', 'HEAD'], '*', async (c) => (await serveFile(mounts, c.req.raw)) ?? c.text(notFound(c.req.path), 404));
  return {backend, site};
}

async function ticketRelay() {
  const relay = await relayFrom(process.env).catch((error: Error) => {
    throw new SetupError(error.message);
  });
  return relay && handOn(relay, {log: (line) => console.log(line)});
}

const notFound = (path: string) =>
  ['/dist/', '/spa/', '/privacy/'].some((built) => path.startsWith(built))
    ? 'Not found. Has `npm run build` been run?'
    : 'Not found.';

async function openDatabase({databaseUrl, dataFolder}: Setup): Promise<{database: Database; held: Claim | undefined}> {
  if (databaseUrl !== undefined) {
    const database = openServer(databaseUrl);
    closers.unshift(() => database.close());
    await database.query('select 1').catch((error: Error & {code?: string}) => {
      throw new SetupError(`cannot reach the database that DATABASE_URL names (${error.code ?? error.name})`);
    });
    return {database, held: undefined};
  }
  const held = await claim(dataFolder);
  if (!held)
    throw new SetupError(
      `${dataFolder} is used by another process; stop it, or set TILLIT_DATA or --data to another folder`,
    );
  closers.unshift(() => held.release());
  const database = await openEmbedded(`${dataFolder}/postgres`);
  closers.unshift(() => database.close());
  return {database, held};
}

function listen(server: Server, {port, host}: Setup) {
  return new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new SetupError(`Port ${port} is already in use. Set PORT to use another one, such as PORT=${port + 1}.`)
          : new SetupError(`cannot listen on ${host}:${port} (${error.code ?? error.name})`),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** One Ctrl-C may arrive twice: from the terminal, and from the npm that started us. */
const ECHO_MS = 500;

let closingSince: number | undefined;
async function close(code: number): Promise<void> {
  if (closingSince !== undefined) {
    // A second Ctrl-C means it.
    if (performance.now() - closingSince > ECHO_MS) process.exit(1);
    return;
  }
  closingSince = performance.now();
  setTimeout(() => process.exit(1), MOST_CLOSING_MS).unref();
  for (const closer of closers) await closer();
  process.exit(code);
}

process.on('SIGINT', () => void close(0));
process.on('SIGTERM', () => void close(0));
main().catch((error: Error) => {
  console.error(error instanceof SetupError ? error.message : `Could not start: ${error.message}`);
  void close(1);
});
