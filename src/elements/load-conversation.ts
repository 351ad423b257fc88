import {register} from './register.js';

/** Defines what shows a conversation that has begun: log, turns, rating, ticket, and what the guard found. A load that failed is tried again the next time. */
export async function loadConversation(): Promise<void> {
  const {TillitFinding, TillitLog, TillitTurn, TillitRating, TillitTicket} = await import('./conversation.js');
  register('tillit-finding', TillitFinding);
  register('tillit-rating', TillitRating);
  register('tillit-turn', TillitTurn);
  register('tillit-log', TillitLog);
  register('tillit-ticket', TillitTicket);
}
