/** What a change of the gate means to the host, read off the state. The conversation's own events are in host-events.ts. */
import type {ChatState} from '../core/state.js';
import type {HostEvent} from './emit.js';

export function gateEvents({gate: before}: ChatState, {gate: after}: ChatState): readonly HostEvent[] {
  if (before === after) return [];
  if (before.phase === 'terms' && after.phase === 'open') {
    const {termsId, version, receiptId} = after.acceptance;
    return [{name: 'tillit-terms-accept', detail: {termsId, version, ...(receiptId !== undefined && {receiptId})}}];
  }
  if (before.phase === 'terms' && after.phase === 'idle') {
    return [{name: 'tillit-terms-decline', detail: {termsId: before.terms.id, version: before.terms.version}}];
  }
  if (after.phase === 'unavailable') return [{name: 'tillit-error', detail: {code: after.error.code}}];
  if (after.phase === 'suspended') return [{name: 'tillit-error', detail: {code: 'user_suspended'}}];
  if (after.phase === 'terms' && after.error) return [{name: 'tillit-error', detail: {code: after.error.code}}];
  return [];
}
