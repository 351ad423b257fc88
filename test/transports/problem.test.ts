import {expect} from '@open-wc/testing';

import {errorCodes, type ErrorCode} from '../../src/core/errors.js';
import {bodyError, refusalError, type Refusal} from '../../src/transports/problem.js';

const refused = (status: number, body?: unknown, more: Partial<Refusal> = {}) =>
  refusalError({
    status,
    body,
    headers: {retryAfterMs: undefined, requestId: null},
    conversation: false,
    signedIn: false,
    ...more,
  });

const byStatus: readonly (readonly [status: number, code: ErrorCode, retryable: boolean])[] = [
  [0, 'protocol', true],
  [302, 'protocol', true],
  [400, 'invalid_request', false],
  [401, 'auth_required', false],
  [403, 'forbidden', false],
  [404, 'unavailable', true],
  [405, 'unsupported', false],
  [408, 'timeout', true],
  [409, 'conflict', false],
  [410, 'unavailable', true],
  [413, 'too_long', false],
  [415, 'unsupported', false],
  [418, 'protocol', true],
  [422, 'invalid_request', false],
  [429, 'rate_limited', true],
  [500, 'server', true],
  [501, 'unsupported', false],
  [502, 'unavailable', true],
  [503, 'unavailable', true],
  [504, 'timeout', true],
];

describe('a refusal', () => {
  for (const [status, code, retryable] of byStatus) {
    it(`${status} without a body is ${code}`, () => expect(refused(status)).to.deep.include({code, retryable}));
  }

  it('tells a call that was refused from a backend that is down, where the code is the same', () => {
    expect(byStatus.map(([status]) => refused(status)).flatMap(({status}) => status ?? [])).to.deep.equal([
      404, 408, 410,
    ]);
  });

  for (const status of [404, 410]) {
    it(`${status} of a named conversation says that it is not there`, () => {
      expect(refused(status, undefined, {conversation: true}).code).to.equal('conversation_not_found');
    });
  }

  it('401 with a token says that the token is no good any more', () => {
    expect(refused(401, undefined, {signedIn: true})).to.deep.equal({code: 'auth_expired', retryable: true});
  });

  it('401 is about signing in whatever the backend calls it, since it does not know whether the host can', () => {
    expect(refused(401, {code: 'auth_expired'}).code).to.equal('auth_required');
    expect(refused(401, {code: 'auth_required'}, {signedIn: true}).code).to.equal('auth_expired');
    expect(refused(401, {code: 'user_suspended'}, {signedIn: true}).code).to.equal('user_suspended');
  });

  it('takes every code of the closed list, in each place a backend may put it', () => {
    for (const code of errorCodes) {
      expect(refused(409, {code}).code).to.equal(code);
      expect(refused(409, {error: {code}}).code).to.equal(code);
      expect(refused(409, {error: {type: code}}).code).to.equal(code);
    }
  });

  for (const [what, body] of [
    ['an unknown code', {code: 'teapot'}],
    ['a code that is no text', {code: 7}],
    ['a name from the prototype', {code: 'constructor'}],
    ['a problem type that is an address', {type: 'https://example.com/problems/conflict'}],
    ['a list', ['conflict']],
    ['text', 'consent_required'],
    ['null', null],
  ] as const) {
    it(`goes by the status when the body is ${what}`, () => expect(refused(429, body).code).to.equal('rate_limited'));
  }

  it('keeps what a person or a supporter can use', () => {
    const body = {
      code: 'quota_exceeded',
      display: ' Try tomorrow. ',
      retryAfterMs: 5000,
      requestId: 'req-1',
      detail: 'trace',
    };
    expect(refused(429, body)).to.deep.equal({
      code: 'quota_exceeded',
      retryable: false,
      display: 'Try tomorrow.',
      retryAfterMs: 5000,
      requestId: 'req-1',
    });
  });

  it('takes wait and id from the headers when the body has none', () => {
    const headers = {retryAfterMs: 2000, requestId: 'req-2'};
    expect(refused(503, undefined, {headers})).to.include({retryAfterMs: 2000, requestId: 'req-2'});
    expect(refused(503, {retryAfterMs: 7, requestId: 'x'}, {headers})).to.include({retryAfterMs: 7, requestId: 'x'});
  });

  it('says until when a suspension lasts, and where to object', () => {
    const told = {display: 'Spam.', until: '2026-12-01T08:00:00.000Z', appealUrl: 'mailto:appeal@vendor.example'};
    expect(refused(403, {code: 'user_suspended', ...told})).to.deep.equal({
      code: 'user_suspended',
      retryable: false,
      ...told,
    });
  });

  for (const [what, fields] of [
    ['an end that is no date', {until: 'soon'}],
    ['an end that only begins like one', {until: '2026-13-99'}],
    ['an end that is a number', {until: 1_790_000_000}],
    ['a script for an address', {appealUrl: 'javascript:alert(1)'}],
    ['an address with a blank in it', {appealUrl: 'https://vendor.example/a b'}],
    ['an address of no scheme', {appealUrl: '//vendor.example'}],
    ['a telephone for an address', {appealUrl: 'tel:112'}],
  ] as const) {
    it(`drops ${what}`, () => {
      expect(refused(403, {code: 'user_suspended', ...fields})).to.deep.equal({
        code: 'user_suspended',
        retryable: false,
      });
    });
  }

  for (const [what, display] of [
    ['more than 300 characters', 'x'.repeat(301)],
    ['several lines', 'Error\n  at handler'],
    ['nothing but space', '  '],
    ['no text', {html: '<b>'}],
  ] as const) {
    it(`shows nothing the server wrote when it is ${what}`, () => {
      expect(refused(500, {display})).not.to.have.property('display');
    });
  }

  for (const [what, fields] of [
    ['an id with spaces', {requestId: 'a b'}],
    ['an id that is long', {requestId: 'x'.repeat(101)}],
    ['an id with markup in another script', {requestId: 'é'}],
    ['a wait below zero', {retryAfterMs: -1}],
    ['a wait that is text', {retryAfterMs: '5'}],
    ['a retryable that is text', {retryable: 'yes'}],
  ] as const) {
    it(`drops ${what}`, () => expect(refused(500, fields)).to.deep.equal({code: 'server', retryable: true}));
  }

  it('lets the backend say that trying again is of no use', () => {
    expect(bodyError({error: {code: 'server', retryable: false}}, 'server').retryable).to.equal(false);
  });
});
