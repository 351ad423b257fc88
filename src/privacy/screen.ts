/** The verdict on a text that a person wrote. No other file makes `ScreenedText`. */
import {findPii} from './find.js';
import type {Finding, PiiType, Purpose, Screen, ScreenedText} from './types.js';

/** What a ticket's form itself asks for. */
const isAsked = (purpose: Purpose, type: PiiType) => purpose === 'ticket' && (type === 'NAME' || type === 'EMAIL');

/**
 * Finds, judges, and says whether the text may leave. It never throws: a rule that does makes the verdict `failed`.
 *
 * @param purpose a `ticket` may hold the name and e-mail address its form asks for; in a `file-name`, `_` is a space
 * @returns `pass` with the same text, branded; or `stop` with what must be masked, edited or confirmed.
 */
export const screen: Screen = (text, purpose, options = {}) => {
  let findings: readonly Finding[];
  try {
    // A file name writes `_` for a space.
    const words = purpose === 'file-name' ? text.replace(/_/g, ' ') : text;
    findings = findPii(words, options).filter(({type}) => !isAsked(purpose, type));
  } catch {
    // What a rule could not read is not known to be clean.
    return {verdict: 'failed'};
  }
  const mayPass = findings.every(({severity}) => severity === 'warn' && options.warningsConfirmed === true);
  return mayPass ? {verdict: 'pass', text: text as ScreenedText, findings} : {verdict: 'stop', findings};
};
