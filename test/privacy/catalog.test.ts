import {expect} from '@open-wc/testing';

import {ruleCatalog} from '../../src/privacy/catalog.js';
import {findPii, piiTypes} from '../../src/privacy/index.js';
import {loadAllPacks, loadPacks} from '../../src/privacy/load-packs.js';
import {examples} from './examples.js';

const key = ({type, subtype}: {readonly type: string; readonly subtype: string}) => `${type} ${subtype}`;

describe('The catalogue of rules', () => {
  const listed = new Map(ruleCatalog.map((entry) => [key(entry), entry]));

  it('lists each rule once, with a title, a sentence and a source', () => {
    expect(listed.size).to.equal(ruleCatalog.length);
    for (const {type, title, rule, source, locale} of ruleCatalog) {
      expect(piiTypes).to.include(type);
      for (const text of [title, source, locale]) expect(text).not.to.equal('');
      expect(rule).to.match(/[.…]$/);
    }
  });

  it('lists every type', () => {
    expect(new Set(ruleCatalog.map(({type}) => type)).size).to.equal(piiTypes.length);
  });

  it('lists every rule of every pack', async () => {
    for (const {rules = []} of await loadAllPacks()) {
      for (const rule of rules) expect(listed.has(key(rule)), key(rule)).to.equal(true);
    }
  });

  it('lists everything that is found, at least as mild as it is found', async () => {
    for (const [language, text] of examples) {
      for (const finding of findPii(text, {locales: [language], packs: await loadPacks([language])})) {
        const entry = listed.get(key(finding));
        expect(entry, `${key(finding)} in ${text}`).not.to.equal(undefined);
        if (!['NAME', 'ADDRESS'].includes(finding.type))
          expect(finding.severity, key(finding)).to.equal(entry!.severity);
      }
    }
  });
});
