/* A backend that speaks `tillit/1` over a WebSocket: questions, cursors to go on from, stop, and a word unasked. */
import {setTimeout as delay} from 'node:timers/promises';

import {WebSocketServer} from 'ws';

import {find, serverOf, startWhenRun} from '../listen.mjs';

export const server = serverOf((_request, response) => response.writeHead(426).end());

/** Answers by the question's key, so that a question that is sent again is not answered twice. */
const answers = new Map();
const MOST_ANSWERS = 1000;

new WebSocketServer({server, maxPayload: 100_000}).on('connection', (socket) => {
  const say = (message) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(message));

  async function tell(answer, ref, after = 0) {
    for (const [index, event] of answer.events.entries()) {
      if (index < after) continue;
      if (answer.isStopped) return say({type: 'finish', reason: 'cancelled', ref});
      say({...event, cursor: String(index + 1), ref});
      await delay(20);
    }
  }

  const calls = {
    ping: () => say({type: 'pong'}),
    send({ref, request}) {
      const {clientMessageId: id, text} = request;
      if (answers.size >= MOST_ANSWERS) answers.delete(answers.keys().next().value);
      if (!answers.has(id)) answers.set(id, {events: eventsFor(id, text), isStopped: false});
      return tell(answers.get(id), ref);
    },
    resume: ({ref, messageId, cursor}) =>
      answers.has(messageId) && tell(answers.get(messageId), ref, Number(cursor ?? 0)),
    stop({messageId}) {
      if (answers.has(messageId)) answers.get(messageId).isStopped = true;
    },
    subscribe: () => {
      say({type: 'answerer', kind: 'human', name: 'Kim'});
      say({type: 'text', op: 'append', text: 'Kim from support is here.'});
    },
  };

  socket.on('message', (data) => {
    try {
      const message = JSON.parse(data);
      if (Object.hasOwn(calls, message.type)) void calls[message.type](message);
    } catch {
      socket.close(1007);
    }
  });
});

function eventsFor(messageId, question) {
  const [article] = find(question);
  const start = {type: 'start', messageId, conversationId: 'demo'};
  if (!article) return [start, {type: 'finish', reason: 'no_source'}];
  const {title, url, text} = article;
  return [
    start,
    {type: 'source', source: {id: url, title, url}},
    ...`${text} [1]`.match(/\S+\s*/g).map((word) => ({type: 'text', op: 'append', text: word})),
    {type: 'finish', reason: 'stop'},
  ];
}

startWhenRun(server, import.meta.url);
