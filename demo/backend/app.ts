/**
 * The reference backend as a Hono app: the native protocol `tillit/1` under `/api`.
 * It knows no files, ports or environment; `main.ts` gives it those.
 */
import {randomUUID} from 'node:crypto';

import {Hono} from 'hono';
import {matchedRoutes} from 'hono/route';
import type {Limits} from 'tillit-chat/core';
import {checkPolicy, type PiiPolicy} from 'tillit-chat/privacy';
import {loadAllPacks} from 'tillit-chat/privacy/packs';

import type {AnswerMaker} from './answers/answerer.js';
import {openaiAnswers, type OpenaiSettings} from './answers/openai.js';
import {searchAnswers} from './answers/search.js';
import type {Api, NewTicket, Services} from './api.js';
import {allowOrigins} from './cors.js';
import {migrate, type Database} from './database.js';
import {createGuard} from './guard.js';
import {languagesIn, locales, negotiate} from './locale.js';
import {Problem, problemResponse} from './problem.js';
import {createRateLimit} from './rate-limit.js';
import {acceptanceRoutes} from './routes/acceptances.js';
import {configRoutes} from './routes/config.js';
import {conversationRoutes} from './routes/conversations.js';
import {humanRoutes} from './routes/humans.js';
import {meRoutes} from './routes/me.js';
import {messageRoutes} from './routes/messages.js';
import {ticketRoutes} from './routes/tickets.js';
import {createSearch, type Search} from './search/find.js';
import {indexArticles} from './search/index-articles.js';
import type {Article} from './search/articles.js';
import {requireSignIn, type SignInSettings} from './sign-in.js';
import {createLog} from './store/log.js';
import {checkRetention, MAX_RETENTION_MONTHS, purge, type Purged} from './store/retention.js';
import {keepTerms} from './store/terms.js';
import {createStreams} from './streams.js';
import {readTerms, type Terms} from './terms/documents.js';

export interface BackendOptions {
  /** Opened by the caller, who also closes it. */
  readonly database: Database;
  /** The help centre, as `readArticles` gives it. */
  readonly articles: readonly Article[];
  /** Who answers. Without it, the articles are quoted. */
  readonly answerer?: AnswerMaker | OpenaiSettings;
  /** The vendor's terms. Without them, those in `terms/`. */
  readonly terms?: Terms;
  readonly clock?: () => Date;
  /** `false` turns the chat off for everyone. */
  readonly enabled?: boolean;
  /** The pause between two words of a quoted answer. */
  readonly paceMs?: number;
  /** 1 to 12. */
  readonly retentionMonths?: number;
  readonly limits?: Partial<Limits>;
  /** Questions and tickets a minute, per receipt; five times as many per address. 0 is no limit. */
  readonly perMinute?: number;
  /** Sites that may call from a browser, beside our own and localhost. */
  readonly origins?: readonly string[];
  /** What the detector blocks. The widget is told, so that it does the same. */
  readonly piiPolicy?: PiiPolicy;
  /** The address people see, when it is not the one of the request. */
  readonly siteUrl?: string;
  /** Whether the last address in `X-Forwarded-For` is the caller's. */
  readonly trustProxy?: boolean;
  /**
   * `false` lets calls about a conversation or a message leave out its owner's receipt (`Tillit-Receipt`): its
   * unguessable id opens it then. A receipt that is named must be the owner's in either case.
   */
  readonly requireReceipt?: boolean;
  /** The provider of people's tokens. Without it nobody signs in. */
  readonly signIn?: SignInSettings | undefined;
  /** Told of every ticket that was stored, once: the place to hand it on. */
  readonly onTicket?: (ticket: NewTicket) => void;
  readonly keepAliveMs?: number;
  /** Humans may join any conversation at any time, so every open chat listens for them. */
  readonly humans?: boolean;
}

export interface Backend {
  readonly app: Hono<Api>;
  readonly search: Search;
  /** Deletes what is older than the retention. */
  purge(): Promise<Purged>;
  /** Ends what is being answered and writes the last log data. The database stays open. */
  close(): Promise<void>;
}

const DEFAULT_LIMITS: Limits = {questionChars: 2000, commentChars: 1000, ticketChars: 5000};

