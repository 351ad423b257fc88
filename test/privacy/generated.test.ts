import {expect} from '@open-wc/testing';

import {findPii, type Pack} from '../../src/privacy/index.js';
import {loadPacks} from '../../src/privacy/load-packs.js';
import {kinds, orderNumber, seeded, templates} from './generate.js';

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
