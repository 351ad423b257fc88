import {expect} from '@open-wc/testing';

import {findPii, type Pack} from '../../src/privacy/index.js';
import {loadAllPacks, loadPacks} from '../../src/privacy/load-packs.js';
import {questions} from './questions.js';

const seen = (text: string, locales: readonly string[], packs: readonly Pack[]) =>
  findPii(text, {locales, packs}).map(({subtype, start, end}) => `${subtype}: ${text.slice(start, end)}`);

describe('Ordinary questions', () => {
  it('are at least two hundred and fifty', () => {
    expect(Object.values(questions).flat().length).to.be.at.least(250);
  });

  for (const [language, list] of Object.entries(questions)) {
    for (const question of list) {
      it(`pass: ${question}`, async () => {
        expect(seen(question, [language], []), 'with the core').to.deep.equal([]);
        expect(seen(question, [language], await loadPacks([language])), 'with the language’s packs').to.deep.equal([]);
        expect(seen(question, [], await loadAllPacks()), 'with every pack').to.deep.equal([]);
      });
    }
  }
});
