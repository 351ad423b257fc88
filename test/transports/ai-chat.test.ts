import {expect} from '@open-wc/testing';

import {aiChatTransport, type AiChatOptions} from '../../src/transports/ai-chat.js';
import {answering, ask, bytes, callOptions, cuts, fold, hurried, screened, type Given} from './adapter-setup.js';

const endpoint = 'https://help.example/chat';

const lines = (...values: readonly unknown[]): Given => ({
  type: 'application/jsonl',
  pieces: values.map((value) => bytes(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`)),
});
const said = (content: unknown) => ({delta: {content, role: 'assistant'}});

function setUp(given: Given, options: Partial<AiChatOptions> = {}) {
  const {fetch, sent} = answering(() => given);
  const transport = aiChatTransport({endpoint, fetch, ...options}, hurried);
  return {sent, send: (request = ask()) => fold(transport.send(request, callOptions()))};
}

describe('the AI chat protocol', () => {
  it('is asked with all that was said, and with what the backend keeps', async () => {
    const {sent, send} = setUp(lines(said('Hej')), {context: {overrides: {top: 3}}});
    const history = [
      {role: 'user', text: screened('A')},
      {role: 'assistant', text: 'B'},
    ] as const;
    await send(ask('C', {history, session: 's1', context: {page: '/a'}}));
    expect(sent[0]).to.deep.include({
      url: 'https://help.example/chat/stream',
      method: 'POST',
      body: {
        messages: [
          {role: 'user', content: 'A'},
          {role: 'assistant', content: 'B'},
          {role: 'user', content: 'C'},
        ],
        context: {overrides: {top: 3}, page: '/a'},
        sessionState: 's1',
        session_state: 's1',
      },
    });
  });

  for (const [what, options, url] of [
    ['at the endpoint when nothing is to be streamed', {stream: false}, endpoint],
    ['at an endpoint that is the stream already', {endpoint: `${endpoint}/stream`}, `${endpoint}/stream`],
  ] as const) {
    it(`is asked ${what}`, async () => {
      const {sent, send} = setUp(lines(said('Hej')), options);
      await send();
      expect([sent[0]!.url, sent[0]!.body]).to.deep.equal([
        url,
        {messages: [{role: 'user', content: 'How do I export invoices?'}], context: {}, sessionState: null},
      ]);
    });
  }

  it('is read in both dialects, however the network cuts it', async () => {
    const dataPoints = {citations: ['a.md#page=1'], text: ['a.md#page=1: Öppna.', 'b.md: Mer.'], images: []};
    const specified = [{context: {data_points: dataPoints}, sessionState: 's1'}, said('Gå [a.m'), said('d#page=1] 🗓️')];
    const demo = [
      {delta: {role: 'assistant', context: {data_points: dataPoints}}, session_state: 's1'},
      said('Gå [a.md#page=1] '),
      said('🗓️'),
      said(null),
      {delta: {role: 'assistant'}, context: {context: {data_points: dataPoints}, followup_questions: null}},
    ];
    const early = [
      {choices: [{delta: {role: 'assistant'}, context: {data_points: dataPoints}, session_state: 's1'}]},
      {choices: [{delta: {content: 'Gå [a.md#page=1] 🗓️'}, finish_reason: null}]},
      {choices: [{delta: {}, finish_reason: 'stop'}]},
    ];
    for (const values of [specified, demo, early]) {
      for (const [how, pieces] of cuts(bytes(values.map((value) => JSON.stringify(value)).join('\n')))) {
        const {text, sources, session, last} = await setUp({type: 'application/x-ndjson', pieces}).send();
        expect({text, sources, session, last}, how).to.deep.equal({
          text: 'Gå [a.md#page=1] 🗓️',
          sources: [{id: 'a.md#page=1', title: 'a.md#page=1', snippet: 'a.md#page=1: Öppna.'}],
          session: 's1',
          last: 'stop',
        });
      }
    }
  });

  it('is read when it comes at once, on one line or many', async () => {
    const whole = {
      message: {role: 'assistant', content: 'Hej', context: {followup_questions: ['B?']}},
      sessionState: 1,
    };
    for (const space of [0, 2]) {
      const answer = await setUp(lines(JSON.stringify(whole, null, space)), {stream: false}).send();
      expect(answer).to.deep.include({text: 'Hej', suggestions: [{text: 'B?'}], session: 1, last: 'stop'});
    }
  });

  it('is told once what comes again with every line', async () => {
    const context = {data_points: {citations: ['a.md'], text: []}, followup_questions: ['B?']};
    const {events} = await setUp(lines({...said('A'), context}, {...said('B'), context}, {delta: {}, context})).send();
    expect(events.map(({type}) => type)).to.deep.equal(['source', 'suggestions', 'text', 'text', 'finish']);
  });

  it('links a document to where the host says it can be read', async () => {
    const context = {data_points: ['a b.pdf: Text', 'https://b.example/: Mer', 'utan namn']};
    const {sources} = await setUp(lines({context}, said('A')), {
      sourceUrl: (name) => `/content/${encodeURIComponent(name)}`,
    }).send();
    expect(sources).to.deep.equal([
      {id: 'a b.pdf', title: 'a b.pdf', url: '/content/a%20b.pdf', snippet: 'a b.pdf: Text'},
      {
        id: 'https://b.example/',
        title: 'https://b.example/',
        url: 'https://b.example/',
        snippet: 'https://b.example/: Mer',
      },
    ]);
  });

  it('takes documents that are told as objects', async () => {
    const points = {
      text: [{id: '7', title: 'A', url: 'https://a.example/', content: 'Text'}, {sourcepage: 'b.pdf#page=2'}],
      external_results_metadata: [{id: 'w', title: 'W', url: 'https://w.example/', snippet: 'Webb'}],
    };
    const {sources} = await setUp(lines({context: {data_points: points}}, said('A'))).send();
    expect(sources).to.deep.equal([
      {id: '7', title: 'A', url: 'https://a.example/', snippet: 'Text'},
      {id: 'b.pdf#page=2', title: 'b.pdf#page=2'},
      {id: 'w', title: 'W', url: 'https://w.example/', snippet: 'Webb'},
    ]);
  });

  for (const [what, given, text, last] of [
    ['an error after some text', lines(said('A'), {error: 'boom'}, said('B')), 'A', 'server'],
    ['an error without its newline', {pieces: [bytes('{"delta":{"content":"A"}}\n{"error":"boom"}')]}, 'A', 'server'],
    ['a filter', lines({error: 'flagged by the OpenAI content filter.'}), '', 'content_filtered'],
    ['a question that is too long', lines({error: {code: 'context_length_exceeded'}}), '', 'too_long'],
    [
      'a filter that cuts',
      lines(said('A'), {choices: [{delta: {}, finish_reason: 'content_filter'}]}),
      'A',
      'content_filter',
    ],
    ['a text that was cut short', lines(said('A'), {choices: [{delta: {}, finish_reason: 'length'}]}), 'A', 'length'],
    ['an error that is none', lines({...said('A'), error: null}), 'A', 'stop'],
    ['a last line without its newline', {pieces: [bytes('{"delta":{"content":"A"}}')]}, 'A', 'stop'],
    ['a last line that breaks off', {pieces: [bytes('{"delta":{"content":"A"}}\n{"delta":{"co')]}, 'A', 'interrupted'],
    ['a connection that breaks', {pieces: [bytes('{"delta":{"content":"A"}}\n'), null]}, 'A', 'interrupted'],
    ['not a word', lines({delta: {role: 'assistant'}}, said(null), said('')), '', 'interrupted'],
    ['nothing at all', {pieces: []}, '', 'interrupted'],
    ['a page', {type: 'text/html', pieces: [bytes('<html>\n</html>')]}, '', 'protocol'],
    ['null', lines('null'), '', 'protocol'],
    ['a number as text', lines(said('A'), said(7)), 'A', 'protocol'],
    ['a prototype', lines('{"__proto__":{"delta":{"content":"A"}}}'), '', 'interrupted'],
    ['context of the wrong kind', lines({context: 7, sessionState: null}, {...said('A'), context: []}), 'A', 'stop'],
    ['documents of the wrong kind', lines({...said('A'), context: {data_points: [7, null, []]}}), 'A', 'stop'],
    ['what a tool said', lines(said('A'), {delta: {role: 'tool', content: 'secret'}}), 'A', 'stop'],
    ['5 MB in a line', lines(said('A'), said('x'.repeat(5 * 2 ** 20))), 'A', 'protocol'],
  ] as const) {
    it(`ends as ${last} when it brings ${what}`, async () => {
      const answer = await setUp(given).send();
      expect([answer.text, answer.last]).to.deep.equal([text, last]);
    });
  }

  it('gives up what never ends, and keeps what came', async () => {
    const line = bytes(`${JSON.stringify(said('x'.repeat(2 ** 19)))}\n`);
    const {text, last} = await setUp({pieces: Array.from({length: 40}, () => line)}).send();
    expect(last).to.equal('length');
    expect(text.length).to.be.lessThan(3 * 2 ** 20);
  });

  it('shows no word of the backend’s errors', async () => {
    const {events} = await setUp(lines({error: {code: 'boom', message: 'secret', display: 'secret'}})).send();
    expect(events).to.deep.equal([{type: 'error', error: {code: 'server', retryable: true}}]);
  });
});
