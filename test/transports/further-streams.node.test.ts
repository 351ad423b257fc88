/**
 * Streams of other protocols beyond the recorded ones, written after each protocol's specification or its real client, with
 * what a person must be left with. Each is fed whole, byte by byte and cut at random.
 *
 * Sources: platform.openai.com (chat completions, responses), learn.microsoft.com (Azure OpenAI content streaming, on your
 * data, Direct Line 3.0), openrouter.ai (streaming errors), docs of vLLM, Mistral, DeepSeek and Perplexity; ai-sdk.dev
 * (UI message stream); docs.ag-ui.com (events); github.com/microsoft/ai-chat-protocol; BotFramework-WebChat LIVESTREAMING.md.
 */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import type {ChatEvent} from '../../src/core/events.js';
import {agUiTransport} from '../../src/transports/ag-ui.js';
import {aiChatTransport} from '../../src/transports/ai-chat.js';
import {aiSdkTransport} from '../../src/transports/ai-sdk.js';
import {copilotStudioTransport} from '../../src/transports/copilot-studio.js';
import {directLineTransport} from '../../src/transports/direct-line.js';
import {openaiTransport} from '../../src/transports/openai.js';
import type {HttpOptions} from '../../src/transports/request.js';
import {answering, ask, bytes, callOptions, cuts, fold, hurried, type Given} from './adapter-setup.js';
import {frames} from './sse-bytes.js';

type Fetch = NonNullable<HttpOptions['fetch']>;

interface Left {
  readonly text?: string;
  readonly last: string;
  /** Ids. */
  readonly sources?: readonly string[];
  readonly suggestions?: readonly string[];
  readonly statuses?: number;
  readonly handoff?: boolean;
  readonly retracted?: string;
  readonly display?: string;
  readonly retryAfterMs?: number;
  readonly session?: unknown;
}

interface Stream {
  readonly body: string;
  readonly type?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is lost at the end. */
  readonly breaks?: true;
  readonly left: Left;
}

const request = ask();

function feed(
  what: string,
  send: (fetch: Fetch) => AsyncIterable<ChatEvent>,
  streams: Readonly<Record<string, Stream>>,
) {
  describe(`further streams: ${what}`, () => {
    for (const [name, {body, type = 'text/event-stream', status = 200, headers = {}, breaks, left}] of Object.entries(
      streams,
    )) {
      it(name, async () => {
        for (const [how, pieces] of cuts(bytes(body), 4)) {
          const given: Given = {status, type, headers, pieces: breaks ? [...pieces, null] : pieces};
          const told = await fold(send(answering(() => given).fetch));
          const error = told.events.find((event) => event.type === 'error')?.error;
          const {text = ''} = left;
          assert.deepEqual(
            {
              text: told.text,
              last: told.last === 'end' ? 'interrupted' : told.last,
              ...(left.sources && {sources: told.sources.map(({id}) => id)}),
              ...(left.suggestions && {suggestions: told.suggestions.map(({text}) => text)}),
              ...(left.statuses !== undefined && {statuses: told.events.filter(({type}) => type === 'status').length}),
              ...(left.handoff !== undefined && {handoff: told.handoff}),
              ...(left.session !== undefined && {session: told.session}),
              retracted: told.retracted,
              display: error?.display,
              ...(left.retryAfterMs !== undefined && {retryAfterMs: error?.retryAfterMs}),
            },
            {text, retracted: undefined, display: undefined, ...left},
            how,
          );
          // Nothing follows the end, and no word of a server reaches anybody but as `display`.
          const end = told.events.findIndex((event) => event.type === 'error' || event.type === 'finish');
          assert.ok(end < 0 || end === told.events.length - 1, how);
          assert.doesNotMatch(JSON.stringify(told.events), /SECRET/, how);
        }
      });
    }
  });
}

const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
const cr = (text: string) => text.replaceAll('\n', '\r');

/** One chunk of a chat completion. */
const chat = (delta: unknown, finish: string | null = null, more: object = {}, choice: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1764000000,
  model: 'm',
  choices: [{index: 0, delta, logprobs: null, finish_reason: finish, ...choice}],
  ...more,
});
const says = (content: string) => chat({content});
const usage = {id: 'chatcmpl-1', object: 'chat.completion.chunk', choices: [], usage: {total_tokens: 9}};

