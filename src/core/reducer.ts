import type {ConversationAction} from './conversation-reducer.js';
import {stepGate, type GateEvent} from './gate.js';
import {initialState, withDraft, withEnd, type ChatState} from './state.js';
import type {RemoteConfig} from './transport.js';

export type Action =
  | {readonly type: 'gate'; readonly event: GateEvent}
  | {readonly type: 'configured'; readonly config: RemoteConfig; readonly user?: string | undefined}
  | {readonly type: 'restored'; readonly state: Partial<ChatState>}
  | {readonly type: 'drafted'; readonly text: string}
  /** A new conversation: what was said is gone, the acceptance stays. */
  | {readonly type: 'cleared'}
  /** The person takes everything back. */
  | {readonly type: 'withdrawn'}
  | ConversationAction;

/**
 * The only place state changes.
 *
 * @param more what happens to turns, ratings and tickets; without it, nothing does
 */
export function reduce(
  state: ChatState,
  action: Action,
  more: (state: ChatState, action: ConversationAction) => ChatState = (same) => same,
): ChatState {
  switch (action.type) {
    case 'gate': {
      const gate = stepGate(state.gate, action.event);
      if (gate === state.gate) return state;
      if (gate.phase === 'open') return {...state, gate, acceptance: gate.acceptance};
      return gate.phase === 'idle' ? returnKept({...state, gate}) : {...state, gate};
    }
    case 'configured':
      return {...state, config: action.config, user: action.user, answerer: action.config.answerer};
    case 'restored':
      return {...state, ...action.state};
    case 'drafted':
      return state.draft === action.text ? state : {...state, draft: action.text};
    case 'cleared': {
      const {conversationId: _c, session: _s, kept: _k, ended: before, ...rest} = state;
      const {ended} = withEnd(state, true);
      return {
        ...rest,
        ...(ended && ended !== before && {ended}),
        draft: '',
        turns: [],
        // One that is on its way still brings its number.
        ticket: state.ticket.phase === 'sending' ? state.ticket : {phase: 'closed'},
        answerer: state.config?.answerer ?? state.answerer,
      };
    }
    case 'withdrawn':
      return {...initialState, gate: stepGate(state.gate, {type: 'closed'})};
    default:
      return more(state, action);
  }
}

/** Who declines gets the waiting question back as a draft. */
function returnKept(state: ChatState): ChatState {
  if (state.kept === undefined) return state;
  const {kept, ...rest} = state;
  return {...rest, draft: withDraft(kept, state)};
}