/** Brings the database up to date, indexes the articles, and makes the app. */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  const {database, clock = () => new Date(), retentionMonths = MAX_RETENTION_MONTHS} = options;
  checkRetention(retentionMonths);
  if (options.piiPolicy) checkPolicy(options.piiPolicy);
  const terms = options.terms ?? (await readTerms());
  await migrate(database);
  await keepTerms(database, terms, clock());
  await indexArticles(database, options.articles);
  const search = createSearch(database);
  const log = createLog(database);
  const streams = createStreams({
    database,
    clock,
    onEnd({message, status, firstTextMs, totalMs}) {
      const entry = {at: clock(), requestId: message.id, userId: undefined, status: 200, code: status};
      log.add({...entry, what: 'answer', ms: totalMs});
      if (firstTextMs !== undefined) log.add({...entry, what: 'first word', ms: firstTextMs});
    },
  });
  const services: Services = {
    database,
    clock,
    terms,
    search,
    streams,
    answers: answersFrom(options, search),
    newId: randomUUID,
    guard: createGuard({packs: await loadAllPacks(), policy: options.piiPolicy}),
    rateLimit: createRateLimit(clock),
    log,
    onTicket: options.onTicket,
    settings: {
      enabled: options.enabled ?? true,
      limits: {...DEFAULT_LIMITS, ...options.limits},
      retentionMonths,
      piiPolicy: options.piiPolicy,
      perMinute: options.perMinute ?? 60,
      siteUrl: options.siteUrl,
      trustProxy: options.trustProxy ?? false,
      requireReceipt: options.requireReceipt ?? true,
      keepAliveMs: options.keepAliveMs ?? 15_000,
      humans: options.humans ?? false,
    },
  };

  const app = new Hono<Api>().basePath('/api');
  app.use(async (c, next) => {
    const startedAt = performance.now();
    c.set('requestId', randomUUID());
    const wishes = c.req.header('accept-language');
    c.set('locale', negotiate(wishes));
    c.set('languages', languagesIn(wishes));
    c.res.headers.set('x-request-id', c.var.requestId);
    c.res.headers.set('x-content-type-options', 'nosniff');
    await next();
    const code = c.error instanceof Problem ? c.error.code : undefined;
    // The pattern, not the address: addresses hold ids. What only the catch-all matches has no pattern of its own.
    const pattern = matchedRoutes(c).findLast(({path}) => !path.endsWith('*'))?.path ?? 'unknown';
    const what = `${c.req.method} ${pattern}`;
    log.add({
      at: clock(),
      requestId: c.var.requestId,
      userId: c.var.userId,
      what,
      status: c.res.status,
      ms: performance.now() - startedAt,
      code,
    });
  });
  app.use(allowOrigins(options.origins ?? []));
  app.use(requireSignIn(options.signIn, clock));
  app.route('/', configRoutes(services));
  app.route('/', acceptanceRoutes(services));
  app.route('/', messageRoutes(services));
  app.route('/', conversationRoutes(services));
  app.route('/', humanRoutes(services));
  app.route('/', ticketRoutes(services));
  app.route('/', meRoutes(services));
  app.post('/speech-token', () => {
    throw new Problem(501, 'unsupported');
  });
  app.all('*', () => {
    throw new Problem(404, 'unsupported');
  });
  app.onError((error, c) => {
    if (error instanceof Problem) return problemResponse(error, c.var.requestId);
    report(error, c.var.requestId);
    return problemResponse(new Problem(500, 'server'), c.var.requestId);
  });

  // Makes the config and runs a few searches, so that the first person does not wait for a cold database.
  for (const locale of locales) await app.request('/api/config', {headers: {'accept-language': locale}});

  return {
    app,
    search,
    purge: () => purge(database, retentionMonths, clock()),
    async close() {
      await streams.close();
      await log.flush();
    },
  };
}

function answersFrom({answerer, paceMs}: BackendOptions, search: Search): AnswerMaker {
  if (!answerer) return searchAnswers(search, paceMs ?? 12);
  return 'answer' in answerer ? answerer : openaiAnswers(search, answerer);
}

/** For whoever runs the server. Not the message: a database quotes values in it, and values are what people wrote. */
function report(error: Error, requestId: string) {
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5);
  console.error(`request ${requestId} failed: ${error.name}\n${frames.join('\n')}`);
}
