/**
 * Zammad: https://docs.zammad.org/en/latest/api/ticket/index.html
 *
 * - `POST /api/v1/tickets` with `{title, group, customer_id: 'guess:E-MAIL', article}`; 201 with the ticket, of which
 *   `number` is what people see. `guess:` finds the customer or creates one, and needs the permission `ticket.agent`.
 * - `Authorization: Token token=TOKEN`, with a token that may `ticket.agent`.
 * - A title has at most 250 characters. The article is plain text (`content_type`), or HTML would be read in it.
 * - No idempotency: after `uncertain`, look for the number in the title before it is sent again.
 * - 422 `{error, error_human}` for what it cannot save, 401 and 403 `{error}`; it names no fields.
 */
import {idIn, post} from './post.js';
import {bodyOf, checked, subjectOf, type Relay} from './relay.js';

export interface ZammadSettings {
  /** Such as `https://support.example.com`. */
  readonly url: string;
  readonly token: string;
  /** The group that gets the tickets. */
  readonly group: string;
}

export const zammadRelay =
  ({url, token, group}: ZammadSettings): Relay =>
  async (stored) => {
    const ticket = checked(stored);
    const title = subjectOf(ticket, 250);
    const answer = await post({
      url: `${url}/api/v1/tickets`,
      headers: {authorization: `Token token=${token}`},
      body: {
        title,
        group,
        customer_id: `guess:${ticket.email}`,
        article: {
          subject: title,
          // A customer who is created this way has no name yet.
          body: `${ticket.name} <${ticket.email}>\n\n${bodyOf(ticket, 100_000)}`,
          content_type: 'text/plain',
          type: 'web',
          sender: 'Customer',
          internal: false,
        },
      },
      fieldsOf: () => [],
    });
    return {id: idIn(answer, 'number'), url: `${url}/#ticket/zoom/${idIn(answer, 'id')}`};
  };
