/** AG-UI's binary encoding: the same answer as from JSON, whatever the agent sends and however the bytes are cut. */
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

import {EventType, type Event} from '@ag-ui/core';
import {EventEncoder} from '@ag-ui/encoder';

import {agUiTransport} from '../../src/transports/ag-ui.js';
import {answering, ask, bytes, callOptions, cuts, fold, hurried, seeded, type Folded} from './adapter-setup.js';
import {recordings} from './recordings.js';
import {frames} from './sse-bytes.js';

const endpoint = 'https://help.example/agent';
const binary = 'application/vnd.ag-ui.event+proto';
const request = ask();

function answerTo(type: string, pieces: readonly Uint8Array[]): Promise<Folded> {
  const {fetch} = answering(() => ({type, pieces}));
  return fold(agUiTransport({endpoint, fetch}, hurried).send(request, callOptions()));
}

function encoded(events: readonly Event[]): Uint8Array {
  const encoder = new EventEncoder({accept: binary});
  return Uint8Array.from(events.flatMap((event) => [...encoder.encodeBinary(event)]));
}

const started: Event = {type: EventType.RUN_STARTED, threadId: 't', runId: 'r', protocolVersion: '1.0'};
const finished: Event = {type: EventType.RUN_FINISHED, threadId: 't', runId: 'r'};
const said = (delta: string, messageId = 'm1'): Event => ({type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta});
const begun = (messageId = 'm1'): Event => ({type: EventType.TEXT_MESSAGE_START, messageId, role: 'assistant'});

const runs: Readonly<Record<string, readonly Event[]>> = {
  'an answer': [started, begun(), said('Öppna **Fakturor** → '), said('🗓️ [1].'), finished],
  chunks: [
    started,
    {type: EventType.TEXT_MESSAGE_CHUNK, messageId: 'm1', role: 'assistant', delta: 'Öppna '},
    {type: EventType.TEXT_MESSAGE_CHUNK, delta: 'den.'},
    finished,
  ],
  'the words of others': [
    started,
    {type: EventType.TEXT_MESSAGE_START, messageId: 'u', role: 'user'},
    said('Hur?', 'u'),
    begun(),
    said('Så.'),
    finished,
  ],
  'sources, questions and a human': [
    started,
    {
      type: EventType.CUSTOM,
      name: 'citations',
      value: [{id: 's1', title: 'Å', url: 'https://a.example/', n: 2, nested: {a: [true, null, 1.5, -3]}}],
    },
    {type: EventType.CUSTOM, name: 'followups', value: ['Hur då?', 'När?']},
    {type: EventType.CUSTOM, name: 'handoff', value: null},
    {type: EventType.CUSTOM, name: 'confidence', value: 0.25},
    {type: EventType.CUSTOM, name: 'odd', value: {__proto__x: 1, constructor: 'c', deep: [[[{}]]]}},
    begun(),
    said('Så.'),
    finished,
  ],
  'tools, steps and thoughts': [
    started,
    {type: EventType.STEP_STARTED, stepName: 'search'},
    {type: EventType.REASONING_START, messageId: 'th'},
    {type: EventType.REASONING_MESSAGE_START, messageId: 'th', role: 'reasoning'},
    {type: EventType.REASONING_MESSAGE_CONTENT, messageId: 'th', delta: 'Hm.'},
    {type: EventType.REASONING_MESSAGE_END, messageId: 'th'},
    {type: EventType.REASONING_END, messageId: 'th'},
    {type: EventType.TOOL_CALL_START, toolCallId: 'c1', toolCallName: 'search'},
    {type: EventType.TOOL_CALL_ARGS, toolCallId: 'c1', delta: '{"q":1}'},
    {type: EventType.TOOL_CALL_END, toolCallId: 'c1'},
    {type: EventType.TOOL_CALL_RESULT, toolCallId: 'c1', messageId: 'tm', content: '1'},
    {type: EventType.TOOL_CALL_CHUNK, toolCallId: 'c2', toolCallName: 'more', delta: '{}'},
    {type: EventType.STEP_FINISHED, stepName: 'search'},
    {type: EventType.STATE_SNAPSHOT, snapshot: {step: 1}},
    {type: EventType.STATE_DELTA, delta: [{op: 'replace', path: '/step', value: 2}]},
    begun(),
    said('Så.'),
    finished,
  ],
  'a snapshot of the messages': [
    started,
    {
      type: EventType.MESSAGES_SNAPSHOT,
      messages: [
        {id: request.clientMessageId, role: 'user', content: request.text},
        {id: 'm1', role: 'assistant', content: 'Så här.'},
        {id: 'm2', role: 'assistant', content: 'Och så.'},
      ],
    },
    finished,
  ],
  'an interrupt': [
    started,
    {
      type: EventType.RUN_FINISHED,
      threadId: 't',
      runId: 'r',
      outcome: {type: 'interrupt', interrupts: [{id: 'i1', reason: 'input_required', message: 'Vilket år?'}]},
    },
  ],
  'a failed run': [started, begun(), said('Hal'), {type: EventType.RUN_ERROR, message: 'x', code: 'rate_limit'}],
  'a run that was cut': [started, begun(), said('Hal')],
};

