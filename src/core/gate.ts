/**
 * What stands between a person and the chat. It fails closed: only `accepted` opens it, and whatever it does not
 * understand leaves it shut.
 */
import type {ChatError, Suspension} from './errors.js';
import type {Acceptance, TermsDocument} from './terms.js';

/** Why the terms are shown: never accepted, changed since, or asked for again by the backend. */
export type TermsReason = 'first' | 'changed' | 'required';

export type Gate =
  /** The vendor has switched the chat off: nothing is drawn, loaded or stored. */
  | {readonly phase: 'disabled'}
  /** Nobody has opened the chat yet, or the person declined or withdrew. */
  | {readonly phase: 'idle'}
  | {readonly phase: 'loading'}
  | {readonly phase: 'sign-in'; readonly busy: boolean; readonly error?: ChatError}
  | {
      readonly phase: 'terms';
      readonly terms: TermsDocument;
      /** Hex SHA-256 of the text that is shown. */
      readonly textSha256: string;
      readonly reason: TermsReason;
      readonly saving: boolean;
      readonly error?: ChatError;
    }
  | {readonly phase: 'open'; readonly acceptance: Acceptance}
  | ({readonly phase: 'suspended'} & Suspension)
  | {readonly phase: 'unavailable'; readonly error: ChatError};

export type GateEvent =
  | {readonly type: 'switched'; readonly on: boolean}
  | {readonly type: 'loading'}
  | {readonly type: 'sign-in-needed'; readonly error?: ChatError}
  | {readonly type: 'signing-in'}
  | {
      readonly type: 'terms-needed';
      readonly terms: TermsDocument;
      readonly textSha256: string;
      readonly reason: TermsReason;
    }
  | {readonly type: 'accepting'}
  | {readonly type: 'accept-failed'; readonly error: ChatError}
  | {readonly type: 'accepted'; readonly acceptance: Acceptance}
  | {readonly type: 'closed'}
  | {readonly type: 'refused'; readonly error: ChatError};

/** The next gate. An event that means nothing in the present phase changes nothing. */
export function stepGate(gate: Gate, event: GateEvent): Gate {
  if (event.type === 'switched') {
    if (!event.on) return {phase: 'disabled'};
    return gate.phase === 'disabled' ? {phase: 'idle'} : gate;
  }
  if (gate.phase === 'disabled') return gate;
  switch (event.type) {
    case 'loading':
      return {phase: 'loading'};
    case 'sign-in-needed':
      return {phase: 'sign-in', busy: false, ...(event.error && {error: event.error})};
    case 'signing-in':
      return gate.phase === 'sign-in' ? {phase: 'sign-in', busy: true} : gate;
    case 'terms-needed':
      if (gate.phase !== 'loading') return gate;
      return {phase: 'terms', terms: event.terms, textSha256: event.textSha256, reason: event.reason, saving: false};
    case 'accepting':
      return gate.phase === 'terms' ? withoutError({...gate, saving: true}) : gate;
    case 'accept-failed':
      return gate.phase === 'terms' && gate.saving ? {...gate, saving: false, error: event.error} : gate;
    case 'accepted':
      // From `loading` when an earlier acceptance still covers the terms; from `terms` when the person accepts.
      if (gate.phase !== 'loading' && !(gate.phase === 'terms' && gate.saving)) return gate;
      return {phase: 'open', acceptance: event.acceptance};
    case 'closed':
      return gate.phase === 'suspended' ? gate : {phase: 'idle'};
    case 'refused': {
      const {code, display, until, appealUrl} = event.error;
      if (code !== 'user_suspended') return {phase: 'unavailable', error: event.error};
      return {phase: 'suspended', ...(display && {display}), ...(until && {until}), ...(appealUrl && {appealUrl})};
    }
  }
}

function withoutError(gate: Gate & {phase: 'terms'}): Gate {
  const {error: _, ...rest} = gate;
  return rest;
}
