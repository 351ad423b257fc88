import assert from 'node:assert/strict';
import type {AddressInfo} from 'node:net';
import {after, describe, it} from 'node:test';

import {serve} from '@hono/node-server';
import {
  createUIMessageStream,
  createUIMessageStreamResponse,
  isStepCount,
  jsonSchema,
  readUIMessageStream,
  simulateReadableStream,
  streamText,
  tool,
  toUIMessageStream,
  type UIMessageChunk,
} from 'ai';
import {MockLanguageModelV4} from 'ai/test';

import {app} from '../../demo/transports/ai-sdk/server.js';
import {aiSdkTransport, type AiSdkOptions} from '../../src/transports/ai-sdk.js';
import {answering, ask, callOptions, fold, hurried, screened, type Given} from './adapter-setup.js';
import {replay} from './replay.js';
import {backend, frames, hostile, streamed} from './sse-bytes.js';

const endpoint = 'https://help.example/api/chat';

replay('vercel.', (fetch, name) => {
  const transport = aiSdkTransport({endpoint, fetch}, hurried);
  return name.includes('resume')
    ? transport.resume!({messageId: 'm1', conversationId: 'chat-1'}, callOptions())
    : transport.send(ask(), callOptions());
});

const chunks = (...list: readonly UIMessageChunk[]) => frames(...list, '[DONE]');
const answerTo = (given: Given | string, options: Partial<AiSdkOptions> = {}) =>
  fold(aiSdkTransport({endpoint, fetch: backend(given).fetch, ...options}, hurried).send(ask(), callOptions()));
const said = (id: string, delta: string): UIMessageChunk[] => [
  {type: 'text-start', id},
  {type: 'text-delta', id, delta},
  {type: 'text-end', id},
];

