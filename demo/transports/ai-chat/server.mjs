/* A backend that speaks Microsoft's AI chat protocol: `POST /chat/stream` answers in JSON lines, `POST /chat` at once. */
import {find, serverOf, startWhenRun} from '../listen.mjs';

export const server = serverOf(async ({url}, response, {messages, sessionState}) => {
  const [article] = find(messages.at(-1).content);
  const text = article ? `${article.text} [${article.title}]` : 'I found nothing about that.';
  const session = sessionState ?? `session-${Date.now()}`;
  const documents = article ? [article] : [];
  const context = {
    data_points: {
      citations: documents.map(({title}) => title),
      text: documents.map(({title, text}) => `${title}: ${text}`),
    },
  };

  if (!url.endsWith('/stream')) {
    response.writeHead(200, {'content-type': 'application/json'});
    response.end(JSON.stringify({message: {role: 'assistant', content: text}, context, sessionState: session}));
    return;
  }
  response.writeHead(200, {'content-type': 'application/jsonl'});
  const write = (line) => response.write(`${JSON.stringify(line)}\n`);
  write({delta: {role: 'assistant'}, context, sessionState: session});
  for (const word of text.match(/\S+\s*/g)) {
    write({delta: {content: word}});
    // As a model writes: a word now and then.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  response.end();
});

startWhenRun(server, import.meta.url);