feed(
  'chat completions',
  (fetch) =>
    openaiTransport({endpoint: 'https://p.example/v1', api: 'chat', fetch}, hurried).send(request, callOptions()),
  {
    'usage after the reason, and no choice in it': {
      body: frames(
        chat({role: 'assistant', content: ''}),
        says('Så '),
        says('här.'),
        chat({}, 'stop'),
        usage,
        '[DONE]',
      ),
      left: {text: 'Så här.', last: 'stop'},
    },
    'usage: null in every chunk, choices: null in the last': {
      body: frames(
        chat({content: 'Så.'}, null, {usage: null}),
        chat({}, 'stop', {usage: null}),
        {...usage, choices: null},
        '[DONE]',
      ),
      left: {text: 'Så.', last: 'stop'},
    },
    'CRLF, a byte order mark, and comments while it thinks': {
      body: crlf(
        `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${frames(says('Så '), says('här.'), chat({}, 'stop'), '[DONE]')}`,
      ),
      left: {text: 'Så här.', last: 'stop'},
    },
    'lines that end in CR alone': {
      body: cr(frames(says('Så.'), chat({}, 'stop'), '[DONE]')),
      left: {text: 'Så.', last: 'stop'},
    },
    'data without a blank after the colon, and data of several lines': {
      body: `data:${JSON.stringify(says('Så '))}\n\ndata: {"id":"chatcmpl-1","choices":\ndata: [{"index":0,"delta":{"content":"här."},"finish_reason":"stop"}]}\n\ndata:[DONE]\n\n`,
      left: {text: 'Så här.', last: 'stop'},
    },
    'an empty reason in every chunk': {
      body: frames(chat({content: 'Så.'}, ''), chat({content: ''}, ''), chat({}, 'stop'), '[DONE]'),
      left: {text: 'Så.', last: 'stop'},
    },
    'a reason in the chunk with the last words': {
      body: frames(says('Så '), chat({content: 'här.'}, 'stop')),
      left: {text: 'Så här.', last: 'stop'},
    },
    'delta: null at the end': {
      body: frames(says('Så.'), chat(null, 'stop'), '[DONE]'),
      left: {text: 'Så.', last: 'stop'},
    },
    'thinking that is told apart': {
      body: frames(
        chat({role: 'assistant', content: null, reasoning_content: 'SECRET'}),
        chat({content: null, reasoning_content: 'SECRET'}),
        says('Så.'),
        chat({}, 'stop'),
        '[DONE]',
      ),
      left: {text: 'Så.', last: 'stop', statuses: 1},
    },
    'content in pieces, one of them a reference': {
      body: frames(
        chat({content: [{type: 'thinking', thinking: [{type: 'text', text: 'SECRET'}]}]}),
        chat({
          content: [
            {type: 'text', text: 'Så'},
            {type: 'reference', reference_ids: [0]},
          ],
        }),
        chat({content: '.'}),
        chat({}, 'stop'),
        '[DONE]',
      ),
      left: {text: 'Så.', last: 'stop'},
    },
    'two choices, of which the second is nobody’s business': {
      body: frames(
        says('Ett.'),
        chat({content: 'SECRET'}, null, {}, {index: 1}),
        chat({}, 'stop', {}, {index: 1}),
        chat({}, 'length'),
        '[DONE]',
      ),
      left: {text: 'Ett.', last: 'length'},
    },
    'several tool calls in pieces': {
      body: frames(
        chat({
          role: 'assistant',
          content: null,
          tool_calls: [{index: 0, id: 'c1', type: 'function', function: {name: 'f', arguments: ''}}],
        }),
        chat({tool_calls: [{index: 0, function: {arguments: '{"q":"SECRET"'}}]}),
        chat({tool_calls: [{index: 1, id: 'c2', type: 'function', function: {name: 'g', arguments: '{}'}}]}),
        chat({}, 'tool_calls'),
        '[DONE]',
      ),
      left: {last: 'tool', statuses: 2},
    },
    'a tool call of the older kind': {
      body: frames(
        chat({role: 'assistant', content: null, function_call: {name: 'f', arguments: '{"a":"SECRET"}'}}),
        chat({}, 'function_call'),
        '[DONE]',
      ),
      left: {last: 'tool'},
    },
    'a refusal in pieces': {
      body: frames(
        chat({role: 'assistant', content: null, refusal: ''}),
        chat({refusal: 'Det kan '}),
        chat({refusal: 'jag inte.'}),
        chat({}, 'stop'),
        '[DONE]',
      ),
      left: {text: 'Det kan jag inte.', last: 'stop'},
    },
    'an error in a chunk, as OpenRouter sends it': {
      body: frames(says('Hal'), {
        ...chat({content: ''}, 'error'),
        error: {code: 502, message: 'Provider SECRET disconnected'},
      }),
      left: {text: 'Hal', last: 'unavailable'},
    },
    'an error event, as Groq sends it': {
      body: `${frames(says('Hal'))}event: error\ndata: {"error":{"message":"SECRET: over capacity","type":"internal_server_error"}}\n\n`,
      left: {text: 'Hal', last: 'server'},
    },
    'an error with its code as text, as LiteLLM sends it': {
      body: frames(says('Hal'), {
        error: {message: 'litellm.RateLimitError: SECRET', type: 'None', param: 'None', code: '429'},
      }),
      left: {text: 'Hal', last: 'rate_limited'},
    },
    'an error of too long a question, as vLLM sends it': {
      body: frames(
        {
          object: 'error',
          message: "This model's maximum context length is 4096 tokens. SECRET",
          type: 'BadRequestError',
          param: null,
          code: 400,
        },
        '[DONE]',
      ),
      left: {last: 'too_long'},
    },
    'an error that is a text': {
      body: frames(says('Hal'), {error: 'SECRET upstream timed out'}),
      left: {text: 'Hal', last: 'timeout'},
    },
    'error: null in every chunk': {
      body: frames(chat({content: 'Så.'}, null, {error: null}), chat({}, 'stop', {error: null}), '[DONE]'),
      left: {text: 'Så.', last: 'stop'},
    },
    'neither a reason nor an end, as a proxy leaves it that dies': {
      body: frames(says('Halva sva')),
      left: {text: 'Halva sva', last: 'interrupted'},
    },
    'an end without a reason': {
      body: frames(says('Så.'), '[DONE]'),
      left: {text: 'Så.', last: 'stop'},
    },
    'an end that itself was cut': {
      body: `${frames(says('Halva'))}data: [DONE]`,
      left: {text: 'Halva', last: 'interrupted'},
    },
    'a chunk that was cut': {
      body: `${frames(says('Halva'))}data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"SECR`,
      left: {text: 'Halva', last: 'interrupted'},
    },
    'a connection that is lost after the reason': {
      body: frames(says('Så.'), chat({}, 'stop')),
      breaks: true,
      left: {text: 'Så.', last: 'stop'},
    },
    'a connection that is lost before it': {
      body: frames(says('Hal')),
      breaks: true,
      left: {text: 'Hal', last: 'interrupted'},
    },
    'a filter that stops the answer': {
      body: frames(says('Hal'), chat({}, 'content_filter'), '[DONE]'),
      left: {text: 'Hal', last: 'content_filter'},
    },
    'pages found by a search model, in the first chunk': {
      body: frames(
        {
          ...says('Så [1].'),
          search_results: [{title: 'A', url: 'https://a.example/', date: '2026-01-01'}],
          citations: ['https://a.example/'],
        },
        chat({}, 'stop'),
        '[DONE]',
      ),
      left: {text: 'Så [1].', last: 'stop', sources: ['https://a.example/']},
    },
    'an answer that was not streamed': {
      type: 'application/json; charset=utf-8',
      body: JSON.stringify({
        id: 'c',
        object: 'chat.completion',
        choices: [{index: 0, message: {role: 'assistant', content: 'Så.', refusal: null}, finish_reason: 'stop'}],
        usage: {},
      }),
      left: {text: 'Så.', last: 'stop'},
    },
    'an error with status 200 that was not streamed': {
      type: 'application/json',
      body: JSON.stringify({error: {message: 'SECRET', type: 'insufficient_quota', code: 'insufficient_quota'}}),
      left: {last: 'quota_exceeded'},
    },
    'a page to sign in': {
      type: 'text/html',
      body: '<!doctype html><title>SECRET</title>',
      left: {last: 'protocol'},
    },
    'a refusal in a list, as Google’s endpoint writes it': {
      status: 400,
      type: 'application/json',
      body: JSON.stringify([{error: {code: 400, message: 'SECRET', status: 'INVALID_ARGUMENT'}}]),
      left: {last: 'invalid_request'},
    },
    'a quota that is used up': {
      status: 403,
      type: 'application/json',
      body: JSON.stringify({
        error: {
          message: 'You exceeded your current quota. SECRET',
          type: 'insufficient_quota',
          code: 'insufficient_quota',
        },
      }),
      left: {last: 'quota_exceeded'},
    },
    'a wait to the millisecond, too long to sit through': {
      status: 429,
      type: 'application/json',
      headers: {'retry-after-ms': '61500', 'retry-after': '62'},
      body: JSON.stringify({error: {message: 'SECRET', type: 'requests', code: 'rate_limit_exceeded'}}),
      left: {last: 'rate_limited', retryAfterMs: 61_500},
    },
  },
);

