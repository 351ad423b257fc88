/**
 * A chat route as Vercel's AI SDK documents it, with a model that needs no key: put a real one in its place.
 *
 *   npx tsx demo/transports/ai-sdk/server.ts        http://localhost:8801/api/chat
 */
import {fileURLToPath} from 'node:url';

import {serve} from '@hono/node-server';
import {
  convertToModelMessages,
  createUIMessageStream,
  createUIMessageStreamResponse,
  streamText,
  toUIMessageStream,
  type UIMessage,
} from 'ai';
import {MockLanguageModelV4, simulateReadableStream} from 'ai/test';
import {Hono} from 'hono';
import {cors} from 'hono/cors';

import {findHelp} from '../help.js';

export const app = new Hono();
app.use(cors());

app.post('/api/chat', async (context) => {
  const {messages} = await context.req.json<{messages: UIMessage[]}>();
  const answer = streamText({model: modelFor(questionIn(messages)), messages: await convertToModelMessages(messages)});
  const stream = createUIMessageStream({
    execute({writer}) {
      writer.merge(toUIMessageStream({stream: answer.stream, sendSources: true}));
      writer.write({type: 'data-suggestions', data: ['How do I run payroll?', 'How do I register sick leave?']});
    },
    // What the person may read of an error; without it they read that something went wrong.
    onError: () => JSON.stringify({code: 'unavailable'}),
  });
  return createUIMessageStreamResponse({stream, keepAliveMs: 15_000});
});

const questionIn = (messages: UIMessage[]) =>
  messages
    .at(-1)
    ?.parts.map((part) => (part.type === 'text' ? part.text : ''))
    .join('') ?? '';

/** Quotes the help centre, as a model with a search tool would. */
function modelFor(question: string) {
  const help = findHelp(question);
  const pieces = help?.pieces ?? ['I found nothing about that.'];
  const tokens = {total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined};
  return new MockLanguageModelV4({
    doStream: {
      stream: simulateReadableStream({
        chunkDelayInMs: 10,
        chunks: [
          {type: 'stream-start', warnings: []},
          ...(help ? [{type: 'source' as const, sourceType: 'url' as const, ...help.source}] : []),
          {type: 'text-start', id: '0'},
          ...pieces.map((delta) => ({type: 'text-delta' as const, id: '0', delta})),
          {type: 'text-end', id: '0'},
          {
            type: 'finish',
            finishReason: {unified: 'stop', raw: undefined},
            usage: {inputTokens: tokens, outputTokens: {total: undefined, text: undefined, reasoning: undefined}},
          },
        ],
      }),
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 8801);
  serve({fetch: app.fetch, port, hostname: '127.0.0.1'}, () => console.log(`http://localhost:${port}/api/chat`));
}
