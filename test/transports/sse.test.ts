import {expect} from '@open-wc/testing';

import {ChatFailure} from '../../src/core/errors.js';
import {sseReader, type SseFrame} from '../../src/transports/sse.js';

const encoder = new TextEncoder();
const message = (data: string, id = ''): SseFrame => ({event: 'message', data, id});

function readAll(pieces: readonly Uint8Array[], maxChars?: number): SseFrame[] {
  const read = sseReader(maxChars);
  return pieces.flatMap((piece) => [...read(piece)]);
}

const cases: readonly (readonly [what: string, stream: string, frames: readonly SseFrame[]])[] = [
  ['frames that end in LF', 'data: a\n\ndata: b\n\n', [message('a'), message('b')]],
  ['frames that end in CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', [message('a'), message('b')]],
  ['one frame of several CRLF lines', 'id: 7\r\ndata: a\r\ndata: b\r\n\r\n', [message('a\nb', '7')]],
  ['frames that end in CR', 'data: a\r\rdata: b\r\r', [message('a'), message('b')]],
  [
    'line endings mixed in one stream',
    'data: a\r\n\rdata: b\n\r\ndata: c\r\n\n',
    [message('a'), message('b'), message('c')],
  ],
  ['several data lines as one text', 'data: a\ndata:\ndata: b\n\n', [message('a\n\nb')]],
  ['an empty data field', 'data\n\n', [message('')]],
  ['one leading space only', 'data:  a\n\n', [message(' a')]],
  ['colons in the value', 'data: a:b: c\n\n', [message('a:b: c')]],
  ['a named event, once', 'event: text\ndata: a\n\ndata: b\n\n', [{event: 'text', data: 'a', id: ''}, message('b')]],
  ['an id that lasts', 'id: 7\ndata: a\n\ndata: b\n\n', [message('a', '7'), message('b', '7')]],
  ['an id that is taken back', 'id: 7\ndata: a\n\nid\ndata: b\n\n', [message('a', '7'), message('b')]],
  ['no id with a NUL', 'id: 7\0\ndata: a\n\n', [message('a')]],
  ['a retry in milliseconds', 'retry: 500\ndata: a\n\ndata: b\n\n', [{...message('a'), retry: 500}, message('b')]],
  ['a retry that came in a block of its own', 'retry: 500\n\ndata: a\n\n', [{...message('a'), retry: 500}]],
  ['no retry that is not a number', 'retry: 1.5\ndata: a\n\n', [message('a')]],
  ['no frame without data', 'event: text\nid: 1\n\ndata: a\n\n', [message('a', '1')]],
  ['no comments', ': hello\n:\ndata: a\n: in between\n\n', [message('a')]],
  ['no unknown fields', 'data: a\nfoo: b\nDATA: c\n\n', [message('a')]],
  ['no unfinished frame at the end', 'data: a\n\ndata: b\n', [message('a')]],
  ['no unfinished line at the end', 'data: a\n\ndata: b', [message('a')]],
  ['text behind a byte order mark', '\ufeffdata: a\n\n', [message('a')]],
  ['every script and emoji', 'data: Naïve 价格 €5 👩‍👩‍👧‍👦\n\n', [message('Naïve 价格 €5 👩‍👩‍👧‍👦')]],
];

describe('the SSE reader', () => {
  for (const [what, stream, frames] of cases) {
    const bytes = encoder.encode(stream);

    it(`reads ${what}`, () => expect(readAll([bytes])).to.deep.equal(frames));

    it(`reads ${what}, byte by byte`, () => {
      expect(readAll(Array.from(bytes, (byte) => Uint8Array.of(byte)))).to.deep.equal(frames);
    });

    it(`reads ${what}, cut in two anywhere`, () => {
      for (let cut = 0; cut <= bytes.length; cut++) {
        expect(readAll([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).to.deep.equal(frames);
      }
    });
  }

  it('yields a frame as soon as its last CR is here, without waiting for an LF', () => {
    const read = sseReader();
    expect([...read(encoder.encode('data: a\r\r'))]).to.deep.equal([message('a')]);
    expect([...read(encoder.encode('\ndata: b\r\n\r'))]).to.deep.equal([message('b')]);
  });

  it('replaces broken UTF-8 and goes on', () => {
    const broken = Uint8Array.of(...encoder.encode('data: '), 0xc3, 0x28, ...encoder.encode('\n\ndata: b\n\n'));
    expect(readAll([broken])).to.deep.equal([message('\ufffd('), message('b')]);
  });

  for (const [what, stream] of [
    ['a line', 'x'.repeat(200)],
    ['a comment', `: ${'x'.repeat(200)}`],
    ['many data lines', 'data: xxxxxxx\n'.repeat(20)],
  ] as const) {
    it(`refuses a frame that outgrows its limit: ${what}`, () => {
      const read = sseReader(100);
      const frames: SseFrame[] = [];
      const feed = () => {
        for (const frame of read(encoder.encode(`data: before\n\n${stream}`))) frames.push(frame);
      };
      expect(feed).to.throw(ChatFailure, 'protocol');
      expect(frames).to.deep.equal([message('before')]);
    });
  }

  it('has no limit for a stream of small frames', () => {
    const frames = readAll([encoder.encode('data: 0123456789\n\n: comment\n'.repeat(1000))], 100);
    expect(frames).to.have.lengthOf(1000);
  });

  it('reads a long line in small pieces in linear time', () => {
    const timeFor = (chars: number) => {
      const piece = encoder.encode('x'.repeat(64));
      const read = sseReader(chars * 2);
      const startedMs = performance.now();
      for (let sent = 0; sent < chars; sent += 64) Array.from(read(piece));
      const [only] = read(encoder.encode('\n\ndata: end\n\n'));
      expect(only).to.deep.equal(message('end'));
      return performance.now() - startedMs;
    };
    timeFor(2 ** 16);
    // Quadratic reading copies some 2 GB here and takes many seconds; linear reading takes a few milliseconds.
    expect(timeFor(2 ** 19)).to.be.below(1500);
  });
});