const azure = (fetch: Fetch) =>
  openaiTransport(
    {endpoint: 'https://p.example/openai?api-version=2025-04-01', api: 'chat', dialect: 'azure', fetch},
    hurried,
  ).send(request, callOptions());
const safe = {hate: {filtered: false, severity: 'safe'}, violence: {filtered: false, severity: 'safe'}};
const promptFilter = {
  choices: [],
  created: 0,
  id: '',
  model: '',
  object: '',
  prompt_filter_results: [{prompt_index: 0, content_filter_results: safe}],
};
const verdict = (results: object, finish: string | null = null) =>
  chat(
    {},
    finish,
    {},
    {content_filter_results: results, content_filter_offsets: {check_offset: 44, start_offset: 44, end_offset: 198}},
  );

feed('Azure', azure, {
  'a verdict on the question first': {
    body: frames(promptFilter, chat({role: 'assistant', content: ''}), says('Så.'), chat({}, 'stop'), '[DONE]'),
    left: {text: 'Så.', last: 'stop'},
  },
  'a filter in time': {
    body: frames(
      promptFilter,
      says('Hal'),
      chat({}, 'content_filter', {}, {content_filter_results: {hate: {filtered: true, severity: 'high'}}}),
      '[DONE]',
    ),
    left: {text: 'Hal', last: 'content_filter'},
  },
  'a late filter that finds nothing': {
    body: frames(promptFilter, says('Så '), verdict(safe), says('här.'), chat({}, 'stop'), verdict(safe), '[DONE]'),
    left: {text: 'Så här.', last: 'stop'},
  },
  'a late filter that finds something, in the middle': {
    body: frames(
      promptFilter,
      says('SEC'),
      verdict({violence: {filtered: true, severity: 'medium'}}, 'content_filter'),
      '[DONE]',
    ),
    left: {text: '', last: 'content_filter', retracted: 'content_filter'},
  },
  'protected material that is only noticed': {
    body: frames(
      says('Så.'),
      verdict({protected_material_text: {detected: true, filtered: false}}),
      chat({}, 'stop'),
      '[DONE]',
    ),
    left: {text: 'Så.', last: 'stop'},
  },
  'a filter that broke': {
    body: frames(
      says('Så.'),
      chat({}, 'stop', {}, {content_filter_results: {error: {code: 'content_filter_error', message: 'SECRET'}}}),
      '[DONE]',
    ),
    left: {text: 'Så.', last: 'stop'},
  },
  'documents first, and markers cut in two': {
    body: frames(
      chat({
        role: 'assistant',
        context: {
          citations: [
            {title: 'A', url: 'https://a.example/', content: 'a', filepath: 'a.md', chunk_id: '0'},
            {title: null, url: null, content: 'b', filepath: 'b.pdf', chunk_id: '1'},
          ],
          intent: '["SECRET"]',
        },
      }),
      says('Så [do'),
      says('c1][d'),
      says('oc2].'),
      chat({}, 'stop', {end_turn: true}),
      '[DONE]',
    ),
    left: {text: 'Så [doc1][doc2].', last: 'stop', sources: ['doc1', 'doc2']},
  },
  'what looks like the beginning of a marker, at the end': {
    body: frames(says('Se [do'), chat({}, 'stop'), '[DONE]'),
    left: {text: 'Se [do', last: 'stop'},
  },
  'a question that is refused': {
    status: 400,
    type: 'application/json',
    body: JSON.stringify({
      error: {
        message:
          "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. SECRET",
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: {code: 'ResponsibleAIPolicyViolation', content_filter_result: {}},
      },
    }),
    left: {last: 'content_filtered'},
  },
  'an index that cannot be searched': {
    status: 400,
    type: 'application/json',
    body: JSON.stringify({error: {requestid: 'r', code: 400, message: 'Invalid Azure Search service SECRET'}}),
    left: {last: 'invalid_request'},
  },
  'a deployment that is not there': {
    status: 404,
    type: 'application/json',
    body: JSON.stringify({error: {code: 'DeploymentNotFound', message: 'SECRET'}}),
    left: {last: 'unavailable'},
  },
});

const made = (status: string, more: object = {}) => ({
  id: 'resp_1',
  object: 'response',
  status,
  error: null,
  incomplete_details: null,
  output: [],
  ...more,
});
const event = (type: string, more: object = {}) => ({type, ...more});
const piece = (delta: string, more: object = {}) =>
  event('response.output_text.delta', {
    item_id: 'msg_1',
    output_index: 0,
    content_index: 0,
    delta,
    logprobs: [],
    ...more,
  });
const named = (...events: readonly {readonly type: string}[]) =>
  events.map((one, n) => `event: ${one.type}\ndata: ${JSON.stringify({...one, sequence_number: n})}\n\n`).join('');
