/** How findings are shown in the text while it is written. */
import {html, type TemplateResult} from 'lit';

import type {Finding, PiiType} from '../privacy/types.js';

/** Beyond these a text is not read mark by mark, and drawing thousands takes some engines seconds. */
const MOST_MARKED = 200;

/** The text with each finding in a `<mark>`; the rest unchanged, so that it lies exactly under the field's own text. */
export function markFindings(text: string, findings: readonly Finding[]): TemplateResult {
  const pieces: unknown[] = [];
  let at = 0;
  for (const {start, end, severity} of [...findings].sort((a, b) => a.start - b.start).slice(0, MOST_MARKED)) {
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
