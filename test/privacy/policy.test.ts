import {expect} from '@open-wc/testing';

import {checkPolicy, findPii} from '../../src/privacy/index.js';

describe('The vendor’s policy', () => {
  it('may loosen, tighten and switch off single types', () => {
    const text = 'ring 070-174 06 05 eller a@example.se';
    expect(
      findPii(text, {policy: {PHONE: 'warn', EMAIL: 'off'}}).map(({type, severity}) => [type, severity]),
    ).to.deep.equal([['PHONE', 'warn']]);
  });

  for (const [what, policy, message] of [
    ['an unknown type', {PERSONNUMMER: 'block'}, /unknown type "PERSONNUMMER"/],
    ['an unknown decision', {PHONE: 'ignore'}, /piiPolicy\.PHONE/],
    ['a list', ['PHONE'], /must be an object/],
    ['nothing', null, /must be an object/],
  ] as const) {
    it(`is refused at configuration when it holds ${what}`, () => {
      expect(() => checkPolicy(policy)).to.throw(TypeError, message);
    });
  }

  it('is handed back when it is sound', () => {
    const policy = {PHONE: 'off'} as const;
    expect(checkPolicy(policy)).to.equal(policy);
  });
});