const created = event('response.created', {response: made('in_progress')});
const completed = event('response.completed', {response: made('completed')});
const item = (kind: string, more: object = {}) =>
  event('response.output_item.added', {output_index: 0, item: {id: 'i1', type: kind, status: 'in_progress', ...more}});
const itemDone = (kind: string, more: object = {}) =>
  event('response.output_item.done', {output_index: 0, item: {id: 'i1', type: kind, status: 'completed', ...more}});

feed(
  'responses',
  (fetch) =>
    openaiTransport({endpoint: 'https://p.example/v1', api: 'responses', fetch}, hurried).send(request, callOptions()),
  {
    'reasoning with a summary, then the answer': {
      body: named(
        created,
        event('response.in_progress', {response: made('in_progress')}),
        item('reasoning', {summary: []}),
        event('response.reasoning_summary_part.added', {
          item_id: 'i1',
          output_index: 0,
          summary_index: 0,
          part: {type: 'summary_text', text: ''},
        }),
        event('response.reasoning_summary_text.delta', {
          item_id: 'i1',
          output_index: 0,
          summary_index: 0,
          delta: 'SECRET',
        }),
        event('response.reasoning_text.delta', {item_id: 'i1', output_index: 0, content_index: 0, delta: 'SECRET'}),
        itemDone('reasoning', {summary: [{type: 'summary_text', text: 'SECRET'}]}),
        item('message', {content: [], role: 'assistant'}),
        event('response.content_part.added', {
          item_id: 'msg_1',
          output_index: 1,
          content_index: 0,
          part: {type: 'output_text', text: '', annotations: []},
        }),
        piece('Så ', {output_index: 1, obfuscation: 'x'}),
        piece('här.', {output_index: 1}),
        event('response.output_text.done', {item_id: 'msg_1', output_index: 1, content_index: 0, text: 'Så här.'}),
        completed,
      ),
      left: {text: 'Så här.', last: 'stop', statuses: 1},
    },
    'a search of files, and where it found what': {
      body: named(
        created,
        item('file_search_call', {queries: ['SECRET'], results: null}),
        event('response.file_search_call.in_progress', {output_index: 0, item_id: 'i1'}),
        event('response.file_search_call.searching', {output_index: 0, item_id: 'i1'}),
        event('response.file_search_call.completed', {output_index: 0, item_id: 'i1'}),
        itemDone('file_search_call'),
        piece('Så.', {output_index: 1}),
        event('response.output_text.annotation.added', {
          item_id: 'msg_1',
          output_index: 1,
          content_index: 0,
          annotation_index: 0,
          annotation: {type: 'file_citation', index: 3, file_id: 'file-1', filename: 'a.pdf'},
        }),
        event('response.output_text.annotation.added', {
          item_id: 'msg_1',
          output_index: 1,
          content_index: 0,
          annotation_index: 1,
          annotation: {
            type: 'container_file_citation',
            container_id: 'c',
            file_id: 'file-2',
            filename: 'b.csv',
            start_index: 0,
            end_index: 2,
          },
        }),
        event('response.output_text.annotation.added', {
          item_id: 'msg_1',
          output_index: 1,
          content_index: 0,
          annotation_index: 2,
          annotation: {type: 'file_path', file_id: 'file-3', index: 0},
        }),
        completed,
      ),
      left: {text: 'Så.', last: 'stop', statuses: 2, sources: ['file-1', 'file-2']},
    },
    'a refusal': {
      body: named(
        created,
        event('response.refusal.delta', {item_id: 'm', output_index: 0, content_index: 0, delta: 'Nej '}),
        event('response.refusal.delta', {item_id: 'm', output_index: 0, content_index: 0, delta: 'tack.'}),
        event('response.refusal.done', {item_id: 'm', output_index: 0, content_index: 0, refusal: 'Nej tack.'}),
        completed,
      ),
      left: {text: 'Nej tack.', last: 'stop'},
    },
    'an approval that somebody must give': {
      body: named(
        created,
        item('mcp_list_tools'),
        itemDone('mcp_approval_request', {name: 'delete_all', arguments: '{"x":"SECRET"}', server_label: 's'}),
        event('response.completed', {
          response: made('completed', {output: [{id: 'i1', type: 'mcp_approval_request'}]}),
        }),
      ),
      left: {last: 'tool'},
    },
    'a function that the page should run': {
      body: named(
        created,
        item('function_call', {name: 'f', arguments: ''}),
        event('response.function_call_arguments.delta', {item_id: 'i1', output_index: 0, delta: '{"a":"SECRET"}'}),
        itemDone('function_call'),
        completed,
      ),
      left: {last: 'tool', statuses: 2},
    },
    'code that was run, and an image that was made': {
      body: named(
        created,
        item('code_interpreter_call', {code: 'SECRET'}),
        event('response.code_interpreter_call_code.delta', {item_id: 'i1', output_index: 0, delta: 'SECRET'}),
        itemDone('code_interpreter_call'),
        event('response.image_generation_call.partial_image', {
          item_id: 'x',
          output_index: 1,
          partial_image_b64: 'SECRET',
        }),
        piece('Så.', {output_index: 2}),
        completed,
      ),
      left: {text: 'Så.', last: 'stop', statuses: 2},
    },
    'two messages': {
      body: named(created, piece('Ett.'), piece('Två.', {output_index: 1}), completed),
      left: {text: 'Ett.\n\nTvå.', last: 'stop'},
    },
    'keep-alives, CRLF and a byte order mark': {
      body: crlf(
        `${named(created)}event: keepalive\ndata: {"type":"keepalive","sequence_number":1}\n\n: ping\n\n${named(piece('Så.'), completed)}`,
      ),
      left: {text: 'Så.', last: 'stop'},
    },
    'a response that waits its turn': {
      body: named(event('response.queued', {response: made('queued')}), created, piece('Så.'), completed),
      left: {text: 'Så.', last: 'stop'},
    },
    'an answer that is as long as it may be': {
      body: named(
        created,
        piece('Hal'),
        event('response.incomplete', {
          response: made('incomplete', {incomplete_details: {reason: 'max_output_tokens'}}),
        }),
      ),
      left: {text: 'Hal', last: 'length'},
    },
    'an error at its top': {
      body: named(created, piece('Hal'), event('error', {code: 'server_error', message: 'SECRET', param: null})),
      left: {text: 'Hal', last: 'server'},
    },
    'an error inside, with a type and no code': {
      body: named(
        event('error', {
          error: {type: 'invalid_request_error', code: 'context_length_exceeded', message: 'SECRET', param: 'input'},
        }),
      ),
      left: {last: 'too_long'},
    },
    'a failed response whose question was unsafe': {
      body: named(
        created,
        event('response.failed', {response: made('failed', {error: {code: 'invalid_prompt', message: 'SECRET'}})}),
      ),
      left: {last: 'content_filtered'},
    },
    'no end': {body: named(created, piece('Halva')), left: {text: 'Halva', last: 'interrupted'}},
    '[DONE] and no end, as a proxy writes that knows only the other protocol': {
      body: named(created, piece('Halva')) + frames('[DONE]'),
      left: {text: 'Halva', last: 'interrupted'},
    },
  },
);

