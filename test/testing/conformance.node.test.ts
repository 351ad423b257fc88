import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

import {linesTransport} from '../../demo/transports/lines-transport.js';
import {conformance, nativeProtocol, type TestWire, type WireProtocol} from '../../src/testing/index.js';
import {compose, failover} from '../../src/transports/index.js';
import {httpTransport} from '../../src/transports/http.js';
import {fastClock} from '../transports/http-scenarios.js';
import {sketchTransport, type Flaw} from './sketch-transport.js';

const line = (fields: unknown) => `${JSON.stringify(fields)}\n`;
const linesProtocol: WireProtocol = {
  headers: {'content-type': 'application/x-ndjson'},
  answer: [
    line({text: 'Öppna *Lön* '}),
    line({article: {id: 'a1', title: 'Rätta en lön', url: 'https://help.example/lon'}}),
    line({text: '– €5 👩‍👧 [1]'}),
    line({end: true}),
  ],
  text: 'Öppna *Lön* – €5 👩‍👧 [1]',
  endMessages: 1,
  unknown: line({telemetry: {x: 1}}),
};

const native = (wire: TestWire) => httpTransport(wire, fastClock);

describe('the conformance kit passes', () => {
  for (const [what, checks] of [
    ['the native transport', conformance(native)],
    ['a small one that keeps the contract', conformance((wire) => sketchTransport(wire))],
    ['the one in the documentation', conformance((wire) => linesTransport(wire), linesProtocol)],
    ['one that is composed', conformance((wire) => compose(sketchTransport(wire), native(wire)))],
    [
      'one with a reserve',
      conformance((wire) => failover(native(wire), {id: 'none', async *send() {}}, {}, fastClock)),
    ],
  ] as const) {
    describe(what, () => {
      for (const {name, run} of checks) it(name, run);
    });
  }
});

/** Which checks an adapter with this flaw fails. */
async function failedChecks(flaw: Flaw) {
  const failed: string[] = [];
  for (const {name, run} of conformance((wire) => sketchTransport(wire, flaw), nativeProtocol, {limitMs: 300})) {
    await run().catch((error: Error) => failed.push(`${name} (${error.message})`));
  }
  return failed.map((failure) => failure.replace(/ \(.*$/s, ''));
}

const caught: Readonly<Record<Flaw, string>> = {
  'asks early': 'asks the backend for nothing before a person has asked',
  'yields what is no event': 'yields a whole answer: valid events, the text, and a `finish`',
  'goes on after the end': 'lets the first terminal event win: nothing comes after it',
  'calls a cut answer finished': 'does not call an answer finished that was cut off',
  'does not hear the signal': 'ends within a tick when it is aborted, and frees the connection',
  'keeps the connection': 'frees the connection when the reader leaves the loop',
  'is of no use after an abort': 'answers the next question after one that was left',
  throws: 'yields failures as `error` events and throws none',
  'tells what the server said': 'yields failures as `error` events and throws none',
  'decodes each piece by itself': 'reads the same events however the bytes are cut',
  'passes unknown events on': 'ignores messages of a kind it does not know',
  'has a stub': 'has no method that it cannot serve: one that is there is a button',
  'loses the key of a ticket': 'sends a ticket with its key, so that a second try makes no second ticket',
  'puts the question in the address': 'keeps what a person wrote out of addresses',
};

describe('the conformance kit catches, by exactly one check, an adapter that', () => {
  for (const [flaw, check] of Object.entries(caught)) {
    it(flaw, async () => assert.deepEqual(await failedChecks(flaw as Flaw), [check]));
  }

  it('and has no check that catches nothing', () => {
    const names = conformance((wire) => sketchTransport(wire)).map(({name}) => name);
    assert.deepEqual(
      names.filter((name) => !Object.values(caught).includes(name)),
      [],
    );
  });
});

it('the documentation shows the transport that is tested here, to the letter', () => {
  const read = (path: string) => readFileSync(new URL(`../../demo/transports/${path}`, import.meta.url), 'utf8');
  assert.ok(read('README.md').includes(`\`\`\`ts\n${read('lines-transport.ts')}\`\`\``));
});
