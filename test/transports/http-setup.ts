import type {ScreenedText} from '../../src/privacy/types.js';
import type {CallOptions, ChatRequest} from '../../src/core/transport.js';
import {httpTransport, type HttpOptions} from '../../src/transports/http.js';
import {manualBackend} from './manual-backend.js';
import {manualClock} from './manual-clock.js';

// These come with the first call that needs them. Here they are there already, so that time is only what a test lets pass.
await Promise.all([import('../../src/transports/read-events.js'), import('../../src/transports/rare-calls.js')]);

/** Stands for text that has passed the guard, which is not what these tests are about. */
export const screened = (text: string) => text as ScreenedText;

export const request: ChatRequest = {
  text: screened('Hur gör jag?'),
  clientMessageId: '0b8f6a52-5f0e-4a56-9d53-0f4cb0a9e3a1',
  history: [
    {role: 'user', text: screened('Hej')},
    {role: 'assistant', text: 'Hej!'},
  ],
  trigger: 'user',
};

export function setUp(options: Partial<HttpOptions> = {}) {
  const backend = manualBackend();
  const clock = manualClock();
  const abort = new AbortController();
  const call: CallOptions = {signal: abort.signal, locale: 'sv-SE'};
  const transport = httpTransport({endpoint: 'https://help.example/tillit', fetch: backend.fetch, ...options}, clock);
  return {backend, clock, abort, call, transport};
}
