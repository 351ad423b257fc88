/**
 * The Agent-User Interaction protocol, AG-UI 1.0 and the 0.x events that are still about, over server-sent events or in the
 * binary encoding, for which a reader is loaded when an agent sends it.
 *
 * - Sources, suggestions and the offer of a human have no event of their own: they come as `CUSTOM` events named
 *   `citations`, `followups` and `handoff`, or the like. Other names become `data`.
 * - A run that stops for an answer (`interrupt`) shows what it asks and offers a human. The next question resumes the run:
 *   it is the answer where words are asked for; what waits for approval of a tool is cancelled, since nothing here can
 *   approve.
 * - Left out: reasoning text, tool arguments and results, agent state, activities, usage. No tools are offered to the
 *   agent; a run that waits for one ends as `tool`.
 * - The message of `RUN_ERROR` is not shown, since it may be anything. A `display` beside it is.
 */
import type {ChatEvent} from '../core/events.js';
import type {ChatRequest, ChatTransport} from '../core/transport.js';
import {systemClock, type Clock} from './clock.js';
import {among, boolean, fail, filled, isFields, must, shape, some, string} from './fields.js';
import {jsonFrames, type JsonFrame, type JsonObject} from './json-frames.js';
import {jsonStreams} from './json-streams.js';
import {namedData} from './named-data.js';
import type {HttpOptions, Reply} from './request.js';
import {streamError} from './stream-error.js';

export interface AgUiOptions extends HttpOptions {
  /** The agent: each run is posted here. It may have a query. */
  readonly endpoint: string;
  /** Passed to the agent untouched with each run. */
  readonly forwardedProps?: Readonly<Record<string, unknown>> | undefined;
  /** Asks for the binary encoding (`application/vnd.ag-ui.event+proto`), which is smaller than JSON. */
  readonly binary?: boolean | undefined;
}

const BINARY = 'application/vnd.ag-ui.event+proto';

/** @param clock for tests */
export function agUiTransport(options: AgUiOptions, clock: Clock = systemClock): ChatTransport {
  const {forwardedProps, binary} = options;
  const {stream, dispose} = jsonStreams(options, clock);
  return {
    id: 'ag-ui',

    send(request, {locale, receiptId, ...options}) {
      const {conversationId, clientMessageId, context = {}, session} = request;
      const answers = readWaiting(session)?.map(({interruptId, isApproval}) =>
        isApproval ? {interruptId, status: 'cancelled'} : {interruptId, status: 'resolved', payload: request.text},
      );
      return stream(
        {...options, locale},
        {
          method: 'POST',
          path: [],
          ...(binary && {headers: {accept: `${BINARY}, text/event-stream;q=0.9`}}),
          body: {
            threadId: conversationId ?? clientMessageId,
            runId: clientMessageId,
            protocolVersion: '1.0',
            state: {},
            messages: messagesOf(request),
            tools: [],
            context: Object.entries(context).map(([description, value]) => ({
              description,
              value: string(value) ?? JSON.stringify(value) ?? '',
            })),
            forwardedProps: {...forwardedProps, locale, receiptId},
            ...(answers?.length && {resume: answers}),
          },
        },
        (frames) => readRun(frames, request, Boolean(answers?.length)),
        framesOf,
      );
    },

    dispose,
  };
}

async function* framesOf(reply: Reply): AsyncGenerator<JsonFrame, undefined> {
  if (!reply.contentType.startsWith(BINARY)) return yield* jsonFrames(reply);
  const {protoFrames} = await import('./ag-ui-proto.js').catch(() => fail('network'));
  yield* protoFrames(reply);
}

const messagesOf = ({history, text, clientMessageId}: ChatRequest) =>
  [...history, {role: 'user' as const, text}].map(({role, text}, index) => ({
    id: index === history.length ? clientMessageId : `${role}-${index}`,
    role,
    content: text,
  }));

/** What a run is waiting for, as this adapter leaves it in the session. */
const readWaiting = (session: unknown) =>
  isFields(session) ? some(shape({interruptId: filled, isApproval: boolean}, {}))(session.interrupts) : undefined;

/** @param wasWaiting the session says so, and must be told when nothing is waited for any more */
async function* readRun(
  frames: AsyncIterable<JsonFrame>,
  question: ChatRequest,
  wasWaiting: boolean,
): AsyncGenerator<ChatEvent> {
  const read = eventReader(question);
  for await (const {event, data, isWhole} of frames) {
    if (event === '[DONE]') return;
    if (isWhole && string(data.type) === undefined) {
      yield {type: 'error', error: streamError(data)};
      return;
    }
    for (const told of read(data)) {
      if (told.type === 'session') wasWaiting = false;
      if (told.type === 'finish' && wasWaiting) yield {type: 'session', state: {}};
      yield told;
    }
  }
}

