import type {PiiPolicy, Screen} from '../privacy/types.js';
import type {Ports} from './ports.js';
import type {TermsDocument} from './terms.js';
import type {ChatTransport} from './transport.js';

export interface ChatOptions {
  readonly transport: ChatTransport;
  /** BCP 47; asked at each call, since a person may change it. */
  readonly locale: () => string;
  /** The guard that every text passes before it leaves. */
  readonly screen: Screen;
  /** Resolves when `screen` can judge; where the guard loads lazily. Rejected: nothing may be sent. */
  readonly prepare?: () => Promise<void>;
  readonly piiPolicy?: PiiPolicy;
  /** The terms, when the backend has no config endpoint. */
  readonly terms?: TermsDocument;
  /** Present = people must sign in. Resolves when they have. */
  readonly signIn?: () => Promise<void>;
  /** What the host says about the page: sent with each question. */
  readonly context?: () => Readonly<Record<string, unknown>>;
  readonly ports: Ports;
}

/** Used where the backend's config names no limit. */
export const defaultLimits = {questionChars: 4000, commentChars: 1000, ticketChars: 8000};
