/** Runs one turn: sends the question, follows the events, and takes up a lost stream where it broke. */
import {chatError, errorFrom, type ChatError} from './errors.js';
import type {ChatEvent} from './events.js';
import type {Ports} from './ports.js';
import type {Action} from './reducer.js';
import {answerText, hasText, messageRef, type ChatState, type Turn} from './state.js';
import type {Store} from './store.js';
import type {CallOptions, ChatRequest, ChatTransport, ResumeRef, TurnText} from './transport.js';
import {heard} from './turn-events.js';

/** Longer answers are cut, with a note. UTF-16 units. */
const maxAnswerChars = 2_000_000;
/** Resumptions in a row that bring nothing new. */
const maxIdleResumes = 3;
/** Turns sent along as history. */
const maxHistoryTurns = 20;
/** Of a long answer, its beginning is history enough. UTF-16 units. */
const maxHistoryChars = 8_000;

export interface TurnRun {
  readonly store: Store<ChatState, Action>;
  readonly transport: ChatTransport;
  readonly ports: Ports;
  readonly turnId: string;
  readonly call: CallOptions;
  /** Whether the gate is still open to what is done under this signal. */
  readonly mayLeave: (signal: AbortSignal) => boolean;
  readonly context: (() => Readonly<Record<string, unknown>>) | undefined;
}

/**
 * @param start how the events begin: a new question, or a stream that was running when the page was left
 * @returns the error the turn ended with, not yet dispatched; `undefined` when it is over in any other way
 */
export async function runTurn(
  run: TurnRun,
  start: 'send' | 'resume',
  trigger: ChatRequest['trigger'],
): Promise<ChatError | undefined> {
  const {store, transport, ports, turnId, call, mayLeave, context} = run;
  const turn = () => store.get().turns.find(({id}) => id === turnId);
  const receive = (event: ChatEvent) => {
    const action = heard(store.get(), turnId, event);
    if (action) store.dispatch(action);
  };
  const cursors = new Set<string>();

  /** Whether the last stream said anything at all, if only that it failed. */
  let hasSpoken = false;

  async function follow(open: () => AsyncIterable<ChatEvent>): Promise<ChatError | undefined> {
    hasSpoken = false;
    // A backend that ignores the cursor says everything again; what an earlier stream said is not heard twice.
    // Within one stream events may share a cursor: server-sent events without an id carry the one before.
    const earlier = new Set(cursors);
    try {
      for await (const event of open()) {
        if (call.signal.aborted) return undefined;
        hasSpoken = true;
        if (event.type === 'start' && event.mode === 'replay') earlier.clear();
        if (event.cursor !== undefined) {
          if (earlier.has(event.cursor)) continue;
          cursors.add(event.cursor);
        }
        if (event.type === 'error') return event.error;
        if (event.type === 'text' && charsWith(event, turn()) > maxAnswerChars) {
          receive({type: 'finish', reason: 'length'});
          return undefined;
        }
        receive(event);
        if (event.type === 'finish') return undefined;
      }
      // A stream that just ends is a failure, not an answer.
      return call.signal.aborted ? undefined : chatError('interrupted');
    } catch (caught) {
      // Adapters yield errors; one that throws broke its contract, and the person still gets a sentence.
      return call.signal.aborted ? undefined : errorFrom(caught);
    }
  }

  if (!mayLeave(call.signal)) {
    const asked = turn();
    // The gate has shut since: a new question waits for it, an earlier answer stays as it is.
    if (start === 'resume' || call.signal.aborted || !asked) return undefined;
    if (hasText(asked)) return chatError('interrupted');
    store.dispatch({type: 'returned', turnId, keep: true});
    return undefined;
  }
  let error =
    start === 'send'
      ? await follow(() =>
          transport.send({...requestFor(store.get(), turnId, trigger), ...(context && {context: context()})}, call),
        )
      : chatError('interrupted');
  // After a reload nothing has failed yet.
  let mustWait = start === 'send';
  for (let idle = 0; error && isBroken(error) && idle < maxIdleResumes; idle++) {
    const before = turn();
    // Without a cursor everything is said again, which is right only where nothing was heard.
    if (!before || !transport.resume || (before.cursor === undefined && (start === 'send' || hasText(before)))) break;
    if (mustWait) await ports.wait(backoffMs(idle, ports.random()), call.signal);
    // A turn that is left open is taken up when the gate opens again.
    if (!mayLeave(call.signal)) return undefined;
    mustWait = true;
    if (before.cursor !== undefined) cursors.add(before.cursor);
    error = await follow(() => transport.resume!(resumeRef(store.get(), before), call));
    if (turn()?.cursor !== before.cursor) idle = -1;
    // Nothing is running, or there is no way to take it up: another try changes nothing.
    else if (!hasSpoken) break;
  }
  return error;
}

/** How long the turn's answers are with this text in them. */
function charsWith({op, part = '', text}: Extract<ChatEvent, {type: 'text'}>, turn: Turn | undefined): number {
  const last = turn?.answers.at(-1);
  const replaced = op === 'replace' ? last?.parts.find(({id}) => id === part) : undefined;
  const before = turn?.answers.flatMap(({parts}) => parts).reduce((sum, {text}) => sum + text.length, 0) ?? 0;
  return before - (replaced?.text.length ?? 0) + text.length;
}

/** The stream broke; the answer itself may well go on. */
const isBroken = ({code}: ChatError) => code === 'interrupted' || code === 'network' || code === 'timeout';

/** Full jitter: 0.5 s to at most 8 s, doubling. */
export const backoffMs = (attempt: number, random: number) =>
  500 + random * (Math.min(8000, 1000 * 2 ** attempt) - 500);

function resumeRef(state: ChatState, turn: Turn): ResumeRef {
  return {...messageRef(state, turn), ...(turn.cursor !== undefined && {cursor: turn.cursor})};
}

function requestFor(state: ChatState, turnId: string, trigger: ChatRequest['trigger']): ChatRequest {
  const at = state.turns.findIndex(({id}) => id === turnId);
  const turn = state.turns[at]!;
  return {
    text: turn.question,
    clientMessageId: turn.id,
    ...(state.conversationId !== undefined && {conversationId: state.conversationId}),
    ...(state.session !== undefined && {session: state.session}),
    history: historyOf(state.turns.slice(0, at)),
    trigger,
    ...(turn.replaces !== undefined && {replaces: turn.replaces}),
  };
}

function historyOf(turns: readonly Turn[]): readonly TurnText[] {
  return turns
    .filter(hasText)
    .slice(-maxHistoryTurns)
    .flatMap((turn): TurnText[] => [
      ...(turn.question ? [{role: 'user', text: turn.question} as const] : []),
      {role: 'assistant', text: turn.answers.map(answerText).join('\n\n').slice(0, maxHistoryChars)},
    ]);
}
