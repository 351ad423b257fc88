import assert from 'node:assert/strict';
import type {AddressInfo} from 'node:net';
import {after, describe, it} from 'node:test';

import {EventType, type Event} from '@ag-ui/core';
import {EventEncoder} from '@ag-ui/encoder';
import {serve} from '@hono/node-server';

import {app} from '../../demo/transports/ag-ui/server.js';
import {agUiTransport} from '../../src/transports/ag-ui.js';
import type {ChatRequest} from '../../src/core/transport.js';
import {ask, callOptions, fold, hurried, screened, type Given} from './adapter-setup.js';
import {replay} from './replay.js';
import {backend, frames, hostile, streamed} from './sse-bytes.js';

const endpoint = 'https://help.example/agent';

replay('agui.', (fetch) => agUiTransport({endpoint, fetch}, hurried).send(ask(), callOptions()));

const answerTo = (given: Given | string, request = ask()) =>
  fold(agUiTransport({endpoint, fetch: backend(given).fetch}, hurried).send(request, callOptions()));
/** A run with these events in it, unchecked, as real backends send them. */
const run = (...events: readonly unknown[]) =>
  frames({type: 'RUN_STARTED', threadId: 't', runId: 'r'}, ...events, {
    type: 'RUN_FINISHED',
    threadId: 't',
    runId: 'r',
  });
const finish = (more: Readonly<Record<string, unknown>>) =>
  frames({type: 'RUN_STARTED', threadId: 't', runId: 'r'}, {type: 'RUN_FINISHED', threadId: 't', runId: 'r', ...more});
const chunk = (delta: string, more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'TEXT_MESSAGE_CHUNK',
  delta,
  ...more,
});

