import {register} from './register.js';

/** Defines what shows a conversation that has begun: findings, log, turns, rating, ticket. A load that failed is tried again the next time. */
export async function loadConversation(): Promise<void> {
  const {TillitFindings, TillitLog, TillitTurn, TillitRating, TillitTicket} = await import('./conversation.js');
  register('tillit-findings', TillitFindings);
  register('tillit-rating', TillitRating);
  register('tillit-turn', TillitTurn);
  register('tillit-log', TillitLog);
  register('tillit-ticket', TillitTicket);
}
