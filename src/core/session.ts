/** The conversation: what a person can do, in one object. The whole product without pixels. */
import type {Finding, MaskMap, Purpose, Screening} from '../privacy/types.js';
import {createAdmission} from './admission.js';
import {can} from './capabilities.js';
import {chatError, type ChatError} from './errors.js';
import {defaultLimits, type ChatOptions} from './options.js';
import type {Rate, RateOutcome, Rated} from './rating.js';
import {reduce, type Action} from './reducer.js';
import {hasText, initialState, isOpen, messageRef, openTurn, type ChatState, type TicketForm} from './state.js';
import {createStore, type Store} from './store.js';
import type {Purposes} from './terms.js';
import type {TicketField, TicketOutcome} from './ticketing.js';
import type {CallOptions, ChatRequest, ChatTransport, Feature, Limits, Reason, Score} from './transport.js';

export type {RateOutcome} from './rating.js';

export type AskOutcome =
  /** The turn is over, however it ended; its state tells how. */
  | {readonly asked: true; readonly turnId: string}
  | {readonly asked: false; readonly reason: 'empty' | 'busy' | 'closed' | 'too-long' | 'check-failed'}
  | {readonly asked: false; readonly reason: 'blocked'; readonly findings: readonly Finding[]};

export interface AskOptions {
  readonly trigger?: 'user' | 'suggestion';
  /** The person has said of the warnings found: this is not personal data. */
  readonly warningsConfirmed?: boolean;
}

export interface Chat {
  readonly store: Store<ChatState, Action>;
  readonly transport: ChatTransport;
  /** Whether a feature is there to offer. */
  can(feature: Feature): boolean;
  limit(name: keyof Limits): number;
  /** The guard as this chat is configured: what `ask` and the ticket will say to a text. */
  screen(text: string, purpose: Purpose): Promise<Screening>;
  /** Puts placeholders where personal data was found. @throws when the guard cannot be loaded */
  mask(text: string, findings: readonly Finding[]): Promise<string>;
  /** What the placeholders stand for, to be put back on screen and nowhere else. */
  masks(): MaskMap;
  /** The person opens the chat: leads through the gate. Also the way to try again. */
  open(): Promise<void>;
  signIn(): Promise<void>;
  accept(purposes?: Purposes): Promise<void>;
  decline(): void;
  /** Keeps what is typed. */
  draft(text: string): void;
  /** Screens and sends. Resolves when the turn is over. */
  ask(text: string, options?: AskOptions): Promise<AskOutcome>;
  /**
   * Asks a turn again: with the same key when it brought no whole answer, else with a new one, for an answer that takes
   * the place of the first.
   */
  retry(turnId: string): Promise<void>;
  /** Puts a failed question back into the draft. */
  takeBack(turnId: string): void;
  /** Ends the open turn now, and tells the backend. */
  stop(): void;
  /**
   * The last rating of an answer wins.
   *
   * @param answer which bubble of the turn, the first is 0
   * @param reasons why it did not help
   */
  rate(
    turnId: string,
    score: Score,
    comment?: string,
    answer?: number,
    reasons?: readonly Reason[],
  ): Promise<RateOutcome>;
  /** Rates the conversation that has ended, `state.ended`. */
  rateConversation(score: Score, comment?: string, reasons?: readonly Reason[]): Promise<RateOutcome>;
  openTicket(draft?: Partial<TicketForm>): Promise<void>;
  editTicket(change: Partial<TicketForm>): void;
  /** @param confirmed fields whose warnings the person has called no personal data */
  sendTicket(confirmed?: readonly TicketField[]): Promise<TicketOutcome>;
  closeTicket(): void;
  /** A new conversation under the same acceptance. */
  reset(): void;
  /** Takes the acceptance back and forgets everything here. `false` when the backend could not be told. */
  withdraw(): Promise<boolean>;
  /** The acceptance has been taken back elsewhere: the same without telling the backend. */
  forget(): void;
  /** Passes the gate again, from the config: what it rests on has changed elsewhere. `error`: how that showed. */
  refresh(error?: ChatError): Promise<void>;
  /** `false` renders, loads and stores nothing from now on. */
  switch(on: boolean): void;
  /** Ends everything under way. The chat is of no use afterwards. */
  dispose(): void;
}

