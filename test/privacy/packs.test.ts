import {expect} from '@open-wc/testing';

import {findPii} from '../../src/privacy/index.js';
import {allPackIds, loadAllPacks, loadPacks} from '../../src/privacy/load-packs.js';

const ids = async (...locales: string[]) => (await loadPacks(locales)).map(({id}) => id);

describe('Packs', () => {
  for (const [locales, expected] of [
    [['sv'], ['sv']],
    [
      ['sv-SE', 'en-GB'],
      ['sv', 'en', 'gb', 'ie', 'us', 'ca', 'in'],
    ],
    [['no'], ['nb']],
    [['nn-NO'], ['nb']],
    [['nl-BE'], ['nl', 'be']],
    [['de_DE', 'DE'], ['de']],
    [['tlh', '', 'constructor'], []],
    [[], []],
  ] as const) {
    it(`for ${JSON.stringify(locales)} are ${JSON.stringify(expected)}`, async () => {
      expect(await ids(...locales)).to.deep.equal(expected);
    });
  }

  it('are all there for a server', async () => {
    expect((await loadAllPacks()).map(({id}) => id)).to.have.members(allPackIds as string[]);
  });

  it('change nothing for those who do not hand them in', async () => {
    const text = 'DNI 54362315K, alltså 54362315K';
    const packs = await loadPacks(['es']);
    expect(findPii(text, {packs}).length).to.equal(2);
    expect(findPii(text)).to.deep.equal([]);
  });

  it('name nobody who could be a word: first names are small letters, each once', async () => {
    for (const {id, firstNames = ''} of await loadAllPacks()) {
      const names = firstNames.split(/\s+/).filter(Boolean);
      expect(new Set(names).size, id).to.equal(names.length);
      for (const name of names) expect(name, id).to.match(/^\p{Ll}[\p{Ll}-]+$/u);
    }
  });
});
