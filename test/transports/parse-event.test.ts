import {expect} from '@open-wc/testing';

import type {ChatEvent} from '../../src/core/events.js';
import {parseEvent} from '../../src/transports/parse-event.js';

const parse = (event: string, data: unknown, id = '') =>
  parseEvent({event, data: typeof data === 'string' ? data : JSON.stringify(data), id});

const whole: readonly ChatEvent[] = [
  {type: 'start', messageId: 'm1', conversationId: 'c1', mode: 'replay'},
  {type: 'start'},
  {type: 'session', state: {any: ['thing', null]}},
  {type: 'status', id: 's', state: 'active', kind: 'search', text: 'Searching'},
  {type: 'status', state: 'done'},
  {type: 'text', op: 'append', text: ''},
  {type: 'text', op: 'replace', part: 'p', text: 'Hello'},
  {type: 'retract', part: 'p', reason: 'regenerated'},
  {
    type: 'source',
    source: {id: 's1', n: 1, title: 'T', url: 'https://a.example/', snippet: 'S', site: 'A', updated: '2026-01-01'},
  },
  {type: 'cite', sourceId: 's1', part: 'p', start: 0, end: 4, quote: 'q', marker: '[1]'},
  {type: 'suggestions', items: [{text: 'And then?'}]},
  {type: 'notice', level: 'warning', text: 'Careful'},
  {type: 'answerer', kind: 'human', name: 'Ada'},
  {type: 'handoff', reason: 'asked'},
  {type: 'data', name: 'x', value: {a: 1}},
  {type: 'error', error: {code: 'content_filtered', retryable: false, display: 'No.', retryAfterMs: 1, requestId: 'r'}},
  {type: 'finish', reason: 'no_source', messageId: 'm1', rateable: true},
];

const protocol = {type: 'error', error: {code: 'protocol', retryable: true}} as const;

const cases: readonly (readonly [what: string, type: string, data: unknown, expected: ChatEvent | undefined])[] = [
  ['an unknown type is ignored', 'telemetry', {x: 1}, undefined],
  ['an unknown type is ignored even when its data is broken', 'delta', '{"seq":', undefined],
  ['a name from the prototype is an unknown type', 'constructor', {}, undefined],
  ['so is __proto__', '__proto__', {}, undefined],
  ['an event without a name is an unknown type', 'message', {text: 'x'}, undefined],
  ['broken JSON is a protocol error', 'status', '{"state":', protocol],
  ['no JSON is a protocol error', 'finish', '', protocol],
  ['null is a protocol error', 'text', 'null', protocol],
  ['a list is a protocol error', 'source', [], protocol],
  ['text without text is a protocol error', 'text', {op: 'append'}, protocol],
  ['text that is no text is a protocol error', 'text', {op: 'append', text: 7}, protocol],
  ['text with an unknown operation is a protocol error', 'text', {op: 'prepend', text: 'x'}, protocol],
  [
    'a part that is no text is dropped',
    'text',
    {op: 'append', text: 'x', part: 3},
    {type: 'text', op: 'append', text: 'x'},
  ],
  ['fields of the wrong type are dropped', 'start', {messageId: 7, conversationId: null, mode: 'odd'}, {type: 'start'}],
  ['unknown fields are dropped', 'handoff', {reason: 'r', __html: '<b>'}, {type: 'handoff', reason: 'r'}],
  ['a status without a state is ignored', 'status', {text: 'x'}, undefined],
  ['a source without an id is ignored', 'source', {source: {title: 'T'}}, undefined],
  ['a source that is no object is ignored', 'source', {source: 'T'}, undefined],
  [
    'a source without a title is called by its address',
    'source',
    {source: {id: 'a', url: 'https://a.example/'}},
    {type: 'source', source: {id: 'a', title: 'https://a.example/', url: 'https://a.example/'}},
  ],
  [
    'a source with nothing but an id is called by that',
    'source',
    {source: {id: 'a', n: 0, url: 7}},
    {type: 'source', source: {id: 'a', title: 'a'}},
  ],
  [
    'addresses are kept as they are',
    'source',
    {source: {id: 'a', title: 'T', url: 'javascript:alert(1)'}},
    {type: 'source', source: {id: 'a', title: 'T', url: 'javascript:alert(1)'}},
  ],
  ['a citation without a source is ignored', 'cite', {start: 1}, undefined],
  [
    'places that are no places are dropped',
    'cite',
    {sourceId: 'a', start: -1, end: 1.5},
    {type: 'cite', sourceId: 'a'},
  ],
  [
    'suggestions that are none are left out',
    'suggestions',
    {items: [{text: 'a'}, 'b', {text: ''}, null]},
    {type: 'suggestions', items: [{text: 'a'}]},
  ],
  ['suggestions that are no list are ignored', 'suggestions', {items: 'a'}, undefined],
  ['a notice without text is ignored', 'notice', {level: 'info'}, undefined],
  [
    'a notice of unknown weight informs',
    'notice',
    {level: 'panic', text: 'x'},
    {type: 'notice', level: 'info', text: 'x'},
  ],
  ['an unknown kind of answerer is ignored', 'answerer', {kind: 'oracle'}, undefined],
  [
    'what is withdrawn for an unknown reason still goes',
    'retract',
    {reason: 'odd'},
    {type: 'retract', reason: 'content_filter'},
  ],
  ['data without a name is ignored', 'data', {value: 1}, undefined],
  ['data without a value is null', 'data', {name: 'x'}, {type: 'data', name: 'x', value: null}],
  [
    "an error that says nothing is the server's",
    'error',
    {},
    {type: 'error', error: {code: 'server', retryable: true}},
  ],
  [
    "an unknown error code is the server's",
    'error',
    {error: {code: 'boom'}},
    {type: 'error', error: {code: 'server', retryable: true}},
  ],
  [
    'server text other than `display` is not shown',
    'error',
    {error: {code: 'server', message: 'at line 3'}},
    {type: 'error', error: {code: 'server', retryable: true}},
  ],
  [
    'an unknown reason to finish is `other`',
    'finish',
    {reason: 'bored', rateable: 'yes'},
    {type: 'finish', reason: 'other'},
  ],
];

describe('an event of the native protocol', () => {
  for (const event of whole) {
    const {type, ...rest} = event;
    it(`${type} comes through whole: ${Object.keys(rest).join(', ') || 'no fields'}`, () => {
      expect(parse(type, rest)).to.deep.equal(event);
    });
  }

  for (const [what, type, data, expected] of cases) {
    it(what, () => expect(parse(type, data)).to.deep.equal(expected));
  }

  it('carries its id as the cursor', () => {
    expect(parse('text', {op: 'append', text: 'x'}, '7')).to.deep.equal({
      type: 'text',
      op: 'append',
      text: 'x',
      cursor: '7',
    });
  });

  it('takes no cursor from its data', () => {
    expect(parse('text', {op: 'append', text: 'x', cursor: '9'})).to.deep.equal({
      type: 'text',
      op: 'append',
      text: 'x',
    });
  });

  it('cannot reach a prototype', () => {
    const data = '{"op":"append","text":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    expect(parse('text', data)).to.deep.equal({type: 'text', op: 'append', text: 'x'});
    const source = parse('source', '{"source":{"__proto__":{"id":"a"},"title":"T"}}');
    expect(source).to.equal(undefined);
    expect(({} as {polluted?: unknown}).polluted).to.equal(undefined);
  });
});
