/** Secrets: key blocks, tokens with a known shape, and what a word such as "password" announces. */
import {candidate, type Rule} from '../rule.js';

/** RFC 7468 and OpenPGP (RFC 9580 §6.2), with its lines; cut off, as long as they look like a key's. */
const privateKey: Rule = ({text}, found) => {
  const block =
    /-----BEGIN [A-Z\d ]{0,30}PRIVATE KEY[A-Z\d ]{0,9}-----(?:(?:[\w+/=:,\s]|-(?!----)){0,9000}-----END [A-Z\d ]{0,40}-----|(?:\s{0,2}[\w+/=]{16,80}){0,120})/g;
  for (const {0: value, index} of text.matchAll(block)) {
    found.push(candidate('SECRET', 'private-key', index, index + value.length, 1, 'shape'));
  }
};

/**
 * Shapes that their makers publish for secret scanners: AWS; GitHub, GitLab, OpenAI, Anthropic, Stripe, Slack, npm, Hugging Face,
 * DigitalOcean, Shopify, Google, Vault, SendGrid; Google's AIza, Twilio, Telegram; JWT (RFC 7519).
 */
const knownShapes =
  /(?<![A-Za-z\d])(?:A(?:KIA|SIA)[A-Z\d]{16}|(?:(?:gh[pousr]|github_pat|[spr]k_(?:live|test)|npm|hf|do[opr]_v1|shp(?:at|ss|ca|pa))_|(?:glpat|sk|x(?:ox[abeoprs]|app)|key)-|(?:ya29|hvs|SG)\.)[\w.-]{16,250}|AIza[\w-]{35}|(?:AC|SK)[a-f\d]{32}|eyJ[\w-]{6,4000}\.[\w-]{6,4000}(?:\.[\w-]{0,1000})?|\d{8,10}:AA[\w-]{33}|https:\/\/hooks\.slack\.com\/[\w/]{20,99})(?![A-Za-z\d])/g;
/** Whoever made it: a short prefix and twenty letters and digits, or forty without one; of both cases, well mixed. */
const prefixed =
  /(?<![\w/.-])(?!sha\d)(?:[A-Za-z]\w{1,15}[-_.]|(?=\w{40}))(?=[\w-]{0,30}[a-z])(?=[\w-]{0,30}[A-Z])(?=[\w-]{0,60}?(?:[A-Za-z]{1,15}\d{1,3}){2})[\w-]{20,250}(?![\w.])/g;
const bearer = /(?<=(?:Bearer|Basic) )[\w~+/.-]{16,4000}=*/g;

const known: Rule = ({text}, found) => {
  for (const shape of [knownShapes, prefixed, bearer]) {
    for (const {0: value, index} of text.matchAll(shape)) {
      // Words with hyphens, such as sk-och-sk-igen, are no key.
      if (/\d/.test(value)) found.push(candidate('SECRET', 'token', index, index + value.length, 0.995, 'shape'));
    }
  }
};

