/**
 * Reads server-sent events (WHATWG HTML §9.2.6) from bytes: any chunking, any line ending, UTF-8 split anywhere.
 *
 * Our own reader, since it is a third of the size of eventsource-parser and bounds what it holds: one frame of
 * `maxChars`, in linear time however the bytes are cut. An unfinished frame at the end of the stream is dropped, as the
 * specification says. Comments yield nothing: whoever brings the bytes has seen them as a sign of life.
 */
import {fail} from './fields.js';

const MAX_FRAME_CHARS = 2 ** 20;

export interface SseFrame {
  /** `message` when the stream named none. */
  readonly event: string;
  readonly data: string;
  /** The last id the stream gave, in this frame or an earlier one; empty when it gave none. */
  readonly id: string;
  /** Milliseconds, when the stream gave them since the frame before. */
  readonly retry?: number;
}

/**
 * @returns a function that takes the next bytes and yields the frames they complete. It throws `protocol` when a frame
 *   grows over `maxChars` UTF-16 units; the frames before that one have been yielded by then.
 */
export function sseReader(maxChars = MAX_FRAME_CHARS): (bytes: Uint8Array) => Generator<SseFrame> {
  const decoder = new TextDecoder();
  let afterCr = false;
  let line = '';
  let event = '';
  let data: string | undefined;
  let id = '';
  let retry: number | undefined;

  function readField() {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (name === 'data') data = data === undefined ? value : `${data}\n${value}`;
    else if (name === 'event') event = value;
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }

  return function* (bytes) {
    let text = decoder.decode(bytes, {stream: true});
    if (text === '') return;
    // A line that ends in CR is over at once; the LF that may follow it can come with the next bytes.
    if (afterCr && text[0] === '\n') text = text.slice(1);
    afterCr = text.endsWith('\r');

    const pieces = text.split(/\r\n?|\n/);
    for (const [index, piece] of pieces.entries()) {
      // Engines keep such sums as ropes and flatten them once, so that a long line in many pieces stays linear.
      line += piece;
      if (line.length + (data?.length ?? 0) > maxChars) fail('protocol');
      if (index === pieces.length - 1) return;
      if (line !== '') {
        readField();
        line = '';
        continue;
      }
      if (data !== undefined) {
        yield {event: event || 'message', data, id, ...(retry !== undefined && {retry})};
        retry = undefined;
      }
      event = '';
      data = undefined;
    }
  };
}