const ui = (...chunks: readonly unknown[]) => frames({type: 'start', messageId: 'm1'}, {type: 'start-step'}, ...chunks);
const uiText = (delta: string, id = 't1') => ({type: 'text-delta', id, delta});
const uiEnd = frames({type: 'finish-step'}, {type: 'finish', finishReason: 'stop'}, '[DONE]');

feed(
  'AI SDK',
  (fetch) => aiSdkTransport({endpoint: 'https://p.example/api/chat', fetch}, hurried).send(request, callOptions()),
  {
    'version 5: no reason in the finish, metadata on the way': {
      body: ui(
        {type: 'text-start', id: 't1', providerMetadata: {openai: {itemId: 'x'}}},
        uiText('Så.'),
        {type: 'text-end', id: 't1'},
        {type: 'message-metadata', messageMetadata: {tokens: 9}},
        {type: 'finish-step'},
        {type: 'finish', messageMetadata: {a: 1}},
        '[DONE]',
      ),
      left: {text: 'Så.', last: 'stop'},
    },
    'version 6: a tool that waits for approval': {
      body: ui(
        {type: 'tool-input-start', toolCallId: 'c1', toolName: 'delete', dynamic: true},
        {type: 'tool-input-delta', toolCallId: 'c1', inputTextDelta: 'SECRET'},
        {type: 'tool-input-available', toolCallId: 'c1', toolName: 'delete', input: {a: 'SECRET'}},
        {type: 'tool-approval-request', approvalId: 'a1', toolCallId: 'c1'},
        {type: 'finish-step'},
        {type: 'finish', finishReason: 'tool-calls'},
        '[DONE]',
      ),
      left: {last: 'tool', statuses: 1},
    },
    'a tool on the server, with results on the way': {
      body:
        ui(
          {type: 'tool-input-available', toolCallId: 'c1', toolName: 'search', input: {}, providerExecuted: true},
          {type: 'tool-output-available', toolCallId: 'c1', output: {a: 'SECRET'}, preliminary: true},
          {type: 'tool-output-available', toolCallId: 'c1', output: {a: 'SECRET'}},
          {type: 'finish-step'},
          {type: 'start-step'},
          {type: 'text-start', id: 't1'},
          uiText('Så.'),
          {type: 'text-end', id: 't1'},
        ) + uiEnd,
      left: {text: 'Så.', last: 'stop', statuses: 2},
    },
    'a tool that failed, and an answer all the same': {
      body:
        ui(
          {type: 'tool-input-error', toolCallId: 'c1', toolName: 's', input: 'SECRET', errorText: 'SECRET'},
          {type: 'tool-output-error', toolCallId: 'c1', errorText: 'SECRET'},
          {type: 'text-start', id: 't1'},
          uiText('Så.'),
        ) + uiEnd,
      left: {text: 'Så.', last: 'stop', statuses: 2},
    },
    'thoughts and files, which are not shown': {
      body:
        ui(
          {type: 'reasoning-start', id: 'r'},
          {type: 'reasoning-delta', id: 'r', delta: 'SECRET'},
          {type: 'reasoning-end', id: 'r'},
          {type: 'file', url: 'data:text/plain,SECRET', mediaType: 'text/plain'},
          {type: 'reasoning-file', url: 'data:text/plain,SECRET', mediaType: 'text/plain'},
          {type: 'text-start', id: 't1'},
          uiText('Så.'),
        ) + uiEnd,
      left: {text: 'Så.', last: 'stop', statuses: 1},
    },
    'two texts at once': {
      body:
        ui(
          {type: 'text-start', id: 'a'},
          {type: 'text-start', id: 'b'},
          uiText('Ett', 'a'),
          uiText('Två', 'b'),
          uiText('.', 'a'),
          uiText('.', 'b'),
        ) + uiEnd,
      left: {text: 'Ett.\n\nTvå.', last: 'stop'},
    },
    'data that passes, and data that is known': {
      body:
        ui(
          {type: 'data-notification', data: {m: 'x'}, transient: true},
          {type: 'data-sources', id: 'd', data: [{url: 'https://a.example/', title: 'A'}]},
          {type: 'data-suggestions', data: ['Och sen?']},
          {type: 'text-start', id: 't1'},
          uiText('Så.'),
        ) + uiEnd,
      left: {text: 'Så.', last: 'stop', sources: ['https://a.example/'], suggestions: ['Och sen?']},
    },
    'an error, and a finish behind it': {
      body: ui(
        {type: 'text-start', id: 't1'},
        uiText('Hal'),
        {type: 'error', errorText: 'SECRET'},
        {type: 'finish', finishReason: 'error'},
        '[DONE]',
      ),
      left: {text: 'Hal', last: 'server'},
    },
    'an error before the start': {
      body: frames({type: 'error', errorText: 'Rate limit exceeded'}, '[DONE]'),
      left: {last: 'rate_limited'},
    },
    'an abort with its reason': {
      body: ui({type: 'text-start', id: 't1'}, uiText('Hal'), {type: 'abort', reason: 'SECRET'}, '[DONE]'),
      left: {text: 'Hal', last: 'cancelled'},
    },
    'no finish but an end': {
      body: ui({type: 'text-start', id: 't1'}, uiText('Så.')) + frames('[DONE]'),
      left: {text: 'Så.', last: 'stop'},
    },
    neither: {body: ui({type: 'text-start', id: 't1'}, uiText('Halva')), left: {text: 'Halva', last: 'interrupted'}},
    'a finish that was cut': {
      body: `${ui({type: 'text-start', id: 't1'}, uiText('Halva'))}data: {"type":"finish"`,
      left: {text: 'Halva', last: 'interrupted'},
    },
    'CRLF, a byte order mark, comments': {
      body: crlf(`: hi\n\n${ui({type: 'text-start', id: 't1'}, uiText('Så.'))}${uiEnd}`),
      left: {text: 'Så.', last: 'stop'},
    },
    'the protocol of version 4, which is another': {
      type: 'text/plain; charset=utf-8',
      headers: {'x-vercel-ai-data-stream': 'v1'},
      body: 'f:{"messageId":"m1"}\n0:"SECRET"\ne:{"finishReason":"stop"}\nd:{"finishReason":"stop"}\n',
      left: {last: 'protocol'},
    },
  },
);

