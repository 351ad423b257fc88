import type {Mask, PiiPolicy, Screen} from '../privacy/types.js';
import type {Ports} from './ports.js';
import type {TermsDocument} from './terms.js';
import type {ChatTransport} from './transport.js';

/** What stands between a person's words and the backend. */
export interface Guard {
  /** Judges every text before it leaves. */
  readonly screen: Screen;
  /** Puts placeholders where personal data stood. */
  readonly mask: Mask;
  /** Resolves when the guard can judge, where it loads late. Rejected: nothing may be sent. */
  readonly prepare?: () => Promise<void>;
}

export interface ChatOptions extends Guard {
  readonly transport: ChatTransport;
  /** BCP 47; asked at each call, since a person may change it. */
  readonly locale: () => string;
  /** Goes before the policy of the backend's config, type by type. */
  readonly piiPolicy?: PiiPolicy;
  /** The terms, when the backend has no config endpoint. */
  readonly terms?: TermsDocument;
  /** Who accepts without a word about it lets the conversation be kept on the device: as long as the tab lives, it may be. */
  readonly keepsOnDevice?: boolean;
  /** People sign in, also where that is none of the chat's business: `signIn` alone says so too. */
  readonly isPersonal?: boolean;
  /** Present = people must sign in. Resolves when they have. */
  readonly signIn?: () => Promise<void>;
  /** What the host says about the page: sent with each question. */
  readonly context?: () => Readonly<Record<string, unknown>>;
  readonly ports: Ports;
}

/** Used where the backend's config names no limit. */
export const defaultLimits = {questionChars: 4000, commentChars: 1000, ticketChars: 8000};
