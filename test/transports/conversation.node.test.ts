/** Whole conversations through the adapters for other vendors' streams: what the session makes of what they tell. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withMarkers} from '../../src/answer/place-citations.js';
import {createChat} from '../../src/headless.js';
import type {ChatTransport} from '../../src/core/transport.js';
import {agUiTransport} from '../../src/transports/ag-ui.js';
import {aiSdkTransport} from '../../src/transports/ai-sdk.js';
import {openaiTransport} from '../../src/transports/openai.js';
import {answering, bytes, hurried, type Given, type Sent} from './adapter-setup.js';
import {frames, streamed} from './sse-bytes.js';

const endpoint = 'https://help.example/api';
const terms = {id: 't', version: '1', updated: '2026-11-20', title: 'Terms', markdown: 'Be kind.', dataTable: []};

/** A chat that may be asked at once. */
async function openChat(transport: ChatTransport) {
  const chat = createChat({transport, locale: 'en', terms, storage: 'none'});
  await chat.open();
  await chat.accept();
  return {
    ask: async (text: string) => {
      await chat.ask(text);
      const {phase, answers, error} = chat.store.get().turns.at(-1)!;
      const shown = answers.map((answer) => withMarkers(answer, true));
      return {
        phase,
        error: error?.code,
        answers: shown,
        sources: answers.flatMap(({sources}) => sources.map(({id}) => id)),
      };
    },
  };
}

const broken = (text: string): Given => streamed('', {pieces: [bytes(text), null]});
const part = (delta: string) => ({type: 'text-delta', id: '0', delta});
const link = {url: 'https://a.example/', title: 'A'};

describe('a conversation through the AI SDK transport', () => {
  const source = {type: 'source-url', sourceId: 's1', ...link};

  it('takes a broken answer up and has it once, whole', async () => {
    const {fetch, sent} = answering(({method}) =>
      method === 'POST'
        ? broken(frames({type: 'start', messageId: 'a1'}, source, part('Half ')))
        : streamed(
            frames({type: 'start', messageId: 'a1'}, source, part('Half '), part('and half.'), {type: 'finish'}),
          ),
    );
    const {ask} = await openChat(aiSdkTransport({endpoint, fetch}, hurried));
    assert.deepEqual(await ask('How?'), {
      phase: 'done',
      error: undefined,
      answers: ['Half and half.'],
      sources: ['s1'],
    });
    assert.match(sent[1]!.url, /\/api\/[\w-]+\/stream$/);
  });

  it('keeps the half answer when nothing is running any more', async () => {
    const {fetch} = answering(({method}) =>
      method === 'POST' ? broken(frames(part('Half '))) : {status: 204, pieces: []},
    );
    const {ask} = await openChat(aiSdkTransport({endpoint, fetch}, hurried));
    const {phase, error, answers} = await ask('How?');
    assert.deepEqual([phase, error, answers], ['failed', 'interrupted', ['Half ']]);
  });

  it('asks the second question in the same chat, with the first and its answer', async () => {
    const {fetch, sent} = answering(() => streamed(frames({type: 'start'}, part('So.'), {type: 'finish'})));
    const {ask} = await openChat(aiSdkTransport({endpoint, fetch}, hurried));
    await ask('How?');
    await ask('And then?');
    const [first, second] = sent.map(({body}) => body as {id: string; messages: {parts: {text: string}[]}[]});
    assert.equal(second!.id, first!.id);
    assert.deepEqual(
      second!.messages.flatMap(({parts}) => parts.map(({text}) => text)),
      ['How?', 'So.', 'And then?'],
    );
  });
});

describe('a conversation through the OpenAI transport', () => {
  const event = (type: string, sequence_number: number, fields: object = {}) => ({
    type: `response.${type}`,
    sequence_number,
    ...fields,
  });
  const response = {id: 'resp_1', output: []};
  const place = {output_index: 0, content_index: 0};

  it('takes a broken response up where it was', async () => {
    const rest = [
      event('output_text.delta', 2, {...place, delta: '🗓️ rest.'}),
      event('output_text.annotation.added', 3, {
        ...place,
        annotation: {type: 'file_citation', file_id: 'f1', filename: 'b.pdf'},
      }),
      event('completed', 4, {response}),
    ];
    const {fetch, sent} = answering(({method}) =>
      method === 'POST'
        ? broken(frames(event('created', 0, {response}), event('output_text.delta', 1, {...place, delta: 'The '})))
        : streamed(frames(...rest)),
    );
    const {ask} = await openChat(openaiTransport({endpoint, api: 'responses', fetch}, hurried));
    assert.deepEqual(await ask('How?'), {phase: 'done', error: undefined, answers: ['The 🗓️ rest.'], sources: ['f1']});
    assert.equal(sent[1]!.url, `${endpoint}/responses/resp_1?stream=true&starting_after=1`);
  });

  it('places a citation where the text rests on it, behind an emoji too', async () => {
    const choice = (delta: object, finish_reason: string | null = null) => ({
      choices: [{index: 0, delta, finish_reason}],
    });
    const annotation = {type: 'url_citation', url_citation: {...link, start_index: 3, end_index: 6}};
    const {fetch} = answering(() =>
      streamed(
        frames(
          choice({content: '🗓️ May, or June.'}),
          choice({annotations: [annotation]}),
          choice({}, 'stop'),
          '[DONE]',
        ),
      ),
    );
    const {ask} = await openChat(openaiTransport({endpoint, api: 'chat', fetch}, hurried));
    assert.deepEqual((await ask('When?')).answers, ['🗓️ May[1], or June.']);
  });
});

describe('a conversation through the AG-UI transport', () => {
  it('stays in one thread, each question a run of its own, and answers what a run waits for', async () => {
    const waits = {type: 'interrupt', interrupts: [{id: 'i1', reason: 'input_required', message: 'Which month?'}]};
    const run = (outcome: object) => (sent: Sent) => {
      const {threadId, runId} = sent.body as {threadId: string; runId: string};
      return streamed(frames({type: 'RUN_STARTED', threadId, runId}, {type: 'RUN_FINISHED', threadId, runId, outcome}));
    };
    const {fetch, sent} = answering((asked, count) => run(count === 1 ? waits : {type: 'success'})(asked));
    const {ask} = await openChat(agUiTransport({endpoint, fetch}, hurried));
    assert.deepEqual((await ask('How much?')).answers, ['Which month?']);
    await ask('May');
    await ask('And June?');
    const bodies = sent.map(({body}) => body as {threadId: string; runId: string; resume?: unknown});
    assert.deepEqual(new Set(bodies.map(({threadId}) => threadId)).size, 1);
    assert.deepEqual(new Set(bodies.map(({runId}) => runId)).size, 3);
    assert.deepEqual(
      bodies.map(({resume}) => resume),
      [undefined, [{interruptId: 'i1', status: 'resolved', payload: 'May'}], undefined],
    );
  });
});
