/** What the operator decides: from the command line and the environment, checked before anything starts. */
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

import {checkPolicy, type PiiPolicy} from 'tillit-chat/privacy';

import type {OpenaiSettings} from './answers/openai.js';
import type {CommandOptions} from './control.js';
import type {SignInSettings} from './sign-in.js';
import {MAX_RETENTION_MONTHS} from './store/retention.js';

/** Something the operator can put right; shown as one line. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

export interface Setup {
  readonly port: number;
  readonly host: string;
  /** Where the embedded database lives. Not used with `databaseUrl`. */
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly articlesFolder: string;
  readonly origins: readonly string[];
  readonly retentionMonths: number;
  readonly perMinute: number;
  readonly paceMs: number;
  readonly siteUrl: string | undefined;
  readonly isEnabled: boolean;
  readonly trustProxy: boolean;
  readonly requireReceipt: boolean;
  /** Humans may join conversations. */
  readonly humans: boolean;
  readonly openai: OpenaiSettings | undefined;
  readonly piiPolicy: PiiPolicy | undefined;
  readonly signIn: SignInSettings | undefined;
  /** What is left of the command line. */
  readonly words: readonly string[];
  readonly options: CommandOptions;
}

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

type Env = Readonly<Record<string, string | undefined>>;

/** @throws SetupError */
export function readSetup(argv: readonly string[], env: Env): Setup {
  const {values, positionals} = commandLine(argv);
  const databaseUrl = given(env.DATABASE_URL);
  if (databaseUrl !== undefined && !/^postgres(?:ql)?:\/\//.test(databaseUrl)) {
    throw new SetupError('DATABASE_URL must begin with postgres:// or postgresql://');
  }
  const siteUrl = given(env.TILLIT_SITE_URL)?.replace(/\/+$/, '');
  if (siteUrl !== undefined && !/^https?:\/\//.test(siteUrl))
    throw new SetupError('TILLIT_SITE_URL must be an http or https address');
  return {
    port: number('PORT', env.PORT, 5173, 0, 65_535),
    host: given(env.HOST) ?? '127.0.0.1',
    dataFolder: resolve(values.data ?? given(env.TILLIT_DATA) ?? `${ROOT}.data`),
    databaseUrl,
    articlesFolder: resolve(values.articles ?? given(env.TILLIT_ARTICLES) ?? `${ROOT}demo/help-center`),
    origins: (env.TILLIT_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim().replace(/\/+$/, ''))
      .filter(Boolean),
    retentionMonths: retentionFrom(env),
    perMinute: number('TILLIT_PER_MINUTE', env.TILLIT_PER_MINUTE, 60, 0, 1_000_000),
    paceMs: number('TILLIT_PACE_MS', env.TILLIT_PACE_MS, 12, 0, 1000),
    siteUrl,
    isEnabled: env.TILLIT_ENABLED !== '0',
    trustProxy: env.TILLIT_TRUST_PROXY === '1',
    requireReceipt: env.TILLIT_REQUIRE_RECEIPT !== '0',
    humans: env.TILLIT_HUMANS === '1',
    openai: openaiFrom(env),
    piiPolicy: policyFrom(env),
    signIn: signInFrom(env),
    words: positionals,
    options: {reason: values.reason, until: values.until, appeal: values.appeal, as: values.as},
  };
}

function commandLine(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        articles: {type: 'string'},
        data: {type: 'string'},
        reason: {type: 'string'},
        until: {type: 'string'},
        appeal: {type: 'string'},
        as: {type: 'string'},
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : 'cannot read the command line');
  }
}

const given = (value: string | undefined) => (value?.trim() ? value.trim() : undefined);

function number(name: string, value: string | undefined, usual: number, least: number, most: number) {
  if (given(value) === undefined) return usual;
  const chosen = Number(value);
  if (!Number.isInteger(chosen) || chosen < least || chosen > most) {
    throw new SetupError(`${name} must be a whole number from ${least} to ${most}`);
  }
  return chosen;
}

function retentionFrom({TILLIT_RETENTION_MONTHS: value}: Env) {
  if (Number(given(value)) > MAX_RETENTION_MONTHS) {
    throw new SetupError(
      `TILLIT_RETENTION_MONTHS is ${value?.trim()}: nothing may be kept for more than ${MAX_RETENTION_MONTHS} months`,
    );
  }
  return number('TILLIT_RETENTION_MONTHS', value, MAX_RETENTION_MONTHS, 1, MAX_RETENTION_MONTHS);
}

function policyFrom({TILLIT_PII_POLICY: value}: Env): PiiPolicy | undefined {
  if (given(value) === undefined) return undefined;
  try {
    return checkPolicy(JSON.parse(value!));
  } catch (error) {
    const why = error instanceof TypeError ? error.message : 'it is no JSON';
    throw new SetupError(`TILLIT_PII_POLICY cannot be used: ${why}. It looks like {"ORG_ID": "off", "NAME": "block"}.`);
  }
}

/** Both must be set: a token that was made for somebody else must not open this backend. */
function signInFrom(env: Env): SignInSettings | undefined {
  const issuer = given(env.TILLIT_OIDC_ISSUER);
  const audience = given(env.TILLIT_OIDC_AUDIENCE);
  const jwksUrl = given(env.TILLIT_OIDC_JWKS_URL);
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined || audience === undefined) {
    throw new SetupError('TILLIT_OIDC_ISSUER and TILLIT_OIDC_AUDIENCE belong together: set both or none');
  }
  for (const [name, url] of Object.entries({TILLIT_OIDC_ISSUER: issuer, TILLIT_OIDC_JWKS_URL: jwksUrl})) {
    if (url !== undefined && !isSafe(url))
      throw new SetupError(`${name} must be an https address (http only on localhost)`);
  }
  return {issuer, audience, jwksUrl, featuresClaim: given(env.TILLIT_OIDC_FEATURES_CLAIM)};
}

/** Keys that came over an open connection may be anyone's. */
function isSafe(address: string) {
  if (!URL.canParse(address)) return false;
  const {protocol, hostname} = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

/** Both must be set: a key that lies around in the environment must not send questions to anyone. */
function openaiFrom(env: Env): OpenaiSettings | undefined {
  const baseUrl = given(env.OPENAI_BASE_URL);
  const apiKey = given(env.OPENAI_API_KEY);
  if (baseUrl === undefined || apiKey === undefined) return undefined;
  return {baseUrl, apiKey, model: given(env.OPENAI_MODEL) ?? 'gpt-4.1-mini'};
}
