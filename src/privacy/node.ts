/**
 * The guard as Node gets it: bytes do not count on a server, so every pack is in it. Which ones run is told by
 * `locales`, and without them all do; `packs` goes before both.
 */
import {findPii as findWith} from './find.js';
import {allPackIds, loadAllPacks, packIds} from './load-packs.js';
import {screen as screenWith} from './screen.js';
import type {Finding, Pack, PiiOptions, Screen} from './types.js';

export * from './index.js';

const all = await loadAllPacks();
const byId = new Map(allPackIds.map((id, index) => [id, all[index]!]));

function withPacks<Options extends PiiOptions>(options: Options): Options & {readonly packs: readonly Pack[]} {
  const ids = packIds(options.locales ?? []);
  const packs = options.packs ?? (ids.length > 0 ? ids.map((id) => byId.get(id)!) : all);
  return {...options, packs};
}

export const findPii = (text: string, options: PiiOptions = {}): Finding[] => findWith(text, withPacks(options));

export const screen: Screen = (text, purpose, options = {}) => screenWith(text, purpose, withPacks(options));
