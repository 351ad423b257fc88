/** Reads a reply that is a stream of `tillit/1` events: server-sent events, each with its type, cursor and JSON. */
import type {ChatEvent} from '../core/events.js';
import {fail} from './fields.js';
import {parseEvent} from './parse-event.js';
import type {Reply} from './request.js';
import {sseReader} from './sse.js';

export async function* readEvents({contentType, next}: Reply): AsyncGenerator<ChatEvent> {
  if (!/^text\/event-stream\s*(;|$)/.test(contentType)) fail('protocol');
  const read = sseReader();
  for (let bytes = await next(); bytes; bytes = await next()) {
    for (const frame of read(bytes)) {
      const event = parseEvent(frame);
      if (event) yield event;
    }
  }
}
