/**
 * AG-UI's binary encoding (`application/vnd.ag-ui.event+proto`): each event as four bytes of length, big-endian, and a
 * protocol buffer of `@ag-ui/proto` 1.0. Turned into the events that are sent as JSON otherwise.
 *
 * Only fields that the adapter reads have names here; other fields, and events of later protocols, are passed over. Bytes
 * that are no protocol buffer end the stream with `protocol`. An unfinished event at the end is dropped.
 */
import {fail, isFields} from './fields.js';
import type {JsonFrame} from './json-frames.js';
import type {Reply} from './request.js';

const MAX_EVENT_BYTES = 2 ** 20;
const MAX_STREAM_BYTES = 128 * 2 ** 20;
/** Deep enough for a value that is meant, too shallow for one made to break the stack. */
const MAX_DEPTH = 64;

type Bytes = Uint8Array;
type Decode = (bytes: Bytes, depth: number) => unknown;
/** By field number: its name, how it is read, and whether there may be several. */
type Message = Readonly<Record<number, readonly [name: string, read?: Decode, isList?: true]>>;

const decoder = new TextDecoder();
const text: Decode = (bytes) => decoder.decode(bytes);

const interrupt: Message = {1: ['id'], 2: ['reason'], 3: ['message'], 4: ['toolCallId']};
const message: Message = {1: ['id'], 2: ['role'], 3: ['content']};
const step: Message = {2: ['stepName']};
const subagent: Message = {2: ['subagentRunId']};

/** By field number of the envelope. */
const events: Readonly<Record<number, readonly [type: string, fields: Message]>> = {
  1: ['TEXT_MESSAGE_START', {2: ['messageId'], 3: ['role']}],
  2: ['TEXT_MESSAGE_CONTENT', {2: ['messageId'], 3: ['delta']}],
  4: ['TOOL_CALL_START', {2: ['toolCallId']}],
  9: ['MESSAGES_SNAPSHOT', {2: ['messages', (bytes, depth) => read(bytes, message, depth), true]}],
  11: ['CUSTOM', {2: ['name'], 3: ['value', value]}],
  12: ['RUN_STARTED', {2: ['threadId'], 3: ['runId']}],
  13: [
    'RUN_FINISHED',
    {
      2: ['threadId'],
      3: ['runId'],
      5: ['outcome'],
      6: ['interrupts', (bytes, depth) => read(bytes, interrupt, depth), true],
      8: ['pendingToolCallIds', text, true],
    },
  ],
  14: ['RUN_ERROR', {2: ['code'], 3: ['message']}],
  15: ['STEP_STARTED', step],
  16: ['STEP_FINISHED', step],
  17: ['TEXT_MESSAGE_CHUNK', {2: ['messageId'], 3: ['role'], 4: ['delta']}],
  18: ['TOOL_CALL_CHUNK', {2: ['toolCallId']}],
  19: ['SUBAGENT_STARTED', subagent],
  20: ['SUBAGENT_FINISHED', subagent],
  21: ['SUBAGENT_ERROR', subagent],
  22: ['TOOL_CALL_RESULT', {4: ['toolCallId']}],
  25: ['REASONING_START', {}],
  26: ['REASONING_MESSAGE_START', {}],
  27: ['REASONING_MESSAGE_CONTENT', {}],
  28: ['REASONING_MESSAGE_END', {}],
  29: ['REASONING_MESSAGE_CHUNK', {}],
  30: ['REASONING_END', {}],
};

export async function* protoFrames({next}: Reply): AsyncGenerator<JsonFrame, undefined> {
  let held = new Uint8Array(64);
  let from = 0;
  let to = 0;
  let size = 0;
  for (let bytes = await next(); bytes; bytes = await next()) {
    size += bytes.byteLength;
    if (size > MAX_STREAM_BYTES) fail('protocol');
    // Grows by doubling and moves what is left to the front, so that the work stays linear however the bytes are cut.
    if (to + bytes.length > held.length) {
      const roomier = new Uint8Array(Math.max(held.length, 2 * (to - from + bytes.length)));
      roomier.set(held.subarray(from, to));
      [held, from, to] = [roomier, 0, to - from];
    }
    held.set(bytes, to);
    to += bytes.length;
    while (to - from >= 4) {
      const length = new DataView(held.buffer).getUint32(from);
      if (length > MAX_EVENT_BYTES) fail('protocol');
      if (to - from < 4 + length) break;
      const event = eventOf(held.subarray(from + 4, from + 4 + length));
      from += 4 + length;
      if (event) yield {event: 'message', data: event};
    }
  }
}

