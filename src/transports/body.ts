/** Reads the whole body of an answer that is not a stream, up to a limit: over it, `protocol`. */
import {fail} from './fields.js';

type Next = () => Promise<Uint8Array<ArrayBuffer> | undefined>;

async function readParts(next: Next, maxBytes: number): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts = [];
  let size = 0;
  for (let bytes = await next(); bytes; bytes = await next()) {
    size += bytes.byteLength;
    if (size > maxBytes) fail('protocol');
    parts.push(bytes);
  }
  return parts;
}

export const readBlob = async (next: Next, maxBytes: number, type: string) =>
  new Blob(await readParts(next, maxBytes), {type});

/** Rejects with `SyntaxError` when the body is no JSON. */
export async function readJson(next: Next, maxBytes: number): Promise<unknown> {
  const decoder = new TextDecoder();
  const texts = (await readParts(next, maxBytes)).map((bytes) => decoder.decode(bytes, {stream: true}));
  return JSON.parse(texts.join('') + decoder.decode());
}
