/** `GET config`: everything a widget needs before it may be used, in the reader's language. */
import {createHash} from 'node:crypto';

import {Hono} from 'hono';
import type {RemoteConfig} from 'tillit-chat/core';
import type {PiiPolicy} from 'tillit-chat/privacy';

import type {Api, ApiContext, Services} from '../api.js';
import type {Locale} from '../locale.js';
import type {ProblemDetails} from '../problem.js';
import {sentences} from '../sentences.js';
import type {Account} from '../sign-in.js';
import {retentionDays} from '../store/retention.js';
import {personIn, suspensionOf} from '../who-asks.js';

const MOST_SUGGESTIONS = 3;

/** What this backend tells beyond what every backend does. */
interface Config extends Omit<RemoteConfig, 'suspension'> {
  readonly piiPolicy?: PiiPolicy;
  /** The person is told when they open the chat, and not only when they ask. */
  readonly suspension?: ProblemDetails;
}

export function configRoutes(services: Services) {
  const {terms, answers, search, settings} = services;

  /** Only what the articles answer is suggested; a help centre without our usual questions suggests its own titles. */
  async function suggestionsIn(locale: Locale) {
    const usual = sentences[locale].suggestions;
    const answered = await Promise.all(
      usual.map(async (text) => (await search.find(text, [locale])).passages.length > 0),
    );
    const known = usual.filter((_, index) => answered[index]);
    const texts = known.length > 0 ? known : await search.titles(locale, MOST_SUGGESTIONS);
    return texts.slice(0, MOST_SUGGESTIONS).map((text) => ({text}));
  }

  async function configIn(locale: Locale): Promise<Config> {
    return {
      enabled: settings.enabled,
      terms: terms[locale].document,
      answerer: answers.answerer,
      features: {rating: true, tickets: true, export: true, delete: true, speech: false, human: settings.humans},
      limits: settings.limits,
      greeting: sentences[locale].greeting,
      suggestions: await suggestionsIn(locale),
      retention: {days: retentionDays(settings.retentionMonths)},
      ...(settings.piiPolicy && {piiPolicy: settings.piiPolicy}),
    };
  }

  // Nothing in it changes while the process runs.
  const made = new Map<Locale, Promise<Made>>();
  const sameForAll = (locale: Locale) => {
    const known =
      made.get(locale) ??
      configIn(locale).then((config) => {
        const body = JSON.stringify(config);
        return {config, body, etag: etagOf(body)};
      });
    made.set(locale, known);
    known.catch(() => made.delete(locale));
    return known;
  };

  /** The config as this person gets it. */
  async function configFor(c: ApiContext): Promise<Made> {
    const all = await sameForAll(c.var.locale);
    const person = await personIn(c, services);
    const suspension = person && suspensionOf(services, person);
    const {account} = c.var;
    if (!suspension && !account) return all;
    const config: Config = {
      ...all.config,
      ...(account && {user: nameOf(account)}),
      features: featuresFor(account, all.config.features),
      ...(suspension && {suspension}),
    };
    const body = JSON.stringify(config);
    return {config, body, etag: etagOf(body)};
  }

  return new Hono<Api>().get('/config', async (c) => {
    const {body, etag} = await configFor(c);
    const headers = new Headers({etag, 'cache-control': 'private, no-cache', 'content-language': c.var.locale});
    c.res.headers.append('vary', 'Accept-Language, Tillit-Receipt, Authorization');
    if (matches(c.req.header('if-none-match'), etag)) return new Response(null, {status: 304, headers});
    headers.set('content-type', 'application/json; charset=utf-8');
    return new Response(body, {headers});
  });
}

interface Made {
  readonly config: Config;
  readonly body: string;
  readonly etag: string;
}

/** The same person always has the same name here, which says nothing about them to who reads it on their device. */
const nameOf = ({issuer, subject}: Account) =>
  createHash('sha256').update(`${issuer} ${subject}`).digest('base64url').slice(0, 22);

const etagOf = (body: string) => `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/** An account may have fewer features, never more; seeing and deleting one's own data is everyone's right. */
const featuresFor = (account: Account | undefined, features: RemoteConfig['features']): RemoteConfig['features'] => {
  const has = account?.features;
  if (!has) return features;
  const mayUse = (name: 'rating' | 'tickets' | 'speech') => features[name] === true && has.has(name);
  return {...features, rating: mayUse('rating'), tickets: mayUse('tickets'), speech: mayUse('speech')};
};

/** `If-None-Match` (RFC 9110 §13.1.2): weak comparison, so that proxies that weaken tags do no harm. */
export const matches = (header: string | undefined, etag: string) =>
  header?.split(',').some((tag) => [etag, '*'].includes(tag.trim().replace(/^W\//, ''))) ?? false;
