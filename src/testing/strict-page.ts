/** A page under the strictest policy the chat works with, for a server of tests to send. */

export interface StrictPage {
  /** Where the pasted script is, `tillit-chat.js` or `tillit-chat.classic.js`. */
  readonly script: string;
  /** Base URL of the backend; its origin is the only one the page may connect to. */
  readonly endpoint: string;
  /** More attributes of the element, such as `{mode: 'inline'}`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** With it scripts are trusted by nonce, and what they load with them; else those of the page's own origin. */
  readonly nonce?: string;
  /** More origins that scripts may come from, when there is no nonce. */
  readonly scriptOrigins?: readonly string[];
  /** Whether the page is cross-origin isolated, and takes nothing that does not say that it may be taken. */
  readonly isIsolated?: boolean;
  /** BCP 47. */
  readonly lang?: string;
}

export interface Page {
  readonly html: string;
  /** To be sent with it; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export function strictPage({
  script,
  endpoint,
  attributes = {},
  nonce,
  scriptOrigins = [],
  isIsolated = true,
  lang = 'en',
}: StrictPage): Page {
  const isClassic = script.endsWith('.classic.js');
  const origin = URL.canParse(endpoint) ? new URL(endpoint).origin : "'self'";
  const policy = {
    'default-src': ["'none'"],
    'script-src': nonce === undefined ? ["'self'", ...scriptOrigins] : ["'strict-dynamic'", `'nonce-${nonce}'`],
    'style-src': ["'self'"],
    'connect-src': [origin],
    'img-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ['tillit-chat', 'lit-html', 'dompurify'],
  };
  const head = tag('script', {
    src: script,
    ...(isClassic ? {async: ''} : {type: 'module'}),
    ...(nonce !== undefined && {nonce}),
  });
  return {
    html:
      `<!doctype html><html lang="${escaped(lang)}"><meta charset="utf-8"><title>Tillit Chat under a strict policy</title>` +
      `<meta name="viewport" content="width=device-width, initial-scale=1">${head}` +
      `<h1>A page</h1>${tag('tillit-chat', {endpoint, ...attributes})}</html>`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': Object.entries(policy)
        .map(([directive, values]) => [directive, ...values].join(' '))
        .join('; '),
      ...(isIsolated && {
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-opener-policy': 'same-origin',
      }),
    },
  };
}

const tag = (name: string, attributes: Readonly<Record<string, string>>) =>
  `<${name}${Object.entries(attributes)
    .map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`)
    .join('')}></${name}>`;

const escaped = (text: string) => text.replace(/[&"<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