/** RFC 3986 §3.2.1: `//user:password@host`. */
const inUrl: Rule = ({text}, found) => {
  for (const {0: value, 1: user, index} of text.matchAll(
    /(?<=:\/\/([^\s/?#:@]{0,80}):)[^\s/?#@]{1,120}(?=@[\p{L}\p{N}[])/gu,
  )) {
    if (user !== undefined && !placeholder.test(value))
      found.push(candidate('SECRET', 'url-password', index, index + value.length, 0.995, 'shape'));
  }
};

/** `password: x`, `"password":"x"`, `PASSWORD=x`. */
const assigned = /^[\p{L}_-]{0,12}["'`]?\s{0,3}(?:[:=]|=>|->)\s{0,3}["'`]?/u;
/** "lösenordet till portalen är x"; or just "lösenord x". */
const said =
  /^(?:[ \t]+[^\s.?!,:;]{1,20}){0,4}?[ \t]+(?:är|er|ist?|lautet|on|oli|was|var|est?|[èé])[ \t]*:?[ \t]+["'`]?/u;
/** "with x as my password", "x som lösenord". */
const asPassword = /(?<=\s["'`]?)([^\s"'`]{4,40})["'`]? (?:as|som|als|comm?[eo]) (?:\p{L}{1,6} )?$/u;
const belowUser = /(?:user|login|anv)[^\n]{2,40}\n$/i;
const placeholder =
  /^(?:[*x•._-]+|[<{[(%$].*|https?:.*|n(?:ull|one|il)|undefined|true|false|string|text|required|optional|empty|hidden|pass(?:w?or)?d?|l.senord|pwd|token|your.*|…)[.,;:?)]*$/i;

const announced: Rule = (reading, found) => {
  const {text, lower} = reading;
  for (const means of ['secret', 'token'] as const) {
    for (const label of reading.all(means)) {
      const rest = text.slice(label.end, label.end + 320);
      const before = text.slice(Math.max(0, label.start - 48), label.start);
      const asked = means === 'secret' && asPassword.exec(before);
      if (asked && isPassword(asked[1]!, true, false, false, false)) {
        const start = label.start - asked[0].length;
        found.push(candidate('SECRET', means, start, start + asked[1]!.length, 0.9, 'label'));
      }
      const assignment = assigned.exec(rest)?.[0];
      const saying = assignment === undefined ? said.exec(rest.slice(0, 120))?.[0] : undefined;
      const lead = assignment ?? saying ?? /^[ \t]+["'`]?/.exec(rest)?.[0];
      const whole = lead === undefined ? undefined : /^[^\s"'`<>]{4,200}/.exec(rest.slice(lead.length))?.[0];
      if (!whole || placeholder.test(whole)) continue;
      const value = (means === 'token' ? whole.replace(/[;&].*/, '') : whole).replace(/[.,;:?)\]}]+$/, '');
      const start = label.end + lead!.length;
      const isSet = (assignment ?? saying) !== undefined;
      // As a program would read it: in quotes, or right behind `=`.
      // Or below the user's name.
      const isCode = /["'`]$|= ?$/.test(assignment ?? '') || belowUser.test(before);
      const isPin = /^(?:pin|otp|my_c|.*(?:ko[dh]|code|tal))/.test(lower.slice(label.start, label.end));
      const isSecret =
        means === 'token'
          ? isToken(value, isCode)
          : isPassword(value, isSet, isCode, isPin, /^ ?[\p{L}%]/u.test(rest.slice(lead!.length + whole.length)));
      if (isSecret) found.push(candidate('SECRET', means, start, start + value.length, 0.9, 'label'));
    }
  }
};

const isToken = (value: string, isCode: boolean) =>
  value.length >= (isCode ? 12 : 16) && /^(?=.*\d)(?=.*[A-Za-z])[\w.~+/=-]+$/.test(value);

function isPassword(value: string, isSet: boolean, isCode: boolean, isPin: boolean, isFollowed: boolean): boolean {
  if (value.length < 4 || /^[^@]+@[\w-]+\.\w+$/.test(value)) return false;
  if (/^\d+(?::\p{L}+)?$/u.test(value)) return isPin ? value.length <= 10 : isSet && value.length > 4 && !isFollowed;
  if (!/\p{L}/u.test(value)) return false;
  if (/\d/.test(value)) return isSet || (value.length > 5 && !/^\p{Lu}+-?\d+$|^\d+\p{L}+$/u.test(value));
  // Signs within, a hump, three joined words, or one last exclamation mark: "correct-horse-battery", "Geheim!".
  if (isSet && /[!@#$%^&*+=?~|].|\p{Ll}\p{Lu}|([-_])[^-_]+\1[^-_]+|^\p{Lu}.*[^!]!$/u.test(value)) return true;
  // A plain word is a secret only where a program would read one.
  return isCode;
}

export const secretRules = [privateKey, known, inUrl, announced] as const;
