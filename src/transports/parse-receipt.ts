/** What a backend hands back for an acceptance, a ticket or a wish to speak. What is not as promised is `protocol`. */
import type {AcceptanceReceipt} from '../core/terms.js';
import type {TicketReceipt} from '../core/transport.js';
import {boolean, filled, must, shape, string} from './fields.js';

export const parseAcceptanceReceipt: (value: unknown) => AcceptanceReceipt = must(shape({receiptId: filled}, {}));

/** Many ticket systems number their tickets; refusing a number would have the person send the same ticket again. */
const ticketId = (value: unknown) => filled(Number.isFinite(value) ? String(value) : value);

export const parseTicketReceipt: (value: unknown) => TicketReceipt = must(
  shape({id: ticketId}, {url: string, duplicate: boolean}),
);
