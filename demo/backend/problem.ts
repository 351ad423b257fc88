/**
 * Errors before a stream starts: `application/problem+json` (RFC 9457) with a code of the closed list.
 * A problem says what happened to the request; it never repeats what the request said.
 */
import type {ErrorCode} from 'tillit-chat/core';

export interface ProblemDetails {
  /** A sentence for the person, in their language. */
  readonly display?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** When it ends by itself, ISO 8601. */
  readonly until?: string | undefined;
  /** Where the person can object. */
  readonly appealUrl?: string | undefined;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: ErrorCode;
  readonly details: ProblemDetails;

  constructor(status: number, code: ErrorCode, details: ProblemDetails = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export function problemResponse(problem: Problem, requestId: string): Response {
  const {status, code, details} = problem;
  const {retryAfterMs} = details;
  const headers = new Headers({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  });
  if (retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  // RFC 9110 §11.6.1: a 401 says how to sign in.
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  const body = {type: 'about:blank', status, title: code, code, ...details, requestId};
  return new Response(JSON.stringify(body), {status, headers});
}
