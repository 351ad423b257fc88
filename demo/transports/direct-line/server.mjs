/* A Direct Line with a bot behind it, as little of both as answers a question: conversations, tokens, activities. */
import {randomUUID} from 'node:crypto';

import {find, serverOf, startWhenRun} from '../listen.mjs';

const conversations = new Map();
const MOST_CONVERSATIONS = 1000;
const bot = {from: {id: 'help-bot', role: 'bot'}};

export const server = serverOf((request, response, body) => {
  const {pathname, searchParams} = new URL(request.url, 'http://localhost');
  const [, id, what] = /^\/v3\/directline\/conversations(?:\/([\w-]+))?(\/activities)?$/.exec(pathname) ?? [];
  const answer = (status, value) =>
    response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(value));

  if (pathname === '/v3/directline/conversations' && request.method === 'POST') {
    if (conversations.size >= MOST_CONVERSATIONS) conversations.delete(conversations.keys().next().value);
    const conversationId = randomUUID();
    conversations.set(conversationId, []);
    return answer(201, {conversationId, token: randomUUID(), expires_in: 1800});
  }
  const activities = conversations.get(id);
  if (!activities) return answer(404, {error: {code: 'NotFound', message: 'No such conversation.'}});
  if (!what) return answer(200, {conversationId: id});
  if (request.method === 'POST') {
    const question = {...body, id: `${id}|${activities.length}`};
    activities.push(question, {
      ...reply(question),
      ...bot,
      id: `${id}|${activities.length + 1}`,
      replyToId: question.id,
    });
    return answer(200, {id: question.id});
  }
  const from = Number(searchParams.get('watermark') ?? 0);
  return answer(200, {activities: activities.slice(from), watermark: String(activities.length)});
});

function reply({text}) {
  const [article] = find(text);
  if (!article) return {type: 'message', text: 'I found nothing about that.'};
  const {title, url} = article;
  const appearance = {'@type': 'DigitalDocument', name: title, url, abstract: article.text};
  return {
    type: 'message',
    text: `${article.text} [1]`,
    entities: [
      {
        type: 'https://schema.org/Message',
        '@type': 'Message',
        citation: [{'@type': 'Claim', position: 1, appearance}],
      },
    ],
    suggestedActions: {actions: [{type: 'imBack', title: 'Invite an auditor', value: 'How do I invite an auditor?'}]},
  };
}

startWhenRun(server, import.meta.url);
