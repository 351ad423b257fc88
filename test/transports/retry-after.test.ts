import {expect} from '@open-wc/testing';

import {retryAfterMs} from '../../src/transports/retry-after.js';

const now = Date.UTC(2026, 10, 20, 12, 0, 0);

describe('Retry-After', () => {
  for (const [what, header, expected] of [
    ['seconds', '120', 120_000],
    ['zero seconds', '0', 0],
    ['a date ahead', 'Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
    ['a date behind', 'Fri, 20 Nov 2026 11:00:00 GMT', 0],
    ['the old RFC 850 date', 'Friday, 20-Nov-26 12:00:30 GMT', 30_000],
    ['no header', null, undefined],
    ['an empty header', '', undefined],
    ['nonsense', 'soon', undefined],
    ['a negative number', '-5', undefined],
    ['a fraction', '1.5', undefined],
    ['more digits than any wait has', '9'.repeat(400), undefined],
  ] as const) {
    it(`reads ${what}`, () => expect(retryAfterMs(header, now)).to.equal(expected));
  }

  it('takes the more exact wait, when there is one', () => {
    expect(retryAfterMs('6', now, '5500')).to.equal(5_500);
    expect(retryAfterMs(null, now, '250')).to.equal(250);
    for (const nonsense of ['', '-5', 'soon', '9'.repeat(400)])
      expect(retryAfterMs('6', now, nonsense)).to.equal(6_000);
  });
});
