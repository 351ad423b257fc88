/** Which relay the operator has chosen: `TILLIT_TICKET_RELAY`, and the settings of that one. */
import {freshdeskRelay} from './freshdesk.js';
import type {Relay} from './relay.js';
import {zammadRelay} from './zammad.js';
import {zendeskRelay} from './zendesk.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * @returns `undefined` when none is chosen
 * @throws Error with a sentence for the operator
 */
export async function relayFrom(env: Env): Promise<Relay | undefined> {
  const choice = env.TILLIT_TICKET_RELAY?.trim();
  if (!choice) return undefined;
  const need = (name: string) => {
    const value = env[name]?.trim();
    if (!value) throw new Error(`TILLIT_TICKET_RELAY=${choice} needs ${name}`);
    return value;
  };
  const url = (name: string, ...protocols: readonly string[]) => {
    const value = need(name).replace(/\/+$/, '');
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
      throw new Error(
        `${name} must be an address that begins with ${protocols.map((known) => `${known}//`).join(' or ')}`,
      );
    return value;
  };
  switch (choice) {
    case 'zendesk':
      return zendeskRelay({
        url: url('ZENDESK_URL', 'https:', 'http:'),
        email: env.ZENDESK_EMAIL?.trim(),
        apiToken: env.ZENDESK_API_TOKEN?.trim(),
      });
    case 'zammad':
      return zammadRelay({
        url: url('ZAMMAD_URL', 'https:', 'http:'),
        token: need('ZAMMAD_TOKEN'),
        group: need('ZAMMAD_GROUP'),
      });
    case 'freshdesk':
      return freshdeskRelay({url: url('FRESHDESK_URL', 'https:', 'http:'), apiKey: need('FRESHDESK_API_KEY')});
    case 'smtp': {
      // Loads nodemailer, which only this one needs.
      const {smtpRelay} = await import('./smtp.js');
      return smtpRelay({url: url('SMTP_URL', 'smtps:', 'smtp:'), from: need('SMTP_FROM'), to: need('SMTP_TO')});
    }
    default:
      throw new Error('TILLIT_TICKET_RELAY must be zendesk, zammad, freshdesk or smtp');
  }
}
