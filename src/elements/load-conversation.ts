import {register} from './register.js';

/** Defines what shows a conversation that has begun: log, turns, rating, ticket. A load that failed is tried again the next time. */
export async function loadConversation(): Promise<void> {
  const {TillitLog, TillitTurn, TillitRating, TillitTicket} = await import('./conversation.js');
  register('tillit-rating', TillitRating);
  register('tillit-turn', TillitTurn);
  register('tillit-log', TillitLog);
  register('tillit-ticket', TillitTicket);
}