const run = (...events: readonly unknown[]) => frames({type: 'RUN_STARTED', threadId: 't', runId: 'r'}, ...events);
const finished = frames({type: 'RUN_FINISHED', threadId: 't', runId: 'r'});
const message = (text: string, messageId = 'm1') => [
  {type: 'TEXT_MESSAGE_START', messageId, role: 'assistant'},
  {type: 'TEXT_MESSAGE_CONTENT', messageId, delta: text},
  {type: 'TEXT_MESSAGE_END', messageId},
];

feed(
  'AG-UI',
  (fetch) => agUiTransport({endpoint: 'https://p.example/agent', fetch}, hurried).send(request, callOptions()),
  {
    'state, activities and raw events, which are not shown': {
      body:
        run(
          {type: 'STATE_SNAPSHOT', snapshot: {a: 'SECRET'}},
          {type: 'STATE_DELTA', delta: [{op: 'add', path: '/x', value: 'SECRET'}]},
          {type: 'ACTIVITY_SNAPSHOT', messageId: 'a', activityType: 'PLAN', content: {x: 'SECRET'}},
          {type: 'ACTIVITY_DELTA', messageId: 'a', activityType: 'PLAN', patch: []},
          {type: 'RAW', event: {x: 'SECRET'}, source: 'langgraph'},
          ...message('Så.'),
        ) + finished,
      left: {text: 'Så.', last: 'stop'},
    },
    'thinking of the older kind': {
      body:
        run(
          {type: 'THINKING_START', title: 'SECRET'},
          {type: 'THINKING_TEXT_MESSAGE_START'},
          {type: 'THINKING_TEXT_MESSAGE_CONTENT', delta: 'SECRET'},
          {type: 'THINKING_TEXT_MESSAGE_END'},
          {type: 'THINKING_END'},
          ...message('Så.'),
        ) + finished,
      left: {text: 'Så.', last: 'stop', statuses: 1},
    },
    'thinking of 1.0, with what is kept secret': {
      body:
        run(
          {type: 'REASONING_START', messageId: 'r'},
          {type: 'REASONING_MESSAGE_START', messageId: 'r', role: 'reasoning'},
          {type: 'REASONING_MESSAGE_CONTENT', messageId: 'r', delta: 'SECRET'},
          {type: 'REASONING_MESSAGE_END', messageId: 'r'},
          {type: 'REASONING_ENCRYPTED_VALUE', subtype: 'message', entityId: 'r', encryptedValue: 'SECRET'},
          {type: 'REASONING_END', messageId: 'r'},
          ...message('Så.'),
        ) + finished,
      left: {text: 'Så.', last: 'stop', statuses: 1},
    },
    'a step, a tool and its result': {
      body:
        run(
          {type: 'STEP_STARTED', stepName: 'search'},
          {type: 'TOOL_CALL_START', toolCallId: 'c', toolCallName: 's', parentMessageId: 'm1'},
          {type: 'TOOL_CALL_ARGS', toolCallId: 'c', delta: '{"q":"SECRET"}'},
          {type: 'TOOL_CALL_END', toolCallId: 'c'},
          {type: 'TOOL_CALL_RESULT', messageId: 'x', toolCallId: 'c', content: 'SECRET', role: 'tool'},
          {type: 'STEP_FINISHED', stepName: 'search'},
          ...message('Så.'),
        ) + finished,
      left: {text: 'Så.', last: 'stop', statuses: 4},
    },
    'null where a field may be left out, as Python writes it': {
      body:
        run(
          {type: 'TEXT_MESSAGE_START', timestamp: null, rawEvent: null, messageId: 'm1', role: 'assistant', name: null},
          {type: 'TEXT_MESSAGE_CONTENT', timestamp: null, messageId: 'm1', delta: 'Så.', rawEvent: null},
          {type: 'TEXT_MESSAGE_CHUNK', messageId: null, role: null, delta: null},
        ) + frames({type: 'RUN_FINISHED', threadId: 't', runId: 'r', result: null, outcome: null}),
      left: {text: 'Så.', last: 'stop'},
    },
    'two messages, the second without its end': {
      body:
        run(
          ...message('Ett.'),
          {type: 'TEXT_MESSAGE_START', messageId: 'm2', role: 'assistant'},
          {type: 'TEXT_MESSAGE_CONTENT', messageId: 'm2', delta: 'Två.'},
        ) + finished,
      left: {text: 'Ett.\n\nTvå.', last: 'stop'},
    },
    'a failed run, in the middle, and events behind it': {
      body:
        run(
          {type: 'TEXT_MESSAGE_CHUNK', messageId: 'm1', role: 'assistant', delta: 'Hal'},
          {type: 'RUN_ERROR', message: 'SECRET', code: 'TIMEOUT'},
          ...message('SECRET', 'm3'),
        ) + finished,
      left: {text: 'Hal', last: 'timeout'},
    },
    'a failed run without a code, and no start': {
      body: frames({type: 'RUN_ERROR', message: 'Error code: 401 SECRET'}),
      left: {last: 'server'},
    },
    'a question to the person': {
      body:
        run() +
        frames({
          type: 'RUN_FINISHED',
          threadId: 't',
          runId: 'r',
          outcome: {type: 'interrupt', interrupts: [{id: 'i1', reason: 'input_required', message: 'Vilket år?'}]},
        }),
      left: {
        text: 'Vilket år?',
        last: 'stop',
        handoff: true,
        session: {interrupts: [{interruptId: 'i1', isApproval: false}]},
      },
    },
    'a human, by another name': {
      body:
        run(
          ...message('Så.'),
          {type: 'CUSTOM', name: 'hand-off', value: {}},
          {type: 'CUSTOM', name: 'PredictState', value: [{state_key: 'x'}]},
        ) + finished,
      left: {text: 'Så.', last: 'stop', handoff: true},
    },
    'CRLF, a byte order mark, comments': {
      body: crlf(`: ping\n\n${run(...message('Så.'))}${finished}`),
      left: {text: 'Så.', last: 'stop'},
    },
    'event names beside the types': {
      body: `event: RUN_STARTED\n${run()}event: TEXT_MESSAGE_CHUNK\ndata: {"type":"TEXT_MESSAGE_CHUNK","messageId":"m","role":"assistant","delta":"Så."}\n\n${finished}`,
      left: {text: 'Så.', last: 'stop'},
    },
    'no end': {body: run(...message('Halva')), left: {text: 'Halva', last: 'interrupted'}},
    'types that nobody knows': {
      body: run({type: 'SPARKLES'}, {type: 'META_EVENT', metaType: 'thumbs'}, ...message('Så.')) + finished,
      left: {text: 'Så.', last: 'stop'},
    },
  },
);

