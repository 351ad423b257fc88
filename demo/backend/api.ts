/** What every route shares: the services it may use, what is known about the request, and who is asking. */
import {getConnInfo} from '@hono/node-server/conninfo';
import type {Context} from 'hono';
import {bodyLimit} from 'hono/body-limit';
import type {Limits} from 'tillit-chat/core';

import type {AnswerMaker} from './answers/answerer.js';
import type {Database} from './database.js';
import type {Guard} from './guard.js';
import {locales, type Locale} from './locale.js';
import {Problem} from './problem.js';
import type {RateLimit} from './rate-limit.js';
import {asUuid} from './schemas.js';
import type {Search} from './search/find.js';
import {sentences} from './sentences.js';
import {personOf, type Person} from './store/terms.js';
import type {Streams} from './streams.js';
import type {Terms} from './terms/documents.js';

export interface Settings {
  readonly enabled: boolean;
  readonly limits: Limits;
  readonly retentionDays: number;
  readonly perMinute: number;
  readonly siteUrl: string | undefined;
  readonly trustProxy: boolean;
  readonly requireReceipt: boolean;
  readonly keepAliveMs: number;
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
  readonly settings: Settings;
}

export interface Api {
  Variables: {
    requestId: string;
    locale: Locale;
    /** For the log data, once it is known. */
    userId?: string;
  };
}
export type ApiContext = Context<Api>;

/** A receipt is named in a header, so that it stays out of addresses and their logs. */
export const receiptOf = (c: ApiContext) => asUuid(c.req.header('tillit-receipt'));

/**
 * Whose data this is about, for calls that name a conversation or a message. A withdrawn receipt still opens what was
 * stored under it: the right to see and delete one's data outlives the consent.
 *
 * @returns `undefined` when no receipt is named and none is required: then the unguessable id in the call is the key.
 */
export async function ownerOf(c: ApiContext, services: Services): Promise<string | undefined> {
  const receiptId = receiptOf(c);
  if (receiptId === undefined && !services.settings.requireReceipt) return undefined;
  return (await personBehind(c, services, receiptId)).userId;
}

async function personBehind(c: ApiContext, {database}: Services, receiptId: string | undefined): Promise<Person> {
  const person = receiptId === undefined ? undefined : await personOf(database, receiptId);
  if (!person) throw new Problem(409, 'consent_required');
  c.set('userId', person.userId);
  return person;
}

/** Who asks, if they may: the terms they accepted are the current ones, not withdrawn, and they are not suspended. */
export async function consentingPerson(
  c: ApiContext,
  services: Services,
  receiptId: string | undefined,
): Promise<Person> {
  const person = await personBehind(c, services, receiptId);
  if (person.suspension) {
    const display = person.suspension.reason ?? sentences[c.var.locale].suspended;
    throw new Problem(403, 'user_suspended', {display});
  }
  const isCurrent = locales.some((locale) => services.terms[locale].textSha256 === person.textSha256);
  if (person.isWithdrawn || !isCurrent) throw new Problem(409, 'consent_required');
  return person;
}

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
