/**
 * Decides where a link in an answer may lead. Allowed: `https:`, `http:`, `mailto:` and `tel:`, written out in full.
 * Refused: every other scheme, anything relative (it would point into the host's own site), and addresses that
 * carry more than they show. The result is a fresh string, never the one that was written.
 */

export interface SafeLink {
  readonly href: string;
  /** Where it leads, in ASCII (punycode); only of `https:` and `http:`. */
  readonly host?: string;
}

// Tag characters and their kin, percent-encoded: bytes smuggled out in an address that looks short.
const HIDDEN = /%F3%A0[%8-9A-F]/i;

/** Where to link to, or `undefined` when there must be no link. */
export function safeLink(written: string): SafeLink | undefined {
  // As browsers do: tabs and line ends inside an address do not count, blanks around it neither.
  const address = written.replace(/[\t\n\r]/g, '').trim();
  const scheme = /^(https?:\/\/(?![/\\])|mailto:|tel:)/i.exec(address)?.[0].toLowerCase();
  switch (scheme) {
    case undefined:
      return undefined;
    case 'mailto:':
      return safeMail(address.slice(scheme.length));
    case 'tel:':
      return safePhone(address.slice(scheme.length));
    default:
      return safeWeb(address);
  }
}

/** The address of an image, if its origin is one of those the vendor listed, spelled exactly as `URL.origin` is. */
export function safeImage(written: string, origins: readonly string[]): string | undefined {
  const href = safeLink(written)?.href;
  return href?.startsWith('http') && origins.includes(new URL(href).origin) ? href : undefined;
}

/** Whether the words of a link claim another host than the one it leads to, or the host is written in look-alikes. */
export function hidesItsHost(text: string, host: string): boolean {
  if (/(^|\.)xn--/.test(host)) return true;
  const claimed = /(?:^|[\s(@/])((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?=$|[\s/:?#),.;!])/u.exec(
    text.replace(/\p{Cf}/gu, ''),
  )?.[1];
  return claimed !== undefined && bare(claimed) !== bare(host);
}

const bare = (host: string) => host.toLowerCase().replace(/^www\./, '');

function safeWeb(address: string): SafeLink | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  url.username = '';
  url.password = '';
  const {href, hostname} = url;
  // Chromium takes a blank in a host and writes it as "%20".
  return !/^[\w.:[\]-]+$/.test(hostname) || HIDDEN.test(href) ? undefined : {href, host: hostname};
}

// The part behind "?" may add recipients, a text or a file of the reader's: only the address goes through.
function safeMail(address: string): SafeLink | undefined {
  const to = /^[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*(?=$|\?)/.exec(address)?.[0];
  return to === undefined ? undefined : {href: `mailto:${to}`};
}

// No "*" and "#": dialling codes change settings of the phone.
function safePhone(address: string): SafeLink | undefined {
  const number = /^\+?[\d().\- ]{2,32}(?=$|;)/.exec(address)?.[0];
  return number === undefined ? undefined : {href: `tel:${number.replace(/[^\d+]/g, '')}`};
}
