/**
 * Stands between a chat and its backend and judges every call from what it was told itself: by the person, the host, the
 * other tabs and the backend. It reads of the chat's own state only the phase of its gate.
 */
import type {ChatState} from '../../src/core/state.js';
import {termsText, type TermsDocument} from '../../src/core/terms.js';
import type {ChatTransport} from '../../src/core/transport.js';
import type {Purpose, Screen} from '../../src/privacy/types.js';
import {screen as rules} from './chat-setup.js';

/** What marks a text as a person's: the walk puts it into each, and no backend says it. */
const personal = /word-\d+/;

/** What may be called through a closed gate. */
const always: ReadonlySet<string> = new Set(['config', 'accept', 'withdraw', 'stop', 'dispose']);

/** For what a text must have been judged to be sent with this call. */
const purposes: Readonly<Record<string, Purpose>> = {send: 'question', rate: 'comment', createTicket: 'ticket'};

export interface Witness {
  readonly transport: ChatTransport;
  /** The guard, whose verdicts are taken down. */
  readonly screen: Screen;
  readonly violations: readonly string[];
  /** How often each method was called. */
  readonly calls: ReadonlyMap<string, number>;
  /** Whether the terms that are in force have been accepted. */
  isAccepted(): boolean;
  /** The person, here or in another tab, has accepted exactly this, and the backend has it on record. */
  accepted(terms: TermsDocument): void;
  /** Nothing is accepted any more: taken back, or called stale by the backend. */
  revoked(): void;
  /** Something has been said that shuts the gate until the config says otherwise. */
  shut(): void;
  /** The backend has answered: it is on, and these are its terms. */
  configured(terms: TermsDocument | undefined, isEnabled: boolean): void;
  /** The person has said of the warnings in this text: this is not personal data. */
  confirmed(text: string): void;
  /** It has passed the guard in another tab. */
  judged(text: string, purpose: Purpose): void;
  disposed(): void;
}

export function createWitness(inner: ChatTransport, phase: () => ChatState['gate']['phase']): Witness {
  const violations: string[] = [];
  const calls = new Map<string, number>();
  const agreed = new Set<string>();
  const passed = new Set<string>();
  const confirmed = new Set<string>();
  let terms: string | undefined;
  let isShut = true;
  let isDisposed = false;

  const isAccepted = () => terms !== undefined && agreed.has(terms);
  const mayPass = (text: string) => !/SECRET|BROKEN/.test(text) && (!text.includes('MAYBE') || confirmed.has(text));

  function judge(method: string, args: readonly unknown[]) {
    calls.set(method, (calls.get(method) ?? 0) + 1);
    const wrong = (what: string) => violations.push(`${method}: ${what}`);
    const words = [...textsIn(args)].filter((text) => personal.test(text));
    if (phase() === 'disabled' && method !== 'withdraw' && method !== 'stop' && method !== 'dispose')
      wrong('the chat is switched off');
    if (!always.has(method)) {
      if (phase() !== 'open') wrong(`the gate is ${phase()}`);
      if (isShut) wrong('what shut the gate has not been answered');
      if (!isAccepted()) wrong('these terms are not accepted');
      if (isDisposed) wrong('the chat is disposed');
    }
    const purpose = purposes[method];
    for (const text of words) {
      if (purpose === undefined) wrong('carries what a person wrote');
      else if (!passed.has(`${purpose} ${text}`)) wrong('the guard has not passed this text');
      else if (!mayPass(text)) wrong('the guard should not have passed this text');
    }
  }

  return {
    transport: new Proxy(inner, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => {
          judge(String(name), args);
          return (method as (...all: unknown[]) => unknown).apply(target, args);
        };
      },
    }),
    screen(text, purpose, options) {
      const result = rules(text, purpose, options);
      if (result.verdict === 'pass') passed.add(`${purpose} ${result.text}`);
      return result;
    },
    violations,
    calls,
    isAccepted,
    accepted: (document) => void agreed.add(termsText(document)),
    revoked: () => agreed.clear(),
    shut() {
      isShut = true;
    },
    configured(document, isEnabled) {
      terms = document && termsText(document);
      isShut = !isEnabled || !document;
    },
    confirmed: (text) => void confirmed.add(text),
    judged: (text, purpose) => void passed.add(`${purpose} ${text}`),
    disposed() {
      isDisposed = true;
    },
  };
}

/** Every text in a value, at any depth. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null && !(value instanceof AbortSignal))
    for (const inner of Object.values(value)) yield* textsIn(inner);
}
