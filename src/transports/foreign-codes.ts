/**
 * What other protocols call their errors, as our codes. Vendors agree on the words, not on the spelling
 * (`content_filter`, `ContentFiltered`, "flagged by the OpenAI content filter"), so words are looked for.
 */
import {chatError, type ChatError, type ErrorCode} from '../core/errors.js';
import {isFields, string} from './fields.js';
import {refusalError, type Refusal} from './problem.js';

const LONGEST_READ_CHARS = 500;

const words: readonly (readonly [RegExp, ErrorCode])[] = [
  [
    /content.?(filter|policy|management)|responsible.?ai|moderation|usage.?polic|invalid_prompt|bio_policy/i,
    'content_filtered',
  ],
  [/context.?length|above.?max.?length|too.?(long|large|many.?tokens)|max.?token|token.?limit/i, 'too_long'],
  // Before quotas: who limits a rate points to where more quota can be had.
  [/rate.?limit|too.?many.?requests|throttl/i, 'rate_limited'],
  [/quota|usage.?limit|billing|insufficient.?(funds|credit)/i, 'quota_exceeded'],
  [/token.?(has.?)?expired|expired.?token/i, 'auth_expired'],
  [/unauthori[sz]ed|unauthenticated|invalid.?(api.?key|token)/i, 'auth_required'],
  [/forbidden|access.?denied|not.?allowed|permission/i, 'forbidden'],
  [/time.?d?.?out/i, 'timeout'],
  [/unavailable|overload|bad.?gateway/i, 'unavailable'],
];

/** @param names what may tell, the most telling first: codes before messages */
export function foreignCode(...names: readonly unknown[]): ErrorCode | undefined {
  for (const name of names) {
    const text = string(name)?.slice(0, LONGEST_READ_CHARS) ?? '';
    const found = words.find(([word]) => word.test(text));
    if (found) return found[1];
  }
  return undefined;
}

/** An error as other backends write it: a text, or an object with `code`, `type`, `message`, or one inside another. */
export function foreignError(body: unknown, fallback: ErrorCode): ChatError {
  const inner = isFields(body) && body.error !== undefined ? body.error : body;
  const {code, type, message} = isFields(inner) ? inner : {};
  return chatError(foreignCode(code, type, message, inner) ?? fallback);
}

/** Statuses that leave open what is wrong. The others say it better than the words of a body. */
const vague: readonly number[] = [400, 403, 409, 413, 422, 500];

/** A refusal of a backend that names errors in its own way. */
export function foreignRefusal(refusal: Refusal): ChatError {
  const byStatus = refusalError(refusal);
  const {code} = foreignError(refusal.body, byStatus.code);
  // Who is told to wait may wait for a better day; what else the words remind of is not meant.
  const isBetter = refusal.status === 429 ? code === 'quota_exceeded' : vague.includes(refusal.status);
  return isBetter ? {...byStatus, ...chatError(code)} : byStatus;
}
