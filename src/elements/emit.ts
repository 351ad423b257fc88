import type {ErrorCode} from '../core/errors.js';
import type {Score} from '../core/transport.js';
import type {Answerer} from '../core/events.js';
import type {PiiType} from '../privacy/types.js';

/** Every event the element sends its host, and its detail, once. Details carry ids, counts, codes and durations, never what people wrote. */
export interface TillitEvents {
  'tillit-open': {readonly by: 'launcher' | 'script'};
  'tillit-close': {readonly by: 'person' | 'script'};
  /** The notice of who answers has been shown. */
  'tillit-disclosure-shown': {readonly answerer: Answerer['kind']};
  'tillit-terms-accept': {readonly termsId: string; readonly version: string; readonly receiptId?: string};
  'tillit-terms-decline': {readonly termsId: string; readonly version: string};
  'tillit-ask': {readonly turnId: string; readonly questionChars: number};
  'tillit-answer': {
    readonly turnId: string;
    readonly outcome: 'done' | 'stopped' | 'failed';
    readonly answerer: Answerer['kind'];
    readonly sources: number;
    readonly durationMs: number;
  };
  'tillit-rate': {readonly turnId: string; readonly score: Score};
  'tillit-ticket': {readonly ticketId: string; readonly duplicate: boolean};
  /** How many findings of each type; never the values. */
  'tillit-pii-found': {readonly counts: Readonly<Partial<Record<PiiType, number>>>};
  'tillit-source-open': {readonly sourceId: string};
  /** How many answers and messages have come while the chat was closed; 0 when it is opened. */
  'tillit-unread': {readonly count: number};
  'tillit-withdraw': {readonly told: boolean};
  'tillit-error': {readonly code: ErrorCode; readonly turnId?: string};
}

export type HostEvent = {
  [Name in keyof TillitEvents]: {readonly name: Name; readonly detail: TillitEvents[Name]};
}[keyof TillitEvents];

type TillitEventMap = {[Name in keyof TillitEvents]: CustomEvent<TillitEvents[Name]>};

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging into the DOM's map is how listeners get typed
  interface HTMLElementEventMap extends TillitEventMap {}
}

export function emit<Name extends keyof TillitEvents>(source: HTMLElement, name: Name, detail: TillitEvents[Name]) {
  source.dispatchEvent(new CustomEvent(name, {bubbles: true, composed: true, detail}));
}