describe('the AI SDK transport', () => {
  it('asks as DefaultChatTransport does', async () => {
    const {fetch, sent} = backend(chunks({type: 'finish'}));
    const transport = aiSdkTransport({endpoint: `${endpoint}?v=1`, fetch, body: {tenant: 7}}, hurried);
    const history = [
      {role: 'user' as const, text: screened('Hej')},
      {role: 'assistant' as const, text: 'Hej!'},
    ];
    const request = ask('Hur?', {history, context: {page: '/a'}});
    await fold(transport.send(request, {...callOptions(), receiptId: 'r1'}));
    const id = request.clientMessageId;
    assert.deepEqual(
      {url: sent[0]!.url, method: sent[0]!.method, body: sent[0]!.body},
      {
        url: `${endpoint}?v=1`,
        method: 'POST',
        body: {
          tenant: 7,
          id,
          trigger: 'submit-message',
          messages: [
            {id: 'user-0', role: 'user', parts: [{type: 'text', text: 'Hej'}]},
            {id: 'assistant-1', role: 'assistant', parts: [{type: 'text', text: 'Hej!'}]},
            {id, role: 'user', parts: [{type: 'text', text: 'Hur?'}]},
          ],
          context: {page: '/a'},
          locale: 'sv-SE',
          receiptId: 'r1',
        },
      },
    );
  });

  it('names the chat in the first event, and asks again under that name', async () => {
    const {fetch, sent} = backend(chunks({type: 'start', messageId: 'a1'}, {type: 'finish'}));
    const transport = aiSdkTransport({endpoint, fetch}, hurried);
    const {events} = await fold(transport.send(ask('Hur?', {conversationId: 'chat-7'}), callOptions()));
    assert.deepEqual(events[0], {type: 'start', messageId: 'a1', conversationId: 'chat-7', cursor: 'chat-7'});
    assert.equal((sent[0]!.body as {id: string}).id, 'chat-7');
  });

  it('names the chat when the backend begins with something else, or never says start', async () => {
    const {events, text} = await answerTo(
      chunks({type: 'data-x', data: 1}, {type: 'start', messageId: 'a1'}, ...said('0', 'Ja'), {type: 'finish'}),
    );
    assert.deepEqual(
      events.slice(0, 3).map((event) => (event.type === 'start' ? [event.conversationId, event.mode] : event.type)),
      [[ask().clientMessageId, undefined], 'data', [undefined, 'continue']],
    );
    assert.equal(text, 'Ja');
  });

  it('keeps one bubble when merged streams each say start', async () => {
    const {bubbles} = await answerTo(
      chunks(
        {type: 'start', messageId: 'a'},
        ...said('0', 'Ett'),
        {type: 'start', messageId: 'b'},
        ...said('0', 'två'),
      ),
    );
    assert.deepEqual(bubbles, ['Ett\n\ntvå']);
  });

  it('tells texts apart that have the same id in different steps', async () => {
    const {text} = await answerTo(
      chunks({type: 'start-step'}, ...said('0', 'Jag letar.'), {type: 'start-step'}, ...said('0', 'Här är det.')),
    );
    assert.equal(text, 'Jag letar.\n\nHär är det.');
  });

  it('withdraws the text and the sources of a step, and nothing else', async () => {
    const {text, sources, events, last} = await answerTo(
      chunks(
        {type: 'start-step'},
        {type: 'source-url', sourceId: 's1', url: 'https://a.example/'},
        ...said('0', 'Behåll.'),
        {type: 'start-step'},
        ...said('0', 'Fel svar.'),
        {type: 'reset-step'},
        ...said('0', 'Rätt svar.'),
        {type: 'finish', finishReason: 'stop'},
      ),
    );
    assert.deepEqual([text, sources.length, last], ['Behåll.\n\nRätt svar.', 1, 'stop']);
    assert.deepEqual(
      events.find(({type}) => type === 'retract'),
      {type: 'retract', reason: 'regenerated'},
    );
  });

  it('withdraws a first answer that is begun again', async () => {
    const {text, last} = await answerTo(
      chunks({type: 'start'}, {type: 'start-step'}, ...said('0', 'Fel'), {type: 'reset-step'}, ...said('0', 'Rätt'), {
        type: 'finish',
      }),
    );
    assert.deepEqual([text, last], ['Rätt', 'stop']);
  });

  it('reads sources with and without a title, and citations with their passage', async () => {
    const source = {type: 'source', sourceType: 'url', id: 's1', url: 'https://a.example/', title: 'A'} as const;
    const {sources, events} = await answerTo(
      chunks(
        {type: 'source-url', sourceId: 's1', url: 'https://a.example/', title: 'A'},
        {type: 'source-url', sourceId: 's2', url: 'https://b.example/'},
        {type: 'source-document', sourceId: 's3', mediaType: 'application/pdf', title: '', filename: 'c.pdf'},
        {type: 'text-start', id: '0'},
        {type: 'text-delta', id: '0', delta: 'Svar.'},
        {
          type: 'text-end',
          id: '0',
          citations: [{source, startIndex: 0, endIndex: 5, citedText: 'Så här.'}, {source: {...source, id: 's4'}}],
        },
      ),
    );
    assert.deepEqual(sources, [
      {id: 's1', title: 'A', url: 'https://a.example/', snippet: 'Så här.'},
      {id: 's2', title: 'https://b.example/', url: 'https://b.example/'},
      {id: 's3', title: 'c.pdf'},
      {id: 's4', title: 'A', url: 'https://a.example/'},
    ]);
    assert.deepEqual(
      events.filter(({type}) => type === 'cite'),
      [
        {type: 'cite', sourceId: 's1', part: '0', start: 0, end: 5, quote: 'Så här.'},
        {type: 'cite', sourceId: 's4', part: '0'},
      ],
    );
  });

  it('reads suggestions, confidence and the offer of a human from data parts', async () => {
    const {suggestions, events, handoff, sources} = await answerTo(
      chunks(
        {type: 'data-suggestions', data: ['Och sedan?', {text: 'Varför?'}, 5]},
        {type: 'data-confidence', data: 0.8},
        {type: 'data-sources', data: [{url: 'https://a.example/', title: 'A'}]},
        {type: 'data-handoff', data: {}},
      ),
    );
    assert.deepEqual(suggestions, [{text: 'Och sedan?'}, {text: 'Varför?'}]);
    assert.deepEqual(
      events.find(({type}) => type === 'data'),
      {type: 'data', name: 'confidence', value: 0.8},
    );
    assert.deepEqual([handoff, sources[0]?.id], [true, 'https://a.example/']);
  });

  it('tells of tools and thinking, and never of what goes in and out of them', async () => {
    const {events, last} = await answerTo(
      chunks(
        {type: 'reasoning-start', id: 'r'},
        {type: 'reasoning-delta', id: 'r', delta: 'Hemligt'},
        {type: 'reasoning-end', id: 'r'},
        {type: 'tool-input-start', toolCallId: 'c1', toolName: 'search', title: 'Letar i hjälpen'},
        {type: 'tool-input-delta', toolCallId: 'c1', inputTextDelta: '{"q":"hemligt"}'},
        {type: 'tool-input-available', toolCallId: 'c1', toolName: 'search', input: {q: 'hemligt'}},
        {type: 'tool-output-available', toolCallId: 'c1', output: 'hemligt', preliminary: true},
        {type: 'tool-output-available', toolCallId: 'c1', output: 'hemligt'},
        {type: 'tool-output-error', toolCallId: 'c2', errorText: 'hemligt'},
        {type: 'tool-output-denied', toolCallId: 'c3'},
        {type: 'finish', finishReason: 'tool-calls'},
      ),
    );
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'status' ? [[event.id, event.state, event.kind, event.text]] : [])),
      [
        [undefined, 'active', 'thinking', undefined],
        ['c1', 'active', 'tool', 'Letar i hjälpen'],
        ['c1', 'done', 'tool', undefined],
        ['c2', 'failed', 'tool', undefined],
        ['c3', 'failed', 'tool', undefined],
      ],
    );
    assert.equal(last, 'tool');
    assert.ok(!JSON.stringify(events).toLowerCase().includes('hemligt'));
  });

  for (const [reason, last] of [
    ['stop', 'stop'],
    [undefined, 'stop'],
    [null, 'stop'],
    ['length', 'length'],
    ['content-filter', 'content_filter'],
    ['tool-calls', 'tool'],
    ['other', 'other'],
    ['unknown', 'other'],
    ['__proto__', 'other'],
    ['error', 'server'],
    ['interrupted', 'interrupted'],
  ] as const) {
    it(`ends as ${last} when the reason is ${reason}`, async () => {
      assert.equal((await answerTo(frames({type: 'finish', finishReason: reason}))).last, last);
    });
  }

  it('ends when the stream says so without a reason, and as cancelled when it was aborted', async () => {
    assert.equal((await answerTo(chunks(...said('0', 'Ja')))).last, 'stop');
    assert.equal((await answerTo(chunks(...said('0', 'Ja'), {type: 'abort', reason: 'user'}))).last, 'cancelled');
  });

  it('does not take a cut stream for an answer', async () => {
    const {text, last} = await answerTo(frames(...said('0', 'Halva sva')));
    assert.deepEqual([text, last], ['Halva sva', 'end']);
  });

  for (const [errorText, code, display] of [
    ['An error occurred.', 'server', undefined],
    ['Rate limit exceeded for gpt-9', 'rate_limited', undefined],
    ['{"code":"rate_limited","display":"Vänta lite."}', 'rate_limited', 'Vänta lite.'],
    ['{"error":{"code":"insufficient_quota"}}', 'quota_exceeded', undefined],
    ['{"code":503}', 'unavailable', undefined],
    ['null', 'server', undefined],
    [5, 'server', undefined],
  ] as const) {
    it(`reads the error ${errorText} as ${code}`, async () => {
      const {events} = await answerTo(frames({type: 'error', errorText}, ...said('0', 'mer')));
      assert.equal(events.length, 1);
      const error = events[0]?.type === 'error' ? events[0].error : undefined;
      assert.deepEqual([error?.code, error?.display], [code, display]);
    });
  }

  for (const [what, data] of [
    ...hostile,
    ['a text that is a number', '{"type":"text-delta","id":"0","delta":5}'],
    ['a text without an id', '{"type":"text-delta","delta":"a"}'],
    ['a tool call without an id', '{"type":"tool-input-start"}'],
  ] as const) {
    it(`ends as a broken promise on ${what}`, async () => {
      assert.equal((await answerTo(frames({type: 'start'}, data))).last, 'protocol');
    });
  }

  it('ignores what it does not know, and is not changed by it', async () => {
    const {text, last} = await answerTo(
      frames(
        '{"__proto__":{"type":"finish"}}',
        {type: '__proto__'},
        {type: 'constructor'},
        {type: 7},
        {type: 'file', url: 'data:,', mediaType: 'image/png'},
        {type: 'message-metadata', messageMetadata: {}},
        {type: 'steering-message', id: 'u', parts: []},
        {type: 'source-url', sourceId: 5},
        {type: 'text-end', id: '9', citations: [null, {source: {id: 4}}]},
        ...said('__proto__', 'Ja'),
        {type: 'finish'},
      ),
    );
    assert.deepEqual([text, last], ['Ja', 'stop']);
  });

  it('reads past keep-alives, and streams whose type is missing or wrong', async () => {
    const text = `: stream-open\n\nevent: ping\ndata: hello\n\n${chunks(...said('0', 'Ja'))}: keep-alive\n\n`;
    for (const type of ['text/event-stream; charset=utf-8', 'text/plain', 'application/octet-stream']) {
      assert.equal((await answerTo(streamed(text, {type}))).text, 'Ja', type);
    }
    const {type: _, ...untyped} = streamed(text);
    assert.equal((await answerTo(untyped)).text, 'Ja');
  });

  it('withdraws a step of any length', async () => {
    const step = frames({type: 'text-delta', id: '0', delta: 'a'}).repeat(130_000);
    const {text, last} = await answerTo(
      step + frames({type: 'start-step'}, ...said('0', 'b'), {type: 'reset-step'}, {type: 'finish'}),
    );
    assert.deepEqual([text.length, last], [130_000, 'stop']);
  });

  it('says nothing of pieces with nothing in them', async () => {
    const {events} = await answerTo(chunks({type: 'start'}, ...said('0', '')));
    assert.deepEqual(
      events.map(({type}) => type),
      ['start', 'finish'],
    );
  });

  it('leaves a stream that never comes to anything', async () => {
    const comment = new Uint8Array(2 ** 20).fill(58).map((byte, at) => (at % 1000 === 0 ? 10 : byte));
    assert.equal((await answerTo(streamed('', {pieces: Array.from({length: 200}, () => comment)}))).last, 'protocol');
  });

  for (const [what, type, body] of [
    ['a sign-in page', 'text/html', '<title>Sign in</title>'],
    ['a plain text stream', 'text/plain', 'Hej, jag svarar utan händelser.'],
    ['some other JSON', 'application/json', '{"ok":true}'],
  ] as const) {
    it(`does not take ${what} for an answer`, async () => {
      assert.equal((await answerTo(streamed(body, {type}))).last, 'protocol');
    });
  }

  it('takes up an answer that is still running, from its beginning', async () => {
    const {fetch, sent} = backend(chunks({type: 'start', messageId: 'a1'}, ...said('0', 'Ja'), {type: 'finish'}));
    const transport = aiSdkTransport({endpoint: `${endpoint}?v=1`, fetch}, hurried);
    const {events, text} = await fold(transport.resume!({messageId: 'm', conversationId: 'c/1'}, callOptions()));
    assert.deepEqual([sent[0]!.method, sent[0]!.url], ['GET', `${endpoint}/c%2F1/stream?v=1`]);
    assert.deepEqual(events[0], {
      type: 'start',
      messageId: 'a1',
      conversationId: 'c/1',
      mode: 'replay',
      cursor: 'c/1',
    });
    assert.equal(text, 'Ja');
  });

  for (const status of [204, 404, 405]) {
    it(`takes ${status} for nothing to take up`, async () => {
      const transport = aiSdkTransport({endpoint, fetch: backend({status, pieces: []}).fetch}, hurried);
      assert.deepEqual((await fold(transport.resume!({messageId: 'm'}, callOptions()))).events, []);
    });
  }

  it('offers no resumption where the host says there is none', async () => {
    const {fetch} = backend(chunks({type: 'start'}, {type: 'finish'}));
    const transport = aiSdkTransport({endpoint, fetch, resume: false}, hurried);
    assert.equal(transport.resume, undefined);
    assert.ok(!('cursor' in (await fold(transport.send(ask(), callOptions()))).events[0]!));
  });

  it('renews a token that has expired, and says so when that does not help', async () => {
    const {fetch, sent} = answering((_sent, count) =>
      count === 1 ? {status: 401, pieces: []} : streamed(chunks(...said('0', 'Ja'))),
    );
    const getToken = async ({reason}: {reason: string}) => reason;
    const {text} = await fold(aiSdkTransport({endpoint, fetch, getToken}, hurried).send(ask(), callOptions()));
    assert.deepEqual(
      [text, sent.map(({headers}) => headers.get('authorization'))],
      ['Ja', ['Bearer initial', 'Bearer expired']],
    );
    assert.equal((await answerTo({status: 401, pieces: []})).last, 'auth_expired');
  });
});

