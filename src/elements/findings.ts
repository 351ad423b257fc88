/** How findings are told: what was found, in words, and the text with the found places marked. */
import {html, type TemplateResult} from 'lit';

import type {Messages} from '../i18n/messages.js';
import type {Finding, PiiType} from '../privacy/types.js';

/** "1 piece of personal data was found. E-mail address." */
export function findingSentence(
  findings: readonly Finding[],
  messages: Messages,
): {readonly title: string; readonly kinds: string} {
  const blocks = findings.filter(({severity}) => severity === 'block').length;
  const title =
    blocks > 0 ? messages.t('findingsBlock', {n: blocks}) : messages.t('findingsWarn', {n: findings.length});
  const kinds = messages.list([...new Set(findings.map(({type}) => messages.t(`pii_${type}`)))]);
  return {title, kinds: `${kinds.charAt(0).toLocaleUpperCase(messages.locale)}${kinds.slice(1)}.`};
}

/** The text with each finding in a `<mark>`; the rest unchanged, so that it lies exactly under the field's own text. */
export function markFindings(text: string, findings: readonly Finding[]): TemplateResult {
  const pieces: unknown[] = [];
  let at = 0;
  for (const {start, end, severity} of [...findings].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    pieces.push(text.slice(at, start), html`<mark data-severity=${severity}>${text.slice(start, end)}</mark>`);
    at = end;
  }
  return html`${pieces}${text.slice(at)}`;
}

export function countTypes(findings: readonly Finding[]): Partial<Record<PiiType, number>> {
  const counts: Partial<Record<PiiType, number>> = {};
  for (const {type} of findings) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
