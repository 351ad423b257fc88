/**
 * Turns what a backend says about a failure into a `ChatError`: a problem body (RFC 9457 `application/problem+json`, or
 * plain JSON) `{code, display, retryAfterMs, requestId, until, appealUrl}`, the same under `error`, or nothing but an HTTP
 * status.
 *
 * Codes come from the closed list only. `display` is the one server text a person may see: short, on one line.
 * Anything else a server says (messages, traces, HTML) goes no further than this file.
 */
import {chatError, isDown, isErrorCode, type ChatError, type ErrorCode, type Suspension} from '../core/errors.js';
import {boolean, isFields, natural, shape, string, type Read} from './fields.js';

const LONGEST_DISPLAY_CHARS = 300;

export interface Refusal {
  readonly status: number;
  /** The parsed body, when it was JSON. */
  readonly body: unknown;
  /** What the headers say. The body wins. */
  readonly headers: {readonly retryAfterMs: number | undefined; readonly requestId: string | null};
  /** The call named a conversation, so that "not found" speaks of it. */
  readonly conversation: boolean;
  /** The call carried a token. */
  readonly signedIn: boolean;
}

const statusCodes: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  403: 'forbidden',
  404: 'unavailable',
  405: 'unsupported',
  408: 'timeout',
  409: 'conflict',
  410: 'unavailable',
  413: 'too_long',
  415: 'unsupported',
  422: 'invalid_request',
  429: 'rate_limited',
  500: 'server',
  501: 'unsupported',
  502: 'unavailable',
  503: 'unavailable',
  504: 'timeout',
};

export function refusalError({status, body, headers, conversation, signedIn}: Refusal): ChatError {
  const isMissing = status === 404 || status === 410;
  const byStatus = isMissing && conversation ? 'conversation_not_found' : (statusCodes[status] ?? 'protocol');
  const told = bodyError(body, status === 401 ? 'auth_required' : byStatus);
  const error = {...readDetails(headers), ...told, ...(status < 500 && isDown(told) && {status})};
  // Whether signing in again can help depends on `getToken`, of which the backend knows nothing.
  return status === 401 && error.code.startsWith('auth_')
    ? {...error, ...chatError(signedIn ? 'auth_expired' : 'auth_required')}
    : error;
}

/** An error as a backend writes it, in a problem body or in an `error` event of a stream. */
export function bodyError(body: unknown, fallback: ErrorCode): ChatError {
  const outer = isFields(body) ? body : {};
  const fields = isFields(outer.error) ? outer.error : outer;
  return chatError([fields.code, fields.type].find(isErrorCode) ?? fallback, readDetails(fields));
}

const printable: Read<string> = (value) =>
  typeof value === 'string' && /^[\x21-\x7e]{1,100}$/.test(value) ? value : undefined;

const sentence: Read<string> = (value) => {
  const text = string(value)?.trim();
  // Longer texts and those with line breaks are traces and pages, not sentences for a person.
  return text && text.length <= LONGEST_DISPLAY_CHARS && !/\p{Cc}/u.test(text) ? text : undefined;
};

const instant: Read<string> = (value) => {
  const text = string(value);
  return text && /^\d{4}-\d\d-\d\d/.test(text) && Date.parse(text) ? text : undefined;
};

/** Where it leads exactly is for `answer/safe-url.ts` to say, when it is shown. */
const address: Read<string> = (value) => {
  const text = string(value);
  return text && /^(https?:\/\/|mailto:)\S{1,2000}$/i.test(text) ? text : undefined;
};

const readDetails = shape(
  {},
  {
    retryable: boolean,
    retryAfterMs: natural,
    requestId: printable,
    display: sentence,
    until: instant,
    appealUrl: address,
  },
);

export const readSuspension: Read<Suspension> = shape({}, {display: sentence, until: instant, appealUrl: address});