const servers: ReturnType<typeof serve>[] = [];
after(() => {
  for (const server of servers) server.close();
});

/** Serves responses over a real connection; returns where. */
const listen = (fetch: (request: Request) => Response | Promise<Response>) =>
  new Promise<string>((resolve) => {
    const server = serve({fetch, port: 0, hostname: '127.0.0.1'}, ({port}: AddressInfo) => {
      resolve(`http://127.0.0.1:${port}`);
    });
    servers.push(server);
  });

describe('the AI SDK transport in front of the real package', () => {
  type Part = Parameters<typeof simulateReadableStream<Step>>[0]['chunks'][number];
  type Step =
    Awaited<ReturnType<MockLanguageModelV4['doStream']>>['stream'] extends ReadableStream<infer P> ? P : never;
  const usage = {
    inputTokens: {total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined},
    outputTokens: {total: 1, text: 1, reasoning: undefined},
  };
  const text = (...deltas: readonly string[]): Part[] => [
    {type: 'text-start', id: '0'},
    ...deltas.map((delta) => ({type: 'text-delta' as const, id: '0', delta})),
    {type: 'text-end', id: '0'},
  ];
  const end = (unified: 'stop' | 'length' | 'content-filter' | 'tool-calls'): Part => ({
    type: 'finish',
    finishReason: {unified, raw: undefined},
    usage,
  });
  /** A model that makes one of these streams for each step. */
  const model = (...steps: readonly Part[][]) =>
    new MockLanguageModelV4({
      doStream: steps.map((chunks) => ({stream: simulateReadableStream({chunks, initialDelayInMs: null})})),
    });

  /** What our adapter and the package's own reader make of the same stream. */
  async function both(make: () => ReadableStream<UIMessageChunk>) {
    const [ours, theirs] = make().tee();
    const url = await listen(() => createUIMessageStreamResponse({stream: ours, keepAliveMs: 1000}));
    const answer = await fold(aiSdkTransport({endpoint: url}).send(ask(), callOptions()));
    let parts: readonly {type: string; text?: string; sourceId?: string}[] = [];
    for await (const message of readUIMessageStream({stream: theirs, onError: () => {}})) parts = message.parts;
    const theirText = parts.flatMap(({type, text}) => (type === 'text' && text ? [text] : [])).join('\n\n');
    const theirSources = parts.flatMap(({sourceId}) => (sourceId === undefined ? [] : [sourceId]));
    assert.equal(answer.text, theirText);
    assert.deepEqual(
      answer.sources.map(({id}) => id),
      theirSources,
    );
    return answer;
  }

  it('reads a text with its sources', async () => {
    const {
      text: whole,
      sources,
      last,
    } = await both(() =>
      toUIMessageStream({
        sendSources: true,
        stream: streamText({
          prompt: 'Hur?',
          model: model([
            {type: 'stream-start', warnings: []},
            {type: 'source', sourceType: 'url', id: 's1', url: 'https://a.example/', title: 'A'},
            {type: 'source', sourceType: 'document', id: 's2', mediaType: 'application/pdf', title: 'B'},
            ...text('Öppna **Fakturor** ', '→ 🗓️ ', '[1].'),
            end('stop'),
          ]),
        }).stream,
      }),
    );
    assert.deepEqual([whole, sources.length, last], ['Öppna **Fakturor** → 🗓️ [1].', 2, 'stop']);
  });

  it('reads an answer in two steps with a tool between them', async () => {
    const {last, events} = await both(() =>
      toUIMessageStream({
        stream: streamText({
          prompt: 'Hur?',
          stopWhen: isStepCount(3),
          tools: {
            search: tool({
              inputSchema: jsonSchema({type: 'object', properties: {q: {type: 'string'}}}),
              execute: () => 'a hit',
            }),
          },
          model: model(
            [
              ...text('Jag letar.'),
              {type: 'tool-call', toolCallId: 'c1', toolName: 'search', input: '{"q":"faktura"}'},
              end('tool-calls'),
            ],
            [...text('Här är det.'), end('stop')],
          ),
        }).stream,
      }),
    );
    assert.equal(last, 'stop');
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'status' ? [event.state] : [])),
      ['active', 'done'],
    );
  });

  it('reads an answer that is cut, filtered, or fails half way', async () => {
    const asked = (...chunks: Part[]) =>
      both(() => toUIMessageStream({stream: streamText({prompt: 'Hur?', model: model(chunks), onError() {}}).stream}));
    assert.equal((await asked(...text('Halva'), end('length'))).last, 'length');
    assert.equal((await asked(...text('Halva'), end('content-filter'))).last, 'content_filter');
    assert.equal((await asked(...text('Halva'), {type: 'error', error: new Error('secret')})).last, 'server');
  });

  it('reads parts that a route writes itself', async () => {
    const {suggestions, text: whole} = await both(() =>
      createUIMessageStream({
        execute({writer}) {
          writer.write({type: 'data-suggestions', data: ['Och sedan?']});
          writer.merge(
            toUIMessageStream({
              stream: streamText({prompt: 'Hur?', model: model([...text('Så.'), end('stop')])}).stream,
            }),
          );
        },
      }),
    );
    assert.deepEqual([suggestions, whole], [[{text: 'Och sedan?'}], 'Så.']);
  });

  it('reads text that the package withdraws', async () => {
    const {text: whole} = await both(() =>
      createUIMessageStream({
        execute({writer}) {
          writer.write({type: 'start', messageId: 'a1'});
          writer.write({type: 'start-step'});
          for (const chunk of said('0', 'Fel.')) writer.write(chunk);
          writer.write({type: 'reset-step'});
          for (const chunk of said('0', 'Rätt.')) writer.write(chunk);
          writer.write({type: 'finish-step'});
          writer.write({type: 'finish', finishReason: 'stop'});
        },
      }),
    );
    assert.equal(whole, 'Rätt.');
  });

  it('is answered by the demo server, from the help centre', async () => {
    const url = await listen((request) => app.fetch(request));
    const transport = aiSdkTransport({endpoint: `${url}/api/chat`});
    const answer = await fold(transport.send(ask('How do I export a SIE file?'), callOptions()));
    assert.match(answer.text, /SIE file/);
    assert.deepEqual([answer.sources[0]?.id, answer.suggestions.length, answer.last], ['export-sie-file', 2, 'stop']);
  });
});
