/**
 * E-mail to the support's mailbox, by SMTP with nodemailer: https://nodemailer.com/message/
 *
 * - From our own address, or the mail fails SPF and DMARC; the person stands in `Reply-To`.
 * - Name and subject are one line each and travel encoded (RFC 2047): no text of a person's makes a header.
 * - The body is plain text. Nothing is attached, and nodemailer may open neither files nor addresses.
 * - The `Message-ID` is made of the idempotency key, so that a mailbox that sorts out duplicates sorts this one out.
 * - 4xx of the server is `busy`, 5xx `rejected`, a refused login `not-allowed`, a lost connection `uncertain`. TLS is
 *   required, unless the server stands on this machine.
 */
import {createTransport} from 'nodemailer';

import {bodyOf, checked, RelayError, subjectOf, type Relay} from './relay.js';

export interface SmtpSettings {
  /** `smtps://user:password@mail.example.com`, or `smtp://…` for STARTTLS. */
  readonly url: string;
  /** Our own address. */
  readonly from: string;
  /** The mailbox of the support. */
  readonly to: string;
}

const STEP_MS = 15_000;

export const smtpRelay =
  ({url, from, to}: SmtpSettings): Relay =>
  async (stored) => {
    const ticket = checked(stored);
    const {hostname, port, protocol, username, password} = new URL(url);
    const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    const secure = protocol === 'smtps:';
    const transport = createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (secure ? 465 : 587),
      secure,
      ...(isHere ? {ignoreTLS: !secure} : {requireTLS: !secure}),
      ...(username !== '' && {auth: {user: decodeURIComponent(username), pass: decodeURIComponent(password)}}),
      connectionTimeout: STEP_MS,
      greetingTimeout: STEP_MS,
      socketTimeout: STEP_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const id = `<${ticket.idempotencyKey.replace(/[^\w-]/g, '')}@${from.split('@').at(-1)!}>`;
    try {
      await transport.sendMail({
        from,
        to,
        replyTo: {name: ticket.name, address: ticket.email},
        subject: subjectOf(ticket, 200),
        text: bodyOf(ticket, 200_000),
        messageId: id,
        // Otherwise an absence note answers it.
        headers: {'auto-submitted': 'auto-generated'},
      });
      return {id: ticket.id};
    } catch (caught) {
      throw new RelayError(problemOf(caught));
    } finally {
      transport.close();
    }
  };

function problemOf(caught: unknown) {
  const {code, responseCode, syscall} = caught as {
    readonly code?: string;
    readonly responseCode?: number;
    readonly syscall?: string;
  };
  if (code === 'EAUTH' || code === 'ETLS') return 'not-allowed';
  if (responseCode !== undefined) return responseCode < 500 ? 'busy' : 'rejected';
  // A connection that was lost does not tell how far the mail had come.
  return code === 'EDNS' || syscall === 'connect' ? 'busy' : 'uncertain';
}
