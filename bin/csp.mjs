/*
 * The Content-Security-Policy of a page with the chat, as small as it can be, and why each directive is in it. No Node in
 * here: the demo's configurator runs it too.
 */

/**
 * @typedef {object} Setup
 * @property {string} [script] address of the pasted script; without it, it comes from the page's own origin
 * @property {string} [endpoint] of the backend; without it, it is on the page's own origin
 * @property {string} [nonce] how the page writes its nonce; without it, scripts are allowed by address
 * @property {readonly string[]} [images] origins of images in answers: the property `imageOrigins`
 * @property {boolean} [htmlTerms] whether the terms or articles are HTML
 * @property {readonly string[]} [speech] origins of the speech service
 */

/**
 * @param {Setup} setup
 * @returns {readonly {readonly name: string, readonly values: readonly string[], readonly why: string}[]} throws with a
 *   sentence for an address that is none
 */
export function cspDirectives({script, endpoint, nonce, images = [], htmlTerms = false, speech = []}) {
  if (nonce !== undefined && !/^[\w+/{}$<>%=.-]+$/.test(nonce))
    throw new Error(`--nonce takes a nonce, or what your server writes one in place of, not "${nonce}".`);
  const speaks = speech.length > 0;
  return [
    {name: 'default-src', values: ["'none'"], why: 'The chat has no fonts, frames, media or workers.'},
    {
      name: 'script-src',
      values: nonce === undefined ? [folderOf(script)] : [`'nonce-${nonce}'`, "'strict-dynamic'"],
      why:
        nonce === undefined
          ? 'The folder of the pasted script: it loads the files in chunks/ beside it. No eval, nothing inline.'
          : 'The pasted script has the nonce, and hands it on to the files it loads. No eval, nothing inline.',
    },
    {
      name: 'style-src',
      values: ["'self'"],
      why: "Your own sheets. The chat needs none: its sheets are the script's objects, without <style> or style attributes.",
    },
    {
      name: 'connect-src',
      values: [...new Set([originOf(endpoint, 'endpoint'), ...speech.map((origin) => originOf(origin, 'speech'))])],
      why: speaks ? 'The backend, and the speech service while a person speaks.' : 'The backend.',
    },
    {
      name: 'img-src',
      values: images.length === 0 ? ["'none'"] : images.map((origin) => originOf(origin, 'images')),
      why: images.length === 0 ? 'Images in answers are off.' : 'Images in answers, from the origins in imageOrigins.',
    },
    ...(speaks ? [{name: 'media-src', values: ['blob:'], why: 'Answers that are read aloud.'}] : []),
    {name: 'base-uri', values: ["'none'"], why: 'Nobody moves the addresses that the page names.'},
    {name: 'require-trusted-types-for', values: ["'script'"], why: 'No string becomes markup or a script.'},
    {
      name: 'trusted-types',
      values: ['tillit-chat', 'lit-html', ...(htmlTerms ? ['dompurify'] : [])],
      why:
        'tillit-chat: the addresses of its own files. lit-html: its templates. Without one of them the chat cannot be drawn, and the launcher says so.' +
        (htmlTerms ? ' dompurify: terms in HTML; without it they are shown as plain text.' : ''),
    },
  ];
}

/** @param {Setup} setup */
export const cspOf = (setup) =>
  cspDirectives(setup)
    .map(({name, values}) => [name, ...values].join(' '))
    .join('; ');

/** @param {string | undefined} address @param {string} what */
function parse(address, what) {
  if (address === undefined || address === "'self'" || /^\.{0,2}\/(?!\/)/.test(address)) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^(https?|wss?):$/.test(url.protocol))
    throw new Error(`--${what} takes an address such as https://help.example.com, not "${address}".`);
  return url;
}

/** @param {string | undefined} address @param {string} what */
const originOf = (address, what) => {
  const url = parse(address, what);
  // The origin of a WebSocket's address is told as opaque by some engines.
  return url ? `${url.protocol}//${url.host}` : "'self'";
};

/** @param {string | undefined} script */
const folderOf = (script) => {
  const url = parse(script, 'script');
  // A path in a policy may not hold what separates its words.
  return url
    ? url.origin +
        url.pathname
          .replace(/[^/]*$/, '')
          .replaceAll(';', '%3B')
          .replaceAll(',', '%2C')
    : "'self'";
};
