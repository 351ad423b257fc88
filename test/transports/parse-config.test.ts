import {expect} from '@open-wc/testing';

import {ChatFailure} from '../../src/core/errors.js';
import type {RemoteConfig} from '../../src/core/transport.js';
import {parseConfig} from '../../src/transports/parse-config.js';

const terms = {
  id: 't',
  version: '3',
  updated: '2026-01-01',
  title: 'Terms',
  markdown: '# Terms',
  dataTable: [{what: 'Questions', where: 'Stockholm', howLong: '12 months'}],
};
const config: RemoteConfig = {
  enabled: true,
  terms: {...terms, summary: ['Short.'], notToEnter: 'No names.', prohibitedUse: 'No harm.', analytics: 'We count.'},
  answerer: {kind: 'search', name: 'Help'},
  features: {rating: true, speech: false},
  limits: {questionChars: 2000, ticketChars: 4000},
  greeting: 'Hello',
  suggestions: [{text: 'How?'}],
  retention: {days: 365},
};
const least: RemoteConfig = {enabled: true, answerer: {kind: 'ai'}, features: {}, limits: {}, suggestions: []};

describe('the config', () => {
  it('comes through whole', () => {
    expect(parseConfig(JSON.parse(JSON.stringify(config)))).to.deep.equal(config);
  });

  it('needs little more than to be enabled; who answers is AI until it says otherwise', () => {
    expect(parseConfig({enabled: true})).to.deep.equal(least);
  });

  it('tells who is suspended, and keeps them out whatever it says of it', () => {
    const suspension = {display: 'Spam.', until: '2026-12-01', appealUrl: 'https://vendor.example/appeal'};
    expect(parseConfig({enabled: true, suspension}).suspension).to.deep.equal(suspension);
    expect(parseConfig({enabled: true, suspension: true}).suspension).to.deep.equal({});
    expect(parseConfig({enabled: true, suspension: {appealUrl: 'data:text/html,x'}}).suspension).to.deep.equal({});
    expect(parseConfig({enabled: true, suspension: null})).not.to.have.property('suspension');
  });

  it('can say that the chat is off', () => expect(parseConfig({enabled: false}).enabled).to.equal(false));

  for (const [what, fields] of [
    ['an unknown answerer', {answerer: {kind: 'oracle'}}],
    ['an answerer that is text', {answerer: 'human'}],
    ['features that are no booleans, and unknown ones', {features: {rating: 'yes', teleport: true}}],
    ['limits that are none', {limits: {questionChars: 0, commentChars: -1, ticketChars: '9'}}],
    ['a greeting that is no text', {greeting: {html: '<b>'}}],
    ['suggestions that are no list', {suggestions: 'How?'}],
    ['a retention that is no object', {retention: 365}],
    ['terms that are null', {terms: null}],
  ] as const) {
    it(`does without ${what}`, () => expect(parseConfig({enabled: true, ...fields})).to.deep.equal(least));
  }

  for (const [what, value] of [
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a page', '<!doctype html>'],
    ['no word on whether it is enabled', {}],
    ['`enabled` as text', {enabled: 'true'}],
    ['terms that are text', {enabled: true, terms: 'Terms'}],
    ['terms without a version', {enabled: true, terms: {...terms, version: undefined}}],
    ['a version that is a number', {enabled: true, terms: {...terms, version: 3}}],
    ['terms without the table of what is stored', {enabled: true, terms: {...terms, dataTable: undefined}}],
    [
      'a table with a row that is not whole',
      {enabled: true, terms: {...terms, dataTable: [...terms.dataTable, {what: 'x'}]}},
    ],
    ['a summary with something else than text in it', {enabled: true, terms: {...terms, summary: ['a', 7]}}],
    ['terms whose text is no text', {enabled: true, terms: {...terms, markdown: ['# Terms']}}],
  ] as const) {
    it(`refuses ${what}`, () => expect(() => parseConfig(value)).to.throw(ChatFailure, 'protocol'));
  }

  it('takes null for an optional text of the terms as none', () => {
    expect(parseConfig({enabled: true, terms: {...terms, html: null}}).terms).to.deep.equal(terms);
  });
});
