import {chatError, ChatFailure, errorFrom, type ChatTransport, type ErrorCode, type Source} from 'tillit-chat/core';

type Options = {endpoint: string; fetch?: (url: string, init: RequestInit) => Promise<Response>};
type Line = {text?: string; article?: Source; end?: true};

const fail = (code: ErrorCode) => {
  throw new ChatFailure(chatError(code));
};

export const linesTransport = ({endpoint, fetch = globalThis.fetch}: Options): ChatTransport => ({
  id: 'lines',
  async *send({text: question, history, clientMessageId}, {signal, locale}) {
    try {
      const headers = {'content-type': 'application/json', 'idempotency-key': clientMessageId};
      const body = JSON.stringify({question, history, locale});
      const response = await fetch(`${endpoint}/ask`, {method: 'POST', headers, body, signal});
      if (!response.ok) fail(response.status < 500 ? 'invalid_request' : 'unavailable');
      if (response.headers.get('content-type') !== 'application/x-ndjson') fail('protocol');
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      try {
        for (let rest = '', piece = await reader.read(); !piece.done; piece = await reader.read()) {
          const lines = (rest + piece.value).split('\n');
          rest = lines.pop()!;
          for (const line of lines) {
            const {text, article, end} = JSON.parse(line) as Line;
            if (text) yield {type: 'text', op: 'append', text};
            if (article) yield {type: 'source', source: article};
            if (!end) continue;
            yield {type: 'finish', reason: 'stop'};
            return;
          }
        }
      } finally {
        await reader.cancel();
      }
    } catch (caught) {
      const error = caught instanceof TypeError ? chatError('network') : errorFrom(caught);
      if (!signal.aborted) yield {type: 'error', error};
    }
  },
});
