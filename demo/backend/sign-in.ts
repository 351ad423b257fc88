/**
 * Optional sign-in: JSON Web Tokens of one OpenID Connect provider, verified by issuer, audience, time and signature
 * (OpenID Connect Core §2, RFC 9068). Only the issuer, the subject and the features are read from a token; it is
 * neither kept nor passed on.
 */
import {createMiddleware} from 'hono/factory';
import {createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey} from 'jose';
import type {Feature} from 'tillit-chat/core';

import type {Api} from './api.js';
import {Problem} from './problem.js';
import type {AccountName} from './store/people.js';

export interface SignInSettings {
  /** As in the tokens, and where the provider's configuration is: `https://login.example.com`. */
  readonly issuer: string;
  /** Who the tokens must be made for: us. */
  readonly audience: string;
  /** The provider's keys; without it, its configuration names them. */
  readonly jwksUrl?: string | undefined;
  /** The claim that lists a person's features. */
  readonly featuresClaim?: string | undefined;
}

export interface Account extends AccountName {
  /** What this person may use; `undefined` when the provider does not say: everything. */
  readonly features: ReadonlySet<string> | undefined;
}

const USUAL_FEATURES_CLAIM = 'tillit_features';
/** Public keys only: with a shared secret, whoever can check tokens could make them. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** How far two clocks may be apart. */
const CLOCK_TOLERANCE_SECONDS = 30;
const FETCH_MS = 5000;
const LONGEST_TOKEN_CHARS = 16_384;

/** Needs no token: what is read before signing in, and the way to a human for who cannot sign in. */
const open: ReadonlySet<string> = new Set(['GET /api/config', 'POST /api/tickets']);

/** Refuses calls without a valid token. Without settings nobody signs in, and tokens are not looked at. */
export function requireSignIn(settings: SignInSettings | undefined, clock: () => Date) {
  const verify = settings && createVerifier(settings, clock);
  return createMiddleware<Api>(async (c, next) => {
    if (verify) {
      const header = c.req.header('authorization');
      if (header !== undefined) c.set('account', await verify(header));
      else if (!open.has(`${c.req.method} ${c.req.path}`)) throw new Problem(401, 'auth_required');
    }
    await next();
  });
}

/** What an account may not use is refused, not only hidden. Their own data is everyone's. */
export function refuseFeature(account: Account | undefined, feature: Feature) {
  if (account?.features && !account.features.has(feature)) throw new Problem(403, 'forbidden');
}

function createVerifier({issuer, audience, jwksUrl, featuresClaim}: SignInSettings, clock: () => Date) {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const keySet = () => {
    // A provider that could not be reached is asked again at the next call.
    keys ??= (jwksUrl === undefined ? discover(issuer) : Promise.resolve(jwksUrl)).then(
      (url) => createRemoteJWKSet(new URL(url), {timeoutDuration: FETCH_MS}),
      (error: unknown) => {
        keys = undefined;
        throw error;
      },
    );
    return keys;
  };

  /** @throws Problem 401 for a token that is not valid (now), 503 when nobody can say whether it is */
  return async (header: string): Promise<Account> => {
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(header)?.[1];
    if (token === undefined || token.length > LONGEST_TOKEN_CHARS) throw new Problem(401, 'auth_required');
    try {
      const {payload} = await jwtVerify(token, await keySet(), {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: clock(),
        requiredClaims: ['sub', 'exp'],
      });
      return accountOf(payload, issuer, featuresClaim ?? USUAL_FEATURES_CLAIM);
    } catch (error) {
      throw refusal(error);
    }
  };
}

function accountOf(payload: JWTPayload, issuer: string, featuresClaim: string): Account {
  if (!payload.sub) throw new Problem(401, 'auth_required');
  const claim = payload[featuresClaim];
  // A list, or words in one text, as scopes are written. Anything else is a slip, which must not open everything.
  const words = typeof claim === 'string' ? claim.split(/\s+/) : Array.isArray(claim) ? (claim as unknown[]) : [];
  const features = claim === undefined ? undefined : new Set(words.filter((word) => typeof word === 'string'));
  return {issuer, subject: payload.sub, features};
}

function refusal(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new Problem(401, 'auth_expired');
  const isUnreachable =
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    // What jose throws for any status but 200 of the provider has no class of its own.
    (error instanceof errors.JOSEError && error.code === errors.JOSEError.code) ||
    // What fetch throws.
    error instanceof TypeError ||
    (error instanceof DOMException && error.name === 'TimeoutError');
  if (isUnreachable) return new Problem(503, 'unavailable');
  return error instanceof errors.JOSEError ? new Problem(401, 'auth_required') : error;
}

/** The address of the provider's keys (OpenID Connect Discovery §4). */
async function discover(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`, {
    headers: {accept: 'application/json'},
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_MS),
  });
  const found = response.ok ? ((await response.json()) as {issuer?: unknown; jwks_uri?: unknown}) : {};
  // §4.3: a configuration that names another issuer is another's.
  if (found.issuer !== issuer || typeof found.jwks_uri !== 'string') throw new Problem(503, 'unavailable');
  return found.jwks_uri;
}
