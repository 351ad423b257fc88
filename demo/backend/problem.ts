/**
 * Errors before a stream starts: `application/problem+json` (RFC 9457) with a code of the closed list.
 * A problem says what happened to the request; it never repeats what the request said.
 */
import type {ErrorCode} from 'tillit-chat/core';

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: ErrorCode;
  /** A sentence for the person, in their language. */
  readonly display: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, code: ErrorCode, more: {display?: string; retryAfterMs?: number} = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.display = more.display;
    this.retryAfterMs = more.retryAfterMs;
  }
}

export function problemResponse(problem: Problem, requestId: string): Response {
  const {status, code, display, retryAfterMs} = problem;
  const headers = new Headers({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  });
  if (retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  const body = {type: 'about:blank', status, title: code, code, display, retryAfterMs, requestId};
  return new Response(JSON.stringify(body), {status, headers});
}
