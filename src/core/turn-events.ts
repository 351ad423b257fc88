/** What an event does to its turn, and to the conversation. Loads with the first question. */
import type {Answerer, ChatEvent, Source} from './events.js';
import type {Action} from './reducer.js';
import {
  answerText,
  isOpen,
  replaceAt,
  withAnswer,
  type Answer,
  type AnswerPart,
  type ChatState,
  type Turn,
} from './state.js';

/** The action that tells the store of an event. There is none for a closed turn, nor for an event that nobody here knows. */
export function heard(state: ChatState, turnId: string, event: ChatEvent): Action | undefined {
  const before = state.turns.find(({id}) => id === turnId);
  if (!before || !isOpen(before)) return undefined;
  if (event.type === 'error') return {type: 'failed', turnId, error: event.error};
  const turn: Turn | undefined = takeEvent(before, event, state.answerer);
  // An adapter outside these types may yield one that nobody here knows: it is ignored.
  return turn && {type: 'heard', turn, conversation: conversationAfter(event)};
}

function conversationAfter(event: ChatEvent): Extract<Action, {type: 'heard'}>['conversation'] {
  switch (event.type) {
    case 'start':
      return event.conversationId === undefined ? {} : {conversationId: event.conversationId};
    case 'session':
      return {session: event.state};
    case 'answerer':
      return {answerer: answererOf(event)};
    case 'status':
    case 'text':
    case 'retract':
    case 'source':
    case 'cite':
    case 'suggestions':
    case 'notice':
    case 'handoff':
    case 'data':
    case 'error':
    case 'finish':
      return {};
  }
}

const answererOf = ({kind, name}: Answerer): Answerer => ({kind, ...(name !== undefined && {name})});

/** @param now who answers now, for a bubble that opens */
function takeEvent(before: Turn, event: Exclude<ChatEvent, {type: 'error'}>, now: Answerer): Turn {
  const {retrying, ...attempt} = event.cursor === undefined ? before : {...before, cursor: event.cursor};
  const turn: Turn = retrying ? {...attempt, answers: []} : attempt;
  const last = (change: (answer: Answer) => Answer) => {
    const open = turn.answers.length > 0 ? turn : {...turn, answers: [newAnswer(now)]};
    return withAnswer(open, open.answers.length - 1, change);
  };
  switch (event.type) {
    case 'start':
      return withStart(turn, event, now);
    case 'session':
      return turn;
    case 'data': {
      const {name, value} = event;
      const isKnown =
        name === 'confidence' && (value === 'low' || (typeof value === 'number' && value >= 0 && value <= 1));
      return isKnown ? last((answer) => ({...answer, confidence: value})) : turn;
    }
    case 'status':
      return last((answer) => ({...answer, status: withoutEnvelope(event)}));
    case 'text':
      return {...last((answer) => withText(answer, event.part ?? '', event.op, event.text)), phase: 'streaming'};
    case 'retract':
      return last((answer) => withRetraction(answer, event.part, event.reason));
    case 'source':
      return last((answer) => ({...answer, sources: upsert(answer.sources, event.source)}));
    case 'cite':
      return last((answer) => ({...answer, citations: [...answer.citations, withoutEnvelope(event)]}));
    case 'suggestions':
      return {...turn, suggestions: event.items};
    case 'notice':
      return last((answer) => ({...answer, notices: [...answer.notices, withoutEnvelope(event)]}));
    case 'answerer': {
      const answerer = answererOf(event);
      // What an AI has written stays marked as such, whoever goes on.
      return last((answer) =>
        answer.answerer.kind === 'ai' && answerText(answer) !== '' ? answer : {...answer, answerer},
      );
    }
    case 'handoff':
      return {...turn, handoff: true};
    case 'finish': {
      const ended = last(({status: _, ...answer}) => ({
        ...answer,
        ...(event.messageId !== undefined && {messageId: event.messageId}),
        rateable: event.rateable ?? answer.rateable,
      }));
      return {...ended, finish: event.reason, phase: event.reason === 'cancelled' ? 'stopped' : 'done'};
    }
  }
}

/**
 * A first `start` names the bubble, a later one opens another. A replay says everything again: from the bubble it names,
 * else the present one.
 */
function withStart(turn: Turn, event: Extract<ChatEvent, {type: 'start'}>, now: Answerer): Turn {
  const named = event.messageId === undefined ? {} : {messageId: event.messageId};
  const {answers} = turn;
  const current = answers.at(-1);
  const fresh: Answer = {...newAnswer(now), ...named};
  if (event.mode === 'replay') {
    const from = answers.findIndex(({messageId}) => messageId !== undefined && messageId === event.messageId);
    return {...turn, answers: [...answers.slice(0, from), fresh]};
  }
  if (current && (event.mode === 'continue' || isUntouched(current))) {
    return withAnswer(turn, answers.length - 1, (answer) => ({...answer, ...named}));
  }
  return {...turn, answers: [...answers, fresh]};
}

/** What came before its `start` belongs to the bubble that it names. */
const isUntouched = ({parts, sources, retracted}: Answer) => parts.length + sources.length === 0 && !retracted;

function withText(answer: Answer, id: string, op: 'append' | 'replace', text: string): Answer {
  const index = answer.parts.findIndex((part) => part.id === id);
  const before = answer.parts[index];
  const {retracted: _, ...rest} = answer;
  if (!before) return {...rest, parts: [...answer.parts, {id, text}]};
  const part: AnswerPart = {id, text: op === 'append' ? before.text + text : text};
  return {...rest, parts: replaceAt(answer.parts, index, part)};
}

function withRetraction(
  answer: Answer,
  part: string | undefined,
  reason: 'regenerated' | 'content_filter' | 'empty',
): Answer {
  const parts = part === undefined ? [] : answer.parts.filter(({id}) => id !== part);
  const {confidence: _, ...rest} = answer;
  const emptied: Answer = part === undefined ? {...rest, parts, sources: [], citations: []} : {...answer, parts};
  return reason === 'regenerated' ? emptied : {...emptied, retracted: reason};
}

function upsert(sources: readonly Source[], source: Source): readonly Source[] {
  const index = sources.findIndex(({id}) => id === source.id);
  return index < 0 ? [...sources, source] : replaceAt(sources, index, source);
}

function withoutEnvelope<Event extends ChatEvent>(event: Event): Omit<Event, 'type' | 'cursor'> {
  const {type: _, cursor: _c, ...rest} = event;
  return rest;
}

function newAnswer(answerer: Answerer): Answer {
  return {answerer, parts: [], sources: [], citations: [], notices: [], rateable: true};
}
