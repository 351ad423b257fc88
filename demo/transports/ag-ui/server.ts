/**
 * An AG-UI agent that needs no model: put yours where `findHelp` is.
 *
 *   npx tsx demo/transports/ag-ui/server.ts        http://localhost:8803/agent
 */
import {fileURLToPath} from 'node:url';

import {EventType, type Event, type RunAgentInput} from '@ag-ui/core';
import {EventEncoder} from '@ag-ui/encoder';
import {serve} from '@hono/node-server';
import {Hono} from 'hono';
import {cors} from 'hono/cors';

import {findHelp} from '../help.js';

export const app = new Hono();
app.use(cors());

app.post('/agent', async (context) => {
  const input = await context.req.json<RunAgentInput>();
  const encoder = new EventEncoder({accept: context.req.header('accept') ?? 'text/event-stream'});
  const events = run(input);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const {value, done} = await events.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encodeBinary(value));
    },
    // The person has left, or pressed stop.
    cancel: () => void events.return(undefined),
  });
  return new Response(body, {headers: {'content-type': encoder.getContentType()}});
});

async function* run({threadId, runId, messages}: RunAgentInput): AsyncGenerator<Event, undefined> {
  yield {type: EventType.RUN_STARTED, threadId, runId, protocolVersion: '1.0'};
  try {
    const question = messages.findLast(({role}) => role === 'user')?.content;
    yield {type: EventType.STEP_STARTED, stepName: 'search'};
    const help = findHelp(typeof question === 'string' ? question : '');
    yield {type: EventType.STEP_FINISHED, stepName: 'search'};
    if (help) yield {type: EventType.CUSTOM, name: 'citations', value: [help.source]};
    const messageId = `answer-${runId}`;
    yield {type: EventType.TEXT_MESSAGE_START, messageId, role: 'assistant'};
    for (const delta of help?.pieces ?? ['I found nothing about that.']) {
      yield {type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta};
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    yield {type: EventType.TEXT_MESSAGE_END, messageId};
    yield {type: EventType.CUSTOM, name: 'followups', value: ['How do I run payroll?']};
    yield {type: EventType.RUN_FINISHED, threadId, runId};
  } catch {
    yield {type: EventType.RUN_ERROR, message: 'The search failed.', code: 'unavailable'};
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 8803);
  serve({fetch: app.fetch, port, hostname: '127.0.0.1'}, () => console.log(`http://localhost:${port}/agent`));
}
