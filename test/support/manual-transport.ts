import {ChatFailure, chatError, type ErrorCode} from '../../src/core/errors.js';
import type {ChatEvent} from '../../src/core/events.js';
import type {CallOptions, ChatTransport} from '../../src/core/transport.js';

const streaming = ['send', 'resume', 'subscribe'] as const;
const answering = [
  'config',
  'accept',
  'withdraw',
  'stop',
  'rate',
  'createTicket',
  'leaveHuman',
  'acceptedText',
  'exportConversation',
  'deleteConversation',
  'exportEverything',
  'deleteEverything',
] as const;
type StreamingMethod = (typeof streaming)[number];
type AnsweringMethod = (typeof answering)[number];
export type ManualMethod = StreamingMethod | AnsweringMethod;

type Signature<Method extends ManualMethod> = NonNullable<ChatTransport[Method]>;
type Options<Method extends ManualMethod> = Extract<Parameters<Signature<Method>>[number], CallOptions>;

interface Made<Method extends ManualMethod> {
  /** What the method was called with, before the options; `config` and `withdraw` take nothing. */
  readonly argument: Exclude<Parameters<Signature<Method>>[0], CallOptions>;
  readonly options: Options<Method>;
}

/** A call that yields events. */
export interface ManualStream<Method extends StreamingMethod> extends Made<Method> {
  emit(...events: readonly ChatEvent[]): Promise<void>;
  /** Ends the events, with or without a terminal one. */
  close(): Promise<void>;
  /** Throws where the next event would be. */
  fail(error: unknown): Promise<void>;
  /** The reader has left. */
  readonly isDropped: boolean;
}

/** A call that is answered once. */
export interface ManualCall<Method extends AnsweringMethod> extends Made<Method> {
  answer(result: Awaited<ReturnType<Signature<Method>>>): Promise<void>;
  refuse(error: ErrorCode | Error): Promise<void>;
}

type Call<Method extends ManualMethod> = Method extends StreamingMethod
  ? ManualStream<Method>
  : Method extends AnsweringMethod
    ? ManualCall<Method>
    : never;

/** Lets everything that is ready to run do so. */
export const settled = () =>
  new Promise<void>((done) => {
    setTimeout(done);
  });

/**
 * A transport whose events and answers the test releases one by one, so that order is exact and nothing sleeps. It
 * ignores the signals it is given, on purpose: correctness does not depend on anyone honouring them.
 *
 * @param without methods that this backend lacks
 */
export function manualTransport({without = []}: {readonly without?: readonly ManualMethod[]} = {}) {
  const made: ManualMethod[] = [];
  const calls = new Map<ManualMethod, unknown[]>();
  const waiting = new Map<ManualMethod, ((call: unknown) => void)[]>();
  let isDisposed = false;

  function make(method: ManualMethod, call: unknown) {
    made.push(method);
    const taker = waiting.get(method)?.shift();
    if (taker) taker(call);
    else calls.set(method, [...(calls.get(method) ?? []), call]);
  }

  function stream(method: StreamingMethod, argument: unknown, options: CallOptions): AsyncIterable<ChatEvent> {
    const steps: (() => Promise<IteratorResult<ChatEvent>>)[] = [];
    let wake = () => {};
    let isDropped = false;
    const add = (...next: typeof steps) => {
      steps.push(...next);
      wake();
      return settled();
    };
    make(method, {
      argument,
      options,
      emit: (...events: readonly ChatEvent[]) =>
        add(...events.map((value) => () => Promise.resolve({value, done: false as const}))),
      close: () => add(() => Promise.resolve({value: undefined, done: true})),
      fail: (error: Error) => add(() => Promise.reject(error)),
      get isDropped() {
        return isDropped;
      },
    });
    return {
      [Symbol.asyncIterator]: () => ({
        async next() {
          while (steps.length === 0) await new Promise<void>((resolve) => (wake = resolve));
          return steps.shift()!();
        },
        return() {
          isDropped = true;
          return Promise.resolve({value: undefined, done: true});
        },
      }),
    };
  }

  function ask(method: AnsweringMethod, args: readonly unknown[]): Promise<never> {
    return new Promise((resolve, reject) => {
      make(method, {
        argument: args.length > 1 ? args[0] : undefined,
        options: args.at(-1),
        answer(result: unknown) {
          resolve(result as never);
          return settled();
        },
        refuse(error: ErrorCode | Error) {
          reject(typeof error === 'string' ? new ChatFailure(chatError(error)) : error);
          return settled();
        },
      });
    });
  }

  const methods = {
    ...Object.fromEntries(
      streaming.map((name) => [name, (argument: unknown, options: CallOptions) => stream(name, argument, options)]),
    ),
    ...Object.fromEntries(answering.map((name) => [name, (...args: readonly unknown[]) => ask(name, args)])),
  };
  for (const name of without) delete methods[name];

  return {
    transport: {
      id: 'manual',
      ...methods,
      dispose() {
        isDisposed = true;
      },
    } as ChatTransport,
    /** The methods called so far, in order. */
    made: made as readonly ManualMethod[],
    get isDisposed() {
      return isDisposed;
    },
    /** The next call of this method that no test has taken yet; waits until it is made. */
    next: <Method extends ManualMethod>(method: Method) =>
      new Promise<Call<Method>>((resolve) => {
        const [first, ...rest] = calls.get(method) ?? [];
        if (first !== undefined) {
          calls.set(method, rest);
          resolve(first as Call<Method>);
        } else {
          waiting.set(method, [...(waiting.get(method) ?? []), resolve as (call: unknown) => void]);
        }
      }),
  };
}
