/**
 * One random walk over everything that a person, the host, the backend and other tabs can do to a chat, in any order and
 * at any moment, also between two ticks of something that is under way. A witness judges every call.
 */
import '../../src/core/handover.js';
import type {Chat} from '../../src/core/session.js';
import {ChatFailure, chatError, type ErrorCode} from '../../src/core/errors.js';
import type {ChatEvent} from '../../src/core/events.js';
import type {ChatOptions} from '../../src/core/options.js';
import {sendWhenBack, type Network} from '../../src/core/offline.js';
import {createChat} from '../../src/core/session.js';
import type {ChatState} from '../../src/core/state.js';
import {termsText, type Acceptance, type TermsDocument} from '../../src/core/terms.js';
import type {ChatTransport, RemoteConfig, Score} from '../../src/core/transport.js';
import {mask} from '../../src/privacy/mask.js';
import type {Screen} from '../../src/privacy/types.js';
import {fromSnapshot, toSnapshot} from '../../src/storage/snapshot.js';
import {shareTabs} from '../../src/storage/tabs.js';
import {manualTransport, type ManualMethod} from '../support/manual-transport.js';
import {config, nowMs, terms} from './chat-setup.js';
import {createWitness} from './gate-witness.js';

/** What a walk can have broken in it, to see that the witness notices. */
export interface Sabotage {
  readonly screen?: (honest: Screen) => Screen;
  readonly sha256?: (text: string) => Promise<string>;
  readonly chat?: (honest: Chat) => Chat;
}

export interface Walked {
  readonly violations: readonly string[];
  readonly calls: ReadonlyMap<string, number>;
  /** What was done, oldest first: names only. */
  readonly steps: readonly string[];
}

