import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

import {sseReader} from '../../src/transports/sse.js';

interface Stream {
  readonly id: string;
  readonly bytes_base64: string;
  readonly expected_events: readonly {event: string; data: string; id: string; retry: number | null}[];
  readonly final_last_event_id: string;
  readonly final_retry: number | null;
}

const file = new URL('../../../shared/data/security/sse.jsonl', import.meta.url);
const skip = existsSync(file) ? false : 'the shared SSE streams are not beside this checkout';

function read(pieces: readonly Uint8Array[]) {
  const next = sseReader();
  const frames = pieces.flatMap((piece) => [...next(piece)]);
  return {
    expected_events: frames.map(({event, data, id, retry = null}) => ({event, data, id, retry})),
    final_last_event_id: frames.at(-1)?.id ?? '',
    final_retry: frames.reduce<number | null>((last, {retry}) => retry ?? last, null),
  };
}

describe('the SSE reader and the streams of the specification', {skip}, () => {
  const streams = skip
    ? []
    : readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Stream);

  it('has all of them', () => assert.equal(streams.length, 71));

  for (const {id, bytes_base64, ...expected} of streams) {
    const bytes = new Uint8Array(Buffer.from(bytes_base64, 'base64'));
    const {expected_events, final_last_event_id, final_retry} = expected;
    const wanted = {expected_events, final_last_event_id, final_retry};

    it(`${id}, whole`, () => assert.deepEqual(read([bytes]), wanted));
    it(`${id}, byte by byte`, () => assert.deepEqual(read(Array.from(bytes, (byte) => Uint8Array.of(byte))), wanted));
    it(`${id}, cut in two anywhere`, () => {
      for (let cut = 0; cut <= bytes.length; cut++) {
        assert.deepEqual(read([bytes.subarray(0, cut), bytes.subarray(cut)]), wanted, `cut at ${cut}`);
      }
    });
  }
});
