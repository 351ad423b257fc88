import {expect} from '@open-wc/testing';

import {chatError, ChatFailure, errorCodes, errorFrom, isErrorCode} from '../../src/core/errors.js';

describe('an error', () => {
  it('is worth another try when the fault may pass', () => {
    expect(errorCodes.filter((code) => chatError(code).retryable)).to.have.members([
      'auth_expired',
      'rate_limited',
      'unavailable',
      'timeout',
      'network',
      'interrupted',
      'protocol',
      'server',
    ]);
  });

  it('may say otherwise, and carry what the backend said', () => {
    expect(chatError('server', {retryable: false, display: 'Closed.', requestId: 'r1', retryAfterMs: 5})).to.deep.equal(
      {
        code: 'server',
        retryable: false,
        display: 'Closed.',
        requestId: 'r1',
        retryAfterMs: 5,
      },
    );
  });

  it('thrown says its code to a console, and nothing else', () => {
    const failure = new ChatFailure(chatError('content_filtered', {display: 'what a person wrote'}));
    expect(String(failure)).to.equal('ChatFailure: content_filtered');
    expect(errorFrom(failure)).to.equal(failure.error);
  });

  for (const caught of [new TypeError('x'), 'text', undefined, null, {code: 'network'}]) {
    it(`is "protocol" where ${Object.prototype.toString.call(caught)} was thrown`, () => {
      expect(errorFrom(caught)).to.deep.equal(chatError('protocol'));
    });
  }

  it('has one of the known codes', () => {
    expect(errorCodes.every(isErrorCode)).to.equal(true);
    for (const value of ['', 'NETWORK', 'toString', 0, null, undefined, ['network']])
      expect(isErrorCode(value)).to.equal(false);
  });
});
