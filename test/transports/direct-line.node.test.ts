import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {server as demo} from '../../demo/transports/direct-line/server.mjs';
import {copilotStudioTransport} from '../../src/transports/copilot-studio.js';
import {directLineTransport} from '../../src/transports/direct-line.js';
import {answering, ask, bytes, callOptions, cuts, fold, hurried, type Sent} from './adapter-setup.js';
import {running} from './demo-servers.js';
import {noRecordings, recordings, type Recording} from './recordings.js';

const endpoint = 'https://directline.example/v3/directline';
const json = (value: unknown, status = 200) => ({
  status,
  type: 'application/json',
  pieces: [bytes(JSON.stringify(value))],
});

function check(answer: Awaited<ReturnType<typeof fold>>, {expected}: Recording) {
  const {text, sources, suggestions, handoff = false, terminal} = expected;
  const plain = suggestions.map(({text, url}) => ({text, ...(url !== undefined && {url})}));
  const finish = answer.events.at(-1);
  assert.deepEqual(
    [answer.text, answer.sources, answer.suggestions, answer.handoff, answer.last],
    [text, sources, plain, handoff, terminal.finish ?? terminal.error?.code],
  );
  assert.equal(finish?.type === 'finish' ? finish.rateable : undefined, terminal.rateable);
}

describe('recorded sets of activities', {skip: noRecordings}, () => {
  for (const recording of recordings('directline.')) {
    for (const [how, pieces] of cuts(recording.bytes)) {
      for (const postedId of ['its own', 'another']) {
        it(`${recording.name}, ${how}, when the post is answered with ${postedId} id`, async () => {
          const set = JSON.parse(new TextDecoder().decode(recording.bytes)) as {activities: {id: string}[]};
          const {fetch} = answering(({url, method}: Sent) => {
            if (url === `${endpoint}/conversations`) return json({conversationId: 'c1', expires_in: 1800}, 201);
            if (method === 'POST') return json({id: postedId === 'another' ? 'c1|0001' : set.activities[0]!.id});
            const isFirst = !url.includes('watermark');
            return isFirst ? {status: 200, type: 'application/json', pieces} : json({activities: [], watermark: '9'});
          });
          const transport = directLineTransport({endpoint, fetch}, hurried);
          check(await fold(transport.send(ask(), callOptions())), recording);
        });
      }
    }
  }
});

describe('recorded streams of Copilot Studio', {skip: noRecordings}, () => {
  for (const recording of recordings('copilot-studio.')) {
    for (const [how, pieces] of cuts(recording.bytes)) {
      it(`${recording.name}, ${how}`, async () => {
        const {fetch, sent} = answering(() => ({headers: recording.headers, pieces}));
        const transport = copilotStudioTransport({endpoint: `${endpoint}/conversations?api-version=1`, fetch}, hurried);
        check(await fold(transport.send(ask(), callOptions())), recording);
        assert.deepEqual(
          sent.map(({url}) => url),
          [`${endpoint}/conversations?api-version=1`, `${endpoint}/conversations/conv-1?api-version=1`],
        );
      });
    }
  }
});

describe('the demo of Direct Line', async () => {
  const transport = directLineTransport({endpoint: `${await running(demo)}/v3/directline`}, hurried);

  it('answers with a source, and understands what is pressed', async () => {
    const first = await fold(transport.send(ask(), callOptions()));
    assert.equal(first.text, 'Open **Billing → Invoices** and choose **Export**. [1]');
    assert.deepEqual(
      [first.sources[0]?.title, first.suggestions, first.last],
      ['Export invoices', [{text: 'Invite an auditor'}], 'stop'],
    );
    const start = first.events[0];
    const conversationId = start?.type === 'start' ? start.conversationId : undefined;
    const pressed = ask('Invite an auditor', {
      trigger: 'suggestion',
      clientMessageId: 'b',
      ...(conversationId && {conversationId}),
    });
    assert.match((await fold(transport.send(pressed, callOptions()))).text, /^Open \*\*Settings/);
  });
});
