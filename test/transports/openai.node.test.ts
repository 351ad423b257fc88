import assert from 'node:assert/strict';
import type {AddressInfo} from 'node:net';
import {after, describe, it} from 'node:test';

import {serve} from '@hono/node-server';
import OpenAI from 'openai';

import {app} from '../../demo/transports/openai/server.js';
import {openaiTransport, type OpenaiOptions} from '../../src/transports/openai.js';
import {ask, bytes, callOptions, cuts, fold, hurried, screened, type Given} from './adapter-setup.js';
import {recordings} from './recordings.js';
import {replay} from './replay.js';
import {backend, frames, hostile, streamed} from './sse-bytes.js';

const endpoint = 'https://help.example/v1';

replay('openai-chat.', (fetch) => openaiTransport({endpoint, fetch, api: 'chat'}, hurried).send(ask(), callOptions()));
replay('azure.', (fetch) =>
  openaiTransport({endpoint, fetch, api: 'chat', dialect: 'azure'}, hurried).send(ask(), callOptions()),
);
replay('openai-responses.', (fetch, name) => {
  const transport = openaiTransport({endpoint, fetch, api: 'responses'}, hurried);
  return name.includes('resume')
    ? transport.resume!({messageId: 'resp_1', cursor: '9'}, callOptions())
    : transport.send(ask(), callOptions());
});

const answerTo = (given: Given | string, options: Partial<OpenaiOptions>) =>
  fold(
    openaiTransport({endpoint, api: 'chat', fetch: backend(given).fetch, ...options}, hurried).send(
      ask(),
      callOptions(),
    ),
  );
const chat = (given: Given | string) => answerTo(given, {});
const azure = (given: Given | string) => answerTo(given, {dialect: 'azure'});
const response = (given: Given | string) => answerTo(given, {api: 'responses'});

const choice = (fields: object, more: object = {}) => ({id: 'c1', choices: [{index: 0, ...fields}], ...more});
const says = (content: unknown, more: object = {}) => choice({delta: {content}, finish_reason: null}, more);
const ends = (reason: string | null, more: object = {}) => choice({delta: {}, finish_reason: reason}, more);

