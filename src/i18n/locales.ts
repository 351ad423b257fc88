/** Which languages there are, which one fits a wish, and loading its catalog. */
import {Messages, type Catalog, type Strings} from './messages.js';

/** The first part of each catalog, which has the ways to the others. */
const catalogs = {
  sv: () => import('../../locales/sv.json?first'),
  en: () => import('../../locales/en.json?first'),
};

/** The language used when nothing else fits. */
const fallback = 'en';

const has = (locale: string): locale is keyof typeof catalogs => Object.hasOwn(catalogs, locale);
const catalogOf = (locale: string) => catalogs[has(locale) ? locale : fallback]();

/**
 * The best locale we have for a wish, by RFC 4647 lookup: the tag, then the tag shortened from its end.
 *
 * @param wishes BCP 47 tags, the most wanted first
 */
export function matchLocale(wishes: readonly string[]): string {
  const have = new Map(Object.keys(catalogs).map((tag) => [tag.toLowerCase(), tag]));
  for (const wish of wishes) {
    for (let tag = wish.toLowerCase(); tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const match = have.get(tag);
      if (match) return match;
    }
  }
  return fallback;
}

/**
 * Rejects when the catalog cannot be fetched.
 *
 * @param isWhole whether all messages of a text conversation are wanted, or those a person may read before they type
 */
export async function loadMessages(locale: string, strings: Strings = {}, isWhole = true): Promise<Messages> {
  const {default: first, rest} = await catalogOf(locale);
  const own = {...first, ...(isWhole && (await rest()).default)} as Catalog;
  // Who answers is for nobody to reword.
  const notices = Object.entries(own).filter(([key]) => key.startsWith('notice'));
  return new Messages(has(locale) ? locale : fallback, {...own, ...strings, ...Object.fromEntries(notices)}, isWhole);
}

/**
 * The same messages with those that a text conversation does without: see catalog-parts.ts for which. Rejects when they
 * cannot be fetched.
 */
export async function loadMore(messages: Messages): Promise<Messages> {
  const {more} = await catalogOf(messages.locale);
  return messages.with((await more()).default);
}
