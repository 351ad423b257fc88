/** Streams of server-sent JSON as backends write them, for tests. */
import {answering, bytes, type Given} from './adapter-setup.js';

/** One frame for each; a string is sent as it is. */
export const frames = (...data: readonly unknown[]): string =>
  data.map((item) => `data: ${typeof item === 'string' ? item : JSON.stringify(item)}\n\n`).join('');

export const streamed = (text: string, more: Partial<Given> = {}): Given => ({
  type: 'text/event-stream',
  pieces: [bytes(text)],
  ...more,
});

/** A backend that sends this each time it is asked. */
export const backend = (given: Given | string) =>
  answering(() => (typeof given === 'string' ? streamed(given) : given));

/** What no adapter may stumble over, whatever its protocol: each must end in an error, none may throw or hang. */
export const hostile: readonly (readonly [what: string, data: string])[] = [
  ['null', 'null'],
  ['a number', '5'],
  ['a list', '[]'],
  ['a text', '"text"'],
  ['no JSON', '{"type":'],
  ['an event of 5 MB', `{"type":"text-delta","id":"0","delta":"${'a'.repeat(5_000_000)}"}`],
];
