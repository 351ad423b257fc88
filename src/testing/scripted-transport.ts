/**
 * A backend whose every event the test releases by hand, so that order is exact and nothing sleeps. What it is asked is
 * kept in `asked`; a call answers at once, unless `will` or `fails` says otherwise for the next one.
 */
import {chatError, ChatFailure, type ErrorCode} from '../core/errors.js';
import type {ChatEvent} from '../core/events.js';
import {termsText, type Acceptance} from '../core/terms.js';
import type {
  ChatRequest,
  ChatTransport,
  Deletion,
  MessageRef,
  Rating,
  RemoteConfig,
  ResumeRef,
  SpeechToken,
  TicketDraft,
  TicketReceipt,
} from '../core/transport.js';
import {sampleConfig, sampleTerms} from './sample.js';

type Extra =
  | 'speechToken'
  | 'exportConversation'
  | 'deleteConversation'
  | 'acceptedText'
  | 'exportEverything'
  | 'deleteEverything'
  | 'subscribe'
  | 'leaveHuman';

export interface Script {
  /** Changes to `sampleConfig`. */
  readonly config?: Partial<RemoteConfig>;
  /** Capabilities that this backend lacks. */
  readonly without?: readonly (keyof ChatTransport)[];
  /** Capabilities that it has beside the usual ones. */
  readonly also?: readonly Extra[];
}

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
  speechToken: number;
  /** Ids of conversations. */
  readonly exportConversation: string[];
  readonly deleteConversation: string[];
  /** Receipts. */
  readonly acceptedText: (string | undefined)[];
  readonly exportEverything: ('json' | 'html')[];
  /** Receipts. */
  readonly deleteEverything: (string | undefined)[];
  readonly subscribe: ResumeRef[];
  readonly leaveHuman: string[];
}

interface Answers {
  config: RemoteConfig;
  accept: {readonly receiptId: string};
  withdraw: void;
  rate: void;
  createTicket: TicketReceipt;
  speechToken: SpeechToken;
  exportConversation: Blob;
  deleteConversation: void;
  acceptedText: string;
  exportEverything: Blob;
  deleteEverything: Deletion;
  leaveHuman: void;
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

export interface ScriptedTransport {
  readonly transport: ChatTransport;
  readonly asked: Readonly<Asked>;
  readonly streams: readonly Stream[];
  /** The next call waits for the test. */
  will<Name extends keyof Answers>(name: Name): Held<Answers[Name]>;
  /** The next call fails at once. */
  fails(name: keyof Answers, code: ErrorCode, more?: {readonly display?: string}): void;
  /** Releases events of the answer asked for last; resolves when they have been read. */
  emit(...events: ChatEvent[]): Promise<void>;
  /** What a human writes unasked: events over the latest `subscribe`; resolves when they have been read. */
  push(...events: ChatEvent[]): Promise<void>;
  /** The stream ends without a last word. */
  cut(): Promise<void>;
}

export function scriptedTransport({config = {}, without = [], also = []}: Script = {}): ScriptedTransport {
  const asked: Asked = {
    config: 0,
    accept: [],
    send: [],
    stop: [],
    rate: [],
    createTicket: [],
    withdraw: 0,
    speechToken: 0,
    exportConversation: [],
    deleteConversation: [],
    acceptedText: [],
    exportEverything: [],
    deleteEverything: [],
    subscribe: [],
    leaveHuman: [],
  };
  const planned: {[Name in keyof Answers]?: (() => Promise<Answers[Name]>)[]} = {};
  const plan = <Name extends keyof Answers>(name: Name, next: () => Promise<Answers[Name]>) =>
    Object.assign(planned, {[name]: [...(planned[name] ?? []), next]});
  const streams: Stream[] = [];
  let line: ReturnType<typeof queue> | undefined;

  const answer = <Name extends keyof Answers>(name: Name, usual: Answers[Name]) =>
    planned[name]?.shift()?.() ?? Promise.resolve(usual);

  const extras: Required<Pick<ChatTransport, Extra>> = {
    speechToken() {
      asked.speechToken++;
      return answer('speechToken', {provider: 'scripted', token: 't', expiresAt: '2099-01-01T00:00:00Z'});
    },
    exportConversation(id) {
      asked.exportConversation.push(id);
      return answer('exportConversation', new Blob(['{}'], {type: 'application/json'}));
    },
    deleteConversation(id) {
      asked.deleteConversation.push(id);
      return answer('deleteConversation', undefined);
    },
    acceptedText({receiptId}) {
      asked.acceptedText.push(receiptId);
      return answer('acceptedText', termsText(sampleTerms));
    },
    exportEverything(format) {
      asked.exportEverything.push(format);
      return answer('exportEverything', new Blob(['{}'], {type: 'application/json'}));
    },
    deleteEverything({receiptId}) {
      asked.deleteEverything.push(receiptId);
      return answer('deleteEverything', {receiptId: 'deletion-1', status: 'done', kept: []});
    },
    subscribe(ref) {
      asked.subscribe.push(ref);
      line = queue();
      return line.events;
    },
    leaveHuman(id) {
      asked.leaveHuman.push(id);
      return answer('leaveHuman', undefined);
    },
  };
  const transport: ChatTransport = {
    // Tests may run at the same time on one origin, and would be this chat's other tabs.
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
      return answer('config', {...sampleConfig, ...config});
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
    ...Object.fromEntries(also.map((name) => [name, extras[name]])),
  };
  for (const name of without) delete transport[name];

  return {
    transport,
    asked,
    streams,
    will(name) {
      const next = held<Answers[typeof name]>();
      plan(name, () => next.promise);
      return next;
    },
    fails(name, code, more) {
      plan(name, () => Promise.reject(new ChatFailure(chatError(code, more))));
    },
    emit(...events) {
      for (const value of events) streams.at(-1)!.push({value, done: false});
      return settled();
    },
    push(...events) {
      for (const value of events) line!.push({value, done: false});
      return settled();
    },
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
const settled = () =>
  new Promise<void>((done) => {
    setTimeout(done);
  });
