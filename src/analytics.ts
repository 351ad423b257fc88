/**
 * Hands what happens in a chat to a host's own measuring, and stays silent unless the person has chosen that. Published as
 * `tillit-chat/analytics`; imports nothing.
 *
 * What it tells are names, counts, codes and durations. Ids that a backend knows a person, a conversation or a ticket by
 * stay out. What happened before the person said yes is not told afterwards.
 */
import type {TillitEvents} from './elements/emit.js';
import type {TillitChat} from './elements/tillit-chat.js';

export type AnalyticsEvent = {
  readonly [Name in keyof TillitEvents]: {
    readonly name: Name;
    readonly detail: Omit<TillitEvents[Name], 'turnId' | 'ticketId' | 'receiptId'>;
  };
}[keyof TillitEvents];

/** All there are: an event that is new does not compile until it has its place here. */
const names: Readonly<Record<keyof TillitEvents, true>> = {
  'tillit-open': true,
  'tillit-close': true,
  'tillit-disclosure-shown': true,
  'tillit-terms-accept': true,
  'tillit-terms-decline': true,
  'tillit-ask': true,
  'tillit-answer': true,
  'tillit-rate': true,
  'tillit-ticket': true,
  'tillit-pii-found': true,
  'tillit-source-open': true,
  'tillit-unread': true,
  'tillit-withdraw': true,
  'tillit-error': true,
};

/**
 * @param tell may throw or be slow: the chat does not notice
 * @returns stops it
 */
export function bridgeAnalytics(
  chat: Pick<TillitChat, 'purposes' | 'addEventListener' | 'removeEventListener'>,
  tell: (event: AnalyticsEvent) => void,
): () => void {
  const hear = ({type, detail}: Event & {readonly detail?: unknown}) => {
    if (chat.purposes?.analytics !== true) return;
    const {turnId: _t, ticketId: _k, receiptId: _r, ...rest} = detail as Readonly<Record<string, unknown>>;
    tell({name: type, detail: rest} as AnalyticsEvent);
  };
  for (const name of Object.keys(names)) chat.addEventListener(name, hear);
  return () => {
    for (const name of Object.keys(names)) chat.removeEventListener(name, hear);
  };
}
