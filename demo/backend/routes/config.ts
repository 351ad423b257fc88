/** `GET config`: everything a widget needs before it may be used, in the reader's language. */
import {createHash} from 'node:crypto';

import {Hono} from 'hono';
import type {RemoteConfig} from 'tillit-chat/core';

import type {Api, Services} from '../api.js';
import type {Locale} from '../locale.js';
import {sentences} from '../sentences.js';

const MOST_SUGGESTIONS = 3;

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

  async function configIn(locale: Locale): Promise<RemoteConfig> {
    return {
      enabled: settings.enabled,
      terms: terms[locale].document,
      answerer: answers.answerer,
      features: {rating: true, tickets: true, export: true, delete: true, speech: false},
      limits: settings.limits,
      greeting: sentences[locale].greeting,
      suggestions: await suggestionsIn(locale),
      retention: {days: settings.retentionDays},
    };
  }

  // Nothing in it changes while the process runs.
  const made = new Map<Locale, Promise<{body: string; etag: string}>>();
  const config = (locale: Locale) => {
    const known =
      made.get(locale) ??
      configIn(locale).then((value) => {
        const body = JSON.stringify(value);
        return {body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`};
      });
    made.set(locale, known);
    known.catch(() => made.delete(locale));
    return known;
  };

  return new Hono<Api>().get('/config', async (c) => {
    const {body, etag} = await config(c.var.locale);
    const headers = new Headers({etag, 'cache-control': 'no-cache', 'content-language': c.var.locale});
    c.res.headers.append('vary', 'Accept-Language');
    if (matches(c.req.header('if-none-match'), etag)) return new Response(null, {status: 304, headers});
    headers.set('content-type', 'application/json; charset=utf-8');
    return new Response(body, {headers});
  });
}

/** `If-None-Match` (RFC 9110 §13.1.2): weak comparison, so that proxies that weaken tags do no harm. */
export const matches = (header: string | undefined, etag: string) =>
  header?.split(',').some((tag) => [etag, '*'].includes(tag.trim().replace(/^W\//, ''))) ?? false;
