/**
 * OpenAI's chat completions and responses, and what speaks like them (Azure, vLLM, Ollama, LiteLLM, OpenRouter …), behind
 * the vendor's own proxy: the proxy holds the key and the system prompt. A key that reaches a browser is everybody's, so
 * one is refused wherever it turns up.
 *
 * - The conversation is sent with each question, and the backend is told to store nothing (`store: false`) unless `body`
 *   says otherwise.
 * - `dialect: 'azure'`: answers over one's own data bring their documents (`context.citations`) and point to them with
 *   `[doc1]`; a filter that looks at the text after it was sent takes it back.
 * - Tools that the caller should run are not run: such an answer ends as `tool`. Usage, log probabilities, audio and further
 *   choices are left out.
 */
import type {ChatRequest, ChatTransport} from '../core/transport.js';
import {systemClock, type Clock} from './clock.js';
import {fail} from './fields.js';
import {jsonStreams} from './json-streams.js';
import {readChat} from './openai-chat.js';
import {readResponse} from './openai-responses.js';
import type {GetToken, HttpOptions} from './request.js';

export interface OpenaiOptions extends HttpOptions {
  /** What goes before `/chat/completions` or `/responses`: the proxy's address. It may have a query (`?api-version=…`). */
  readonly endpoint: string;
  readonly api: 'chat' | 'responses';
  readonly dialect?: 'azure' | undefined;
  /** A proxy may choose it instead. */
  readonly model?: string | undefined;
  /** Further fields of each request, such as `{background: true, store: true}`. Everybody can read them. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** The person's token for the proxy, never a key of the model's vendor. */
  readonly getToken?: GetToken | undefined;
}

/** Not stored, not known any more, or a backend that has no such call. */
const nothingToResume = [204, 400, 404, 405, 410, 501];

const keyRefused =
  'openaiTransport was given a secret key (sk-…). In a browser everybody can read it: keep it in a proxy of your own, ' +
  'give the address of that as `endpoint`, and sign people in there with `getToken`.';

/**
 * @param clock for tests
 * @throws TypeError when there is a key of the model's vendor in the options
 */
export function openaiTransport(options: OpenaiOptions, clock: Clock = systemClock): ChatTransport {
  const {api, dialect, model, body, getToken} = options;
  if (holdsKey(options)) throw new TypeError(keyRefused);
  const {stream, dispose} = jsonStreams(
    {
      ...options,
      getToken:
        getToken &&
        (async (why) => {
          const token = await getToken(why);
          if (!holdsKey(token)) return token;
          console.error(keyRefused);
          return fail('forbidden');
        }),
    },
    clock,
  );

  if (api === 'chat') {
    return {
      id: 'openai-chat',
      send: (request, options) =>
        stream(
          options,
          {
            method: 'POST',
            path: ['chat', 'completions'],
            body: {model, ...body, stream: true, messages: messagesOf(request)},
          },
          (frames) => readChat(frames, dialect === 'azure'),
        ),
      dispose,
    };
  }
  return {
    id: 'openai-responses',
    send: (request, options) =>
      stream(
        options,
        {
          method: 'POST',
          path: ['responses'],
          body: {model, store: false, ...body, stream: true, input: messagesOf(request)},
        },
        (frames) => readResponse(frames, false),
      ),
    resume: ({messageId, cursor}, options) =>
      stream(
        options,
        {
          path: ['responses', messageId],
          query: `stream=true${cursor === undefined ? '' : `&starting_after=${encodeURIComponent(cursor)}`}`,
          expected: nothingToResume,
        },
        (frames) => readResponse(frames, cursor !== undefined),
      ),
    dispose,
  };
}

const messagesOf = ({history, text}: ChatRequest) =>
  [...history, {role: 'user', text}].map(({role, text}) => ({role, content: text}));

/** Looks where a hurried developer may have put it: in any option, in a header among the fields, in the address. */
function holdsKey(value: unknown): boolean {
  if (typeof value === 'string') return /(^|[\s=/?&:@])sk-[\w-]{3,}/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsKey);
}
