/** Which languages there are, which one fits a wish, and loading its catalog. */
import {Messages, type Catalog, type Strings} from './messages.js';

type Load = () => Promise<{readonly default: Partial<Catalog>}>;

/** The messages a person may read before they type, and the rest. */
const loaders: Readonly<Record<string, readonly [first: Load, rest: Load]>> = {
  sv: [() => import('../../locales/sv.json?first'), () => import('../../locales/sv.json?rest')],
  en: [() => import('../../locales/en.json?first'), () => import('../../locales/en.json?rest')],
};

/** The language used when nothing else fits. */
const fallback = 'en';

/**
 * The best locale we have for a wish, by RFC 4647 lookup: the tag, then the tag shortened from its end.
 *
 * @param wishes BCP 47 tags, the most wanted first
 */
export function matchLocale(wishes: readonly string[]): string {
  const have = new Map(Object.keys(loaders).map((tag) => [tag.toLowerCase(), tag]));
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
 * @param isWhole whether all messages are wanted, or those a person may read before they type
 */
export async function loadMessages(locale: string, strings: Strings = {}, isWhole = true): Promise<Messages> {
  const have = loaders[locale] ? locale : fallback;
  const [first, rest] = loaders[have]!;
  const halves = await Promise.all(isWhole ? [first(), rest()] : [first()]);
  const own = Object.assign({}, ...halves.map((half) => half.default)) as Catalog;
  // Who answers is for nobody to reword.
  const notices = Object.entries(own).filter(([key]) => key.startsWith('notice'));
  const catalog = {...own, ...strings, ...Object.fromEntries(notices)};
  return new Messages(have, catalog, isWhole);
}
