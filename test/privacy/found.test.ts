import {expect} from '@open-wc/testing';

import {findPii, type Pack} from '../../src/privacy/index.js';
import {loadPacks} from '../../src/privacy/load-packs.js';
import {examples} from './examples.js';

describe('What is personal', () => {
  const packsOf = new Map<string, readonly Pack[]>();

  before(async () => {
    for (const [language] of examples) packsOf.set(language, await loadPacks([language]));
  });

  for (const [language, text, ...values] of examples) {
    it(`is found in ${JSON.stringify(text)}`, () => {
      const findings = findPii(text, {locales: [language], packs: packsOf.get(language)!});
      for (const [type, value] of values) {
        const start = text.indexOf(value);
        const overlapping = findings.filter((one) => one.start < start + value.length && start < one.end);
        expect(
          overlapping.map((one) => one.type),
          value,
        ).to.include(type);
      }
    });
  }
});
