import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {describe, it} from 'node:test';

import {AIChatProtocolClient} from '@microsoft/ai-chat-protocol';

import {server as demo} from '../../demo/transports/ai-chat/server.mjs';
import {aiChatTransport} from '../../src/transports/ai-chat.js';
import {answering, ask, callOptions, cuts, fold, hurried} from './adapter-setup.js';
import {running} from './demo-servers.js';
import {noRecordings, recordings} from './recordings.js';

const endpoint = 'https://help.example/chat';
const getToken = async () => 'secret';

describe('recorded streams of the AI chat protocol', {skip: noRecordings}, () => {
  for (const {name, status, headers, bytes: whole, expected} of recordings('ai-chat-protocol.')) {
    for (const [how, pieces] of cuts(whole)) {
      it(`${name}, ${how}`, async () => {
        const {fetch} = answering(() => ({status, type: headers['content-type']!, pieces}));
        const transport = aiChatTransport({endpoint, fetch, getToken}, hurried);
        const answer = await fold(transport.send(ask(), callOptions()));
        const {text, sources, suggestions, session, terminal} = expected;
        assert.deepEqual(
          [answer.text, answer.sources, answer.suggestions, answer.session, answer.last],
          [text, sources, suggestions, session, terminal.finish ?? terminal.error?.code],
        );
      });
    }
  }
});

describe('the AI chat adapter and the protocol’s own client', async () => {
  const streams: Readonly<Record<string, readonly string[]>> = {
    deltas: [
      '{"delta":{"role":"assistant"},"sessionState":{"id":7}}\n',
      '{"delta":{"content":"Großkunden "}}\n{"delta":{"content":"🗓️ "}}\n',
      '{"delta":{"content":"[1]."},"context":{"followup_questions":["B?"]}}\n',
    ],
    'empty lines and Windows line ends': ['{"delta":{"content":"A"}}\r\n\r\n{"delta":{"content":"B"}}\r\n'],
    'an error after some text': ['{"delta":{"content":"A"}}\n', '{"error":{"code":"boom","message":"B"}}\n'],
  };
  const base = await running(
    createServer((request, response) => {
      request.resume();
      const name = decodeURIComponent(request.url!.split('/')[1]!);
      response.writeHead(200, {'content-type': 'application/jsonl'});
      for (const piece of streams[name]!) response.write(piece);
      response.end();
    }),
  );

  for (const name of Object.keys(streams)) {
    it(`read the same from: ${name}`, async () => {
      const address = `${base}/${encodeURIComponent(name)}`;
      const ours = await fold(aiChatTransport({endpoint: address}).send(ask(), callOptions()));
      const client = new AIChatProtocolClient(address, {allowInsecureConnection: true});
      let [text, session, last]: [string, unknown, string] = ['', undefined, 'stop'];
      try {
        for await (const line of await client.getStreamedCompletion([{role: 'user', content: 'How?'}])) {
          text += line.delta.content ?? '';
          session = line.sessionState ?? session;
        }
      } catch {
        last = 'server';
      }
      assert.deepEqual([ours.text, ours.session, ours.last], [text, session, last]);
    });
  }
});

describe('the demo of the AI chat adapter', async () => {
  const address = await running(demo);

  for (const [how, stream] of [
    ['streamed', true],
    ['at once', false],
  ] as const) {
    it(`answers with a source, ${how}`, async () => {
      const transport = aiChatTransport({endpoint: `${address}/chat`, stream});
      const answer = await fold(transport.send(ask(), callOptions()));
      assert.equal(answer.text, 'Open **Billing → Invoices** and choose **Export**. [Export invoices]');
      assert.deepEqual([answer.sources[0]?.title, answer.last], ['Export invoices', 'stop']);
      assert.match(String(answer.session), /^session-/);
    });
  }

  it('is understood by the protocol’s own client', async () => {
    const client = new AIChatProtocolClient(`${address}/chat`, {allowInsecureConnection: true});
    const {message} = await client.getCompletion([{role: 'user', content: 'How do I export invoices?'}]);
    assert.match(message.content, /^Open \*\*Billing/);
  });
});