describe('the transport for chat completions', () => {
  it('asks for a stream, with the conversation so far', async () => {
    const {fetch, sent} = backend(frames(ends('stop')));
    const transport = openaiTransport(
      {endpoint: `${endpoint}/?api-version=1`, api: 'chat', fetch, model: 'm', body: {temperature: 0, stream: false}},
      hurried,
    );
    const history = [
      {role: 'user' as const, text: screened('Hej')},
      {role: 'assistant' as const, text: 'Hej!'},
    ];
    await fold(transport.send(ask('Hur?', {history}), callOptions()));
    assert.deepEqual(
      [sent[0]!.url, sent[0]!.body],
      [
        `${endpoint}/chat/completions?api-version=1`,
        {
          model: 'm',
          temperature: 0,
          stream: true,
          messages: [
            {role: 'user', content: 'Hej'},
            {role: 'assistant', content: 'Hej!'},
            {role: 'user', content: 'Hur?'},
          ],
        },
      ],
    );
  });

  for (const [what, options] of [
    ['an option of its own', {apiKey: 'sk-proj-0123456789'}],
    ['getToken', {getToken: 'sk-0123456789'}],
    ['a header among the fields', {body: {headers: {authorization: 'Bearer sk-ant-0123456789'}}}],
    ['the address', {endpoint: 'https://api.example/v1?key=sk-0123456789'}],
  ] as const) {
    it(`refuses a secret key at once: ${what}`, () => {
      const given = {endpoint, api: 'chat', ...options} as unknown as OpenaiOptions;
      assert.throws(
        () => openaiTransport(given),
        (error) => error instanceof TypeError && /proxy/.test(error.message) && !error.message.includes('012345'),
      );
    });
  }

  it('takes what only looks like a key for what it is', () => {
    openaiTransport({
      endpoint: 'https://task-force.example/sk-SK',
      api: 'chat',
      body: {locale: 'sk-SK', task: 'desk-1'},
    });
  });

  it('sends no secret key that getToken returns, and says why to the developer', async (test) => {
    const complaint = test.mock.method(console, 'error', () => {});
    const {fetch, sent} = backend(frames(ends('stop')));
    const getToken = async () => 'sk-0123456789';
    const {last} = await fold(
      openaiTransport({endpoint, api: 'chat', fetch, getToken}, hurried).send(ask(), callOptions()),
    );
    assert.deepEqual([last, sent.length, complaint.mock.callCount()], ['forbidden', 0, 1]);
    assert.ok(!String(complaint.mock.calls[0]?.arguments[0]).includes('012345'));
  });

  for (const [reason, last] of [
    ['stop', 'stop'],
    ['end_turn', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content_filter'],
    ['tool_calls', 'tool'],
    ['function_call', 'tool'],
    ['__proto__', 'other'],
  ] as const) {
    it(`ends as ${last} when the reason is ${reason}`, async () => {
      assert.equal((await chat(frames(says('Ja'), ends(reason), '[DONE]'))).last, last);
      // Without the mark at the end, and with a connection that breaks there.
      assert.equal((await chat(frames(says('Ja'), ends(reason)))).last, last);
      const broken = streamed('', {pieces: [bytes(frames(says('Ja'), ends(reason))), null]});
      assert.deepEqual((await chat(broken)).last, last);
    });
  }

  it('needs either a reason or the mark, or the answer was cut', async () => {
    assert.equal((await chat(frames(says('Ja'), '[DONE]'))).last, 'stop');
    assert.equal((await chat(frames(says('Ja'), ends(null)))).last, 'end');
    assert.equal((await chat(frames(says('Ja'), ends('')))).last, 'end');
    const {text, last} = await chat(streamed('', {pieces: [bytes(frames(says('Halva sva'))), null]}));
    assert.deepEqual([text, last], ['Halva sva', 'interrupted']);
  });

  it('reads what comes after the reason to finish', async () => {
    const cited = {
      type: 'url_citation',
      url_citation: {url: 'https://a.example/', title: 'A', start_index: 0, end_index: 2},
    };
    const {sources, last, events} = await chat(
      frames(
        says('Ja'),
        ends('stop'),
        choice({delta: {annotations: [cited, cited]}}),
        {choices: [], usage: {}},
        '[DONE]',
      ),
    );
    assert.deepEqual([sources, last], [[{id: 'https://a.example/', title: 'A', url: 'https://a.example/'}], 'stop']);
    assert.equal(events.filter(({type}) => type === 'source').length, 1);
    assert.equal(events.filter(({type}) => type === 'cite').length, 2);
  });

  it('tells places in the units of the text, which are not those of the backend', async () => {
    const cited = {type: 'url_citation', url: 'https://a.example/', start_index: 2, end_index: 5};
    const far = {type: 'file_citation', file_id: 'f1', filename: 'b.pdf', index: 9_000};
    const {events} = await chat(
      frames(says('🗓️ Maj.'), choice({delta: {annotations: [cited, far, null, {}]}}), ends('stop')),
    );
    assert.deepEqual(
      events.filter(({type}) => type === 'cite'),
      [
        {type: 'cite', sourceId: 'https://a.example/', start: 3, end: 6},
        {type: 'cite', sourceId: 'f1'},
      ],
    );
  });

  it('shows a refusal in the words of the model', async () => {
    const {text, last} = await chat(
      frames(
        choice({delta: {refusal: 'Det kan jag '}}),
        choice({delta: {refusal: 'inte.', content: null}}),
        ends('stop'),
      ),
    );
    assert.deepEqual([text, last], ['Det kan jag inte.', 'stop']);
  });

  it('reads content in pieces, and leaves out what is no text', async () => {
    const content = [
      {type: 'text', text: 'Ja'},
      {type: 'reference', reference_ids: [1]},
      {type: 'thinking', thinking: []},
    ];
    assert.equal((await chat(frames(says(content), ends('stop')))).text, 'Ja');
  });

  it('reads the first choice, and not the others', async () => {
    const two = {
      id: 'c1',
      choices: [
        {index: 1, delta: {content: 'Nej'}},
        {index: 0, delta: {content: 'Ja'}},
      ],
    };
    assert.equal((await chat(frames(two, ends('stop')))).text, 'Ja');
  });

  it('tells of tools and thinking, and never what', async () => {
    const call = (fields: object) => choice({delta: {tool_calls: [{index: 0, ...fields}]}});
    const {events, last} = await chat(
      frames(
        choice({delta: {reasoning_content: 'hemligt'}}),
        choice({delta: {reasoning: 'hemligt'}}),
        call({id: 't1', type: 'function', function: {name: 'hemligt', arguments: ''}}),
        call({function: {arguments: '{"hemligt":1}'}}),
        ends('tool_calls'),
      ),
    );
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'status' ? [[event.kind, event.state]] : [])),
      [
        ['thinking', 'active'],
        ['tool', 'active'],
      ],
    );
    assert.equal(last, 'tool');
    assert.ok(!JSON.stringify(events).includes('hemligt'));
  });

  it('reads the pages that search models bring', async () => {
    const {sources} = await chat(
      frames(
        says('Ja [1].', {citations: ['https://a.example/']}),
        ends('stop', {search_results: [{title: 'B', url: 'https://b.example/'}]}),
      ),
    );
    assert.deepEqual(sources, [
      {id: 'https://a.example/', n: 1, title: 'https://a.example/', url: 'https://a.example/'},
      {id: 'https://b.example/', n: 1, title: 'B', url: 'https://b.example/'},
    ]);
  });

  it('shows pages once that come again with every piece', async () => {
    const pieces = Array.from({length: 50}, () => says('Ja ', {citations: ['https://a.example/']}));
    const {events, sources} = await chat(frames(...pieces, ends('stop')));
    assert.deepEqual([sources.length, events.filter(({type}) => type === 'source').length], [1, 1]);
  });

  it('reads an answer that was not streamed', async () => {
    const message = {
      role: 'assistant',
      content: 'Ja [1].',
      annotations: [{type: 'url_citation', url_citation: {url: 'https://a.example/'}}],
    };
    const whole = JSON.stringify({
      id: 'c1',
      object: 'chat.completion',
      choices: [{index: 0, message, finish_reason: 'stop'}],
    });
    const {text, sources, last} = await chat(streamed(whole, {type: 'application/json'}));
    assert.deepEqual([text, sources.length, last], ['Ja [1].', 1, 'stop']);
  });

  for (const [what, data, code, display] of [
    ['OpenAI', {error: {message: 'secret', type: 'server_error', code: null}}, 'server', undefined],
    [
      'a quota',
      {error: {message: 'x', type: 'insufficient_quota', code: 'insufficient_quota'}},
      'quota_exceeded',
      undefined,
    ],
    ['vLLM', {object: 'error', message: 'secret', type: 'BadRequestError', code: 400}, 'invalid_request', undefined],
    ['OpenRouter', {id: 'x', error: {code: 429, message: 'x'}, choices: []}, 'rate_limited', undefined],
    ['a text', {error: 'maximum context length exceeded'}, 'too_long', undefined],
    [
      'a proxy of ours',
      {error: {code: 'quota_exceeded', display: 'Slut för i dag.'}},
      'quota_exceeded',
      'Slut för i dag.',
    ],
  ] as const) {
    it(`reads an error in the stream as ${what} writes it`, async () => {
      const {events, text} = await chat(frames(says('Ha'), data, says('mer')));
      const error = events.at(-1)?.type === 'error' ? events.at(-1) : undefined;
      assert.deepEqual(error, {
        type: 'error',
        error: {code, retryable: ['server', 'rate_limited'].includes(code), ...(display && {display})},
      });
      assert.equal(text, 'Ha');
    });
  }

  for (const [status, body, last] of [
    [400, {error: {code: 'content_filter', innererror: {code: 'ResponsibleAIPolicyViolation'}}}, 'content_filtered'],
    [400, {error: {code: 'context_length_exceeded'}}, 'too_long'],
    [404, {error: {code: 'model_not_found'}}, 'unavailable'],
    [429, {error: {code: 'insufficient_quota'}}, 'quota_exceeded'],
    [500, {}, 'server'],
    [503, {error: {message: 'overloaded'}}, 'unavailable'],
  ] as const) {
    it(`reads a refusal with ${status} as ${last}`, async () => {
      const refusal = streamed(JSON.stringify(body), {status, type: 'application/json'});
      assert.equal((await chat(refusal)).last, last);
    });
  }

  for (const [what, data] of [...hostile, ['a text that is a number', JSON.stringify(says(5))]] as const) {
    it(`ends as a broken promise on ${what}`, async () => {
      for (const ask of [chat, azure])
        assert.equal((await ask(frames(says('Ja'), data, ends('stop')))).last, 'protocol');
    });
  }

  it('is not changed by what it does not know', async () => {
    const {text, last} = await chat(
      frames(
        {},
        '{"__proto__":{"choices":[]},"choices":{"0":{}}}',
        {choices: [null, 5, {delta: null}]},
        {id: 5, choices: [{index: '0', delta: {tool_calls: {}, annotations: 'x'}}]},
        says('Ja', {citations: {}, search_results: [null, {url: 5}]}),
        ends('stop'),
      ),
    );
    assert.deepEqual([text, last], ['Ja', 'stop']);
  });

  it('ends a text that never ends', async () => {
    const endless = streamed('', {pieces: Array.from({length: 40}, () => bytes(frames(says('a'.repeat(100_000)))))});
    const {last, text} = await chat(endless);
    assert.deepEqual([last, text.length < 2_200_000], ['length', true]);
  });
});

