/** Feeds the recorded streams of a protocol to its adapter, cut in every way, and compares what comes of them. Node only. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import type {ChatEvent} from '../../src/core/events.js';
import type {HttpOptions} from '../../src/transports/request.js';
import {answering, cuts, fold} from './adapter-setup.js';
import {noRecordings, recordings} from './recordings.js';

type Fetch = NonNullable<HttpOptions['fetch']>;

/** @param ask asks one question, or takes one up, as the recorded client did */
export function replay(prefix: string, ask: (fetch: Fetch, name: string) => AsyncIterable<ChatEvent>) {
  describe(`recorded streams: ${prefix}*`, {skip: noRecordings}, () => {
    for (const {name, status, headers, bytes, expected} of recordings(prefix)) {
      it(`${name}, however it is cut`, async () => {
        // What only the connection had.
        const {'transfer-encoding': _, connection: _c, ...kept} = headers;
        for (const [how, pieces] of cuts(bytes)) {
          const {fetch} = answering(() => ({status, headers: kept, pieces}));
          const {events, last, ...told} = await fold(ask(fetch, name));
          const count = (type: ChatEvent['type']) => events.filter((event) => event.type === type).length;
          const error = events.find((event) => event.type === 'error')?.error;
          const {text, sources, suggestions, terminal, retracted, handoff = false, ...counts} = expected;
          assert.deepEqual(
            {
              text: told.text,
              sources: told.sources,
              suggestions: told.suggestions,
              retracted: told.retracted,
              handoff: told.handoff,
              last: last === 'end' ? 'interrupted' : last,
              retryAfterMs: error?.retryAfterMs,
              events: events.length,
              statuses: count('status'),
              cites: count('cite'),
            },
            {
              text,
              // Without what our sources have no field for.
              sources: sources.map(({file: _, mediaType: _m, ...source}) => source),
              suggestions,
              retracted,
              handoff,
              last: terminal.finish ?? terminal.error?.code,
              retryAfterMs: terminal.error?.retryAfterMs,
              events: counts.events,
              statuses: counts.statuses,
              cites: counts.cites,
            },
            how,
          );
        }
      });
    }
  });
}
