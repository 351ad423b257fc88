/**
 * Makes text from a model fit to be shown: what a reader cannot see must not be there, and nothing may turn the
 * direction of what stands around it.
 *
 * Removed: control characters, bidi embeddings, overrides and isolates, Unicode tag characters outside flag emoji
 * (they carry hidden instructions), variation selectors that select nothing, noncharacters. Kept: joiners, since
 * Persian, Hindi and emoji need them, and the plain direction marks. Half of a surrogate pair becomes U+FFFD.
 * Linear; idempotent.
 */

const FLAG = String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{2,6}\u{E007F}`;
const NEVER = String.raw`[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2061-\u206f\ufeff\ufff9-\ufffb\u{E0000}-\u{E00FF}\u{E01F0}-\u{E0FFF}]|[\ufdd0-\ufdef\ufffe\uffff]`;
const unseen = new RegExp(`(${FLAG})|${NEVER}`, 'gu');
// Each of these may stand once after its base; runs of them hide bytes in plain sight.
const selectorRuns = /(?<!\p{Unified_Ideograph})[\u{E0100}-\u{E01EF}]|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]+/gu;
const markFloods = /(\p{M}{8})\p{M}+/gu;
// Most lines of most answers need nothing at all.
const suspect = /[^\t\n\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u20a0-\u2bff]/;

export function cleanText(text: string): string {
  if (!suspect.test(text)) return text;
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(unseen, '$1')
    .replace(selectorRuns, '')
    .replace(markFloods, '$1');
}
