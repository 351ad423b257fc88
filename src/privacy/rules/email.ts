/** E-mail addresses (RFC 5321 §4.1.2, RFC 6531 for letters beyond ASCII), anchored at the `@` so that no text is slow. */
import {candidate, type Rule} from '../rule.js';

const local = /[\p{L}\p{N}_](?:[\p{L}\p{N}.!#$%&'*+?^_`{|}~-]{0,63})$/u;
const domain = /(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}\p{L}[\p{L}\p{N}-]{0,22}\p{L}/uy;
/** `icon@3x.png` is a file. None of these is a top-level domain. */
const fileEnding = /\.(?:png|jpe?g|gif|svg|webp|pdf|html?|css|m?js|ts|json|txt|docx?|xlsx?)$/i;

const addresses: Rule = ({text}, found) => {
  // `@` in a URL's query is written `%40`.
  for (const {0: sign, index: at} of text.matchAll(/@|%40/g)) {
    domain.lastIndex = at + sign.length;
    const host = domain.exec(text)?.[0];
    const name = host && local.exec(text.slice(Math.max(0, at - 64), at))?.[0];
    if (!name || fileEnding.test(host)) continue;
    const start = at - name.length;
    const end = at + sign.length + host.length;
    // git@host:group/project names a repository; //user:password@host is a secret's business.
    if (/^git$/i.test(name) && /[:/]/.test(text[end] ?? '')) continue;
    if (/:\/\/[^\s/@]{0,64}$/.test(text.slice(Math.max(0, start - 70), at))) continue;
    found.push(candidate('EMAIL', 'email', start, end, 0.99, 'shape'));
  }
};

const atWord = 'at|ät|snabel-?a?|krøll-?alfa|miukumauku|klammeraffe|arroba|arobase|apenstaartje|chiocciola|małpa';
const dotWord = 'dot|punktu?m?|prick|piste|point|punto';
const dot = `(?:\\.| ?[[({<]{1,2} ?(?:${dotWord}|\\.) ?[\\])}>]{1,2} ?| (?:${dotWord}) )`;
const spelledAt = new RegExp(
  ` ?[[({<]{1,2} ?(?:${atWord}|a|@) ?[\\])}>]{1,2} ?|(?<=[\\p{L}\\d])(?: (?:${atWord}|@) |@ )`,
  'gu',
);
const spelledLocal = new RegExp(`(?<![\\p{L}\\d])[\\p{L}\\d](?:[\\p{L}\\d_+-]|${dot}(?=[\\p{L}\\d])){0,63}$`, 'u');
const spelledHost = new RegExp(`^(?:[\\p{L}\\d-]{1,40}${dot}){1,4}\\p{L}{2,24}(?![\\p{L}\\d])`, 'u');

/** Spelled out: "namn snabel-a firma punkt se", "john [at] example [dot] com". */
const spelledOut: Rule = ({lower}, found) => {
  for (const {0: sign, index: at} of lower.matchAll(spelledAt)) {
    const end = at + sign.length;
    const local = spelledLocal.exec(lower.slice(Math.max(0, at - 64), at))?.[0];
    const host = local && spelledHost.exec(lower.slice(end, end + 80))?.[0];
    // "look at example.com": the bare English word needs a spelled dot, or a word about mail.
    const isVague =
      /^ (?:at|@) $/.test(sign) &&
      !host?.includes(' ') &&
      !/e-?post|mejl|mail/.test(lower.slice(Math.max(0, at - 40), at));
    if (host && !isVague)
      found.push(candidate('EMAIL', 'email-spelled', at - local.length, end + host.length, 0.9, 'shape'));
  }
};

export const emailRules = [addresses, spelledOut] as const;