interface Manual {
  readonly options: {readonly signal: AbortSignal};
  answer(result: unknown): Promise<void>;
  refuse(error: ErrorCode | Error): Promise<void>;
  emit(...events: readonly ChatEvent[]): Promise<void>;
  close(): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const documents: readonly TermsDocument[] = [
  terms,
  {...terms, version: '4'},
  // Edited without a word: the version is the same.
  {...terms, markdown: 'You may ask, and we may read.'},
];
const gateErrors = ['consent_required', 'user_suspended', 'auth_required', 'auth_expired'] as const;
const otherErrors = ['network', 'interrupted', 'server', 'rate_limited', 'conversation_closed', 'timeout'] as const;
const calmMethods = ['withdraw', 'stop', 'rate', 'createTicket', 'accept', 'leaveHuman'] as const;
const streams = ['send', 'resume', 'subscribe'] as const;

/** @param breathe lets much of what is ready to run do so */
export async function walk(
  seed: number,
  steps: number,
  breathe: () => Promise<void>,
  sabotage: Sabotage = {},
): Promise<Walked> {
  const random = randomFrom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const oneOf = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
  const chance = (share: number) => random() < share;
  const settle = async () => {
    for (let turn = 0; turn < 3; turn++) await breathe();
  };

  const needsSignIn = chance(0.3);
  const hasAccept = chance(0.85);
  const hasConfig = chance(0.9);
  const without: ManualMethod[] = [
    ...(hasAccept ? [] : ['accept' as const]),
    ...(hasConfig ? [] : ['config' as const]),
    ...(chance(0.25) ? ['resume' as const] : []),
    ...(chance(0.25) ? ['subscribe' as const] : []),
  ];
  const server = manualTransport({without});
  const pending: {readonly method: ManualMethod; readonly call: Manual}[] = [];
  for (const method of [...streams, ...calmMethods, 'config'] as const) {
    const take = (): void =>
      void server.next(method).then((call) => {
        pending.push({method, call: call as unknown as Manual});
        take();
      });
    take();
  }

  let chat!: Chat;
  let ids = 0;
  /** Who signs in, where people do. */
  let person = 'ada';
  const state = () => chat.store.get();
  const witness = createWitness(server.transport, () => state().gate.phase);
  const {transport} = witness;

  // What the person has agreed to and the backend has not answered yet.
  const asked = new Map<AbortSignal, TermsDocument>();
  let seen: Acceptance | undefined;
  const listening: ChatTransport = new Proxy(transport, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (name !== 'accept' || typeof method !== 'function') return method;
      return (acceptance: Acceptance, options: {signal: AbortSignal}) => {
        const {gate} = state();
        seen = acceptance;
        if (gate.phase === 'terms') asked.set(options.signal, gate.terms);
        return (method as (...all: unknown[]) => unknown)(acceptance, options);
      };
    },
  });

  // Ends of what the platform does: a guard that loads, a pause, a lock, a sign-in.
  const waits: ((isWell: boolean) => void)[] = [];
  const later = (mayFail: boolean) =>
    new Promise<void>((resolve, reject) => {
      waits.push((isWell) => (isWell || !mayFail ? resolve() : reject(new Error('not today'))));
    });
  let isGuardThere = chance(0.5);
  const options: ChatOptions = {
    locale: () => 'en',
    transport: listening,
    screen: sabotage.screen?.(witness.screen) ?? witness.screen,
    mask,
    keepsOnDevice: true,
    terms,
    prepare: async () => {
      if (isGuardThere) return;
      await later(true);
      isGuardThere = true;
    },
    ...(needsSignIn && {signIn: () => later(true)}),
    ports: {
      newId: () => `id-${++ids}`,
      nowMs: () => nowMs + ids,
      random,
      wait: () => later(false),
      alone: async (_, work) => {
        await later(false);
        return work();
      },
      sha256: sabotage.sha256 ?? ((text) => Promise.resolve(`hash of ${text}`)),
    },
  };
  // Other tabs: what they tell arrives when the walk says so; what is told to them is not heard.
  let hear: ((news: object) => void) | undefined;
  const join = (restored?: Partial<ChatState>) => {
    const honest = createChat(options);
    chat = sabotage.chat?.(honest) ?? honest;
    if (restored) chat.store.dispatch({type: 'restored', state: restored});
    const channel = {
      onmessage: undefined as ((event: {data: unknown}) => void) | undefined,
      postMessage() {},
      close() {},
    };
    shareTabs(chat, 'walk', () => channel as unknown as BroadcastChannel);
    // The tabs of one browser are one person's.
    hear = (news) => channel.onmessage?.({data: {...news, user: state().user}});
    if (!hasConfig) witness.configured(terms, true);
  };
  join();

  let words = 0;
  const write = () => `word-${++words} ${oneOf(['', '', '', 'SECRET', 'MAYBE', 'BROKEN', 'x'.repeat(4100)])}`.trim();
  const comment = () => (chance(0.7) ? write() : undefined);
  const score = () => (1 + below(5)) as Score;
  const turnId = () => oneOf(state().turns)?.id ?? 'none';

  /** From here on the config decides, and without one, what the host has said. */
  const shut = () => witness.shut();
  const reopened = () => {
    if (!hasConfig) witness.configured(terms, true);
  };
  const revoke = () => {
    witness.revoked();
    asked.clear();
    shut();
  };

  /** An error that the chat must heed, since nothing has called off what it answers. */
  async function heeded(code: ErrorCode) {
    const mustSignIn = needsSignIn && (code === 'auth_required' || code === 'auth_expired');
    if (code !== 'consent_required' && code !== 'user_suspended' && !mustSignIn) return;
    await settle();
    if (code === 'consent_required') witness.revoked();
    // Where nothing asks the backend for its terms again, the acceptance alone can open the gate.
    if (hasConfig || code === 'user_suspended' || mustSignIn) shut();
  }

  function takePending(methods: readonly ManualMethod[]) {
    const there = pending.filter(({method}) => methods.includes(method));
    const taken = oneOf(there);
    if (taken) pending.splice(pending.indexOf(taken), 1);
    return taken;
  }

  const errorCode = (): ErrorCode => (chance(0.5) ? oneOf(gateErrors) : oneOf(otherErrors));
  const say = (): ChatEvent =>
    oneOf<ChatEvent>([
      {type: 'start', messageId: `m${below(99)}`, conversationId: 'c1'},
      {type: 'text', op: 'append', text: 'So it is. '},
      {type: 'text', op: 'append', text: 'So. ', cursor: String(below(99))},
      {type: 'text', op: 'append', text: 'And so. ', cursor: String(below(99))},
      {type: 'text', op: 'replace', text: 'Rather so.'},
      {type: 'session', state: {step: 1}},
      {type: 'handoff'},
      {type: 'answerer', kind: 'human', name: 'Eva'},
      {type: 'answerer', kind: 'ai'},
      {type: 'suggestions', items: [{text: 'And then?'}]},
    ]);

  const configs: (() => RemoteConfig)[] = [
    () => config,
    () => config,
    () => ({...config, terms: oneOf(documents)}),
    () => ({...config, terms: oneOf(documents)}),
    () => ({...config, enabled: false}),
    () => {
      const {terms: _, ...bare} = config;
      return bare;
    },
    () => ({...config, features: {rating: chance(0.5), tickets: chance(0.5)}}),
    () => ({...config, features: {human: true}}),
    () => ({...config, features: {human: true}}),
  ];

  /** Comes and goes as the walk says; what waits for it may hear of that late, or never. */
  let hasNetwork = true;
  let sentByItself = 0;
  const network: Network = {isThere: () => hasNetwork, change: () => later(false), nowMs: () => nowMs + 1000 * ids};

  const moves: Readonly<Record<string, readonly [weight: number, act: () => unknown]>> = {
    // The person.
    open: [
      6,
      () => {
        const {phase} = state().gate;
        void chat.open();
        if (phase === 'idle' || phase === 'unavailable' || phase === 'suspended') reopened();
      },
    ],
    'sign in': [
      4,
      () => {
        if (state().gate.phase === 'sign-in') reopened();
        void chat.signIn();
      },
    ],
    accept: [
      8,
      () => {
        const {gate} = state();
        if (!hasAccept && gate.phase === 'terms') {
          witness.accepted(gate.terms);
          reopened();
        }
        void chat.accept();
      },
    ],
    decline: [
      1,
      () => {
        shut();
        chat.decline();
      },
    ],
    withdraw: [
      1,
      () => {
        void chat.withdraw();
        revoke();
      },
    ],
    draft: [3, () => chat.draft(write())],
    ask: [10, () => void chat.ask(write())],
    'ask, sure of it': [
      3,
      () => {
        const text = write();
        witness.confirmed(text);
        void chat.ask(text, {warningsConfirmed: true});
      },
    ],
    'ask as suggested': [1, () => void chat.ask('And then?', {trigger: 'suggestion'})],
    retry: [4, () => void chat.retry(turnId())],
    'send it when there is a network': [
      3,
      () => {
        const waited = chat;
        const retry = (id: string) => {
          sentByItself++;
          return waited.retry(id);
        };
        void sendWhenBack({...waited, retry}, turnId(), network);
      },
    ],
    'take back': [1, () => chat.takeBack(turnId())],
    stop: [2, () => chat.stop()],
    rate: [6, () => void chat.rate(turnId(), score(), comment())],
    'rate the conversation': [2, () => void chat.rateConversation(score(), comment())],
    'open ticket': [4, () => void chat.openTicket(chance(0.3) ? {description: write()} : undefined)],
    'edit ticket': [
      5,
      () => {
        const {ticket} = state();
        if (ticket.phase !== 'editing') return;
        const transcript = ticket.form.transcript.map((line) =>
          chance(0.3) ? {...line, text: `${line.text} ${write()}`} : line,
        );
        chat.editTicket(oneOf([{name: write()}, {email: write()}, {description: write()}, {transcript}]));
      },
    ],
    'send ticket': [
      5,
      async () => {
        const {ticket} = state();
        // Nobody vouches for a form that is still on its way.
        const isSure = chance(0.3) && ticket.phase === 'editing';
        if (isSure) witness.confirmed(ticket.form.description.trim());
        void chat.sendTicket(isSure ? ['description'] : []);
        // What is confirmed is what stands there now.
        await settle();
      },
    ],
    'close ticket': [1, () => chat.closeTicket()],
    'new conversation': [1, () => chat.reset()],
    'leave the human': [8, () => void chat.leaveHuman()],
    'another person signs in': [
      1,
      () => {
        person = oneOf(['ada', 'bo']);
      },
    ],
    // The host.
    'switch off': [
      1,
      () => {
        shut();
        chat.switch(false);
      },
    ],
    'switch on': [3, () => chat.switch(true)],
    refresh: [
      1,
      () => {
        shut();
        void chat.refresh();
        reopened();
      },
    ],
    'next page': [
      4,
      () => {
        const stored = toSnapshot(state());
        chat.dispose();
        shut();
        asked.clear();
        join(stored === undefined ? undefined : fromSnapshot(stored));
      },
    ],
    // Other tabs.
    'accepted elsewhere': [
      2,
      () => {
        if (!seen) return;
        const document = oneOf(documents);
        const {gate} = state();
        witness.accepted(document);
        hear?.({
          type: 'accepted',
          acceptance: {
            ...seen,
            termsId: document.id,
            version: document.version,
            textSha256: `hash of ${termsText(document)}`,
            acceptedAt: `elsewhere ${++ids}`,
          },
        });
        if (gate.phase === 'terms') {
          shut();
          reopened();
        }
      },
    ],
    'withdrawn elsewhere': [
      1,
      () => {
        if (state().acceptance) revoke();
        hear?.({type: 'withdrawn'});
      },
    ],
    'signed out elsewhere': [
      1,
      () => {
        if (state().gate.phase === 'open') shut();
        hear?.({type: 'signed-out'});
        if (!needsSignIn) reopened();
      },
    ],
    'cleared elsewhere': [1, () => hear?.({type: 'cleared', conversationId: 'c1'})],
    'asked elsewhere': [
      1,
      () => {
        const question = `word-${++words}`;
        const [turn] = state().turns;
        if (!turn) return;
        witness.judged(question, 'question');
        const turns = [...state().turns, {...turn, id: `id-${++ids}`, question, phase: 'done', error: undefined}];
        const snapshot = toSnapshot({...state(), turns: turns as unknown as ChatState['turns']});
        hear?.({type: 'turns', conversationId: 'c1', snapshot});
      },
    ],
    'ticket elsewhere': [
      1,
      () => {
        const {ticket} = state();
        if (ticket.phase !== 'created') hear?.({type: 'ticket', key: ticket.key, receipt: {id: 'T-1'}});
      },
    ],
    // The platform.
    'the network comes or goes': [2, () => (hasNetwork = !hasNetwork)],
    'something is there': [8, () => waits.splice(below(waits.length), 1)[0]?.(true)],
    'something cannot be had': [1, () => waits.splice(below(waits.length), 1)[0]?.(false)],
    // The backend.
    config: [
      14,
      () => {
        const taken = takePending(['config']);
        if (!taken) return;
        const isHeard = !taken.call.options.signal.aborted;
        if (chance(0.15)) {
          if (isHeard) shut();
          void taken.call.refuse(errorCode());
          return;
        }
        const answer = {...oneOf(configs)(), ...(needsSignIn && {user: person})};
        // Whatever another person has accepted is forgotten, and the backend is asked once more.
        if (isHeard && state().acceptance && state().user !== answer.user) revoke();
        else if (isHeard) witness.configured(answer.terms ?? options.terms, answer.enabled);
        void taken.call.answer(answer);
      },
    ],
    answers: [
      12,
      () => {
        const taken = takePending(calmMethods);
        if (!taken) return;
        const {method, call} = taken;
        if (method === 'accept') {
          const agreed = asked.get(call.options.signal);
          if (agreed && !call.options.signal.aborted) witness.accepted(agreed);
        }
        void call.answer(method === 'accept' ? {receiptId: 'r1'} : method === 'createTicket' ? {id: 'T-2'} : undefined);
      },
    ],
    refuses: [
      4,
      async () => {
        const taken = takePending(calmMethods);
        if (!taken) return;
        const {method, call} = taken;
        const code = errorCode();
        const isHeard = method !== 'withdraw' && method !== 'stop' && !call.options.signal.aborted;
        void call.refuse(chance(0.1) ? new ChatFailure(chatError(code)) : code);
        if (isHeard) await heeded(code);
      },
    ],
    'says something': [
      12,
      () => {
        const taken = takePending(streams);
        if (!taken) return;
        pending.push(taken);
        void taken.call.emit(say());
      },
    ],
    'has said it': [5, () => void takePending(streams)?.call.emit(say(), {type: 'finish', reason: 'stop'})],
    'breaks off': [
      3,
      () => {
        const taken = takePending(streams);
        void (chance(0.5) ? taken?.call.close() : taken?.call.fail(new Error('broken')));
      },
    ],
    'says an error': [
      4,
      async () => {
        const taken = takePending(streams);
        if (!taken) return;
        const code = errorCode();
        const isHeard = !taken.call.options.signal.aborted;
        void taken.call.emit({type: 'error', error: chatError(code)});
        if (isHeard) await heeded(code);
      },
    ],
  };
  const bag = Object.entries(moves).flatMap(([name, [weight]]) => Array.from({length: weight}, () => name));

  /** What most people and backends would do now: random moves alone rarely come far. */
  function likely(): string {
    const {gate, turns, ticket, answerer} = state();
    const isPending = (...methods: readonly ManualMethod[]) =>
      pending.some(({method, call}) => methods.includes(method) && !call.options.signal.aborted);
    if (waits.length > 0) return 'something is there';
    if (isPending('config')) return 'config';
    if (isPending('accept', 'createTicket', 'rate', 'leaveHuman')) return 'answers';
    switch (gate.phase) {
      case 'disabled':
        return 'switch on';
      case 'sign-in':
        return 'sign in';
      case 'terms':
        return 'accept';
      case 'suspended':
        return 'refresh';
      case 'idle':
      case 'loading':
      case 'unavailable':
        return 'open';
      case 'open':
        break;
    }
    if (answerer.kind === 'human' && chance(0.6)) return 'leave the human';
    if (isPending(...streams) && chance(0.5)) return oneOf(['says something', 'breaks off', 'has said it']);
    if (ticket.phase === 'editing') return oneOf(['edit ticket', 'send ticket', 'ask']);
    return turns.length > 0
      ? oneOf(['ask', 'rate', 'rate', 'retry', 'open ticket', 'new conversation', 'leave the human'])
      : 'ask';
  }

  const done: string[] = [];
  for (let step = 0; step < steps; step++) {
    const name = chance(0.5) ? likely() : oneOf(bag);
    done.push(name);
    const before = witness.violations.length;
    await moves[name]![1]();
    for (let turns = below(4); turns > 0; turns--) await breathe();
    if (witness.violations.length > before) break;
  }
  // What was under way at the end may not come to anything either.
  witness.disposed();
  chat.dispose();
  for (const wait of waits) wait(true);
  await settle();
  const calls = new Map([...witness.calls, ['sent by itself', sentByItself]]);
  return {violations: witness.violations, calls, steps: done};
}
