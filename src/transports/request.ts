/**
 * One request over `fetch`, with what every adapter over HTTP needs: the person's token, deadlines, retries before the
 * first byte, and refusals as `ChatError`. Failures are thrown as `ChatFailure`; the end of the call as its reason.
 */
import {toJson} from '../core/to-json.js';
import {ChatFailure, errorFrom, type ChatError} from '../core/errors.js';
import {readJson} from './body.js';
import type {Call} from './call.js';
import type {Clock} from './clock.js';
import {fail, filled} from './fields.js';
import {refusalError, type Refusal} from './problem.js';
import {retryAfterMs} from './retry-after.js';
import {isRetryStatus, retryWaitMs} from './retry.js';

const FIRST_BYTE_MS = 30_000;
const IDLE_MS = 45_000;
const REFUSAL_MS = 5_000;
const REFUSAL_BYTES = 64 * 1024;

/**
 * Gives the token that is sent as `Authorization: Bearer`. Asked before every call and never remembered here, so that
 * it always speaks for whoever is signed in now; remember it on the host's side if it is costly. `expired`: the backend
 * has just refused the last one. Whatever it throws means `auth_required`, unless it is a `ChatFailure`.
 */
export type GetToken = (why: {readonly reason: 'initial' | 'expired'}) => Promise<string>;

export interface HttpOptions {
  /** Base URL of the backend; in browsers it may be relative to the page. A slash at its end does not matter. */
  readonly endpoint: string;
  readonly getToken?: GetToken | undefined;
  /** Used instead of the global `fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

export interface RequestShape {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the endpoint, segment by segment, not encoded. Nothing a person wrote may be in it. */
  readonly path: readonly string[];
  /** Behind the path, with its `?`, encoded. Nothing a person wrote may be in it. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly cache?: RequestCache;
  /** The call names a conversation elsewhere than in its path: "not found" then speaks of it. */
  readonly conversation?: boolean;
  /** Statuses beyond 2xx that are answers to this call, not refusals. */
  readonly expected?: readonly number[];
  /** The backend would act twice on a second one: a failure is final, but for a token that can be renewed. */
  readonly once?: boolean;
}

/** An answer of which the first byte is here, or which has none. */
export interface Reply {
  readonly status: number;
  /** Lower case; empty when there is none. */
  readonly contentType: string;
  /** The next bytes; `undefined` at the end. Fails with `interrupted` after 45 s without any: a comment is enough. */
  next(): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

type Outcome = {readonly reply: Reply} | {readonly error: ChatError; readonly remedy?: 'wait' | 'renew token'};

export type SendRequest = (call: Call, request: RequestShape) => Promise<Reply>;

/** @param readRefusal for backends that refuse in words of their own */
export function requestSender(
  options: HttpOptions,
  clock: Clock,
  readRefusal: (refusal: Refusal) => ChatError = refusalError,
): SendRequest {
  const {getToken} = options;
  const base = options.endpoint.replace(/\/+$/, '');

  return async (call, request) => {
    const {method = 'GET', cache = 'no-store', body} = request;
    const url = [base, ...request.path.map(encodeSegment)].join('/') + (request.query ?? '');
    const headers = new Headers(request.headers);
    if (body !== undefined) headers.set('content-type', 'application/json');
    const init: RequestInit = {
      method,
      headers,
      body: toJson(body) ?? null,
      signal: call.signal,
      cache,
      // What a person wrote, and their token, must not follow a redirect to who knows where; where it leads cannot be
      // seen before it is followed, so none is. Not `error`, which looks like a broken network and would be retried.
      redirect: 'manual',
      // The page's path and query may name a person; its origin is in `Origin` anyway. Not `no-referrer`, with which
      // browsers have sent `Origin: null`, and that is what guards against forged requests refuse.
      referrerPolicy: 'strict-origin',
    };

    await authorize(call, headers, 'initial');
    for (let retries = 0, renewed = false; ;) {
      const outcome = await attempt(call, request, url, init);
      if ('reply' in outcome) return outcome.reply;

      const {error, remedy} = outcome;
      if (remedy === 'renew token' && !renewed) {
        renewed = true;
        await authorize(call, headers, 'expired');
        continue;
      }
      const waitMs =
        remedy === 'wait' && error.retryable && !request.once
          ? retryWaitMs(retries++, error.retryAfterMs, clock.random())
          : undefined;
      if (waitMs === undefined) throw new ChatFailure(error);
      // Either the time is up or the call has ended, which the next attempt sees.
      await call.limit(waitMs, () => new Promise(() => {}), 'timeout').catch(() => {});
    }
  };

  async function authorize(call: Call, headers: Headers, reason: 'initial' | 'expired') {
    if (!getToken) return;
    await call.limit(
      FIRST_BYTE_MS,
      async () => {
        const token = filled(await getToken({reason})) ?? fail('auth_required');
        headers.set('authorization', `Bearer ${token}`);
      },
      'auth_required',
    );
  }

  async function attempt(call: Call, request: RequestShape, url: string, init: RequestInit): Promise<Outcome> {
    let opened;
    try {
      opened = await call.limit(
        FIRST_BYTE_MS,
        async () => {
          // Looked up at each call and called without `this`: hosts replace `fetch`, and browsers bind it to the window.
          const {fetch = globalThis.fetch} = options;
          const response = await fetch(url, init);
          const reader = response.body?.getReader();
          // The signal drops the connection of a real `fetch`; a stream that came another way has to be told.
          const drop = () => {
            void reader?.cancel().catch(() => {});
          };
          if (call.signal.aborted) drop();
          call.signal.addEventListener('abort', drop, {once: true});
          const accepted = response.ok || request.expected?.includes(response.status);
          return {response, reader, drop, accepted, first: accepted ? await reader?.read() : undefined};
        },
        'timeout',
        'network',
      );
    } catch (caught) {
      // Not after `timeout`: the backend may still be at work, and the person has waited long enough to be asked.
      const error = errorFrom(caught);
      if (error.code === 'network') return {error, remedy: 'wait'};
      throw caught;
    }

    let {first} = opened;
    const {
      response: {status, headers},
      reader,
    } = opened;
    const contentType = (headers.get('content-type') ?? '').toLowerCase();
    if (opened.accepted) {
      return {
        reply: {
          status,
          contentType,
          async next() {
            const result = first ?? (await call.limit(IDLE_MS, async () => reader?.read(), 'interrupted'));
            first = undefined;
            return result?.value;
          },
        },
      };
    }

    const next = async () => (await reader?.read())?.value;
    // A body that cannot be read says nothing; the status still does.
    const readBody = () => call.limit(REFUSAL_MS, () => readJson(next, REFUSAL_BYTES), 'timeout').catch(() => {});
    const error = readRefusal({
      status,
      body: contentType.includes('json') ? await readBody() : undefined,
      headers: {
        retryAfterMs: retryAfterMs(headers.get('retry-after'), clock.now(), headers.get('retry-after-ms')),
        requestId: headers.get('x-request-id'),
      },
      conversation: request.conversation ?? request.path[0] === 'conversations',
      signedIn: getToken !== undefined,
    });
    opened.drop();
    if (error.code === 'auth_expired') return {error, remedy: 'renew token'};
    return isRetryStatus(status) ? {error, remedy: 'wait'} : {error};
  }
}

/**
 * Ids that the URL standard would read as "here" or "one up", encoded or not, are refused: `DELETE conversations/..`
 * must not become another call.
 */
function encodeSegment(segment: string): string {
  return /^\.{0,2}$/.test(segment) ? fail('invalid_request') : encodeURIComponent(segment);
}
