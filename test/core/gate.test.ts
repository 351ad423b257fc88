import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import {stepGate, type Gate, type GateEvent} from '../../src/core/gate.js';
import type {Acceptance} from '../../src/core/terms.js';
import {terms} from './chat-setup.js';

const acceptance: Acceptance = {
  termsId: 'help',
  version: '3',
  textSha256: 'abc',
  locale: 'en',
  acceptedAt: '2026-11-20T12:00:00.000Z',
  purposes: {chat: true, analytics: false, device: true},
};
const unavailable = chatError('unavailable');
const network = chatError('network');
const shown = {phase: 'terms', terms, textSha256: 'abc', reason: 'first'} as const;

const gates = {
  disabled: {phase: 'disabled'},
  idle: {phase: 'idle'},
  loading: {phase: 'loading'},
  'sign-in': {phase: 'sign-in', busy: false},
  'sign-in under way': {phase: 'sign-in', busy: true},
  'sign-in that failed': {phase: 'sign-in', busy: false, error: network},
  terms: {...shown, saving: false},
  'terms being saved': {...shown, saving: true},
  'terms that were not saved': {...shown, saving: false, error: network},
  open: {phase: 'open', acceptance},
  suspended: {phase: 'suspended', display: 'Write to us.'},
  unavailable: {phase: 'unavailable', error: unavailable},
} as const satisfies Record<string, Gate>;

const events = {
  'switched off': {type: 'switched', on: false},
  'switched on': {type: 'switched', on: true},
  loading: {type: 'loading'},
  'sign-in needed': {type: 'sign-in-needed'},
  'sign-in failed': {type: 'sign-in-needed', error: network},
  'signing in': {type: 'signing-in'},
  'terms needed': {type: 'terms-needed', terms, textSha256: 'abc', reason: 'changed'},
  accepting: {type: 'accepting'},
  'accept failed': {type: 'accept-failed', error: network},
  accepted: {type: 'accepted', acceptance},
  closed: {type: 'closed'},
  refused: {type: 'refused', error: unavailable},
  'refused with a reason': {type: 'refused', error: chatError('user_suspended', {display: 'Until Monday.'})},
  'refused without a reason': {type: 'refused', error: chatError('user_suspended')},
} as const satisfies Record<string, GateEvent>;

type EventName = keyof typeof events;

/** What moves every gate but a disabled one. */
const anywhere = {
  'switched off': {phase: 'disabled'},
  loading: {phase: 'loading'},
  'sign-in needed': {phase: 'sign-in', busy: false},
  'sign-in failed': {phase: 'sign-in', busy: false, error: network},
  closed: {phase: 'idle'},
  refused: {phase: 'unavailable', error: unavailable},
  'refused with a reason': {phase: 'suspended', display: 'Until Monday.'},
  'refused without a reason': {phase: 'suspended'},
} as const satisfies Partial<Record<EventName, Gate>>;

/** Where each event leads from each gate; an event that is not named leaves it as it was. */
const table: Record<keyof typeof gates, Partial<Record<EventName, Gate>>> = {
  disabled: {'switched on': {phase: 'idle'}, 'switched off': {phase: 'disabled'}},
  idle: anywhere,
  loading: {
    ...anywhere,
    'terms needed': {...shown, reason: 'changed', saving: false},
    accepted: {phase: 'open', acceptance},
  },
  'sign-in': {...anywhere, 'signing in': {phase: 'sign-in', busy: true}},
  'sign-in under way': {...anywhere, 'signing in': {phase: 'sign-in', busy: true}},
  'sign-in that failed': {...anywhere, 'signing in': {phase: 'sign-in', busy: true}},
  terms: {...anywhere, accepting: {...shown, saving: true}},
  'terms being saved': {
    ...anywhere,
    accepting: {...shown, saving: true},
    'accept failed': {...shown, saving: false, error: network},
    accepted: {phase: 'open', acceptance},
  },
  'terms that were not saved': {...anywhere, accepting: {...shown, saving: true}},
  open: anywhere,
  // A suspension does not go away by closing the chat.
  suspended: {...anywhere, closed: gates.suspended},
  unavailable: anywhere,
};

describe('the gate', () => {
  for (const [from, gate] of Object.entries(gates) as [keyof typeof gates, Gate][]) {
    for (const [name, event] of Object.entries(events) as [EventName, GateEvent][]) {
      const expected = table[from][name];
      it(`${from} + ${name} → ${expected ? expected.phase : 'as it was'}`, () => {
        const next = stepGate(gate, event);
        if (expected) expect(next).to.deep.equal(expected);
        else expect(next).to.equal(gate);
      });
    }
  }

  it('opens by nothing but an acceptance', () => {
    const opened = Object.values(events)
      .filter(({type}) => type !== 'accepted')
      .flatMap((event) =>
        Object.values(gates).filter((gate: Gate) => gate.phase !== 'open' && stepGate(gate, event).phase === 'open'),
      );
    expect(opened).to.deep.equal([]);
  });
});
