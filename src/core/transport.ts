/** The port to the vendor's backend. `send` alone is required; a capability exists when its method is present. */
import type {PiiPolicy, ScreenedText} from '../privacy/types.js';
import type {Suspension} from './errors.js';
import type {Answerer, ChatEvent, Source, Suggestion} from './events.js';
import type {Acceptance, AcceptanceReceipt, TermsDocument} from './terms.js';

export interface ChatTransport {
  readonly id: string;
  send(request: ChatRequest, options: CallOptions): AsyncIterable<ChatEvent>;
  /** Continues an answer after `ref.cursor`; yields nothing when nothing is running. */
  resume?(ref: ResumeRef, options: CallOptions): AsyncIterable<ChatEvent>;
  /** Asks the backend to stop; aborting `send` alone only disconnects. */
  stop?(ref: MessageRef, options: CallOptions): Promise<void>;
  /**
   * What humans write into the conversation, unasked: who answers now (`answerer`), then for each message `start` with
   * its id and its `text`, whole. Yields nothing when nobody is there and nobody will come; else it goes on, and is asked again
   * with the last cursor when it ends. Events that are not of these types are ignored.
   */
  subscribe?(ref: ResumeRef, options: CallOptions): AsyncIterable<ChatEvent>;
  /** The person sends the human away and goes back to automatic answers. */
  leaveHuman?(conversationId: string, options: CallOptions): Promise<void>;
  config?(options: CallOptions): Promise<RemoteConfig>;
  accept?(acceptance: Acceptance, options: CallOptions): Promise<AcceptanceReceipt>;
  withdraw?(options: CallOptions): Promise<void>;
  /** The exact text that was accepted with the receipt of this call, as `termsText` made it. */
  acceptedText?(options: CallOptions): Promise<string>;
  /** The last write wins. */
  rate?(rating: Rating, options: CallOptions): Promise<void>;
  createTicket?(ticket: TicketDraft, options: CallOptions & {readonly idempotencyKey: string}): Promise<TicketReceipt>;
  speechToken?(options: CallOptions): Promise<SpeechToken>;
  load?(conversationId: string, options: CallOptions): Promise<Transcript>;
  exportConversation?(conversationId: string, options: CallOptions): Promise<Blob>;
  deleteConversation?(conversationId: string, options: CallOptions): Promise<void>;
  /** All that is held about this person: for machines, or as a page to read. */
  exportEverything?(format: 'json' | 'html', options: CallOptions): Promise<Blob>;
  deleteEverything?(options: CallOptions): Promise<Deletion>;
  dispose?(): void;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** BCP 47. */
  readonly locale: string;
  /** The receipt of the acceptance under which this call is made, when there is one. */
  readonly receiptId?: string;
}

export interface ChatRequest {
  readonly text: ScreenedText;
  /** UUID: the idempotency key of the turn, the same on retry. */
  readonly clientMessageId: string;
  readonly conversationId?: string;
  /** Opaque: what the backend last sent in a `session` event, echoed. */
  readonly session?: unknown;
  /** Earlier turns, oldest first. */
  readonly history: readonly TurnText[];
  readonly trigger: 'user' | 'suggestion' | 'retry';
  /** The message this one replaces. */
  readonly replaces?: string;
  /** Page URL, product, article: set by the host. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** One side of a turn. Only what a person wrote must be screened. */
export type TurnText =
  {readonly role: 'user'; readonly text: ScreenedText} | {readonly role: 'assistant'; readonly text: string};

export interface MessageRef {
  /** The backend's id of the answer, or the turn's `clientMessageId` when the backend named none. */
  readonly messageId: string;
  readonly conversationId?: string;
}

export interface ResumeRef extends MessageRef {
  readonly cursor?: string;
}

export interface RemoteConfig {
  readonly enabled: boolean;
  readonly terms?: TermsDocument;
  readonly answerer: Answerer;
  /**
   * A capability that is `false` here shows no button. `human` has none: `true` means that a human may join at any time,
   * so that the chat listens for them, `false` never, and without it once a human is offered or there.
   */
  readonly features: Readonly<Partial<Record<Feature | 'human', boolean>>>;
  readonly limits: Readonly<Partial<Limits>>;
  readonly greeting?: string;
  readonly suggestions: readonly Suggestion[];
  readonly retention?: {readonly days: number};
  /** What the backend does with each type; the page's own policy goes before it. */
  readonly piiPolicy?: PiiPolicy;
  /**
   * Who has signed in, as a name that tells nobody else who it is. What is stored on the device under another name is
   * deleted unseen. Where people sign in and the backend does not say who, nothing is carried over to the next page.
   */
  readonly user?: string;
  /** This person may not use the chat: they are told when they open it. */
  readonly suspension?: Suspension;
}

export type Feature = 'rating' | 'tickets' | 'export' | 'delete' | 'speech';

export interface Limits {
  readonly questionChars: number;
  readonly commentChars: number;
  readonly ticketChars: number;
}

export type Score = 1 | 2 | 3 | 4 | 5;

/** Why an answer did not help, as the person chose from what is offered with a low score. */
export type Reason = 'wrong' | 'outdated' | 'incomplete' | 'unclear' | 'off_topic';

export interface Rating {
  readonly target: {readonly messageId: string} | {readonly conversationId: string};
  readonly score: Score;
  readonly reasons?: readonly Reason[];
  readonly comment?: ScreenedText;
}

/** What a ticket is about: the product, a person's rights in their data, a suspension. */
export type TicketCategory = 'support' | 'rights' | 'appeal';

export interface TicketDraft {
  /** `support` when it is not given. */
  readonly category?: TicketCategory;
  readonly name: ScreenedText;
  readonly email: ScreenedText;
  readonly description: ScreenedText;
  /** What the person chose to attach, as they left it. An answer they changed is their own words. */
  readonly transcript: readonly TurnText[];
  readonly conversationId?: string;
}

export interface TicketReceipt {
  /** The number a person can refer to. */
  readonly id: string;
  readonly url?: string;
  /** The backend had this ticket already: a retry met it. */
  readonly duplicate?: boolean;
}

/** What became of a wish to delete everything. */
export interface Deletion {
  /** What a person can refer to. */
  readonly receiptId: string;
  /** `requested`: it is not done yet. */
  readonly status: 'done' | 'requested';
  /** What stays for now, and why: in the language of the call. */
  readonly kept: readonly {
    readonly what: string;
    readonly count?: number;
    /** ISO 8601. */
    readonly until?: string;
    readonly why?: string;
  }[];
}

export interface SpeechToken {
  readonly provider: string;
  readonly token: string;
  readonly region?: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

export interface Transcript {
  readonly conversationId: string;
  readonly turns: readonly {
    readonly id: string;
    readonly messageId?: string;
    readonly question: string;
    readonly answer: string;
    readonly sources: readonly Source[];
    readonly answerer: Answerer;
    /** ISO 8601. */
    readonly askedAt: string;
    readonly rating?: {readonly score: Score; readonly reasons?: readonly Reason[]; readonly comment?: string};
  }[];
}