describe('the transport for Azure', () => {
  const context = (citations: unknown) => choice({delta: {role: 'assistant', context: {citations, intent: '[]'}}});
  const filtered = {hate: {filtered: true, severity: 'high'}};
  const offsets = {check_offset: 0, start_offset: 0, end_offset: 9};

  it('never shows half a marker, however the text is cut', async () => {
    const text = 'Öppna [doc1][doc12]. En [länk] och [d] och [do';
    for (const [how, pieces] of cuts(bytes(text))) {
      const decoder = new TextDecoder();
      const said = pieces.map((piece) => says(decoder.decode(piece, {stream: true})));
      const {events, text: whole} = await azure(frames(context([{title: 'A'}]), ...said, ends('stop'), '[DONE]'));
      assert.equal(whole, text, how);
      let seen = '';
      for (const event of events.slice(0, -2)) {
        if (event.type === 'text') seen += event.text;
        assert.doesNotMatch(seen, /\[(d(oc?\d*)?)?$/, how);
      }
    }
  });

  it('gives what it held back when the stream breaks', async () => {
    const {text, last} = await azure(streamed('', {pieces: [bytes(frames(says('Se [do'))), null]}));
    assert.deepEqual([text, last], ['Se [do', 'interrupted']);
  });

  it('numbers the documents as the markers do', async () => {
    const {sources} = await azure(
      frames(
        context([{title: 'A', content: 'Så.', url: 'https://a.example/'}, {title: null, filepath: 'b.pdf'}, {}, null]),
        ends('stop'),
      ),
    );
    assert.deepEqual(sources, [
      {id: 'doc1', n: 1, title: 'A', url: 'https://a.example/', snippet: 'Så.'},
      {id: 'doc2', n: 2, title: 'b.pdf'},
      {id: 'doc3', n: 3, title: 'doc3'},
      {id: 'doc4', n: 4, title: 'doc4'},
    ]);
  });

  it('takes an answer back that a late filter finds, also after its end', async () => {
    const verdict = {
      finish_reason: 'content_filter',
      content_filter_results: filtered,
      content_filter_offsets: offsets,
    };
    for (const late of [verdict, {...verdict, finish_reason: null}]) {
      const {text, retracted, last} = await azure(frames(says('Illa.'), ends('stop'), choice(late), '[DONE]'));
      assert.deepEqual([text, retracted, last], ['', 'content_filter', 'content_filter']);
    }
  });

  it('keeps an answer that a late filter finds harmless', async () => {
    const harmless = {content_filter_results: {hate: {filtered: false}}, content_filter_offsets: offsets};
    const {text, retracted, last} = await azure(frames(says('Bra.'), ends('stop'), choice(harmless), '[DONE]'));
    assert.deepEqual([text, retracted, last], ['Bra.', undefined, 'stop']);
  });
});

describe('the transport for responses', () => {
  const at = {output_index: 0, content_index: 0};
  const delta = (text: unknown, more: object = {}) => ({
    type: 'response.output_text.delta',
    ...at,
    delta: text,
    ...more,
  });
  const created = {type: 'response.created', response: {id: 'resp_1', status: 'in_progress'}};
  const done = (fields: object = {}, type = 'completed') => ({
    type: `response.${type}`,
    response: {id: 'resp_1', status: type, output: [], ...fields},
  });
  const message = (text: string, annotations: readonly unknown[] = []) => ({
    id: 'm1',
    type: 'message',
    content: [{type: 'output_text', text, annotations}],
  });
  const link = {type: 'url_citation', url: 'https://a.example/', title: 'A', start_index: 0, end_index: 2};

  it('asks for a stream that is not stored, unless the host says so', async () => {
    const {fetch, sent} = backend(frames(created, done()));
    const send = (options: Partial<OpenaiOptions>) =>
      fold(openaiTransport({endpoint, api: 'responses', fetch, ...options}, hurried).send(ask('Hur?'), callOptions()));
    await send({});
    await send({model: 'm', body: {store: true, background: true}});
    const input = [{role: 'user', content: 'Hur?'}];
    assert.equal(sent[0]!.url, `${endpoint}/responses`);
    assert.deepEqual(sent[0]!.body, {store: false, stream: true, input});
    assert.deepEqual(sent[1]!.body, {model: 'm', store: true, background: true, stream: true, input});
  });

  it('tells parts and messages apart', async () => {
    const {text} = await response(
      frames(created, delta('Ett'), delta('två', {content_index: 1}), delta('tre', {output_index: 1}), done()),
    );
    assert.equal(text, 'Ett\n\ntvå\n\ntre');
  });

  it('shows a refusal in the words of the model', async () => {
    const {text, last} = await response(
      frames(
        created,
        {type: 'response.refusal.delta', ...at, delta: 'Nej.'},
        {type: 'response.refusal.done', ...at, refusal: 'Nej.'},
        done(),
      ),
    );
    assert.deepEqual([text, last], ['Nej.', 'stop']);
  });

  it('takes from the end what was not streamed, and says nothing twice', async () => {
    const whole = done({output: [{type: 'reasoning'}, message('Så här.', [link])]});
    for (const [what, events] of [
      ['only the whole', [created, whole]],
      [
        'only the end of the text',
        [created, {type: 'response.output_text.done', output_index: 1, content_index: 0, text: 'Så här.'}, whole],
      ],
      [
        'all of it',
        [
          created,
          delta('Så '),
          delta('här.'),
          {type: 'response.output_text.done', ...at, text: 'Så här.'},
          {type: 'response.output_text.annotation.added', ...at, annotation: link},
          whole,
        ],
      ],
      ['no ids and no indexes', [{type: 'response.output_text.delta', delta: 'Så här.'}, whole]],
    ] as const) {
      const {text, sources, last, events: told} = await response(frames(...events));
      assert.deepEqual([text, sources.length, last], ['Så här.', 1, 'stop'], what);
      assert.equal(told.filter(({type}) => type === 'cite').length, 1, what);
    }
  });

  for (const [what, event, last] of [
    ['completed', done(), 'stop'],
    ['cut', done({incomplete_details: {reason: 'max_output_tokens'}}, 'incomplete'), 'length'],
    ['filtered', done({incomplete_details: {reason: 'content_filter'}}, 'incomplete'), 'content_filter'],
    ['incomplete for no known reason', done({incomplete_details: null}, 'incomplete'), 'other'],
    ['cancelled', done({}, 'cancelled'), 'cancelled'],
    ['waiting for a tool', done({output: [{type: 'function_call', id: 'f1'}]}), 'tool'],
    ['after a search', done({output: [{type: 'web_search_call', id: 'w1'}]}), 'stop'],
    ['failed', done({error: {code: 'server_error', message: 'secret'}}, 'failed'), 'server'],
    ['failed without a word', done({error: null}, 'failed'), 'server'],
    ['refused as a question', done({error: {code: 'invalid_prompt', message: 'x'}}, 'failed'), 'content_filtered'],
    ['an error', {type: 'error', code: 'rate_limit_exceeded', message: 'x'}, 'rate_limited'],
    ['an error inside an error', {type: 'error', error: {type: 'insufficient_quota', message: 'x'}}, 'quota_exceeded'],
  ] as const) {
    it(`ends as ${last}: ${what}`, async () => {
      assert.equal((await response(frames(created, event, delta('mer')))).last, last);
    });
  }

  it('reads types from the names of the events, where the data has none', async () => {
    const text = 'event: response.output_text.delta\ndata: {"delta":"Ja"}\n\nevent: response.completed\ndata: {}\n\n';
    const {text: said, last} = await response(text);
    assert.deepEqual([said, last], ['Ja', 'stop']);
  });

  it('tells of tools and thinking once each, and never what', async () => {
    const item = (state: 'added' | 'done', fields: object) => ({
      type: `response.output_item.${state}`,
      output_index: 0,
      item: fields,
    });
    const {events} = await response(
      frames(
        created,
        item('added', {id: 'r1', type: 'reasoning'}),
        {type: 'response.reasoning_summary_text.delta', delta: 'hemligt'},
        {type: 'response.reasoning_text.delta', delta: 'hemligt'},
        item('done', {id: 'r1', type: 'reasoning', summary: ['hemligt']}),
        item('added', {id: 'w1', type: 'web_search_call'}),
        {type: 'response.web_search_call.searching', item_id: 'w1'},
        item('done', {id: 'w1', type: 'web_search_call', status: 'completed', action: {query: 'hemligt'}}),
        item('added', {id: 'm1', type: 'mcp_call', name: 'hemligt'}),
        item('done', {id: 'm1', type: 'mcp_call', status: 'failed', error: 'hemligt'}),
        done(),
      ),
    );
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'status' ? [[event.id, event.kind, event.state]] : [])),
      [
        [undefined, 'thinking', 'active'],
        ['w1', 'search', 'active'],
        ['w1', 'search', 'done'],
        ['m1', 'tool', 'active'],
        ['m1', 'tool', 'failed'],
      ],
    );
    assert.ok(!JSON.stringify(events).includes('hemligt'));
  });

  it('reads a response that was not streamed, and does not wait for one that is still to come', async () => {
    const whole = (fields: object) =>
      streamed(JSON.stringify({object: 'response', id: 'resp_1', ...fields}), {type: 'application/json'});
    const {text, sources, last} = await response(
      whole({status: 'completed', error: null, output: [message('Ja.', [link])]}),
    );
    assert.deepEqual([text, sources.length, last], ['Ja.', 1, 'stop']);
    assert.equal(
      (await response(whole({status: 'failed', error: {code: 'rate_limit_exceeded'}}))).last,
      'rate_limited',
    );
    assert.equal((await response(whole({status: 'queued'}))).last, 'protocol');
    assert.equal(
      (await response(streamed('{"error":{"code":"rate_limit_exceeded"}}', {type: 'application/json'}))).last,
      'rate_limited',
    );
    assert.equal((await response(streamed('{}', {type: 'application/json'}))).last, 'protocol');
  });

  it('takes a response up after the cursor, which every event brings', async () => {
    const {fetch, sent} = backend(
      frames({...delta('här.'), sequence_number: 4}, {...done({output: [message('Så här.')]}), sequence_number: 5}),
    );
    const transport = openaiTransport({endpoint: `${endpoint}?api-version=1`, api: 'responses', fetch}, hurried);
    const {events, text} = await fold(transport.resume!({messageId: 'resp/1', cursor: '3&x'}, callOptions()));
    assert.equal(sent[0]!.url, `${endpoint}/responses/resp%2F1?api-version=1&stream=true&starting_after=3%26x`);
    assert.deepEqual([text, events.map(({cursor}) => cursor)], ['här.', ['4', '5']]);
    await fold(transport.resume!({messageId: 'resp_1'}, callOptions()));
    assert.equal(sent[1]!.url, `${endpoint}/responses/resp_1?api-version=1&stream=true`);
  });

  for (const status of [400, 404, 405]) {
    it(`takes ${status} for nothing to take up`, async () => {
      const transport = openaiTransport(
        {endpoint, api: 'responses', fetch: backend({status, pieces: []}).fetch},
        hurried,
      );
      assert.deepEqual((await fold(transport.resume!({messageId: 'resp_1', cursor: '3'}, callOptions()))).events, []);
    });
  }

  for (const [what, data] of [...hostile, ['a text that is a number', JSON.stringify(delta(5))]] as const) {
    it(`ends as a broken promise on ${what}`, async () => {
      assert.equal((await response(frames(created, data, done()))).last, 'protocol');
    });
  }

  it('is not changed by what it does not know', async () => {
    const {text, last} = await response(
      frames(
        {type: '__proto__'},
        {type: 'response.audio.delta', delta: 5},
        {type: 'response.output_item.added', item: null},
        {type: 'response.output_text.annotation.added', annotation: 5},
        '{"type":"keepalive","__proto__":{"type":"error"}}',
        delta('Ja', {output_index: '0', content_index: null, sequence_number: '7'}),
        done({output: [null, 5, {type: 'message', content: [null, {annotations: {}}]}]}),
      ),
    );
    assert.deepEqual([text, last], ['Ja', 'stop']);
  });
});

