/** What a person can do in a chat: the contract that the interface is written against. */
import type {Finding, MaskMap, Purpose, Screening} from '../privacy/types.js';
import type {ChatError} from './errors.js';
import type {RateOutcome} from './rating.js';
import type {Action} from './reducer.js';
import type {ChatState, TicketForm} from './state.js';
import type {Store} from './store.js';
import type {Purposes} from './terms.js';
import type {TicketField, TicketOutcome} from './ticketing.js';
import type {ChatTransport, Feature, Limits, Reason, Score} from './transport.js';

export type AskOutcome =
  /** The turn is over, however it ended; its state tells how. */
  | {readonly asked: true; readonly turnId: string}
  | {readonly asked: false; readonly reason: 'empty' | 'busy' | 'closed' | 'too-long' | 'check-failed'}
  | {readonly asked: false; readonly reason: 'blocked'; readonly findings: readonly Finding[]};

export interface AskOptions {
  readonly trigger?: 'user' | 'suggestion';
  /** The person has said of the warnings found: this is not personal data. */
  readonly warningsConfirmed?: boolean;
}

export interface Chat {
  readonly store: Store<ChatState, Action>;
  readonly transport: ChatTransport;
  /** Whether a feature is there to offer. */
  can(feature: Feature): boolean;
  limit(name: keyof Limits): number;
  /** The guard as this chat is configured: what `ask` and the ticket will say to a text. */
  screen(text: string, purpose: Purpose): Promise<Screening>;
  /** Puts placeholders where personal data was found. @throws when the guard cannot be loaded */
  mask(text: string, findings: readonly Finding[]): Promise<string>;
  /** What the placeholders stand for, to be put back on screen and nowhere else. */
  masks(): MaskMap;
  /** The person opens the chat: leads through the gate. Also the way to try again. */
  open(): Promise<void>;
  signIn(): Promise<void>;
  /** @param purposes what the person has chosen; unless they have, analytics is off, and what is kept on the device as `storage` says */
  accept(purposes?: Partial<Purposes>): Promise<void>;
  decline(): void;
  /** Keeps what is typed. */
  draft(text: string): void;
  /** Screens and sends. Resolves when the turn is over. */
  ask(text: string, options?: AskOptions): Promise<AskOutcome>;
  /**
   * Asks a turn again: with the same key when it brought no whole answer, else with a new one, for an answer that takes
   * the place of the first.
   */
  retry(turnId: string): Promise<void>;
  /** Puts a failed question back into the draft. */
  takeBack(turnId: string): void;
  /** Ends the open turn now, and tells the backend. */
  stop(): void;
  /**
   * The last rating of an answer wins.
   *
   * @param answer which bubble of the turn, the first is 0
   * @param reasons why it did not help
   */
  rate(
    turnId: string,
    score: Score,
    comment?: string,
    answer?: number,
    reasons?: readonly Reason[],
  ): Promise<RateOutcome>;
  /** Rates the conversation that has ended, `state.ended`. */
  rateConversation(score: Score, comment?: string, reasons?: readonly Reason[]): Promise<RateOutcome>;
  openTicket(draft?: Partial<TicketForm>): Promise<void>;
  editTicket(change: Partial<TicketForm>): void;
  /** @param confirmed fields whose warnings the person has called no personal data */
  sendTicket(confirmed?: readonly TicketField[]): Promise<TicketOutcome>;
  closeTicket(): void;
  /** Sends the human away who has taken over. `false` when the backend could not be told: then they are still there. */
  leaveHuman(): Promise<boolean>;
  /** A new conversation under the same acceptance. */
  reset(): void;
  /** Takes the acceptance back and forgets everything here. `false` when the backend could not be told. */
  withdraw(): Promise<boolean>;
  /** The acceptance has been taken back elsewhere: the same without telling the backend. */
  forget(): void;
  /** Passes the gate again, from the config: what it rests on has changed elsewhere. `error`: how that showed. */
  refresh(error?: ChatError): Promise<void>;
  /** `false` renders, loads and stores nothing from now on. */
  switch(on: boolean): void;
  /** `false`: nobody follows the answer that is arriving while the page or the chat is away. `true`: follows it on. */
  follow(on: boolean): void;
  /** Ends everything under way. The chat is of no use afterwards. */
  dispose(): void;
}