const lines = (...values: readonly unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : `${JSON.stringify(value)}\n`)).join('');
const delta = (content: string | null, more: object = {}) => ({delta: {content, role: 'assistant'}, ...more});

feed(
  'AI chat protocol',
  (fetch) => aiChatTransport({endpoint: 'https://p.example/chat', fetch}, hurried).send(request, callOptions()),
  {
    'CRLF, a byte order mark and empty lines': {
      type: 'application/x-ndjson',
      body: crlf(lines({delta: {role: 'assistant'}}, '\n', delta('Så '), '\n', delta('här.'))),
      left: {text: 'Så här.', last: 'stop'},
    },
    'state on the first line and other state on the last': {
      type: 'application/jsonl',
      body: lines({delta: {role: 'assistant'}, sessionState: {n: 1}}, delta('Så.'), {delta: {}, sessionState: {n: 2}}),
      left: {text: 'Så.', last: 'stop', session: {n: 2}},
    },
    'documents, thoughts and questions, as the demo sends them today': {
      type: 'application/json-lines',
      body: lines(
        {
          delta: {role: 'assistant'},
          context: {
            data_points: {
              text: ['a.pdf#page=1: Öppna.'],
              images: [],
              citations: ['a.pdf#page=1'],
              external_results_metadata: [],
            },
            thoughts: [{title: 'Prompt', description: 'SECRET'}],
          },
          session_state: null,
        },
        delta('Så [a.pdf#page=1].'),
        {delta: {role: 'assistant', content: null}, context: {followup_questions: ['Och sen?']}},
      ),
      left: {text: 'Så [a.pdf#page=1].', last: 'stop', sources: ['a.pdf#page=1'], suggestions: ['Och sen?']},
    },
    'an error with its newline, and more behind it': {
      type: 'application/x-ndjson',
      body: lines(delta('Hal'), {error: {code: 'RateLimitExceeded', message: 'SECRET'}}, delta('SECRET')),
      left: {text: 'Hal', last: 'rate_limited'},
    },
    'an error without its newline': {
      type: 'application/x-ndjson',
      body: lines(delta('Hal')) + '{"error":"SECRET"}',
      left: {text: 'Hal', last: 'server'},
    },
    'a last line without its newline': {
      type: 'application/x-ndjson',
      body: lines(delta('Så ')) + JSON.stringify(delta('här.')),
      left: {text: 'Så här.', last: 'stop'},
    },
    'a line that breaks off': {
      type: 'application/x-ndjson',
      body: lines(delta('Halva')) + '{"delta":{"content":"SECR',
      left: {text: 'Halva', last: 'interrupted'},
    },
    'a connection that is lost': {
      type: 'application/x-ndjson',
      body: lines(delta('Halva')),
      breaks: true,
      left: {text: 'Halva', last: 'interrupted'},
    },
    'everything at once, over many lines': {
      type: 'application/json',
      body: JSON.stringify({message: {content: 'Så.', role: 'assistant'}, sessionState: 's', context: {}}, null, 2),
      left: {text: 'Så.', last: 'stop', session: 's'},
    },
    'a refusal': {
      status: 400,
      type: 'application/json',
      body: '{"error":"The app encountered an error processing your request. SECRET"}',
      left: {last: 'invalid_request'},
    },
  },
);

const activities = (...list: readonly object[]) =>
  JSON.stringify({
    activities: list.map((one, n) => ({id: `a${n}`, from: {id: 'bot', role: 'bot'}, channelId: 'directline', ...one})),
    watermark: '9',
  });
const writes = (text: string, sequence: number | undefined, streamType: string, more: object = {}) => ({
  type: streamType === 'final' ? 'message' : 'typing',
  text,
  entities: [{type: 'streaminfo', streamId: 's1', ...(sequence && {streamSequence: sequence}), streamType}],
  ...more,
});

function directLine(fetch: Fetch) {
  let sets = 0;
  const json = (value: unknown) => Promise.resolve(Response.json(value));
  return directLineTransport(
    {
      endpoint: 'https://d.example/v3/directline',
      WebSocket: false,
      fetch(url, init) {
        if (init.method === 'POST') return json(url.endsWith('/conversations') ? {conversationId: 'c1'} : {id: 'q'});
        return sets++ === 0 ? fetch(url, init) : json({activities: [], watermark: '9'});
      },
    },
    hurried,
  ).send(request, callOptions());
}