/** @returns a function that tells what an event means, given those before it */
function eventReader(question: ChatRequest): (event: JsonObject) => Generator<ChatEvent> {
  /** Whose words are not the answer's: a person's own that are repeated, or the system's. */
  const others = new Set<string>();
  const said = new Map<string, string>();
  const tools = new Set<string>();
  const runs = new Set<unknown>();
  let hasBegun = false;
  let isThinking = false;
  /** The message that a chunk without an id continues. */
  let open: string | undefined;

  function* say(id: string, delta: string): Generator<ChatEvent> {
    if (delta === '' || others.has(id)) return;
    said.set(id, (said.get(id) ?? '') + delta);
    yield {type: 'text', op: 'append', part: id, text: delta};
  }
  function* useTool(toolCallId: unknown): Generator<ChatEvent> {
    const id = filled(toolCallId);
    if (!id || tools.has(id)) return;
    tools.add(id);
    yield {type: 'status', id, state: 'active', kind: 'tool'};
  }
  function openMessage(id: string, role: unknown) {
    open = id;
    if (role !== undefined && role !== null && role !== 'assistant') others.add(id);
  }

  return function* (event) {
    const type = must(filled)(event.type);
    switch (type) {
      case 'RUN_STARTED': {
        runs.add(event.runId);
        const messageId = filled(event.runId);
        const conversationId = filled(event.threadId);
        // A run within the run goes on with the same answer.
        if (!hasBegun) yield {type: 'start', ...(messageId && {messageId}), ...(conversationId && {conversationId})};
        hasBegun = true;
        return;
      }

      case 'TEXT_MESSAGE_START':
        openMessage(must(string)(event.messageId), event.role);
        return;
      case 'TEXT_MESSAGE_CONTENT':
        yield* say(must(string)(event.messageId ?? open), must(string)(event.delta));
        return;
      case 'TEXT_MESSAGE_CHUNK': {
        const id = must(string)(event.messageId ?? open ?? '');
        if (id !== open) openMessage(id, event.role);
        yield* say(id, must(string)(event.delta ?? ''));
        return;
      }
      case 'MESSAGES_SNAPSHOT':
        yield* snapshot(event.messages);
        return;

      case 'TOOL_CALL_START':
      case 'TOOL_CALL_CHUNK':
        yield* useTool(event.toolCallId);
        return;
      case 'TOOL_CALL_RESULT': {
        const id = filled(event.toolCallId);
        yield {type: 'status', ...(id && {id}), state: 'done', kind: 'tool'};
        return;
      }
      case 'STEP_STARTED':
      case 'STEP_FINISHED':
        yield progress(event.stepName, type === 'STEP_STARTED' ? 'active' : 'done');
        return;
      case 'SUBAGENT_STARTED':
        yield progress(event.subagentRunId, 'active');
        return;
      case 'SUBAGENT_FINISHED':
        yield progress(event.subagentRunId, 'done');
        return;
      case 'SUBAGENT_ERROR':
        yield progress(event.subagentRunId, 'failed');
        return;

      case 'CUSTOM':
        // What LangGraph calls an interrupt.
        yield* namedData(event.name === 'on_interrupt' ? 'handoff' : must(filled)(event.name), event.value);
        return;

      case 'RUN_FINISHED':
        if (runs.delete(event.runId) && runs.size > 0) return;
        yield* finished(event);
        return;
      case 'RUN_ERROR':
        if (/^(abort|cancel)/i.test(string(event.code) ?? '')) yield {type: 'finish', reason: 'cancelled'};
        else yield {type: 'error', error: streamError(event)};
        return;
    }
    if (/^(REASONING|THINKING)_/.test(type)) {
      if (!isThinking) yield {type: 'status', state: 'active', kind: 'thinking'};
      isThinking = !/^[A-Z]+_END$/.test(type);
    }
  };

  /** The messages as they should be: those of the assistant since this question are the answer. */
  function* snapshot(messages: unknown): Generator<ChatEvent> {
    const all = (Array.isArray(messages) ? (messages as unknown[]) : []).filter(isFields);
    const asked = all.findLastIndex(
      ({id, role, content}) => id === question.clientMessageId || (role === 'user' && content === question.text),
    );
    for (const [index, {id, role, content}] of all.entries()) {
      const part = filled(id);
      const text = string(content) ?? '';
      if (role !== 'assistant' || !part || text === (said.get(part) ?? '')) continue;
      // Without the question in it, it may be about the answers before.
      if (!said.has(part) && (asked < 0 || index < asked)) continue;
      said.set(part, text);
      yield {type: 'text', op: 'replace', part, text};
    }
  }

  function* finished({outcome, interrupt}: JsonObject): Generator<ChatEvent> {
    const fields = isFields(outcome) ? outcome : {type: outcome};
    const kind = among('cancelled', 'interrupt')(fields.type);
    if (kind === 'interrupt') yield* interrupted(Array.isArray(fields.interrupts) ? fields.interrupts : [interrupt]);
    const waitsForTool = Array.isArray(fields.pendingToolCallIds) && fields.pendingToolCallIds.length > 0;
    yield {type: 'finish', reason: kind === 'cancelled' ? kind : waitsForTool ? 'tool' : 'stop'};
  }

  function* interrupted(list: readonly unknown[]): Generator<ChatEvent> {
    const interrupts = list.filter(isFields);
    for (const {id, message} of interrupts) yield* say(`interrupt-${string(id) ?? ''}`, string(message) ?? '');
    yield {
      type: 'session',
      state: {
        interrupts: interrupts.map(({id, toolCallId}) => ({
          interruptId: id,
          isApproval: toolCallId !== undefined && toolCallId !== null,
        })),
      },
    };
    const reason = filled(interrupts[0]?.reason);
    yield {type: 'handoff', ...(reason && {reason})};
  }
}

function progress(name: unknown, state: 'active' | 'done' | 'failed'): ChatEvent {
  const id = filled(name);
  return {type: 'status', ...(id && {id}), state, kind: 'progress'};
}
