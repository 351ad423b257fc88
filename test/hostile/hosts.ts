/** Pages that make it hard: what of them is changed before anything else runs, and what may come of it. */

export interface HostilePage {
  readonly id: string;
  /** Runs first in the page. */
  readonly init?: string;
  readonly head?: string;
  /** Every script of the page has the nonce `N`. */
  readonly csp?: string;
  /** The page lies in a frame with this `sandbox`. */
  readonly sandbox?: string;
  /** What a person may be left with in place of the chat; without it, the whole journey must work. */
  readonly closes?: RegExp;
}

/** How the lists of others mark what no engine can pass: the chat stays shut, and says so. */
export const mayClose: Readonly<Record<string, RegExp>> = {
  'fetch-missing': /Kontrollera nätet/,
  'no-readablestream': /./,
  'no-adopted-stylesheets': /^Hjälpcentret$/,
  'old-define': /^Hjälpcentret$/,
  'csp-strict': /./,
  'csp-tt-none': /kunde inte laddas/,
  'csp-no-connect': /./,
};

/** Ours: each stands for something that was met on real pages. */
export const hostilePages: readonly HostilePage[] = [
  {
    id: 'arrays and objects have more members, which loops meet',
    init: `Array.prototype.last = function () { return this[this.length - 1]; };
      Object.defineProperty(Array.prototype, 'clear', {enumerable: true, configurable: true, value() { this.length = 0; }});
      String.prototype.strip = function () { return this.trim(); };`,
  },
  {
    id: 'lists know how to become JSON, wrongly',
    init: `Array.prototype.toJSON = function () { return JSON.stringify([...this]); };
      String.prototype.toJSON = function () { return '"' + this + '"'; };`,
  },
  {
    id: 'JSON is read with more in it',
    init: `const parse = JSON.parse;
      JSON.parse = (text, revive) => { const value = parse(text, revive); if (value && typeof value === 'object') value.__patched = 1; return value; };`,
  },
  {
    id: 'fetch is wrapped by a monitor',
    init: `const get = window.fetch; window.fetch = (...all) => get(...all).then((response) => response.clone());`,
  },
  {
    id: 'newer things are missing',
    init: `for (const name of ['structuredClone', 'queueMicrotask', 'BroadcastChannel', 'ResizeObserver', 'IntersectionObserver']) window[name] = undefined;
      Intl.Segmenter = Intl.ListFormat = Intl.RelativeTimeFormat = undefined;
      Array.prototype.at = Array.prototype.flat = String.prototype.replaceAll = undefined;
      Object.defineProperty(navigator, 'locks', {value: undefined});`,
  },
  {
    id: 'nothing may be stored',
    init: `for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {get() { throw new DOMException('Access is denied.', 'SecurityError'); }});`,
  },
  {
    id: 'listeners are wrapped, so that none is ever taken off',
    init: `const add = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function (type, listener, options) {
        return add.call(this, type, typeof listener === 'function' ? function (event) { return listener.call(this, event); } : listener, options);
      };`,
  },
  {
    id: 'elements are made by the page',
    init: `const make = document.createElement;
      document.createElement = (...all) => { const made = make.apply(document, all); made.setAttribute('data-host', '1'); return made; };
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (init) { return attach.call(this, {...init, mode: 'open'}); };`,
  },
  {id: 'time stands still and chance always says the same', init: `Date.now = () => 0; Math.random = () => 0.5;`},
  {
    id: 'other ways of loading modules are there',
    init: `window.define = () => {}; window.define.amd = {}; window.module = {exports: {}}; window.exports = {};`,
  },
  {id: 'addresses begin elsewhere', head: '<base href="https://elsewhere.example/deep/">'},
  {
    id: 'everything is styled',
    head: `<style>html { font-size: 62.5%; } * { all: revert !important; letter-spacing: 3px !important; }
      body { transform: scale(1); filter: blur(0); contain: layout; } iframe, dialog, [role=dialog] { display: none !important; }</style>`,
  },
  {id: 'it reads from right to left', init: `document.documentElement.dir = 'rtl';`},
  {id: 'it lies in a frame that forbids forms and windows', sandbox: 'allow-scripts allow-same-origin'},
  {
    id: 'its policy lets our own site through',
    csp: "default-src 'none'; script-src 'nonce-N' 'strict-dynamic'; style-src 'nonce-N'; connect-src 'self'; base-uri 'none'; form-action 'none'",
  },
  {
    id: 'its policy lets nobody make HTML',
    csp: "script-src 'nonce-N' 'strict-dynamic'; require-trusted-types-for 'script'; trusted-types 'none'",
    closes: /kunde inte laddas/,
  },
  {id: 'its policy lets nothing out', csp: "script-src 'nonce-N' 'strict-dynamic'; connect-src 'none'", closes: /./},
  {
    id: 'the tag is taken',
    init: `customElements.define('tillit-chat', class extends HTMLElement { old = 1; });`,
    closes: /^Hjälpcentret$/,
  },
  {
    id: 'the browser is from before our time',
    init: `delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets;`,
    closes: /^Hjälpcentret$/,
  },
];
