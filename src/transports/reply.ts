/** What becomes of the reply to a call of the native protocol that is no stream. */
import type {CallOptions} from '../core/transport.js';
import {readJson} from './body.js';
import {fail} from './fields.js';
import type {Reply, RequestShape} from './request.js';

/** One body that is no stream: a config, a transcript, an export. */
export const MAX_BODY_BYTES = 16 * 2 ** 20;

/** Makes one call; what `read` makes of its reply is its result. */
export type Ask = <Result>(
  options: CallOptions,
  request: RequestShape,
  read: (reply: Reply) => Result | Promise<Result>,
) => Promise<Result>;

export const parsed =
  <Result>(parse: (value: unknown) => Result) =>
  async ({contentType, next}: Reply) =>
    // Looked at first, since a page or a stream may go on for ever.
    parse(contentType.includes('json') ? await readJson(next, MAX_BODY_BYTES) : fail('protocol'));

/** A proxy's sign-in page is no confirmation: nothing was rated or deleted. */
export function confirmed({contentType}: Reply) {
  if (contentType.startsWith('text/html')) fail('protocol');
}
