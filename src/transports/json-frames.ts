/**
 * Reads a reply of server-sent events whose data is JSON, object by object, as most chat protocols send them. A backend
 * that does not stream may answer with one JSON object instead.
 *
 * Real servers name the wrong type or none, so plain text and nameless bytes are read as events too, and are refused only
 * when there was no event in them. Data that is no JSON object ends the stream with `protocol`: an answer with a hole in it
 * must not look whole. A keep-alive that is sent as an event may say what it likes.
 */
import {readJson} from './body.js';
import {fail, isFields} from './fields.js';
import type {Reply} from './request.js';
import {sseReader} from './sse.js';

const MAX_BODY_BYTES = 16 * 2 ** 20;
/** The longest answer in the smallest pieces. What readers keep to tell things apart cannot grow for ever either. */
const MAX_STREAM_BYTES = 128 * 2 ** 20;

export type JsonObject = Readonly<Record<string, unknown>>;

export interface JsonFrame {
  /** The event's name; `message` when it has none; `[DONE]` for the mark that ends many streams, which has no data. */
  readonly event: string;
  readonly data: JsonObject;
  /** The reply is this one object and no stream. */
  readonly isWhole?: true;
}

export async function* jsonFrames({contentType, next}: Reply): AsyncGenerator<JsonFrame, undefined> {
  if (contentType.includes('json')) {
    yield {event: 'message', data: objectOf(await readJson(next, MAX_BODY_BYTES)), isWhole: true};
    return;
  }
  if (!/^(text\/(event-stream|plain)|application\/octet-stream|)\s*(;|$)/.test(contentType)) fail('protocol');
  const read = sseReader();
  let hasFrames = contentType.startsWith('text/event-stream');
  let size = 0;
  for (let bytes = await next(); bytes; bytes = await next()) {
    size += bytes.byteLength;
    if (size > MAX_STREAM_BYTES) fail('protocol');
    for (const {event, data} of read(bytes)) {
      hasFrames = true;
      const text = data.trim();
      if (text === '[DONE]') yield {event: text, data: {}};
      else if (text !== '' && !/^(ping|keep-?alive|heartbeat)$/i.test(event))
        yield {event, data: objectOf(JSON.parse(text))};
    }
  }
  if (!hasFrames) fail('protocol');
}

const objectOf = (value: unknown) => (isFields(value) ? value : fail('protocol'));
