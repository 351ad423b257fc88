import {expect} from '@open-wc/testing';

import {ChatFailure} from '../../src/core/errors.js';
import {ndjsonReader} from '../../src/transports/ndjson.js';
import {bytes, cuts} from './adapter-setup.js';

/** The values, and the code it failed with, if it did. */
function read(pieces: readonly Uint8Array[], maxChars?: number): unknown[] {
  const next = ndjsonReader(maxChars);
  const values: unknown[] = [];
  try {
    for (const piece of [...pieces, undefined]) for (const value of next(piece)) values.push(value);
  } catch (caught) {
    values.push(caught instanceof ChatFailure ? caught.error.code : caught);
  }
  return values;
}

describe('the reader of JSON lines', () => {
  for (const [what, text, expected] of [
    ['one value a line', '{"a":1}\n[2]\n"å🗓️"\n', [{a: 1}, [2], 'å🗓️']],
    ['the last line without its newline', '1\n2', [1, 2]],
    ['Windows line ends and empty lines', '1\r\n\r\n\n2\r\n', [1, 2]],
    ['a byte order mark', '\ufeff1\n', [1]],
    ['one value over many lines', '{\n  "a": [\n    1\n  ]\n}\n', [{a: [1]}]],
    ['nothing', '', []],
    ['empty lines alone', '\n\n', []],
    ['a last line that breaks off', '1\n{"a":', [1, 'interrupted']],
    ['a broken line among others', '1\n{"a":\n2\n', [1, 'protocol']],
    ['no JSON at all', '<html>\n</html>\n', ['protocol']],
  ] as const) {
    for (const [how, pieces] of cuts(bytes(text), 3)) {
      it(`reads ${what}, ${how}`, () => expect(read(pieces)).to.deep.equal(expected));
    }
  }

  it('refuses a line that is too long, in however many pieces it comes', () => {
    const piece = bytes('x'.repeat(100));
    expect(read([bytes('1\n'), ...Array.from({length: 11}, () => piece)], 1000)).to.deep.equal([1, 'protocol']);
    expect(read([bytes('"'), ...Array.from({length: 11}, () => piece)], 1000)).to.deep.equal(['protocol']);
  });
});
