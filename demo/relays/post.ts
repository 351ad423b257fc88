/** One POST of JSON to a help desk, and what its answer means. */
import {RelayError} from './relay.js';

const ANSWER_MS = 15_000;
const LONGEST_WAIT_MS = 3_600_000;

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Names of the fields that a refusal complains of; each system tells it its own way. */
  readonly fieldsOf: (refusal: unknown) => readonly string[];
}

/** @returns the answer's JSON, of a ticket that was made */
export async function post({url, headers, body, fieldsOf}: Post): Promise<unknown> {
  let response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {accept: 'application/json', 'content-type': 'application/json', ...headers},
      body: JSON.stringify(body),
      // The credentials are for this host alone.
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  } catch (caught) {
    // Without a connection nothing was sent; after that nobody knows.
    throw new RelayError(hasNotConnected(caught) ? 'busy' : 'uncertain');
  }
  const {status} = response;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  if (status === 429 || status === 503) {
    throw new RelayError('busy', {retryAfterMs: secondsOf(response.headers.get('retry-after'))});
  }
  if (status === 401 || status === 403 || status === 404 || status === 405) throw new RelayError('not-allowed');
  if (status >= 500 || status === 408) throw new RelayError('uncertain');
  throw new RelayError('rejected', {fields: fieldsOf(answer)});
}

/** Half an answer to a ticket that was made is no reason to make it again. */
export function idIn(value: unknown, ...path: readonly string[]): string {
  const id = path.reduce<unknown>(
    (inner, name) => (inner as Readonly<Record<string, unknown>> | undefined)?.[name],
    value,
  );
  if (typeof id !== 'string' && typeof id !== 'number') throw new RelayError('uncertain');
  return String(id);
}

const secondsOf = (header: string | null) =>
  header !== null && /^\d{1,6}$/.test(header) ? Math.min(LONGEST_WAIT_MS, Number(header) * 1000) : undefined;

const hasNotConnected = (caught: unknown) => {
  const {code} = ((caught as Error).cause ?? {}) as {readonly code?: string};
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(code ?? '');
};
