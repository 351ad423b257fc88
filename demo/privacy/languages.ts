/** Which packs a person's language brings, and what languages and packs are called. */
import type {Pack} from 'tillit-chat/privacy';
import {loadPacks} from 'tillit-chat/privacy/packs';

import {texts, type PageLanguage} from './texts.js';

/** What the box offers. Any BCP 47 tag may be given to `loadPacks`; these are the ones that bring something. */
const offered = 'sv nb da fi is en de nl fr es pt it pl cs et lv lt'.split(' ');

export interface LanguagePacks {
  readonly all: readonly Pack[];
  /** BCP 47 tag → its packs. */
  readonly of: ReadonlyMap<string, readonly Pack[]>;
}

export async function languagesOf(all: readonly Pack[]): Promise<LanguagePacks> {
  const entries = offered.map(async (tag) => [tag, await loadPacks([tag])] as const);
  return {all, of: new Map(await Promise.all(entries))};
}

/** A country (`SE`), a language (`de`) or `any`, as the catalogue writes them. */
export function placeName(place: string, language: PageLanguage): string {
  if (place === 'any') return texts[language].everywhere;
  return capitalised(nameOf(place, /^[A-Z]{2}$/.test(place) ? 'region' : 'language', language));
}

/** A pack is named for a language, or for a country where a language has several. */
export function packName({id}: Pack, tags: readonly string[], language: PageLanguage): string {
  if (id.length > 2) return capitalised(tags.map((tag) => nameOf(tag, 'language', language)).join(', '));
  // `be` and `in` are countries here and languages to Intl: what is no language of the box's is a country.
  return capitalised(
    offered.includes(id) ? nameOf(id, 'language', language) : nameOf(id.toUpperCase(), 'region', language),
  );
}

export const languageName = (tag: string, language: PageLanguage) => capitalised(nameOf(tag, 'language', language));

const nameOf = (code: string, type: 'language' | 'region', language: PageLanguage) =>
  new Intl.DisplayNames([language], {type}).of(code) ?? code;

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