describe('the binary encoding of AG-UI', () => {
  it('is asked for by those who want it, beside the other', async () => {
    const {fetch, sent} = answering(() => ({type: binary, pieces: [encoded(runs['an answer']!)]}));
    const {text} = await fold(agUiTransport({endpoint, fetch, binary: true}, hurried).send(request, callOptions()));
    assert.equal(sent[0]!.headers.get('accept'), `${binary}, text/event-stream;q=0.9`);
    // What the real encoder makes of that.
    assert.equal(new EventEncoder({accept: sent[0]!.headers.get('accept')!}).getContentType(), binary);
    assert.equal(text, 'Öppna **Fakturor** → 🗓️ [1].');
  });

  for (const [what, events] of Object.entries(runs)) {
    it(`says what JSON says: ${what}`, async () => {
      const asJson = await answerTo('text/event-stream', [bytes(frames(...events))]);
      for (const [how, pieces] of cuts(encoded(events))) {
        assert.deepEqual(await answerTo(binary, pieces), asJson, how);
      }
    });
  }

  const folder = new URL('../../../shared/data/protocols/', import.meta.url);
  it('gives the recorded answer', {skip: existsSync(folder) ? false : 'not beside this checkout'}, async () => {
    const recorded = new Uint8Array(readFileSync(new URL('agui.happy-protobuf.txt', folder)));
    const {expected} = recordings('agui.happy')[0]!;
    for (const [how, pieces] of cuts(recorded)) {
      const {text, sources, suggestions, last, events} = await answerTo(binary, pieces);
      assert.deepEqual(
        {text, sources, suggestions, last, events: events.length},
        {
          text: expected.text,
          sources: expected.sources,
          suggestions: expected.suggestions,
          last: expected.terminal.finish,
          events: expected.events,
        },
        how,
      );
    }
  });

  it('passes over events and fields of a later protocol', async () => {
    const later = Uint8Array.of(0, 0, 0, 6, 0xfa, 0x07, 3, 0x0a, 1, 65);
    const all = [encoded([started]), later, encoded([begun(), said('Så.'), finished])];
    const {text, last} = await answerTo(binary, all);
    assert.deepEqual([text, last], ['Så.', 'stop']);
  });

  for (const [what, broken] of [
    ['an event of 4 GB', Uint8Array.of(0xff, 0xff, 0xff, 0xff)],
    ['an event of more than 1 MB', Uint8Array.of(0, 0x10, 0, 1)],
    ['a field longer than its event', Uint8Array.of(0, 0, 0, 3, 0x0a, 0x7f, 0)],
    ['a number without an end', Uint8Array.of(0, 0, 0, 12, ...Array<number>(12).fill(0xff))],
    ['a group, which nobody sends', Uint8Array.of(0, 0, 0, 1, 0x0b)],
    ['a number that is cut', Uint8Array.of(0, 0, 0, 1, 0x80)],
    ['a float that is too short', Uint8Array.of(0, 0, 0, 6, 0x5a, 4, 0x1a, 2, 0x12, 0)],
  ] as const) {
    it(`ends as a broken promise on ${what}`, async () => {
      assert.equal((await answerTo(binary, [encoded([started]), broken])).last, 'protocol');
    });
  }

  it('does not follow a value down to where no stack reaches', async () => {
    let value = Uint8Array.of();
    const wrap = (tag: number, inner: Uint8Array) => {
      const length = [(inner.length & 127) | 128, ((inner.length >> 7) & 127) | 128, (inner.length >> 14) & 127];
      return Uint8Array.from([tag, ...length, ...inner]);
    };
    for (let depth = 0; depth < 5_000; depth++) value = wrap(0x32, wrap(0x0a, value));
    const event = wrap(0x5a, Uint8Array.from([0x12, 1, 0x78, ...wrap(0x1a, value)]));
    const length = Uint8Array.of(0, event.length >> 16, (event.length >> 8) & 255, event.length & 255);
    assert.equal((await answerTo(binary, [length, event])).last, 'protocol');
  });

  it('never throws, hangs or makes up an end, whatever bytes are broken', async () => {
    const whole = encoded(Object.values(runs).flatMap((events) => events.slice(0, -1)));
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      const broken = whole.slice(0, Math.floor(random() * whole.length));
      for (let flips = Math.floor(random() * 4); flips > 0; flips--)
        broken[Math.floor(random() * broken.length)] = Math.floor(random() * 256);
      const {last} = await answerTo(binary, [broken]);
      // What was broken may spell an error of the run, or a finished one, as well as any bytes may.
      assert.ok(['protocol', 'end', 'rate_limited', 'stop', 'server'].includes(last), `${seed}: ${last}`);
    }
  });
});
