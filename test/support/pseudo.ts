/**
 * English as a language that nobody speaks: accented, between brackets, and 40 % longer. What shows without brackets does
 * not come from a catalog; what does not fit will not fit in some language either. Made while a test runs, and never sent.
 */
import type {Catalog, Plural, Strings} from '../../src/i18n/messages.js';

const accented: Readonly<Record<string, string>> = {
  a: 'å',
  e: 'é',
  i: 'ï',
  o: 'ö',
  u: 'ü',
  A: 'Å',
  E: 'É',
  I: 'Ï',
  O: 'Ö',
  U: 'Ü',
};
const word = ' ẋẋẋẋẋẋ';

export function pseudo(text: string): string {
  const own = text.replace(/\{\w+\}|[aeiou]/gi, (hit) => accented[hit] ?? hit);
  return `⟦${own}${word.repeat(Math.ceil((text.length * 0.4) / word.length))}⟧`;
}

const pseudoForms = (message: string | Plural) =>
  typeof message === 'string'
    ? pseudo(message)
    : Object.fromEntries(Object.entries(message).map(([form, text]) => [form, pseudo(text)]));

/** For the property `strings`. */
export const pseudoStrings = (catalog: Catalog): Strings =>
  Object.fromEntries(Object.entries(catalog).map(([key, message]) => [key, pseudoForms(message)]));
