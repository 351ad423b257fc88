import type {ChatError} from './errors.js';

/** A document an answer rests on. */
export interface Source {
  readonly id: string;
  /** The number that `[n]` in the answer refers to. Without it, the place in the order of arrival. */
  readonly n?: number;
  readonly title: string;
  readonly url?: string;
  /** The passage, as plain text. */
  readonly snippet?: string;
  /** The site's or collection's name. */
  readonly site?: string;
  /** When the document last changed: ISO 8601 date. */
  readonly updated?: string;
}

/** A question the person may ask next with one press, or a page they may open. */
export interface Suggestion {
  readonly text: string;
  readonly url?: string;
}

/** Who answers now; decides the notice that is shown. */
export interface Answerer {
  readonly kind: 'ai' | 'search' | 'human';
  readonly name?: string;
}

/** `tool`: the answer waits for a tool that nobody here runs. */
export type FinishReason = 'stop' | 'length' | 'cancelled' | 'content_filter' | 'no_source' | 'tool' | 'other';

/**
 * What a transport yields while a turn is open. Exactly one terminal event ends it: `error` or `finish`;
 * the first wins. `cursor` is where `resume` can continue after this event.
 */
export type ChatEvent = {readonly cursor?: string} & (
  | {
      readonly type: 'start';
      readonly messageId?: string;
      readonly conversationId?: string;
      /** Who writes it, where that is not who answers now: a human's message that comes later. */
      readonly answerer?: Answerer;
      readonly mode?: 'new' | 'replay' | 'continue';
    }
  | {readonly type: 'session'; readonly state: unknown}
  | {
      readonly type: 'status';
      readonly id?: string;
      readonly state: 'active' | 'done' | 'failed';
      readonly kind?: 'progress' | 'search' | 'tool' | 'thinking';
      readonly text?: string;
    }
  | {readonly type: 'text'; readonly op: 'append' | 'replace'; readonly part?: string; readonly text: string}
  | {readonly type: 'retract'; readonly part?: string; readonly reason: 'regenerated' | 'content_filter' | 'empty'}
  | {readonly type: 'source'; readonly source: Source}
  | {
      readonly type: 'cite';
      readonly sourceId: string;
      readonly part?: string;
      readonly start?: number;
      readonly end?: number;
      readonly quote?: string;
      readonly marker?: string;
    }
  | {readonly type: 'suggestions'; readonly items: readonly Suggestion[]}
  | {readonly type: 'notice'; readonly level: 'info' | 'warning' | 'danger'; readonly text: string}
  | ({readonly type: 'answerer'} & Answerer)
  | {readonly type: 'handoff'; readonly reason?: string}
  /** What nothing above can carry. Known: `confidence`, whose value is `'low'` or 0 to 1. */
  | {readonly type: 'data'; readonly name: string; readonly value: unknown}
  | {readonly type: 'error'; readonly error: ChatError}
  | {readonly type: 'finish'; readonly reason: FinishReason; readonly messageId?: string; readonly rateable?: boolean}
);

export const isTerminal = (event: ChatEvent) => event.type === 'error' || event.type === 'finish';
