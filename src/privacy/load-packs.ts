/**
 * Fetches what further languages and countries add, each in a file of its own.
 *
 * Packs are handed to `findPii`, not registered with it: the detector stays a pure function, two widgets on one page
 * may differ, and the core has no import that could pull a pack into its own file.
 */
import type {Pack} from './types.js';

type Load = () => Promise<{readonly pack: Pack}>;

const packs = {
  sv: () => import('./packs/sv.js'),
  nb: () => import('./packs/nb.js'),
  da: () => import('./packs/da.js'),
  fi: () => import('./packs/fi.js'),
  is: () => import('./packs/is.js'),
  en: () => import('./packs/en.js'),
  gb: () => import('./packs/gb.js'),
  ie: () => import('./packs/ie.js'),
  us: () => import('./packs/us.js'),
  ca: () => import('./packs/ca.js'),
  in: () => import('./packs/in.js'),
  de: () => import('./packs/de.js'),
  nl: () => import('./packs/nl.js'),
  be: () => import('./packs/be.js'),
  fr: () => import('./packs/fr.js'),
  es: () => import('./packs/es.js'),
  pt: () => import('./packs/pt.js'),
  it: () => import('./packs/it.js'),
  pl: () => import('./packs/pl.js'),
  cs: () => import('./packs/cs.js'),
  baltic: () => import('./packs/baltic.js'),
} as const satisfies Record<string, Load>;

/** A language, or a country where a language has several. */
export type PackId = keyof typeof packs;

/** What a language's people write, beyond its own pack. */
const ofLanguage: ReadonlyMap<string, readonly PackId[]> = new Map([
  ['no', ['nb']],
  ['nn', ['nb']],
  ['en', ['en', 'gb', 'ie', 'us', 'ca', 'in']],
  ['nl', ['nl', 'be']],
  ['fr', ['fr', 'be', 'ca']],
  ['et', ['baltic']],
  ['lv', ['baltic']],
  ['lt', ['baltic']],
  ['ga', ['ie', 'en']],
  ['hi', ['in']],
  ['sk', ['cs']],
] as const);

/** Every pack there is, for a server that does not know who will write. */
export const allPackIds = Object.keys(packs) as readonly PackId[];

/**
 * What people who write these languages, or live in these countries, add to what `findPii` always knows.
 *
 * @param locales BCP 47 tags, such as `de` or `en-GB`; one we know nothing of adds nothing.
 * @returns each pack once, for `findPii(text, {locales, packs})`. Rejects when a file cannot be fetched: the caller
 *   decides whether to go on with what the core finds.
 */
export const loadPacks = (locales: readonly string[]): Promise<readonly Pack[]> => load(packIds(locales));

/** The packs of these languages, each once. */
export function packIds(locales: readonly string[]): readonly PackId[] {
  const ids = new Set(
    locales.flatMap((tag) => {
      const [language = '', ...subtags] = tag.toLowerCase().split(/[-_]/);
      return [...(ofLanguage.get(language) ?? [language]), ...subtags].filter((id): id is PackId =>
        Object.hasOwn(packs, id),
      );
    }),
  );
  return [...ids];
}

/** Every pack, for a server. Rejects as `loadPacks` does. */
export const loadAllPacks = (): Promise<readonly Pack[]> => load(allPackIds);

const load = (ids: readonly PackId[]) => Promise.all(ids.map(async (id) => (await packs[id]()).pack));
