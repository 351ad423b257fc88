/**
 * The proxy that belongs between a browser and a model: it holds the key and the system prompt, and lets only questions
 * through. Without a key it quotes the help centre, in the same protocol.
 *
 *   npx tsx demo/transports/openai/server.ts        http://localhost:8802/v1
 *   OPENAI_API_KEY=… OPENAI_MODEL=… npx tsx demo/transports/openai/server.ts
 */
import {fileURLToPath} from 'node:url';

import {serve} from '@hono/node-server';
import {Hono} from 'hono';
import {cors} from 'hono/cors';
import {streamSSE} from 'hono/streaming';

import {findHelp} from '../help.js';

const {OPENAI_API_KEY: key, OPENAI_MODEL: model, OPENAI_BASE_URL: base = 'https://api.openai.com/v1'} = process.env;
const instructions = 'You answer questions about our payroll product, from the search results and in few sentences.';

interface Message {
  readonly role: string;
  readonly content: string;
}

/** What a browser may say: a person's and the assistant's words, and not the system's. */
const spoken = (messages: readonly Message[]) =>
  messages
    .filter(({role}) => role === 'user' || role === 'assistant')
    .map(({role, content}) => ({role, content: String(content).slice(0, 8_000)}));

/** Your sign-in belongs before this; `getToken` of the transport brings the person's token. */
export const app = new Hono();
app.use(cors());

app.post('/v1/chat/completions', async (context) => {
  const messages = spoken((await context.req.json<{messages: Message[]}>()).messages);
  if (key) {
    const system = {role: 'system', content: instructions};
    return forward('/chat/completions', {messages: [system, ...messages]}, context.req.raw.signal);
  }
  const help = findHelp(messages.at(-1)?.content ?? '');
  const send = (choice: object) =>
    JSON.stringify({id: 'chatcmpl-1', choices: [{index: 0, finish_reason: null, ...choice}]});
  return streamSSE(context, async (stream) => {
    const annotations = help ? [{type: 'url_citation', url_citation: help.source}] : [];
    await stream.writeSSE({data: send({delta: {role: 'assistant', content: ''}})});
    for (const content of help?.pieces ?? ['I found nothing about that.']) {
      await stream.writeSSE({data: send({delta: {content}})});
      await stream.sleep(10);
    }
    await stream.writeSSE({data: send({delta: {annotations}})});
    await stream.writeSSE({data: send({delta: {}, finish_reason: 'stop'})});
    await stream.writeSSE({data: '[DONE]'});
  });
});

app.post('/v1/responses', async (context) => {
  const input = spoken((await context.req.json<{input: Message[]}>()).input);
  if (key) return forward('/responses', {instructions, input, store: false}, context.req.raw.signal);
  const help = findHelp(input.at(-1)?.content ?? '');
  let number = 0;
  return streamSSE(context, async (stream) => {
    const send = (type: string, fields: object) =>
      stream.writeSSE({event: type, data: JSON.stringify({type, sequence_number: number++, ...fields})});
    const place = {item_id: 'msg_1', output_index: 0, content_index: 0};
    await send('response.created', {response: {id: 'resp_1', object: 'response', status: 'in_progress', output: []}});
    for (const delta of help?.pieces ?? ['I found nothing about that.']) {
      await send('response.output_text.delta', {...place, delta});
      await stream.sleep(10);
    }
    if (help) {
      const annotation = {type: 'url_citation', ...help.source};
      await send('response.output_text.annotation.added', {...place, annotation_index: 0, annotation});
    }
    await send('response.completed', {response: {id: 'resp_1', object: 'response', status: 'completed', output: []}});
  });
});

async function forward(path: string, body: object, signal: AbortSignal): Promise<Response> {
  const {
    status,
    headers,
    body: answer,
  } = await fetch(base + path, {
    method: 'POST',
    headers: {authorization: `Bearer ${key}`, 'content-type': 'application/json'},
    body: JSON.stringify({model, stream: true, ...body}),
    signal,
  });
  return new Response(answer, {status, headers: {'content-type': headers.get('content-type') ?? ''}});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 8802);
  serve({fetch: app.fetch, port, hostname: '127.0.0.1'}, () => console.log(`http://localhost:${port}/v1`));
}
