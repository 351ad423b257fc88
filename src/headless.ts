/**
 * The chat without pixels, with the guard in it. Published as `tillit-chat/core`; runs in browsers and in Node.
 */
import {checkPolicy, mask, screen} from './privacy/index.js';
import {wireChat, type HeadlessChat, type HeadlessOptions} from './wiring.js';

export * from './core/ai-marking.js';
export * from './core/errors.js';
export * from './core/events.js';
export * from './core/offline.js';
export * from './core/terms.js';
export * from './core/transport.js';
export * from './core/state.js';
export type {Chat, AskOptions, AskOutcome, RateOutcome} from './core/session.js';
export type {Gate, TermsReason} from './core/gate.js';
export type {Store} from './core/store.js';
export type {Action} from './core/reducer.js';
export type {TicketField, TicketOutcome, BlockedField} from './core/ticketing.js';
export type {Ports} from './core/ports.js';
export type {StorageMode} from './storage/web-storage.js';
export type {HeadlessChat, HeadlessOptions} from './wiring.js';

/**
 * A conversation with the vendor's backend: gate, guard, answers, rating, tickets.
 *
 * @throws TypeError when `piiPolicy` names a type or a severity that does not exist
 */
export function createChat(options: HeadlessOptions): HeadlessChat {
  if (options.piiPolicy) checkPolicy(options.piiPolicy);
  return wireChat(options, {screen, mask});
}
