/**
 * A backend whose every event the test releases by hand, so that order is exact and nothing sleeps. What it is asked is
 * kept in `asked`; a call answers at once, unless `will` says otherwise for the next one.
 */
import {chatError, ChatFailure, type ErrorCode} from '../../src/core/errors.js';
import type {ChatEvent} from '../../src/core/events.js';
import type {Acceptance, TermsDocument} from '../../src/core/terms.js';
import type {
  ChatRequest,
  ChatTransport,
  MessageRef,
  Rating,
  RemoteConfig,
  TicketDraft,
  TicketReceipt,
} from '../../src/core/transport.js';

export const terms: TermsDocument = {
  id: 'help-chat',
  version: '3.1',
  updated: '2026-10-05',
  title: 'Terms for the help chat',
  summary: ['Your questions are kept for 90 days.', 'Support may read them.'],
  notToEnter: 'Enter no personal identity numbers.',
  markdown: '## Who is responsible\n\nThe vendor **Lön AB** is.\n\n- Kept for 90 days',
  dataTable: [{what: 'Questions', where: 'Stockholm', howLong: '90 days'}],
};

export const config: RemoteConfig = {
  enabled: true,
  terms,
  answerer: {kind: 'ai'},
  features: {},
  limits: {},
  suggestions: [{text: 'How do I correct a pay slip?'}],
};

/** One answer on its way. */
interface Stream {
  readonly request: ChatRequest;
  readonly signal: AbortSignal;
  readonly push: (item: IteratorResult<ChatEvent>) => void;
}

interface Asked {
  config: number;
  readonly accept: Acceptance[];
  readonly send: ChatRequest[];
  readonly stop: MessageRef[];
  readonly rate: Rating[];
  readonly createTicket: (TicketDraft & {readonly key: string})[];
  withdraw: number;
}

interface Answers {
  config: RemoteConfig;
  accept: {readonly receiptId: string};
  withdraw: void;
  rate: void;
  createTicket: TicketReceipt;
}

/** A value that the test settles when the time has come. */
export interface Held<Value> {
  readonly promise: Promise<Value>;
  readonly release: (value: Value) => void;
  readonly fail: (code: ErrorCode, more?: {readonly display?: string}) => void;
}

export function held<Value>(): Held<Value> {
  let settle!: {resolve: (value: Value) => void; reject: (reason: Error) => void};
  const promise = new Promise<Value>((resolve, reject) => {
    settle = {resolve, reject};
  });
  return {
    promise,
    release: (value) => settle.resolve(value),
    fail: (code, more) => settle.reject(new ChatFailure(chatError(code, more))),
  };
}

export type ScriptedTransport = ReturnType<typeof scriptedTransport>;

/** @param without capabilities that this backend lacks */
export function scriptedTransport(changes: Partial<RemoteConfig> = {}, without: readonly (keyof ChatTransport)[] = []) {
  const asked: Asked = {config: 0, accept: [], send: [], stop: [], rate: [], createTicket: [], withdraw: 0};
  const planned: {[Name in keyof Answers]?: (() => Promise<Answers[Name]>)[]} = {};
  const plan = <Name extends keyof Answers>(name: Name, next: () => Promise<Answers[Name]>) =>
    Object.assign(planned, {[name]: [...(planned[name] ?? []), next]});
  const streams: Stream[] = [];

  const answer = <Name extends keyof Answers>(name: Name, usual: Answers[Name]) =>
    planned[name]?.shift()?.() ?? Promise.resolve(usual);

  const transport: ChatTransport = {
    // Other test files run at the same time on the same origin, and would be this chat's other tabs.
    id: `scripted-${crypto.randomUUID()}`,
    send(request, {signal}) {
      asked.send.push(request);
      const {events, push} = queue();
      streams.push({request, signal, push});
      return events;
    },
    stop(ref) {
      asked.stop.push(ref);
      return Promise.resolve();
    },
    config() {
      asked.config++;
      return answer('config', {...config, ...changes});
    },
    accept(acceptance) {
      asked.accept.push(acceptance);
      return answer('accept', {receiptId: 'receipt-1'});
    },
    withdraw() {
      asked.withdraw++;
      return answer('withdraw', undefined);
    },
    rate(rating) {
      asked.rate.push(rating);
      return answer('rate', undefined);
    },
    createTicket(ticket, {idempotencyKey}) {
      asked.createTicket.push({...ticket, key: idempotencyKey});
      return answer('createTicket', {id: 'T-1042'});
    },
  };
  for (const name of without) delete transport[name];

  return {
    transport,
    asked,
    streams,
    /** The next call waits for the test. */
    will<Name extends keyof Answers>(name: Name): Held<Answers[Name]> {
      const next = held<Answers[Name]>();
      plan(name, () => next.promise);
      return next;
    },
    /** The next call fails at once. */
    fails(name: keyof Answers, code: ErrorCode, more?: {readonly display?: string}) {
      plan(name, () => Promise.reject(new ChatFailure(chatError(code, more))));
    },
    /** Releases events of the answer asked for last. */
    emit(...events: ChatEvent[]) {
      for (const value of events) streams.at(-1)!.push({value, done: false});
      return settled();
    },
    /** The stream ends without a last word. */
    cut() {
      streams.at(-1)!.push({value: undefined, done: true});
      return settled();
    },
  };
}

function queue() {
  const ready: IteratorResult<ChatEvent>[] = [];
  let waiting: ((item: IteratorResult<ChatEvent>) => void) | undefined;
  const events: AsyncIterable<ChatEvent> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const item = ready.shift();
        return item
          ? Promise.resolve(item)
          : new Promise((resolve) => {
              waiting = resolve;
            });
      },
    }),
  };
  return {
    events,
    push(item: IteratorResult<ChatEvent>) {
      if (waiting) waiting(item);
      else ready.push(item);
      waiting = undefined;
    },
  };
}

/** After everything that is due now, drawing included. */
export const settled = () =>
  new Promise<void>((done) => {
    setTimeout(done);
  });

export const text = (words: string): ChatEvent => ({type: 'text', op: 'append', text: words});
export const finish: ChatEvent = {type: 'finish', reason: 'stop'};
export const source: ChatEvent = {
  type: 'source',
  source: {id: 'a1', n: 1, title: 'Correct a pay slip', url: 'https://help.example/correct', updated: '2026-09-01'},
};