const servers: ReturnType<typeof serve>[] = [];
after(() => {
  for (const server of servers) server.close();
});

const listen = (fetch: (request: Request) => Response | Promise<Response>) =>
  new Promise<string>((resolve) => {
    const server = serve({fetch, port: 0, hostname: '127.0.0.1'}, ({port}: AddressInfo) => {
      resolve(`http://127.0.0.1:${port}`);
    });
    servers.push(server);
  });

describe('the OpenAI transport beside the real client', () => {
  const client = (given: Given) =>
    new OpenAI({
      apiKey: 'none',
      baseURL: endpoint,
      maxRetries: 0,
      fetch: (_url, init) => backend(given).fetch(endpoint, init as RequestInit),
    });

  const handMade = {
    chat: streamed(
      frames(says('Öppna **Fakturor** '), says('→ 🗓️ [1].'), ends('stop'), {choices: [], usage: null}, '[DONE]'),
    ),
    responses: streamed(
      frames(
        {type: 'response.created', response: {id: 'r', output: []}},
        {type: 'response.output_item.added', output_index: 0, item: {type: 'message', id: 'm', content: []}},
        {
          type: 'response.content_part.added',
          output_index: 0,
          content_index: 0,
          part: {type: 'output_text', text: '', annotations: []},
        },
        {type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Öppna '},
        {type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: '→ 🗓️ [1].'},
        {type: 'response.completed', response: {id: 'r', status: 'completed', output: []}},
      ),
    ),
  };
  const recorded = (prefix: string) =>
    recordings(prefix)
      .filter(({status}) => status === 200)
      .map(({name, headers, bytes}): [string, Given] => [name, {pieces: [bytes], type: headers['content-type'] ?? ''}]);

  it('reads the same text and reason out of chat completions', async () => {
    for (const [name, given] of [['hand-made', handMade.chat] as [string, Given], ...recorded('openai-chat.')]) {
      let text = '';
      let reason: string | null = null;
      for await (const chunk of await client(given).chat.completions.create({model: 'm', stream: true, messages: []})) {
        text += chunk.choices[0]?.delta.content ?? '';
        reason = chunk.choices[0]?.finish_reason ?? reason;
      }
      const ours = await chat(given);
      assert.deepEqual([ours.text, ours.last], [text, reason], name);
    }
  });

  it('reads the same text out of responses', async () => {
    for (const [name, given] of [
      ['hand-made', handMade.responses] as [string, Given],
      ...recorded('openai-responses.'),
    ]) {
      let text = '';
      try {
        for await (const event of await client(given).responses.create({model: 'm', stream: true, input: ''}))
          if (event.type === 'response.output_text.delta') text += event.delta;
      } catch (error) {
        // The client throws where the stream tells of an error, and where it is cut in the middle of an event.
        if (!(error instanceof Error)) throw error;
      }
      assert.equal((await response(given)).text, text, name);
    }
  });

  for (const api of ['chat', 'responses'] as const) {
    it(`is answered by the demo server, from the help centre: ${api}`, async () => {
      const url = await listen((request) => app.fetch(request));
      const transport = openaiTransport({endpoint: `${url}/v1`, api});
      const answer = await fold(transport.send(ask('How do I export a SIE file?'), callOptions()));
      assert.match(answer.text, /SIE file/);
      assert.deepEqual([answer.sources.length, answer.last], [1, 'stop']);
    });
  }
});
