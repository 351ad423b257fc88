/**
 * Zendesk, as an end user's request: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-requests/
 *
 * - `POST /api/v2/requests.json` with `{request: {requester: {name, email}, subject, comment: {body}}}`; 201 with
 *   `{request: {id}}`. Works anonymously where "Anyone can submit tickets" is on, else with an API token, as Basic
 *   `email/token:TOKEN`.
 * - A comment holds about 65,000 characters. A new requester is created from name and e-mail.
 * - `Idempotency-Key` (at most 255 characters) is described for the Ticketing API: a second try with the same key and
 *   body gets the first ticket, and with another body 400.
 * - 429 with `Retry-After` in seconds; anonymous requests of trial accounts: 5 an hour. 422 `{error: 'RecordInvalid',
 *   details: {field: […]}}`.
 */
import {idIn, post} from './post.js';
import {bodyOf, checked, subjectOf, type Relay} from './relay.js';

export interface ZendeskSettings {
  /** Such as `https://example.zendesk.com`. */
  readonly url: string;
  readonly email?: string | undefined;
  readonly apiToken?: string | undefined;
}

export const zendeskRelay =
  ({url, email, apiToken}: ZendeskSettings): Relay =>
  async (stored) => {
    const ticket = checked(stored);
    const isSignedIn = email !== undefined && apiToken !== undefined;
    const answer = await post({
      url: `${url}/api/v2/requests.json`,
      headers: {
        'idempotency-key': ticket.idempotencyKey,
        ...(isSignedIn && {authorization: `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}`}),
      },
      body: {
        request: {
          requester: {name: ticket.name, email: ticket.email},
          subject: subjectOf(ticket, 150),
          comment: {body: bodyOf(ticket, 60_000)},
        },
      },
      fieldsOf: (refusal) => Object.keys((refusal as {details?: object} | undefined)?.details ?? {}),
    });
    const id = idIn(answer, 'request', 'id');
    return {id, url: `${url}/hc/requests/${id}`};
  };