export function createChat(options: ChatOptions): Chat {
  const {transport, ports, piiPolicy} = options;
  const store = createStore<ChatState, Action>(reduce, initialState);
  const lifetime = new AbortController();
  /** Ends with the acceptance under which it is done: what a person has begun to send, rate or report. */
  let work = new AbortController();
  /** Aborted = nobody follows a turn. */
  let turnAbort: AbortController | undefined;
  let rating: Rate | undefined;
  /** What placeholders stand for: in memory, as long as the conversation. */
  let masks: MaskMap = new Map();

  const call = (signal: AbortSignal): CallOptions => {
    const receiptId = store.get().acceptance?.receiptId;
    return {signal, locale: options.locale(), ...(receiptId !== undefined && {receiptId})};
  };
  const admission = createAdmission(store, options, call);
  // What a person may never come to loads when they do. A load that fails is a lost connection like any other.
  const ticketing = async () => {
    const {createTicketing} = await import('./ticketing.js');
    return createTicketing(
      store,
      {
        transport,
        newId: ports.newId,
        alone: ports.alone ?? ((_, work) => work()),
        screen,
        call,
        mayLeave,
        heed: admission.heed,
      },
      work.signal,
    );
  };
  const turnOf = (turnId: string) => store.get().turns.find(({id}) => id === turnId);
  const mayLeave = (signal: AbortSignal) => !signal.aborted && store.get().gate.phase === 'open';
  const limit = (name: keyof Limits) => store.get().config?.limits[name] ?? defaultLimits[name];

  async function screen(text: string, purpose: Purpose, warningsConfirmed = false): Promise<Screening> {
    try {
      await options.prepare?.();
      return options.screen(text, purpose, {
        policy: {...store.get().config?.piiPolicy, ...piiPolicy},
        locales: [options.locale()],
        warningsConfirmed,
      });
    } catch {
      // A guard that is not there, or breaks, passes nothing.
      return {verdict: 'failed'};
    }
  }

  async function run(turnId: string, start: 'send' | 'resume', trigger: ChatRequest['trigger']) {
    const abort = (turnAbort = new AbortController());
    const error = await import('./turn-run.js').then(
      ({runTurn}) =>
        runTurn(
          {store, transport, ports, turnId, call: call(abort.signal), mayLeave, context: options.context},
          start,
          trigger,
        ),
      () => chatError('network'),
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
    if (!mayLeave(work.signal)) return;
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
    const {signal} = work;
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
    void transport.stop?.(messageRef(store.get(), turn), call(lifetime.signal)).catch(() => {});
  }

  async function rate(rated: Rated, score: Score, comment?: string, reasons?: readonly Reason[]): Promise<RateOutcome> {
    try {
      const {createRating} = await import('./rating.js');
      rating ??= createRating(store, {transport, screen, call, mayLeave, heed: admission.heed});
    } catch {
      const failed = {score, ...(reasons && {reasons}), phase: 'failed', error: chatError('network')} as const;
      store.dispatch(
        'turnId' in rated
          ? {type: 'rated', ...rated, rating: failed}
          : {type: 'conversation-rated', ...rated, rating: failed},
      );
      return {rated: false, reason: 'failed'};
    }
    return rating(work.signal, rated, score, comment, reasons);
  }

  /** Ends all that is under way with the backend. */
  function halt() {
    stop();
    admission.abort();
    work.abort();
    work = new AbortController();
    masks = new Map();
  }

  /** Goes back to before anything was accepted. */
  function forget() {
    halt();
    store.dispatch({type: 'withdrawn'});
  }

  return {
    store,
    transport,
    can: (feature) => can(transport, store.get().config, feature),
    limit,
    screen,
    async mask(text, findings) {
      await options.prepare?.();
      const masked = options.mask(text, findings, masks);
      masks = masked.map;
      return masked.text;
    },
    masks: () => masks,
    async open() {
      await admission.open();
      await takeUp();
    },
    async refresh(error) {
      await admission.again(error);
      await takeUp();
    },
    async signIn() {
      await admission.signIn();
      await takeUp();
    },
    async accept(purposes = {chat: true, analytics: false}) {
      await admission.accept(purposes);
      await takeUp();
    },
    decline: admission.decline,
    draft: (text) => store.dispatch({type: 'drafted', text}),
    ask,
    async retry(turnId) {
      const turn = turnOf(turnId);
      if (!turn || openTurn(store.get()) || !mayLeave(work.signal)) return;
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
    rate: (turnId, score, comment, answer = 0, reasons) => rate({turnId, answer}, score, comment, reasons),
    rateConversation(score, comment, reasons) {
      const {ended} = store.get();
      return rate({conversationId: ended?.conversationId ?? ''}, score, comment, reasons);
    },
    openTicket: async (draft) => (await ticketing()).open(draft),
    editTicket: (change) => store.dispatch({type: 'ticket-edited', change}),
    sendTicket: async (confirmed) => (await ticketing()).send(confirmed),
    closeTicket: () => store.dispatch({type: 'ticket-closed'}),
    reset() {
      stop();
      masks = new Map();
      store.dispatch({type: 'cleared'});
    },
    forget,
    async withdraw() {
      const options = call(lifetime.signal);
      forget();
      try {
        await transport.withdraw?.(options);
        return true;
      } catch {
        return false;
      }
    },
    switch(on) {
      if (!on) halt();
      store.dispatch({type: 'gate', event: {type: 'switched', on}});
    },
    dispose() {
      lifetime.abort();
      work.abort();
      turnAbort?.abort();
      admission.abort();
      transport.dispose?.();
    },
  };
}
