import {expect} from '@open-wc/testing';

import {isRetryStatus, retryWaitMs} from '../../src/transports/retry.js';

describe('trying again', () => {
  for (const [what, retries, retryAfterMs, random, expected] of [
    ['waits half a second at least', 0, undefined, 0, 500],
    ['waits two seconds at most, first', 0, undefined, 1, 2_000],
    ['waits four seconds at most, then', 1, undefined, 1, 4_000],
    ['waits eight seconds at most, last', 2, undefined, 1, 8_000],
    ['spreads over the whole range', 2, undefined, 0.5, 4_250],
    ['gives up after three', 3, undefined, 0, undefined],
    ['waits as long as it is asked to', 0, 60_000, 0.5, 60_000],
    ['does not come back sooner than it would anyway', 0, 100, 1, 2_000],
    ['does not wait more than a minute', 0, 60_001, 0, undefined],
  ] as const) {
    it(what, () => expect(retryWaitMs(retries, retryAfterMs, random)).to.equal(expected));
  }

  it('is not waited for where the device knows of no network', () => {
    Object.defineProperty(navigator, 'onLine', {configurable: true, value: false});
    expect(retryWaitMs(0, undefined, 0)).to.equal(undefined);
    delete (navigator as {onLine?: boolean}).onLine;
    expect(retryWaitMs(0, undefined, 0)).to.equal(500);
  });

  for (const status of [408, 429, 502, 503, 504]) {
    it(`is right after ${status}`, () => expect(isRetryStatus(status)).to.equal(true));
  }
  for (const status of [0, 200, 301, 400, 401, 403, 404, 409, 410, 413, 422, 500, 501, 505]) {
    it(`is wrong after ${status}`, () => expect(isRetryStatus(status)).to.equal(false));
  }
});
