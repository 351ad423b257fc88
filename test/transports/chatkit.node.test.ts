import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {chatkitTransport} from '../../demo/transports/chatkit/chatkit-transport.js';
import {server} from '../../demo/transports/chatkit/server.mjs';
import {conformance, type WireProtocol} from '../../src/testing/index.js';
import {fastClock} from './http-scenarios.js';
import {ask, callOptions, fold, hurried} from './adapter-setup.js';
import {running} from './demo-servers.js';
import {replay} from './replay.js';
import {backend, frames, hostile, streamed} from './sse-bytes.js';

const endpoint = 'https://help.example/chatkit';
replay('chatkit.', (fetch) => chatkitTransport({endpoint, fetch}, hurried).send(ask(), callOptions()));

const answerTo = (given: Parameters<typeof backend>[0]) =>
  fold(chatkitTransport({endpoint, fetch: backend(given).fetch}, hurried).send(ask(), callOptions()));

const added = {type: 'thread.item.added', item: {id: 'm1', type: 'assistant_message', content: []}};
const update = (change: unknown, id = 'm1') => ({type: 'thread.item.updated', item_id: id, update: change});
const delta = (text: string, index = 0, id = 'm1') =>
  update({type: 'assistant_message.content_part.text_delta', content_index: index, delta: text}, id);
const done = (...texts: readonly string[]) => ({
  type: 'thread.item.done',
  item: {
    id: 'm1',
    type: 'assistant_message',
    content: texts.map((text) => ({type: 'output_text', text, annotations: []})),
  },
});

describe('the ChatKit example', () => {
  it('begins a thread, and goes on with it', async () => {
    const {fetch, sent} = backend(frames(added, done('So.')));
    const transport = chatkitTransport({endpoint, fetch}, hurried);
    await fold(transport.send(ask('Hur?'), callOptions()));
    await fold(transport.send(ask('Och sen?', {conversationId: 'thr_7'}), callOptions()));
    const bodies = sent.map(({body}) => body as {type: string; params: {thread_id?: string; input: unknown}});
    assert.deepEqual(
      bodies.map(({type, params}) => [type, params.thread_id]),
      [
        ['threads.create', undefined],
        ['threads.add_user_message', 'thr_7'],
      ],
    );
    assert.deepEqual(bodies[0]!.params.input, {
      content: [{type: 'input_text', text: 'Hur?'}],
      attachments: [],
      quoted_text: null,
      inference_options: {},
    });
  });

  for (const [what, stream, text, last] of [
    ['an answer that was not streamed', frames(done('Whole.')), 'Whole.', 'stop'],
    ['an answer in two pieces', frames(added, delta('A'), delta('B', 1), done('A', 'B')), 'A\n\nB', 'stop'],
    [
      'an answer that was mended at its end',
      frames(
        added,
        delta('Fa'),
        update({
          type: 'assistant_message.content_part.done',
          content_index: 0,
          content: {type: 'output_text', text: 'Right.', annotations: []},
        }),
        done('Right.'),
      ),
      'Right.',
      'stop',
    ],
    ['an answer that was cut', frames(added, delta('Hal')), 'Hal', 'interrupted'],
    [
      'a stream with nothing in it',
      frames({type: 'stream_options', stream_options: {allow_cancel: true}}),
      '',
      'interrupted',
    ],
    [
      'a message that is taken back',
      frames(
        added,
        delta('No.'),
        {type: 'thread.item.removed', item_id: 'm1'},
        {
          ...done('Yes.'),
          item: {...done('Yes.').item, id: 'm2'},
        },
        {type: 'thread.item.done', item: {id: 'e', type: 'end_of_turn'}},
      ),
      'Yes.',
      'stop',
    ],
    [
      'a message that is replaced',
      frames(added, delta('No.'), done('No.'), {...done('Yes.'), type: 'thread.item.replaced'}),
      'Yes.',
      'stop',
    ],
    [
      'a widget, by what can be copied of it',
      frames({type: 'thread.item.done', item: {id: 'w', type: 'widget', widget: {type: 'Card'}, copy_text: 'Card.'}}),
      'Card.',
      'stop',
    ],
    [
      'a tool that the page should run',
      frames({
        type: 'thread.item.done',
        item: {id: 't', type: 'client_tool_call', status: 'pending', call_id: 'c', name: 'go', arguments: {}},
      }),
      '',
      'tool',
    ],
    [
      'events it does not know',
      frames({type: 'thread.sparkles'}, added, update({type: 'sparkles'}), done('So.')),
      'So.',
      'stop',
    ],
    [
      'an error of the stream',
      frames(added, delta('Hal'), {type: 'error', code: 'stream.error', message: 'psycopg: secret', allow_retry: true}),
      'Hal',
      'server',
    ],
    [
      'a refusal in words of the vendor',
      frames({type: 'error', code: 'custom', message: 'Closed today.', allow_retry: false}),
      '',
      'server',
    ],
  ] as const) {
    it(`reads ${what}`, async () => {
      const told = await answerTo(stream);
      assert.deepEqual([told.text, told.last === 'end' ? 'interrupted' : told.last], [text, last]);
    });
  }

  it('shows of an error the words that are meant for a person, and no others', async () => {
    const errorOf = async (event: unknown) =>
      (await answerTo(frames(event))).events.find((event) => event.type === 'error')?.error;
    const said = await errorOf({type: 'error', code: 'custom', message: 'Closed today.', allow_retry: false});
    assert.deepEqual([said?.display, said?.retryable], ['Closed today.', false]);
    const inner = await errorOf({type: 'error', code: 'stream.error', message: 'psycopg: secret', allow_retry: true});
    assert.deepEqual([inner?.display, inner?.retryable], [undefined, true]);
  });

  for (const [what, data] of hostile) {
    it(`ends in an error on ${what}`, async () => {
      const {last} = await answerTo(streamed(`data: ${data}\n\n`));
      assert.ok(['protocol', 'end'].includes(last), last);
    });
  }

  const protocol: WireProtocol = {
    headers: {'content-type': 'text/event-stream'},
    answer: [added, delta('Öppna *Lön* '), delta('– €5 👩‍👧 [1]'), done('Öppna *Lön* – €5 👩‍👧 [1]')].map((event) =>
      frames(event),
    ),
    text: 'Öppna *Lön* – €5 👩‍👧 [1]',
    endMessages: 1,
    unknown: frames({type: 'thread.sparkles'}),
  };
  for (const {name, run} of conformance((wire) => chatkitTransport(wire, fastClock), protocol)) it(name, run);
});

describe('the demo of the ChatKit example', async () => {
  const transport = chatkitTransport({endpoint: `${await running(server)}/chatkit`});

  it('answers with a source, and again in the same thread', async () => {
    const first = await fold(transport.send(ask(), callOptions()));
    assert.equal(first.text, 'Open **Billing → Invoices** and choose **Export**.');
    assert.deepEqual(
      first.sources.map(({title, url}) => [title, url]),
      [['Export invoices', 'https://help.example.com/export-invoices']],
    );
    assert.equal(first.last, 'stop');
    const start = first.events.find((event) => event.type === 'start');
    const again = ask('Invite an auditor?', {conversationId: start!.conversationId!});
    assert.match((await fold(transport.send(again, callOptions()))).text, /Auditor/);
  });

  it('knows no foreign thread', async () => {
    const {last} = await fold(transport.send(ask('And?', {conversationId: 'thr_0'}), callOptions()));
    assert.equal(last, 'conversation_not_found');
  });
});
