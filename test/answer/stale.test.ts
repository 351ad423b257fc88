import {expect} from '@open-wc/testing';

import {isStale} from '../../src/answer/stale.js';

const now = Date.UTC(2026, 10, 21);

describe('a source', () => {
  for (const [updated, afterDays, expected] of [
    ['2026-11-01', 30, false],
    ['2026-10-01', 30, true],
    ['2026-10-22', 30, false],
    ['2026-10-21', 30, true],
    ['2026-10-01', undefined, false],
    ['2026-10-01', 0, true],
    [undefined, 30, false],
    ['last spring', 30, false],
  ] as const) {
    it(`of ${updated} is ${expected ? '' : 'not '}stale after ${afterDays} days`, () =>
      expect(isStale(updated, afterDays, now)).to.equal(expected));
  }
});