function eventOf(bytes: Bytes) {
  for (const [number, inner] of fieldsOf(bytes)) {
    const known = events[number];
    if (!known || !(inner instanceof Uint8Array)) continue;
    const [type, fields] = known;
    const event = read(inner, fields, 0);
    if (type === 'RUN_FINISHED') {
      const {outcome, interrupts, pendingToolCallIds, ...run} = event;
      return {type, ...run, outcome: {type: outcome, interrupts, pendingToolCallIds}};
    }
    // Empty texts are not sent.
    return type === 'TEXT_MESSAGE_CONTENT' ? {type, delta: '', ...event} : {type, ...event};
  }
  return undefined;
}

function read(bytes: Bytes, message: Message, depth: number): Record<string, unknown> {
  if (depth > MAX_DEPTH) fail('protocol');
  const found: Record<string, unknown> = {};
  for (const [number, inner] of fieldsOf(bytes)) {
    const [name, decode = text, isList] = message[number] ?? [];
    if (!name || !(inner instanceof Uint8Array)) continue;
    const decoded = decode(inner, depth + 1);
    if (!isList) found[name] = decoded;
    else if (Array.isArray(found[name])) found[name].push(decoded);
    else found[name] = [decoded];
  }
  return found;
}

/** `google.protobuf.Value`: a JSON value. */
function value(bytes: Bytes, depth: number): unknown {
  if (depth > MAX_DEPTH) fail('protocol');
  let found: unknown = null;
  for (const [number, inner] of fieldsOf(bytes)) {
    if (number === 1) found = null;
    else if (number === 4) found = inner === 1;
    else if (!(inner instanceof Uint8Array)) fail('protocol');
    else if (number === 2) found = new DataView(inner.buffer, inner.byteOffset, inner.length).getFloat64(0, true);
    else if (number === 3) found = decoder.decode(inner);
    else if (number === 5) found = Object.fromEntries(listOf(inner).map((entry) => entryOf(entry, depth + 1)));
    else if (number === 6) found = listOf(inner).map((item) => value(item, depth + 1));
  }
  return found;
}

function entryOf(bytes: Bytes, depth: number): [string, unknown] {
  const entry = read(bytes, {1: ['key'], 2: ['value', value]}, depth);
  return [isFields(entry) && typeof entry.key === 'string' ? entry.key : '', entry.value ?? null];
}

/** What is repeated in field 1: the entries of an object, the items of a list. */
const listOf = (bytes: Bytes): Bytes[] =>
  [...fieldsOf(bytes)].flatMap(([number, inner]) => (number === 1 && inner instanceof Uint8Array ? [inner] : []));

/** The fields of a protocol buffer: numbers as they are, everything else as its bytes. */
function* fieldsOf(bytes: Bytes): Generator<readonly [number: number, value: number | Bytes]> {
  let at = 0;
  const varint = () => {
    let number = 0;
    for (let shift = 0; shift < 64; shift += 7) {
      const byte = bytes[at++] ?? fail('protocol');
      // Not shifted: what has more than 32 bits would be lost.
      number += (byte & 127) * 2 ** shift;
      if (byte < 128) return number;
    }
    return fail('protocol');
  };
  const slice = (length: number) => {
    if (at + length > bytes.length) fail('protocol');
    return bytes.subarray(at, (at += length));
  };
  while (at < bytes.length) {
    const tag = varint();
    const kind = tag % 8;
    const number = Math.floor(tag / 8);
    if (kind === 0) yield [number, varint()];
    else if (kind === 1) yield [number, slice(8)];
    else if (kind === 2) yield [number, slice(varint())];
    else if (kind === 5) yield [number, slice(4)];
    else fail('protocol');
  }
}