describe('the AG-UI transport', () => {
  it('asks for a run with the conversation so far', async () => {
    const {fetch, sent} = backend(run());
    const transport = agUiTransport({endpoint: `${endpoint}?v=1`, fetch, forwardedProps: {tenant: 7}}, hurried);
    const request = ask('Hur?', {
      conversationId: 'thread-7',
      history: [
        {role: 'user', text: screened('Hej')},
        {role: 'assistant', text: 'Hej!'},
      ],
      context: {page: '/a', product: {id: 1}},
    });
    await fold(transport.send(request, {...callOptions(), receiptId: 'r1'}));
    assert.equal(sent[0]!.headers.get('accept'), 'text/event-stream');
    assert.deepEqual(
      [sent[0]!.url, sent[0]!.body],
      [
        `${endpoint}?v=1`,
        {
          threadId: 'thread-7',
          runId: request.clientMessageId,
          protocolVersion: '1.0',
          state: {},
          messages: [
            {id: 'user-0', role: 'user', content: 'Hej'},
            {id: 'assistant-1', role: 'assistant', content: 'Hej!'},
            {id: request.clientMessageId, role: 'user', content: 'Hur?'},
          ],
          tools: [],
          context: [
            {description: 'page', value: '/a'},
            {description: 'product', value: '{"id":1}'},
          ],
          forwardedProps: {tenant: 7, locale: 'sv-SE', receiptId: 'r1'},
        },
      ],
    );
  });

  it('reads chunks, the later ones without an id', async () => {
    const {text, last} = await answerTo(
      run(chunk('Öppna ', {messageId: 'm1', role: 'assistant'}), chunk('den.'), chunk('')),
    );
    assert.deepEqual([text, last], ['Öppna den.', 'stop']);
  });

  it('reads chunks that never name their message, and pieces without one that is open', async () => {
    assert.equal((await answerTo(run(chunk('Ja'), chunk('.')))).text, 'Ja.');
    const started = {type: 'TEXT_MESSAGE_START', messageId: 'm1', role: 'assistant'};
    assert.equal((await answerTo(run(started, {type: 'TEXT_MESSAGE_CONTENT', delta: 'Ja'}))).text, 'Ja');
  });

  it('shows the words of the assistant, and of nobody else', async () => {
    const message = (messageId: string, role: string, delta: string) => [
      {type: 'TEXT_MESSAGE_START', messageId, role},
      {type: 'TEXT_MESSAGE_CONTENT', messageId, delta},
      {type: 'TEXT_MESSAGE_END', messageId},
    ];
    const {text, bubbles} = await answerTo(
      run(
        ...message('m0', 'user', 'Hur?'),
        ...message('m1', 'system', 'Be careful.'),
        ...message('m2', 'assistant', 'Ett.'),
        ...message('m3', 'developer', 'Mind the gap.'),
        chunk('Ekot', {messageId: 'm4', role: 'user'}),
        ...message('m5', 'assistant', 'Två.'),
        chunk('Sub', {messageId: 'm6', subagentRunId: 's1'}),
      ),
    );
    assert.deepEqual([text, bubbles.length], ['Ett.\n\nTvå.\n\nSub', 1]);
  });

  it('takes the answer from a snapshot where nothing was streamed, or something else', async () => {
    const question = ask('Hur?');
    const asked = {id: question.clientMessageId, role: 'user', content: 'Hur?'};
    const snapshot = (...messages: readonly unknown[]) => ({type: 'MESSAGES_SNAPSHOT', messages});
    const old = [
      {id: 'u0', role: 'user', content: 'Förr?'},
      {id: 'a0', role: 'assistant', content: 'Ett gammalt svar.'},
    ];
    const answer = {id: 'm1', role: 'assistant', content: 'Så här.'};
    const tool = {id: 'm0', role: 'assistant', toolCalls: []};
    for (const [what, events, text] of [
      ['nothing streamed', [snapshot(...old, asked, tool, answer)], 'Så här.'],
      ['the question known by its words', [snapshot({...asked, id: 'x'}, answer)], 'Så här.'],
      ['streamed already', [chunk('Så här.', {messageId: 'm1'}), snapshot(asked, answer)], 'Så här.'],
      ['streamed otherwise', [chunk('Så hä', {messageId: 'm1'}), snapshot(asked, answer)], 'Så här.'],
      ['old answers alone', [snapshot(...old), chunk('Nytt', {messageId: 'm2'})], 'Nytt'],
      ['old answers before the question', [snapshot(...old, asked), chunk('Nytt', {messageId: 'm2'})], 'Nytt'],
      ['nonsense', [snapshot(null, 5, {role: 'assistant'}), {type: 'MESSAGES_SNAPSHOT'}, chunk('Ja')], 'Ja'],
    ] as const) {
      assert.equal((await answerTo(run(...events), question)).text, text, what);
    }
  });

  it('reads sources, suggestions and the offer of a human from custom events', async () => {
    const custom = (name: string, value: unknown) => ({type: 'CUSTOM', name, value});
    const {sources, suggestions, handoff, events} = await answerTo(
      run(
        custom('sources', {items: [{url: 'https://a.example/', title: 'A', snippet: 'Så.'}]}),
        custom('citation', {id: 's2', title: 'B', __proto__: {url: 'javascript:0'}}),
        custom('follow_ups', ['Och sedan?', null, {text: 'Varför?'}]),
        custom('on_interrupt', '{}'),
        custom('confidence', 0.9),
        custom('citations', 'none'),
      ),
    );
    assert.deepEqual(sources, [
      {id: 'https://a.example/', title: 'A', url: 'https://a.example/', snippet: 'Så.'},
      {id: 's2', title: 'B'},
    ]);
    assert.deepEqual([suggestions, handoff], [[{text: 'Och sedan?'}, {text: 'Varför?'}], true]);
    assert.deepEqual(
      events.filter(({type}) => type === 'data'),
      [
        {type: 'data', name: 'confidence', value: 0.9},
        {type: 'data', name: 'citations', value: 'none'},
      ],
    );
  });

  it('tells that something is done, and never what', async () => {
    const {events} = await answerTo(
      run(
        {type: 'STEP_STARTED', stepName: 'retrieve'},
        {type: 'TOOL_CALL_START', toolCallId: 'c1', toolCallName: 'hemligt'},
        {type: 'TOOL_CALL_ARGS', toolCallId: 'c1', delta: 'hemligt'},
        {type: 'TOOL_CALL_END', toolCallId: 'c1'},
        {type: 'TOOL_CALL_RESULT', toolCallId: 'c1', messageId: 'x', content: 'hemligt'},
        {type: 'TOOL_CALL_CHUNK', toolCallId: 'c2', toolCallName: 'hemligt', delta: '{'},
        {type: 'TOOL_CALL_CHUNK', delta: 'hemligt'},
        {type: 'STEP_FINISHED', stepName: 'retrieve'},
        {type: 'SUBAGENT_STARTED', subagentRunId: 's1', name: 'hemligt'},
        {type: 'SUBAGENT_ERROR', subagentRunId: 's1', message: 'hemligt'},
        {type: 'SUBAGENT_STARTED', subagentRunId: 's2', name: 'hemligt'},
        {type: 'SUBAGENT_FINISHED', subagentRunId: 's2', result: 'hemligt'},
        {type: 'REASONING_MESSAGE_CHUNK', messageId: 'r', delta: 'hemligt'},
        {type: 'REASONING_MESSAGE_CONTENT', messageId: 'r', delta: 'hemligt'},
        {type: 'REASONING_MESSAGE_END', messageId: 'r'},
        {type: 'REASONING_END', messageId: 'r'},
        {type: 'THINKING_START', title: 'hemligt'},
        {type: 'THINKING_TEXT_MESSAGE_CONTENT', delta: 'hemligt'},
        {type: 'THINKING_END'},
        {type: 'STATE_SNAPSHOT', snapshot: {secret: 'hemligt'}},
        {type: 'STATE_DELTA', delta: [{op: 'add', path: '/a', value: 'hemligt'}]},
        {type: 'ACTIVITY_SNAPSHOT', messageId: 'a', activityType: 'PLAN', content: {a: 'hemligt'}},
        {type: 'RAW', event: 'hemligt'},
      ),
    );
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'status' ? [`${event.kind} ${event.id} ${event.state}`] : [])),
      [
        'progress retrieve active',
        'tool c1 active',
        'tool c1 done',
        'tool c2 active',
        'progress retrieve done',
        'progress s1 active',
        'progress s1 failed',
        'progress s2 active',
        'progress s2 done',
        'thinking undefined active',
        'thinking undefined active',
      ],
    );
    assert.ok(!JSON.stringify(events).includes('hemligt'));
  });

  for (const [what, more, last] of [
    ['no outcome', {}, 'stop'],
    ['success', {outcome: {type: 'success'}}, 'stop'],
    ['an outcome nobody knows', {outcome: {type: '__proto__'}}, 'stop'],
    ['cancelled', {outcome: {type: 'cancelled'}}, 'cancelled'],
    ['tools that wait', {outcome: {type: 'success', pendingToolCallIds: ['c1']}}, 'tool'],
  ] as const) {
    it(`ends as ${last}: ${what}`, async () => assert.equal((await answerTo(finish(more))).last, last));
  }

  it('goes on when a run within the run is finished', async () => {
    const {text, last, bubbles} = await answerTo(
      run(
        {type: 'RUN_STARTED', threadId: 't', runId: 'r2', parentRunId: 'r'},
        chunk('Ett, ', {messageId: 'm1'}),
        {type: 'RUN_FINISHED', threadId: 't', runId: 'r2'},
        chunk('två.', {messageId: 'm1'}),
      ),
    );
    assert.deepEqual([text, last, bubbles.length], ['Ett, två.', 'stop', 1]);
  });

  it('shows what an interrupt asks, offers a human, and answers it with the next question', async () => {
    const interrupts = [
      {id: 'i1', reason: 'input_required', message: 'Vilken månad?'},
      {id: 'i2', reason: 'tool_call', toolCallId: 'c1'},
    ];
    const {fetch, sent} = backend(finish({outcome: {type: 'interrupt', interrupts}}));
    const transport = agUiTransport({endpoint, fetch}, hurried);
    const send = (more: Partial<ChatRequest>) => fold(transport.send(ask('Maj', more), callOptions()));
    const {text, handoff, session, last} = await send({});
    assert.deepEqual([text, handoff, last], ['Vilken månad?', true, 'stop']);
    await send({session});
    assert.deepEqual((sent[1]!.body as {resume: unknown}).resume, [
      {interruptId: 'i1', status: 'resolved', payload: 'Maj'},
      {interruptId: 'i2', status: 'cancelled'},
    ]);
    assert.ok(!('resume' in (sent[0]!.body as object)));
  });

  it('forgets an interrupt once it was answered', async () => {
    const session = {interrupts: [{interruptId: 'i1', isApproval: false}]};
    assert.deepEqual((await answerTo(run(), ask('Maj', {session}))).session, {});
    assert.equal((await answerTo(run(), ask('Maj', {session: {}}))).session, undefined);
  });

  for (const [what, event, code, display] of [
    ['words that nobody may see', {message: 'psycopg2: connection to 10.0.0.3 refused'}, 'server', undefined],
    ['a code of ours', {message: 'x', code: 'quota_exceeded'}, 'quota_exceeded', undefined],
    ['a code of another', {message: 'x', code: 'RATE_LIMIT'}, 'rate_limited', undefined],
    ['a status', {message: 'x', code: '503'}, 'unavailable', undefined],
    ['a sentence for the person', {message: 'x', display: 'Vänta lite.'}, 'server', 'Vänta lite.'],
  ] as const) {
    it(`reads a failed run: ${what}`, async () => {
      const {events} = await answerTo(frames({type: 'RUN_ERROR', ...event}, chunk('mer', {messageId: 'm'})));
      const error = events[0]?.type === 'error' ? events[0].error : undefined;
      assert.deepEqual([events.length, error?.code, error?.display], [1, code, display]);
    });
  }

  it('takes an aborted run for a stopped one', async () => {
    assert.equal((await answerTo(frames({type: 'RUN_ERROR', message: 'x', code: 'abort'}))).last, 'cancelled');
  });

  it('does not take a cut stream for an answer', async () => {
    const {text, last} = await answerTo(frames(chunk('Halva sva', {messageId: 'm1'})));
    assert.deepEqual([text, last], ['Halva sva', 'end']);
    assert.equal((await answerTo(frames(chunk('Halva sva', {messageId: 'm1'}), '[DONE]'))).last, 'end');
  });

  for (const [what, data] of [
    ...hostile,
    ['no type', '{"delta":"a"}'],
    ['a text that is a number', '{"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":5}'],
    ['a text of no message', '{"type":"TEXT_MESSAGE_CONTENT","delta":"a"}'],
    ['a message without an id', '{"type":"TEXT_MESSAGE_START"}'],
  ] as const) {
    it(`ends as a broken promise on ${what}`, async () => {
      assert.equal((await answerTo(run(data))).last, 'protocol');
    });
  }

  it('refuses what is no stream of events', async () => {
    for (const [type, body] of [
      ['application/vnd.ag-ui.event+proto', '<!doctype html><title>Sign in</title>'],
      ['text/html', '<title>Sign in</title>'],
    ] as const) {
      assert.equal((await answerTo(streamed(body, {type}))).last, 'protocol', type);
    }
    const refusal = streamed('{"error":{"code":"rate_limit_exceeded"}}', {type: 'application/json'});
    assert.equal((await answerTo(refusal)).last, 'rate_limited');
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

describe('the AG-UI transport in front of the real package', () => {
  it('reads what the encoder writes, event by event', async () => {
    const events: Event[] = [
      {type: EventType.RUN_STARTED, threadId: 't', runId: 'r', protocolVersion: '1.0'},
      {type: EventType.STEP_STARTED, stepName: 'search'},
      {type: EventType.TOOL_CALL_START, toolCallId: 'c1', toolCallName: 'search'},
      {type: EventType.TOOL_CALL_ARGS, toolCallId: 'c1', delta: '{"q":'},
      {type: EventType.TOOL_CALL_END, toolCallId: 'c1'},
      {type: EventType.TOOL_CALL_RESULT, toolCallId: 'c1', messageId: 'tm', content: '1'},
      {type: EventType.STEP_FINISHED, stepName: 'search'},
      {type: EventType.CUSTOM, name: 'citations', value: [{id: 's1', title: 'A', url: 'https://a.example/'}]},
      {type: EventType.TEXT_MESSAGE_START, messageId: 'm1', role: 'assistant'},
      {type: EventType.TEXT_MESSAGE_CONTENT, messageId: 'm1', delta: 'Öppna **Fakturor** → '},
      {type: EventType.TEXT_MESSAGE_CONTENT, messageId: 'm1', delta: '🗓️ [1].'},
      {type: EventType.TEXT_MESSAGE_END, messageId: 'm1'},
      {type: EventType.RUN_FINISHED, threadId: 't', runId: 'r', outcome: {type: 'success'}},
    ];
    const url = await listen((request) => {
      const encoder = new EventEncoder({accept: request.headers.get('accept') ?? ''});
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const event of events) controller.enqueue(encoder.encodeBinary(event));
          controller.close();
        },
      });
      return new Response(body, {headers: {'content-type': encoder.getContentType()}});
    });
    const answer = await fold(agUiTransport({endpoint: url}).send(ask(), callOptions()));
    assert.deepEqual(
      [answer.text, answer.sources, answer.last, answer.events.filter(({type}) => type === 'status').length],
      ['Öppna **Fakturor** → 🗓️ [1].', [{id: 's1', title: 'A', url: 'https://a.example/'}], 'stop', 4],
    );
  });

  it('is answered by the demo server, from the help centre', async () => {
    const url = await listen((request) => app.fetch(request));
    const transport = agUiTransport({endpoint: `${url}/agent`});
    const answer = await fold(transport.send(ask('How do I export a SIE file?'), callOptions()));
    assert.match(answer.text, /SIE file/);
    assert.deepEqual([answer.sources[0]?.id, answer.suggestions.length, answer.last], ['export-sie-file', 1, 'stop']);
  });
});
