/** Leads a person through the gate: config, sign-in, terms, acceptance. Whatever fails leaves the gate shut. */
import {chatError, errorFrom, type ChatError} from './errors.js';
import type {ChatOptions} from './options.js';
import type {Action} from './reducer.js';
import type {ChatState} from './state.js';
import type {Store} from './store.js';
import {covers, termsText, type Acceptance, type Purposes} from './terms.js';
import type {CallOptions, RemoteConfig} from './transport.js';

export interface Admission {
  /** The person opens the chat, or tries again. */
  open(): Promise<void>;
  /** Begins again from the config, or with what an error asks for. */
  again(error?: ChatError): Promise<void>;
  /** Whether an error, of whichever call, brings the gate back. */
  concerns(error: ChatError): boolean;
  /** Brings the gate back where the error concerns it: new terms, sign-in, suspension. */
  heed(error: ChatError): Promise<void>;
  signIn(): Promise<void>;
  accept(purposes: Purposes): Promise<void>;
  decline(): void;
  /** Ends what is under way. */
  abort(): void;
}

export function createAdmission(
  store: Store<ChatState, Action>,
  options: ChatOptions,
  call: (signal: AbortSignal) => CallOptions,
  forget: () => void,
): Admission {
  const {transport, ports} = options;
  let isSignedIn = false;
  /** The backend wants the terms accepted again, whatever is stored here. */
  let mustAskAgain = false;
  /** Where people sign in and nobody says who they are, whoever comes to the next page may be another. */
  let nobodyKnown: string | undefined;
  let underWay = new AbortController();

  const step = (event: Extract<Action, {type: 'gate'}>['event']) => store.dispatch({type: 'gate', event});

  /** Begins again from the config; an earlier run that is still waiting changes nothing any more. */
  async function admit(): Promise<void> {
    if (store.get().gate.phase === 'disabled') return;
    underWay.abort();
    const {signal} = (underWay = new AbortController());
    step({type: 'loading'});
    if (options.signIn && !isSignedIn) return step({type: 'sign-in-needed'});
    try {
      const config = await (transport.config?.(call(signal)) ?? configWithoutBackend);
      if (signal.aborted) return;
      const user = config.user ?? (options.signIn || options.isPersonal ? (nobodyKnown ??= ports.newId()) : undefined);
      if (store.get().acceptance && store.get().user !== user) {
        // What another person has accepted and said here is not theirs to see.
        forget();
        return await admit();
      }
      if (!config.enabled) return step({type: 'switched', on: false});
      store.dispatch({type: 'configured', config, user});
      if (config.suspension) return refuse(chatError('user_suspended', config.suspension));
      const terms = config.terms ?? options.terms;
      if (!terms) return step({type: 'refused', error: chatError('unavailable')});
      const textSha256 = await ports.sha256(termsText(terms));
      if (signal.aborted) return;
      const {acceptance} = store.get();
      if (acceptance && !mustAskAgain && covers(acceptance, terms, textSha256))
        return step({type: 'accepted', acceptance});
      // Who has never accepted is not asked to do so again.
      const reason = acceptance ? (acceptance.textSha256 ? 'changed' : 'required') : mustAskAgain ? 'changed' : 'first';
      step({type: 'terms-needed', terms, textSha256, reason});
    } catch (caught) {
      if (!signal.aborted) refuse(errorFrom(caught));
    }
  }

  const needsSignIn = ({code}: ChatError) =>
    options.signIn !== undefined && (code === 'auth_required' || code === 'auth_expired');

  const concerns = (error: ChatError) =>
    error.code === 'consent_required' || error.code === 'user_suspended' || needsSignIn(error);

  function refuse(error: ChatError) {
    if (!needsSignIn(error)) return step({type: 'refused', error});
    isSignedIn = false;
    step({type: 'sign-in-needed', error});
  }

  async function heed(error: ChatError) {
    if (!concerns(error)) return;
    if (error.code !== 'consent_required') return refuse(error);
    mustAskAgain = true;
    const {acceptance} = store.get();
    // It covers nothing any more, on the next page neither.
    if (acceptance) store.dispatch({type: 'restored', state: {acceptance: {...acceptance, textSha256: ''}}});
    await admit();
  }

  return {
    async open() {
      const {phase} = store.get().gate;
      // A suspension may have ended since.
      if (phase === 'idle' || phase === 'unavailable' || phase === 'suspended') await admit();
    },
    again: (error) => (error && concerns(error) ? heed(error) : admit()),
    concerns,
    heed,
    async signIn() {
      const {gate} = store.get();
      if (gate.phase !== 'sign-in' || gate.busy) return;
      const {signal} = underWay;
      step({type: 'signing-in'});
      try {
        await options.signIn?.();
        isSignedIn = true;
      } catch {
        // What a host's sign-in throws is its own business; the person is told that it did not work.
        if (!signal.aborted) step({type: 'sign-in-needed', error: chatError('auth_required')});
        return;
      }
      if (!signal.aborted) await admit();
    },
    async accept(purposes) {
      const {gate} = store.get();
      if (gate.phase !== 'terms' || gate.saving) return;
      const {terms, textSha256} = gate;
      const {signal} = underWay;
      step({type: 'accepting'});
      const acceptance: Acceptance = {
        termsId: terms.id,
        version: terms.version,
        textSha256,
        locale: options.locale(),
        acceptedAt: new Date(ports.nowMs()).toISOString(),
        purposes,
      };
      try {
        const receipt = await transport.accept?.(acceptance, call(signal));
        if (signal.aborted) return;
        mustAskAgain = false;
        step({type: 'accepted', acceptance: {...acceptance, ...(receipt && {receiptId: receipt.receiptId})}});
      } catch (caught) {
        if (signal.aborted) return;
        const error = errorFrom(caught);
        // The terms changed while they were being read: the new ones are shown.
        if (concerns(error)) return heed(error);
        step({type: 'accept-failed', error});
      }
    },
    decline() {
      underWay.abort();
      step({type: 'closed'});
    },
    abort: () => underWay.abort(),
  };
}

/** A transport without a config endpoint: the host brings the terms, and everything the transport can do is on. */
const configWithoutBackend: RemoteConfig = {
  enabled: true,
  answerer: {kind: 'ai'},
  features: {},
  limits: {},
  suggestions: [],
};
