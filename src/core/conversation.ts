/** What a person does once the gate is open: ask, stop, ask again, rate, make a ticket. Loads with the first of it. */
import type {Purpose, Screening} from '../privacy/types.js';
import type {Admission} from './admission.js';
import type {AskOptions, AskOutcome, Chat} from './chat.js';
import type {ChatError} from './errors.js';
import type {Handover} from './handover.js';
import type {ChatOptions} from './options.js';
import {createRating, type Rate} from './rating.js';
import {reduceConversation} from './conversation-reducer.js';
import type {Action} from './reducer.js';
import {hasText, isOpen, messageRef, openTurn, type ChatState} from './state.js';
import type {Store} from './store.js';
import {createTicketing} from './ticketing.js';
import type {CallOptions, ChatRequest} from './transport.js';
import {runTurn} from './turn-run.js';

export interface Conversation extends Pick<
  Chat,
  'ask' | 'retry' | 'takeBack' | 'stop' | 'openTicket' | 'sendTicket' | 'leaveHuman'
> {
  readonly reduce: typeof reduceConversation;
  rate(...what: Tail<Parameters<Rate>>): ReturnType<Rate>;
  /** Goes on with what was under way when the gate shut, or the page was left. */
  takeUp(): Promise<void>;
  /** Nobody follows a turn any more. */
  end(): void;
}

type Tail<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never;

export interface ConversationPorts extends Pick<Chat, 'limit'> {
  readonly store: Store<ChatState, Action>;
  readonly options: ChatOptions;
  readonly call: (signal: AbortSignal) => CallOptions;
  readonly screen: (text: string, purpose: Purpose, warningsConfirmed?: boolean) => Promise<Screening>;
  /** Whether the gate is still open to what was begun under this signal. */
  readonly mayLeave: (signal: AbortSignal) => boolean;
  readonly admission: Admission;
  readonly lifetime: AbortSignal;
  /** Ends with the acceptance under which something is begun now. */
  readonly work: () => AbortSignal;
}

export function createConversation({
  store,
  options,
  call,
  screen,
  limit,
  mayLeave,
  admission,
  lifetime,
  work,
}: ConversationPorts): Conversation {
  const {transport, ports} = options;
  /** Aborted = nobody follows a turn. */
  let turnAbort: AbortController | undefined;
  const {heed} = admission;
  /** What the parts are given. */
  const shared = {transport, ports, screen, call, mayLeave, heed};
  const rate = createRating(store, shared);
  const ticketing = () => createTicketing(store, shared, work());
  const turnOf = (turnId: string) => store.get().turns.find(({id}) => id === turnId);

  async function run(turnId: string, start: 'send' | 'resume', trigger: ChatRequest['trigger']) {
    const turn = turnOf(turnId);
    // Whoever follows the state may have stopped it as soon as it was there.
    if (!turn || !isOpen(turn)) return;
    const abort = (turnAbort = new AbortController());
    const error = await runTurn(
      {...shared, store, turnId, call: call(abort.signal), context: options.context},
      start,
      trigger,
    );
    // A cut answer may still be arriving.
    abort.abort();
    if (error) await fail(turnId, error);
  }

  /** What an error means for the gate, and where the question goes, so that it is never lost. */
  async function fail(turnId: string, error: ChatError) {
    const turn = turnOf(turnId);
    if (!turn || !isOpen(turn)) return;
    const mayOpenAgain = admission.concerns(error) && error.code !== 'user_suspended';
    if (admission.concerns(error) && !hasText(turn)) {
      store.dispatch({type: 'returned', turnId, keep: mayOpenAgain});
    } else {
      // Behind the gate the same question may well succeed.
      const shown = mayOpenAgain ? {...error, retryable: true} : error;
      store.dispatch({type: 'failed', turnId, error: shown});
    }
    await admission.heed(error);
  }

  /** Once the gate is open: sends the question that waited for it, or follows an answer that was running when the page was left. */
  async function takeUp() {
    const {kept, turns} = store.get();
    if (!mayLeave(work())) return;
    const running = turns.find(isOpen);
    if (running) return turnAbort?.signal.aborted === false ? undefined : run(running.id, 'resume', 'user');
    if (kept === undefined) return;
    store.dispatch({type: 'kept-sent'});
    await begin(kept, 'user');
  }

  async function begin(question: NonNullable<ChatState['kept']>, trigger: 'user' | 'suggestion'): Promise<AskOutcome> {
    const turnId = ports.newId();
    store.dispatch({type: 'asked', turnId, question, atMs: ports.nowMs()});
    await run(turnId, 'send', trigger);
    return {asked: true, turnId};
  }

  async function ask(
    text: string,
    {trigger = 'user', warningsConfirmed = false}: AskOptions = {},
  ): Promise<AskOutcome> {
    const question = text.trim();
    if (question === '') return {asked: false, reason: 'empty'};
    if (store.get().gate.phase !== 'open') return {asked: false, reason: 'closed'};
    if (openTurn(store.get())) return {asked: false, reason: 'busy'};
    if (question.length > limit('questionChars')) return {asked: false, reason: 'too-long'};
    const signal = work();
    const result = await screen(question, 'question', warningsConfirmed);
    if (!mayLeave(signal)) return {asked: false, reason: 'closed'};
    if (openTurn(store.get())) return {asked: false, reason: 'busy'};
    if (result.verdict === 'failed') return {asked: false, reason: 'check-failed'};
    if (result.verdict === 'stop') return {asked: false, reason: 'blocked', findings: result.findings};
    return begin(result.text, trigger);
  }

  function stop() {
    const turn = openTurn(store.get());
    if (!turn) return;
    store.dispatch({type: 'stopped', turnId: turn.id});
    turnAbort?.abort();
    // The state has changed already; a backend that cannot be told has merely worked in vain.
    void transport.stop?.(messageRef(store.get(), turn), call(lifetime)).catch(() => {});
  }

  let handover: Promise<Handover | undefined> | undefined;
  /** Loads what listens for a human as soon as one may come; where that fails, the next change tries again. */
  function expectHuman({config, turns}: ChatState) {
    const turn = turns.at(-1);
    if (
      transport.subscribe &&
      (config?.features.human ?? (turn && (turn.handoff || turn.answers[0]?.answerer.kind === 'human')))
    )
      handover ??= import('./handover.js').then(
        ({followHuman}) => followHuman(store, shared, lifetime),
        () => (handover = undefined),
      );
  }
  store.subscribe(expectHuman);
  expectHuman(store.get());

  return {
    reduce: reduceConversation,
    takeUp,
    ask,
    async retry(turnId) {
      const turn = turnOf(turnId);
      if (!turn || openTurn(store.get()) || !mayLeave(work())) return;
      // Under its own key, the backend would give the same answer again.
      const isAnswered = turn.phase !== 'failed' && hasText(turn);
      const again = isAnswered && {turnId: ports.newId(), atMs: ports.nowMs()};
      store.dispatch({type: 'retried', turnId, ...(again && {again})});
      await run(again ? again.turnId : turnId, 'send', 'retry');
    },
    takeBack(turnId) {
      if (turnOf(turnId)?.phase === 'failed') store.dispatch({type: 'returned', turnId, keep: false});
    },
    stop,
    rate: (...what) => rate(work(), ...what),
    openTicket: async (draft) => ticketing().open(draft),
    sendTicket: async (confirmed) => ticketing().send(confirmed),
    leaveHuman: async () => (await handover)?.leave() ?? false,
    end: () => turnAbort?.abort(),
  };
}
