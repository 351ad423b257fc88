import {expect} from '@open-wc/testing';

import {toJson} from '../../src/core/to-json.js';

describe('JSON that a page has no say in', () => {
  for (const value of [
    {},
    [],
    {
      a: 1,
      b: 'x"\u2028\\',
      c: null,
      d: [true, undefined, () => 1, [], {}],
      e: undefined,
      f: () => 1,
      'g"': new Date(0),
    },
    'text',
    5,
    null,
    undefined,
    {nested: {list: [{deep: ['é', '😀', '\ud800']}]}},
  ]) {
    it(`is what it is elsewhere: ${JSON.stringify(value)}`, () => {
      expect(toJson(value)).to.equal(JSON.stringify(value));
    });
  }

  it('is the same where lists make JSON of themselves', () => {
    const list = {items: [1, 'two', ['three']]};
    const usual = JSON.stringify(list);
    const prototype = Array.prototype as {toJSON?: unknown};
    prototype.toJSON = () => 'wrong';
    const json = toJson(list);
    delete prototype.toJSON;
    expect(json).to.equal(usual);
  });
});
