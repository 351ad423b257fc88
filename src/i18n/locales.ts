/** Which languages there are, which one fits a wish, and loading its catalog. */
import {catalogs, languages} from './catalogs.js';
import {languageOf} from './languages.js';
import {Messages, type Catalog, type Strings} from './messages.js';

/** The language used when nothing else fits. */
const fallback = 'en';

const has = (locale: string) => languages.includes(locale);

type First = (typeof catalogs)['en'];

/** The first part of a catalog. */
async function first(locale: string): ReturnType<First> {
  const near: Readonly<Record<string, First>> = catalogs;
  const ways = Object.hasOwn(near, locale)
    ? near
    : ((await import('./other-catalogs.js')).catalogs as Readonly<Record<string, First>>);
  return ways[locale]!();
}

/**
 * The best locale we have for a wish, by RFC 4647 lookup: the tag, then the tag shortened from its end. Each of ours is a
 * language alone, and so that is its beginning.
 *
 * @param wishes BCP 47 tags, the most wanted first
 */
export const matchLocale = (wishes: readonly string[]): string => wishes.map(languageOf).find(has) ?? fallback;

/**
 * Rejects when the catalog cannot be fetched.
 *
 * @param isWhole whether all messages of a text conversation are wanted, or those a person may read before they type
 */
export async function loadMessages(locale: string, strings: Strings | null = {}, isWhole = true): Promise<Messages> {
  const have = matchLocale([locale]);
  const {default: own, rest, guard} = await first(have);
  const later = await Promise.all(isWhole ? [rest(), guard()] : []);
  const catalog = Object.assign({}, own, ...later.map((part) => part.default)) as Catalog;
  // Who answers is for nobody to reword, and a wording that a vendor has not got around to is no wording.
  const wordings = Object.entries(strings ?? {}).filter(([key, wording]) => wording && !key.startsWith('notice'));
  return new Messages(have, {...catalog, ...Object.fromEntries(wordings)}, isWhole);
}

/**
 * The same messages with those that a text conversation does without: see catalog-parts.ts for which. Rejects when they
 * cannot be fetched.
 */
export async function loadMore(messages: Messages): Promise<Messages> {
  const {more} = await first(messages.locale);
  return messages.with((await more()).default);
}
