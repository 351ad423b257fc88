import {expect} from '@open-wc/testing';

import {foreignError, foreignRefusal} from '../../src/transports/foreign-codes.js';

const refusal = (status: number, body?: unknown, signedIn = true) =>
  foreignRefusal({status, body, signedIn, conversation: false, headers: {retryAfterMs: undefined, requestId: null}});

describe('an error in the words of another protocol', () => {
  for (const [body, code] of [
    [{error: {code: 'content_filter', message: 'x'}}, 'content_filtered'],
    [{error: {code: 'ContentFiltered'}}, 'content_filtered'],
    [{error: 'Your message contains content that was flagged by the OpenAI content filter.'}, 'content_filtered'],
    [{error: {code: 'context_length_exceeded'}}, 'too_long'],
    [{error: {type: 'insufficient_quota', code: null}}, 'quota_exceeded'],
    [{error: {code: 'rate_limit_exceeded', message: 'too many tokens per minute'}}, 'rate_limited'],
    [{error: {code: 'TokenExpired'}}, 'auth_expired'],
    [{error: {message: 'Token has expired'}}, 'auth_expired'],
    [{code: 'unauthorized'}, 'auth_required'],
    [{message: 'Request timed out'}, 'timeout'],
    ['The engine is currently overloaded', 'unavailable'],
    [{error: {code: 'invalid_prompt', message: 'flagged as violating our usage policy'}}, 'content_filtered'],
    [{error: {code: 'billing_hard_limit_reached'}}, 'quota_exceeded'],
    [{error: {code: 'string_above_max_length'}}, 'too_long'],
    [
      {
        error: {
          code: '429',
          message:
            'Requests have exceeded token rate limit. Please go to /quotaincrease to increase the default rate limit.',
        },
      },
      'rate_limited',
    ],
    [{error: {code: 500, message: null}}, 'server'],
    [{error: {code: {code: 'content_filter'}}}, 'server'],
    [{error: null}, 'server'],
    [null, 'server'],
    [[], 'server'],
    ['', 'server'],
    ['x'.repeat(10_000) + ' content filter', 'server'],
  ] as const) {
    it(`reads ${JSON.stringify(body).slice(0, 70)} as ${code}`, () =>
      expect(foreignError(body, 'server').code).to.equal(code));
  }

  it('shows nothing of it to a person', () =>
    expect(foreignError({error: {code: 'x', message: 'secret', display: 'secret'}}, 'server')).to.deep.equal({
      code: 'server',
      retryable: true,
    }));
});

describe('a refusal in the words of another protocol', () => {
  for (const [what, given, code, retryable] of [
    ['the question’s content', refusal(400, {error: {code: 'content_filter'}}), 'content_filtered', false],
    ['a quota', refusal(429, {error: {code: 'insufficient_quota'}}), 'quota_exceeded', false],
    ['a wait', refusal(429, {error: {message: 'Too large: tokens per minute'}}), 'rate_limited', true],
    ['an expired token behind 403', refusal(403, {error: {code: 'TokenExpired'}}), 'auth_expired', true],
    ['401, whatever it says', refusal(401, {error: {code: 'invalid_api_key'}}), 'auth_expired', true],
    ['401 without a token', refusal(401, {error: {code: 'token expired'}}, false), 'auth_required', false],
    ['404, whatever it says', refusal(404, {error: 'content filter'}), 'unavailable', true],
    ['400 without a word', refusal(400), 'invalid_request', false],
    ['500 without a word', refusal(500, null), 'server', true],
  ] as const) {
    it(`is read from ${what}`, () => expect(given).to.deep.include({code, retryable}));
  }
});
