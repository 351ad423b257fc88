/** What every route shares: the services it may use, what is known about the request, and what it may cost. */
import {getConnInfo} from '@hono/node-server/conninfo';
import type {Context} from 'hono';
import {bodyLimit} from 'hono/body-limit';
import type {Limits} from 'tillit-chat/core';
import type {PiiPolicy} from 'tillit-chat/privacy';

import type {AnswerMaker} from './answers/answerer.js';
import type {Database} from './database.js';
import type {Guard} from './guard.js';
import type {Locale} from './locale.js';
import {Problem} from './problem.js';
import type {RateLimit} from './rate-limit.js';
import {asUuid} from './schemas.js';
import type {Search} from './search/find.js';
import type {Account} from './sign-in.js';
import type {Log} from './store/log.js';
import type {Streams} from './streams.js';
import type {Terms} from './terms/documents.js';

export interface Settings {
  readonly enabled: boolean;
  readonly limits: Limits;
  readonly retentionMonths: number;
  /** What the vendor blocks, warns of or lets pass; the browser is told the same. */
  readonly piiPolicy: PiiPolicy | undefined;
  readonly perMinute: number;
  readonly siteUrl: string | undefined;
  readonly trustProxy: boolean;
  readonly requireReceipt: boolean;
  readonly keepAliveMs: number;
  /** Whether a human may join any conversation at any time. */
  readonly humans: boolean;
}

export interface NewTicket {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly name: string;
  readonly email: string;
  readonly description: string;
  readonly transcript: readonly {readonly role: 'user' | 'assistant'; readonly text: string}[];
}

export interface Services {
  readonly database: Database;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly terms: Terms;
  readonly search: Search;
  readonly answers: AnswerMaker;
  readonly streams: Streams;
  readonly guard: Guard;
  readonly rateLimit: RateLimit;
  readonly log: Log;
  /** Told of every ticket that was stored, once. */
  readonly onTicket: ((ticket: NewTicket) => void) | undefined;
  readonly settings: Settings;
}

export interface Api {
  Variables: {
    requestId: string;
    /** The language we answer in. */
    locale: Locale;
    /** All that the person asks for: BCP 47 tags. */
    languages: readonly string[];
    /** Who has signed in, when a token says so. */
    account?: Account;
    /** For the log data, once it is known. */
    userId?: string | undefined;
  };
}
export type ApiContext = Context<Api>;

/** A receipt is named in a header, so that it stays out of addresses and their logs. */
export const receiptOf = (c: ApiContext) => asUuid(c.req.header('tillit-receipt'));

/** One person may send so much; so may one address, which can be a whole office. */
export function limitRate(
  c: ApiContext,
  {rateLimit, settings: {perMinute, trustProxy}}: Services,
  receiptId = receiptOf(c),
) {
  if (perMinute === 0) return;
  rateLimit.take(`address ${addressOf(c, trustProxy)}`, perMinute * (receiptId === undefined ? 1 : 5));
  if (receiptId !== undefined) rateLimit.take(`receipt ${receiptId}`, perMinute);
}

function addressOf(c: ApiContext, trustProxy: boolean) {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  // There is no connection when the app is called without a server.
  return forwarded ?? (c.env ? getConnInfo(c).remote.address : undefined) ?? 'unknown';
}

export const limitBody = (maxBytes: number) =>
  bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new Problem(413, 'too_long');
    },
  });

export const siteUrlOf = (c: ApiContext, {settings}: Services) => settings.siteUrl ?? new URL(c.req.url).origin;
