/** The conversation in one object. The whole product without pixels. */
import type {MaskMap, Purpose, Screening} from '../privacy/types.js';
import {createAdmission} from './admission.js';
import {can} from './capabilities.js';
import type {Chat} from './chat.js';
import type {Conversation} from './conversation.js';
import {defaultLimits, type ChatOptions} from './options.js';
import {reduce, type Action} from './reducer.js';
import {initialState, type ChatState} from './state.js';
import {createStore} from './store.js';
import type {CallOptions, Limits} from './transport.js';

export type {AskOptions, AskOutcome, Chat} from './chat.js';
export type {RateOutcome} from './rating.js';

const nothing = () => {};

export function createChat(options: ChatOptions): Chat {
  const {transport, piiPolicy} = options;
  const store = createStore<ChatState, Action>(
    (state, action) => reduce(state, action, conversation?.reduce),
    initialState,
  );
  const lifetime = new AbortController();
  /** Ends with the acceptance under which it is done: what a person has begun to send, rate or report. */
  let work = new AbortController();
  let conversation: Conversation | undefined;
  /** What placeholders stand for: in memory, as long as the conversation. */
  let masks: MaskMap = new Map();

  const call = (signal: AbortSignal): CallOptions => {
    const receiptId = store.get().acceptance?.receiptId;
    return {signal, locale: options.locale(), ...(receiptId !== undefined && {receiptId})};
  };
  const admission = createAdmission(store, options, call, forget);
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

  /**
   * Does what belongs to a conversation: at once when one has begun, else as soon as what it takes has loaded.
   *
   * @param missed when it cannot be loaded, or what it was to be done under has been taken back meanwhile: then the signal is aborted
   */
  async function converse<Result>(
    act: (conversation: Conversation) => Result | Promise<Result>,
    missed: (signal: AbortSignal) => Result,
  ): Promise<Result> {
    const {signal} = work;
    if (!conversation) {
      const loaded = await import('./conversation.js').catch(() => undefined);
      if (!loaded || signal.aborted) return missed(signal);
      conversation ??= loaded.createConversation({
        store,
        options,
        call,
        screen,
        limit,
        mayLeave,
        admission,
        lifetime: lifetime.signal,
        work: () => work.signal,
      });
    }
    return act(conversation);
  }

  /** Once the gate is open: goes on with what has begun before. */
  async function takeUp() {
    const {kept, turns, ticket} = store.get();
    if (mayLeave(work.signal) && (kept !== undefined || turns.length > 0 || ticket.phase !== 'closed'))
      await converse(({takeUp}) => takeUp(), nothing);
  }

  const rate: Conversation['rate'] = (...what) =>
    converse(
      ({rate}) => rate(...what),
      () => ({rated: false, reason: 'failed'}),
    );

  /** Ends all that is under way with the backend. */
  function halt() {
    conversation?.stop();
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
    async accept(purposes) {
      // Who has switched it off is not switched on again by new terms.
      const device = store.get().acceptance?.purposes.device ?? options.keepsOnDevice ?? false;
      await admission.accept({chat: true, analytics: false, device, ...purposes});
      await takeUp();
    },
    decline: admission.decline,
    draft: (text) => store.dispatch({type: 'drafted', text}),
    ask: (...question) =>
      converse(
        ({ask}) => ask(...question),
        ({aborted}) => ({asked: false, reason: aborted ? 'closed' : 'check-failed'}),
      ),
    retry: (turnId) => converse(({retry}) => retry(turnId), nothing),
    takeBack: (turnId) => void converse(({takeBack}) => takeBack(turnId), nothing),
    stop: () => conversation?.stop(),
    rate: (turnId, score, comment, answer = 0, reasons) => rate({turnId, answer}, score, comment, reasons),
    rateConversation: (score, comment, reasons) =>
      rate({conversationId: store.get().ended?.conversationId ?? ''}, score, comment, reasons),
    openTicket: (draft) => converse(({openTicket}) => openTicket(draft), nothing),
    editTicket: (change) => void converse(() => store.dispatch({type: 'ticket-edited', change}), nothing),
    sendTicket: (confirmed) =>
      converse(
        ({sendTicket}) => sendTicket(confirmed),
        () => ({sent: false, reason: 'not-editing'}),
      ),
    closeTicket: () => void converse(() => store.dispatch({type: 'ticket-closed'}), nothing),
    leaveHuman: () =>
      converse(
        ({leaveHuman}) => leaveHuman(),
        () => false,
      ),
    reset() {
      conversation?.stop();
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
    follow(on) {
      if (on) void takeUp();
      else conversation?.end();
    },
    dispose() {
      lifetime.abort();
      work.abort();
      conversation?.end();
      admission.abort();
      transport.dispose?.();
    },
  };
}
