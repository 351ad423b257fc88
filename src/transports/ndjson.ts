/**
 * Reads JSON values that come one to a line (`application/x-ndjson`, `jsonl`, `json-lines`) from bytes, however they are
 * cut. The last line counts without its newline: some backends write their errors so. A stream that is one value over
 * many lines, as a backend that does not stream may format it, is read as that one value.
 */
import {fail} from './fields.js';

const MAX_LINE_CHARS = 2 ** 20;

/**
 * @returns a function that takes the next bytes, or nothing at the end, and yields the values they complete. It throws
 *   `protocol` for a line that is no JSON or has more than `maxChars` UTF-16 units, and `interrupted` when the last
 *   line breaks off; the values before have been yielded by then.
 */
export function ndjsonReader(maxChars = MAX_LINE_CHARS): (bytes?: Uint8Array) => Generator<unknown> {
  const decoder = new TextDecoder();
  let line = '';
  let count = 0;
  let isOneValue = false;

  function* parseLine(isLast: boolean) {
    if (line.trim() === '' || (isOneValue && !isLast)) return;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      if (isLast) fail(count > 0 ? 'interrupted' : 'protocol');
      if (count > 0) fail('protocol');
      isOneValue = true;
      return;
    }
    count++;
    line = '';
    yield value;
  }

  return function* (bytes) {
    const pieces = decoder.decode(bytes, {stream: bytes !== undefined}).split('\n');
    for (const [index, piece] of pieces.entries()) {
      line += piece;
      if (line.length > maxChars) fail('protocol');
      if (index < pieces.length - 1) yield* parseLine(false);
    }
    if (!bytes) yield* parseLine(true);
  };
}
