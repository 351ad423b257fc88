/** What a conversation that has begun is drawn with: one chunk, loaded with the first question. */
export {TillitActions} from './actions.js';
export {TillitLog} from './log.js';
export {TillitRating} from './rating.js';
export {TillitTicket} from './ticket.js';
export {TillitTurn} from './turn.js';
