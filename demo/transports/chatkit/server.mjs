/* A ChatKit server as one hosts it oneself: `POST /chatkit` begins a thread or goes on with one, and streams its events. */
import {randomUUID} from 'node:crypto';
import {setTimeout as delay} from 'node:timers/promises';

import {find, serverOf, startWhenRun} from '../listen.mjs';

/** A thread is known by its id alone here; a real server stores what is in it. */
const threads = new Set();
const MOST_THREADS = 1000;

export const server = serverOf(async (_request, response, {type, params}) => {
  const isNew = type === 'threads.create';
  if (!isNew && type !== 'threads.add_user_message') return response.writeHead(400).end();
  if (!isNew && !threads.has(params.thread_id)) return response.writeHead(404).end();

  const threadId = isNew ? `thr_${randomUUID()}` : params.thread_id;
  if (threads.size >= MOST_THREADS) threads.delete(threads.values().next().value);
  threads.add(threadId);
  response.writeHead(200, {'content-type': 'text/event-stream', 'cache-control': 'no-cache'});
  const say = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`);
  const created_at = new Date().toISOString();
  const item = (id, type, more) => ({id, thread_id: threadId, created_at, type, ...more});
  const change = (update) => say({type: 'thread.item.updated', item_id: 'msg_1', update});

  if (isNew) say({type: 'thread.created', thread: {id: threadId, created_at, status: {type: 'active'}, metadata: {}}});
  const question = params.input.content.map(({text}) => text).join(' ');
  say({type: 'thread.item.done', item: item('message_1', 'user_message', params.input)});
  say({type: 'progress_update', icon: 'search', text: 'Searching the help articles…'});
  const [article] = find(question);
  const text = article?.text ?? 'I found nothing about that.';
  say({type: 'thread.item.added', item: item('msg_1', 'assistant_message', {content: []})});
  for (const delta of text.match(/\S+\s*/g)) {
    change({type: 'assistant_message.content_part.text_delta', content_index: 0, delta});
    await delay(10);
  }
  const source = article && {type: 'url', title: article.title, url: article.url, description: article.text};
  const annotations = source ? [{type: 'annotation', source, index: text.length}] : [];
  for (const [annotation_index, annotation] of annotations.entries())
    change({type: 'assistant_message.content_part.annotation_added', content_index: 0, annotation_index, annotation});
  const content = {type: 'output_text', text, annotations};
  change({type: 'assistant_message.content_part.done', content_index: 0, content});
  say({type: 'thread.item.done', item: item('msg_1', 'assistant_message', {content: [content]})});
  response.end();
});

startWhenRun(server, import.meta.url);
