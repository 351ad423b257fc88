import assert from 'node:assert/strict';
import {createServer, type IncomingMessage, type RequestListener, type ServerResponse} from 'node:http';
import {createRequire} from 'node:module';
import {describe, it} from 'node:test';

import {server as demo} from '../../demo/transports/direct-line/server.mjs';
import type {Clock} from '../../src/transports/clock.js';
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

/** The Express that offline-directline was made for comes with it. */
interface OfflineDirectLine {
  getRouter(serviceUrl: string, botUrl: string, conversationInitRequired?: boolean): unknown;
}
const require = createRequire(import.meta.url);
const offline = require('offline-directline/dist/bridge.js') as OfflineDirectLine;
const express = createRequire(require.resolve('offline-directline/package.json'))(
  'express',
) as () => RequestListener & {
  use(router: unknown): void;
};

interface Activity {
  readonly type: string;
  readonly text?: string;
  readonly from: {readonly id: string};
  readonly serviceUrl: string;
  readonly conversation: {readonly id: string};
  readonly value?: unknown;
  readonly channelData?: {readonly clientActivityID?: string};
}

/** A bot as the Bot Framework's connector speaks to it: it is sent activities, and answers at their `serviceUrl`. */
function bot(answers: (activity: Activity) => readonly Readonly<Record<string, unknown>>[]) {
  const heard: Activity[] = [];
  const listen = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece as string;
    const activity = JSON.parse(body) as Activity;
    heard.push(activity);
    for (const answer of activity.type === 'message' ? answers(activity) : []) {
      await fetch(`${activity.serviceUrl}/v3/conversations/${activity.conversation.id}/activities`, {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify({conversation: activity.conversation, ...answer}),
      });
    }
    response.writeHead(200).end();
  };
  return {server: createServer((request, response) => void listen(request, response)), heard};
}

describe('Direct Line in front of the real offline-directline', async () => {
  const citation = {'@type': 'Claim', position: 1, appearance: {name: 'Exportera', url: 'https://help.example/sie'}};
  const {server, heard} = bot(({text, value}) => {
    if (text === 'Människa?') return [{type: 'event', name: 'handoff.initiate', value: {}}];
    if (text === 'Nej') return [{type: 'message', text: `Värde: ${JSON.stringify(value ?? null)}`}];
    if (text === 'Hej då')
      return [
        {type: 'message', text: 'Hej då!'},
        {type: 'endOfConversation', code: 'completedSuccessfully'},
      ];
    return [
      {type: 'typing'},
      {
        type: 'message',
        text: `Du frågade ”${text ?? ''}”. Öppna **Export** [1].`,
        entities: [{type: 'https://schema.org/Message', '@type': 'Message', citation: [citation]}],
      },
      {
        type: 'message',
        text: 'Hjälpte det?',
        suggestedActions: {
          actions: [
            {type: 'imBack', title: 'Nej', value: 'Nej'},
            {type: 'openUrl', title: 'Priser', value: 'https://help.example/priser'},
          ],
        },
      },
    ];
  });
  const app = express();
  const directLine = await running(createServer(app));
  app.use(offline.getRouter(directLine, `${await running(server)}/api/messages`));
  // A real server takes its time.
  const brisk: Clock = {...hurried, after: (ms, callback) => hurried.after(ms * 20, callback)};
  const transport = directLineTransport({endpoint: `${directLine}/directline`, WebSocket: false}, brisk);
  const conversationIn = ({events}: Awaited<ReturnType<typeof fold>>) =>
    events.flatMap((event) => (event.type === 'start' && event.conversationId ? [event.conversationId] : []))[0]!;

  it('answers with what the bot sent, and not with what the person wrote', async () => {
    const answer = await fold(transport.send(ask('Hur exporterar jag?'), callOptions()));
    assert.deepEqual(answer.bubbles, ['Du frågade ”Hur exporterar jag?”. Öppna **Export** [1].', 'Hjälpte det?']);
    assert.deepEqual(answer.sources, [
      {id: 'https://help.example/sie', n: 1, title: 'Exportera', url: 'https://help.example/sie'},
    ]);
    assert.deepEqual(answer.suggestions, [{text: 'Nej'}, {text: 'Priser', url: 'https://help.example/priser'}]);
    assert.equal(answer.last, 'stop');
    assert.deepEqual(
      heard.map(({type}) => type),
      ['conversationUpdate', 'message'],
    );
    assert.equal(heard[1]!.channelData?.clientActivityID, ask().clientMessageId);
  });

  it('goes on in the same conversation, and ends with it', async () => {
    const first = await fold(transport.send(ask('Hur?', {clientMessageId: 'q1'}), callOptions()));
    const conversationId = conversationIn(first);
    const more = (text: string, clientMessageId: string) =>
      fold(transport.send(ask(text, {clientMessageId, conversationId}), callOptions()));
    assert.match((await more('Nej', 'q2')).text, /^Värde: null$/);
    assert.equal((await more('Människa?', 'q3')).handoff, true);
    const last = await more('Hej då', 'q4');
    assert.deepEqual([last.text, last.last], ['Hej då!', 'stop']);
    assert.equal(
      new Set(
        heard
          .slice(2)
          .filter(({type}) => type === 'message')
          .map(({conversation}) => conversation.id),
      ).size,
      1,
    );
  });
});
