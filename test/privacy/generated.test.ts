import {expect} from '@open-wc/testing';

import {findPii, type Pack} from '../../src/privacy/index.js';
import {loadPacks} from '../../src/privacy/load-packs.js';
import {disguises, harmless, kinds, orderNumber, seeded, templates} from './generate.js';

const howMany = 40;

describe('Generated values', () => {
  for (const {name, type, pack, make} of kinds) {
    it(`finds every ${name} in ten templates`, async () => {
      const random = seeded(4711);
      const locales = pack === undefined ? [] : [pack];
      const packs: readonly Pack[] = await loadPacks(locales);
      for (let count = 0; count < howMany; count++) {
        const value = make(random);
        for (const [index, template] of templates.entries()) {
          const text = template(value);
          const hits = findPii(text, {locales, packs}).filter((finding) => finding.type === type);
          const found = hits.map(({start, end}) => text.slice(start, end).replaceAll('\u200b', ''));
          expect(found, `${name} ${value} in template ${index}`).to.deep.equal([value]);
        }
      }
    });
  }

  for (const [disguise, put] of Object.entries(disguises)) {
    it(`finds each behind ${disguise}, and says where it stands in the text as it was written`, async () => {
      const random = seeded(1712);
      for (const {name, type, pack, make} of kinds) {
        const locales = pack === undefined ? [] : [pack];
        const packs = await loadPacks(locales);
        for (let count = 0; count < 10; count++) {
          const value = put(make(random));
          const text = `😀 Det gäller ${value}, tack`;
          const hits = findPii(text, {locales, packs}).filter((finding) => finding.type === type);
          const found = hits.map(({start, end}) => text.slice(start, end));
          expect(found, `${name} ${value}`).to.deep.equal([value]);
        }
      }
    });
  }

  for (const [what, make] of Object.entries(harmless)) {
    it(`takes no ${what} for personal`, async () => {
      const random = seeded(2711);
      const packs = await loadPacks(['sv', 'da']);
      for (let count = 0; count < 300; count++) {
        const value = make(random);
        for (const text of [value, `Det står ${value} i loggen`, `(${value})`, `Value ${value}, why?`])
          expect(findPii(text, {locales: ['sv', 'da'], packs}), text).to.deep.equal([]);
      }
    });
  }

  it('takes no number of an order, an invoice or an article for personal', () => {
    const random = seeded(8112);
    for (let count = 0; count < 400; count++) {
      const number = orderNumber(random);
      for (const word of ['Order', 'Fakturanummer', 'ref:', 'Ärende #', 'Artikelnr', 'Tracking']) {
        const text = `${word} ${number} saknas`;
        expect(findPii(text), text).to.deep.equal([]);
      }
    }
  });
});
