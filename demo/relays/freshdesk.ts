/**
 * Freshdesk: https://developers.freshdesk.com/api/#create_ticket
 *
 * - `POST /api/v2/tickets` with `{name, email, subject, description, status: 2, priority: 1, source: 2}` (open, low,
 *   portal); 201 with `{id}`. `Authorization: Basic` of `APIKEY:X`. A contact is created from name and e-mail.
 * - A subject has at most 255 characters. The description is HTML, so what a person wrote is escaped.
 * - No idempotency: after `uncertain`, look for the number in the subject before it is sent again.
 * - 429 with `Retry-After` in seconds, by plan (trial: 50 a minute). 400 `{description: 'Validation failed', errors:
 *   [{field, message, code}]}`.
 */
import {idIn, post} from './post.js';
import {bodyOf, checked, subjectOf, type Relay} from './relay.js';

export interface FreshdeskSettings {
  /** Such as `https://example.freshdesk.com`. */
  readonly url: string;
  readonly apiKey: string;
}

export const freshdeskRelay =
  ({url, apiKey}: FreshdeskSettings): Relay =>
  async (stored) => {
    const ticket = checked(stored);
    const answer = await post({
      url: `${url}/api/v2/tickets`,
      headers: {authorization: `Basic ${Buffer.from(`${apiKey}:X`).toString('base64')}`},
      body: {
        name: ticket.name,
        email: ticket.email,
        subject: subjectOf(ticket, 255),
        description: asHtml(bodyOf(ticket, 60_000)),
        status: 2,
        priority: 1,
        source: 2,
      },
      fieldsOf: (refusal) => {
        const {errors} = (refusal ?? {}) as {readonly errors?: readonly {readonly field?: unknown}[]};
        return Array.isArray(errors) ? errors.flatMap(({field}) => (typeof field === 'string' ? [field] : [])) : [];
      },
    });
    const id = idIn(answer, 'id');
    return {id, url: `${url}/support/tickets/${id}`};
  };

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

const asHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign]!).replace(/\r?\n/g, '<br>');
