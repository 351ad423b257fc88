/** Which sites may call from a browser: our own, localhost, and those the operator lists. */
import {createMiddleware} from 'hono/factory';

import type {Api} from './api.js';
import {Problem} from './problem.js';

const METHODS = 'GET, POST, PUT, DELETE';
const HEADERS = 'authorization, content-type, idempotency-key, last-event-id, accept-language, tillit-receipt';
const EXPOSED = 'retry-after, x-request-id';
/** As long as browsers remember it at most (Chromium). */
const PREFLIGHT_SECONDS = '7200';

export const allowOrigins = (listed: readonly string[]) =>
  createMiddleware<Api>(async (c, next) => {
    const origin = c.req.header('origin');
    // On `c.res`, so that they stay on whatever response is returned in the end, also on problems.
    const {headers} = c.res;
    headers.append('vary', 'Origin');
    if (origin === undefined) return next();
    // Refused, not only left unreadable: what a foreign page may not read it may not cause either.
    if (!isAllowed(origin, c.req.header('host'), listed)) throw new Problem(403, 'forbidden');
    headers.set('access-control-allow-origin', origin);
    headers.set('access-control-expose-headers', EXPOSED);
    if (c.req.method !== 'OPTIONS') return next();
    headers.set('access-control-allow-methods', METHODS);
    headers.set('access-control-allow-headers', HEADERS);
    headers.set('access-control-max-age', PREFLIGHT_SECONDS);
    return new Response(null, {status: 204});
  });

function isAllowed(origin: string, host: string | undefined, listed: readonly string[]) {
  if (listed.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.host === host || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
