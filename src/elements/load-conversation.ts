import {register} from './register.js';

/** Defines what shows a conversation that has begun: log, turns, rating, ticket. A load that failed is tried again the next time. */
export async function loadConversation(): Promise<void> {
  const {TillitActions, TillitLog, TillitTurn, TillitRating, TillitTicket} = await import('./conversation.js');
  register('tillit-rating', TillitRating);
  register('tillit-actions', TillitActions);
  register('tillit-turn', TillitTurn);
  register('tillit-log', TillitLog);
  register('tillit-ticket', TillitTicket);
}

/** Defines what asks how a conversation went, once one has ended. Where it cannot be loaded, nobody is asked. */
export function loadConversationRating(): void {
  import('./conversation-rating.js').then(
    ({TillitConversationRating}) => register('tillit-conversation-rating', TillitConversationRating),
    () => {},
  );
}

/** Defines what tells a suspended person until when, and where they can object. Without it they still see the reason. */
export function loadSuspension(): void {
  import('./suspension.js').then(
    ({TillitSuspension}) => register('tillit-suspension', TillitSuspension),
    () => {},
  );
}