feed('Direct Line', directLine, {
  'a text that grows, and its sources at the end': {
    type: 'application/json',
    body: activities(
      writes('Letar …', 1, 'informative'),
      writes('Så', 2, 'streaming'),
      writes('Så här', 3, 'streaming'),
      writes('Så här [1].', undefined, 'final', {
        entities: [
          {type: 'streaminfo', streamId: 's1', streamType: 'final'},
          {
            type: 'https://schema.org/Message',
            '@type': 'Message',
            citation: [
              {
                '@type': 'Claim',
                position: 1,
                appearance: {'@type': 'DigitalDocument', name: 'A', url: 'https://a.example/'},
              },
            ],
          },
        ],
      }),
    ),
    left: {text: 'Så här [1].', last: 'stop', sources: ['https://a.example/'], statuses: 1},
  },
  'a stream that is told in channelData': {
    type: 'application/json',
    body: activities(
      {type: 'typing', text: 'Så', channelData: {streamId: 's1', streamSequence: 1, streamType: 'streaming'}},
      {type: 'message', text: 'Så här.', channelData: {streamId: 's1', streamType: 'final'}},
    ),
    left: {text: 'Så här.', last: 'stop'},
  },
  'a message that is mended later, and one that is taken back': {
    type: 'application/json',
    body: activities(
      {id: 'x', type: 'message', text: 'Fel.'},
      {id: 'x', type: 'messageUpdate', text: 'Rätt.'},
      {id: 'y', type: 'message', text: 'Hoppsan.'},
      {id: 'y', type: 'messageDelete'},
    ),
    left: {text: 'Rätt.', last: 'stop', retracted: 'content_filter'},
  },
  'suggested actions of every kind': {
    type: 'application/json',
    body: activities({
      type: 'message',
      text: 'Välj.',
      suggestedActions: {
        to: [],
        actions: [
          {type: 'imBack', title: 'Ett', value: 'ett'},
          {type: 'postBack', title: 'Två', value: {n: 2}},
          {type: 'openUrl', title: 'Tre', value: 'https://a.example/'},
          {type: 'messageBack', title: 'Fyra', text: 'fyra', displayText: 'Fyra!'},
        ],
      },
    }),
    left: {text: 'Välj.', last: 'stop', suggestions: ['Ett', 'Två', 'Tre', 'Fyra']},
  },
  'a picture and a file, which are not drawn': {
    type: 'application/json',
    body: activities({
      type: 'message',
      text: 'Se bilden.',
      attachments: [{contentType: 'image/png', contentUrl: 'https://a.example/p.png', name: 'p.png'}],
    }),
    left: {text: 'Se bilden.', last: 'stop'},
  },
  'a hand-over that is asked for, and one that is done': {
    type: 'application/json',
    body: activities(
      {type: 'message', text: 'Jag hämtar någon.'},
      {
        type: 'event',
        name: 'handoff.initiate',
        value: {Skill: 'x'},
        attachments: [{contentType: 'application/json', content: {messages: ['SECRET']}, name: 'Transcript'}],
      },
      {type: 'event', name: 'handoff.status', value: {state: 'accepted', message: 'SECRET'}},
    ),
    left: {text: 'Jag hämtar någon.', last: 'stop', handoff: true},
  },
  'the end of the conversation, said by the bot': {
    type: 'application/json',
    body: activities({type: 'message', text: 'Hej då.'}, {type: 'endOfConversation', code: 'completedSuccessfully'}),
    left: {text: 'Hej då.', last: 'stop'},
  },
  'reactions, traces, invokes and events, which mean nothing here': {
    type: 'application/json',
    body: activities(
      {type: 'messageReaction', reactionsAdded: [{type: 'like'}]},
      {type: 'trace', value: 'SECRET'},
      {type: 'invoke', name: 'x', value: 'SECRET'},
      {type: 'event', name: 'sparkles', value: 'SECRET'},
      {type: 'message', text: 'Så.'},
    ),
    left: {text: 'Så.', last: 'stop'},
  },
  'a byte order mark before the set': {
    type: 'application/json',
    body: `\uFEFF${activities({type: 'message', text: 'Så.'})}`,
    left: {text: 'Så.', last: 'stop'},
  },
});

const studio = (...list: readonly (readonly [event: string, data: unknown])[]) =>
  list
    .map(([event, data]) => `event: ${event}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
    .join('');
const said = (text: string, sequence: number | undefined, streamType: string): readonly [string, unknown] => [
  'activity',
  {from: {id: 'b', role: 'bot'}, ...writes(text, sequence, streamType)},
];

feed(
  'Copilot Studio',
  (fetch) =>
    copilotStudioTransport({endpoint: 'https://c.example/conversations?api-version=1', fetch}, hurried).send(
      ask(undefined, {conversationId: 'c1'}),
      callOptions(),
    ),
  {
    'pieces, and the whole at the end': {
      body: studio(
        said('', 1, 'informative'),
        said('Så ', 2, 'streaming'),
        said('här.', 3, 'streaming'),
        said('Så här.', undefined, 'final'),
        ['end', 'end'],
      ),
      left: {text: 'Så här.', last: 'stop'},
    },
    'a message at once, questions with it': {
      body: studio(
        [
          'activity',
          {
            type: 'message',
            from: {role: 'bot'},
            text: 'Så.',
            suggestedActions: {actions: [{type: 'imBack', title: 'Mer', value: 'Mer'}]},
          },
        ],
        ['end', 'end'],
      ),
      left: {text: 'Så.', last: 'stop', suggestions: ['Mer']},
    },
    'no end': {
      body: studio(['activity', {type: 'message', from: {role: 'bot'}, text: 'Halva.'}]),
      left: {text: 'Halva.', last: 'interrupted'},
    },
    'an error on the way': {
      body: studio(said('Hal', 1, 'streaming'), [
        'error',
        {code: 'OpenAIRateLimitReached', message: 'SECRET rate limit'},
      ]),
      left: {text: 'Hal', last: 'rate_limited'},
    },
    'CRLF and comments': {
      body: crlf(
        `: ping\n\n${studio(['activity', {type: 'message', from: {role: 'bot'}, text: 'Så.'}], ['end', 'end'])}`,
      ),
      left: {text: 'Så.', last: 'stop'},
    },
  },
);
