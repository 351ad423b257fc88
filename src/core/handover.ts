/**
 * A human in the conversation: what they write arrives unasked, over `subscribe`, for as long as the gate is open and a
 * human has taken over or may do so. Loads when that is the case for the first time.
 *
 * Each message is a turn of its own that nobody asked for. A message that is there already, by its id, is not taken
 * again: backends may say everything once more when they are asked anew.
 */
import {errorFrom, type ChatError} from './errors.js';
import type {Answerer, ChatEvent} from './events.js';
import type {Ports} from './ports.js';
import type {Action} from './reducer.js';
import {isByHuman, messageRef, replaceAt, type Answer, type AnswerPart, type ChatState, type Turn} from './state.js';
import type {Store} from './store.js';
import type {CallOptions, ChatTransport, ResumeRef} from './transport.js';

/** Between two tries to listen, at most. */
const longestPauseMs = 60_000;

export interface Handover {
  /** The person goes back to automatic answers. `false` when the backend could not be told: then the human is still there. */
  leave(): Promise<boolean>;
}

export interface HandoverPorts {
  readonly transport: ChatTransport;
  readonly ports: Pick<Ports, 'newId' | 'nowMs' | 'random' | 'wait'>;
  readonly call: (signal: AbortSignal) => CallOptions;
  /** Brings the gate back where an error asks for that. */
  readonly heed: (error: ChatError) => Promise<void>;
}

/** @param lifetime ends with the chat */
export function followHuman(
  store: Store<ChatState, Action>,
  {transport, ports, call, heed}: HandoverPorts,
  lifetime: AbortSignal,
): Handover {
  let abort = new AbortController();
  /** A conversation. */
  let followed: string | undefined;
  /** So many turns were there when nobody was at the other end: the next one is a reason to look again. */
  let quietTurns = -1;
  let cursor: string | undefined;

  const change = (state: Partial<ChatState>) => store.dispatch({type: 'restored', state});

  /** Begins, ends or changes conversations, as the state has it. */
  function look(state: ChatState) {
    // It may have ended while this file was loading.
    if (lifetime.aborted) return;
    const isWanted = state.gate.phase === 'open' && state.turns.length !== quietTurns && mayJoin(state);
    const wanted = isWanted ? state.conversationId : undefined;
    if (wanted === followed) return;
    abort.abort();
    abort = new AbortController();
    followed = wanted;
    cursor = undefined;
    if (wanted !== undefined) void follow(abort.signal);
  }

  async function follow(signal: AbortSignal) {
    for (let failures = 0; !signal.aborted; failures++) {
      const heard = await listen(signal);
      if (signal.aborted) return;
      if (heard === 'something') failures = 0;
      if (heard === 'nothing') return rest();
      await ports.wait(pauseMs(failures, ports.random()), signal);
    }
  }

  /** @returns what came of one connection */
  async function listen(signal: AbortSignal): Promise<'something' | 'nothing' | 'an error'> {
    let isHeard = false;
    let message: Incoming = {};
    let error: ChatError | undefined;
    try {
      for await (const event of transport.subscribe!(refOf(store.get(), cursor), call(signal))) {
        if (signal.aborted) return 'nothing';
        isHeard = true;
        if (event.cursor !== undefined) cursor = event.cursor;
        if (event.type === 'error') error = event.error;
        if (event.type === 'error' || event.type === 'finish') break;
        message = take(event, message);
      }
    } catch (caught) {
      error = errorFrom(caught);
    }
    if (!error || signal.aborted) return isHeard ? 'something' : 'nothing';
    await heed(error);
    return error.retryable ? 'an error' : 'nothing';
  }

  /** @returns the message that further text belongs to */
  function take(event: ChatEvent, message: Incoming): Incoming {
    const {turns, answerer} = store.get();
    switch (event.type) {
      case 'answerer':
        if (event.kind !== answerer.kind || event.name !== answerer.name) change({answerer: nameOf(event)});
        return message;
      case 'start': {
        const {messageId} = event;
        const isThere =
          messageId !== undefined &&
          turns.some(({answers}) => answers.some((answer) => answer.messageId === messageId));
        return {
          isThere,
          ...(messageId !== undefined && {messageId}),
          ...(event.answerer?.kind === 'human' && {by: event.answerer}),
        };
      }
      case 'text': {
        if (message.isThere) return message;
        const turn = turns.find(({id}) => id === message.turnId);
        if (turn) {
          change({turns: turns.map((one) => (one === turn ? withText(turn, event) : one))});
          return message;
        }
        // Not before its first words: who is told of a message is told what it says.
        const by = message.by ?? (answerer.kind === 'human' ? answerer : {kind: 'human'});
        const begun = withText(unaskedTurn(ports.newId(), ports.nowMs(), by, message.messageId), event);
        change({turns: [...turns, begun]});
        return {...message, turnId: begun.id};
      }
      case 'retract':
      case 'session':
      case 'status':
      case 'source':
      case 'cite':
      case 'suggestions':
      case 'notice':
      case 'handoff':
      case 'data':
      case 'error':
      case 'finish':
        return message;
    }
  }

  /** Nobody is there: whoever had taken over has left while we were away. */
  function rest() {
    const {answerer, config, turns} = store.get();
    quietTurns = turns.length;
    if (answerer.kind === 'human' && config) change({answerer: config.answerer});
    look(store.get());
  }

  const unfollow = store.subscribe(look);
  lifetime.addEventListener('abort', () => {
    unfollow();
    abort.abort();
  });
  look(store.get());

  return {
    async leave() {
      const {gate, conversationId, config} = store.get();
      const {signal} = abort;
      if (gate.phase !== 'open' || conversationId === undefined || !transport.leaveHuman) return false;
      try {
        await transport.leaveHuman(conversationId, call(signal));
        if (!signal.aborted && config) change({answerer: config.answerer});
        return true;
      } catch (caught) {
        if (!signal.aborted) await heed(errorFrom(caught));
        return false;
      }
    },
  };
}

/** After the backend has offered a human, or one has been there; where its config says so, always or never. */
const mayJoin = ({config, turns}: ChatState): boolean =>
  config?.features.human ?? turns.some(({handoff, answers}) => handoff || answers.some(isByHuman));

/** A message that is arriving. */
interface Incoming {
  readonly messageId?: string;
  /** It is in the conversation already: nothing of it is taken twice. */
  readonly isThere?: boolean;
  readonly by?: Answerer;
  readonly turnId?: string;
}

const nameOf = ({kind, name}: Answerer): Answerer => ({kind, ...(name !== undefined && {name})});

/** Full jitter, doubling: who waits for a human has time, and a backend that is down has many who wait. */
const pauseMs = (failures: number, random: number) =>
  500 + random * (Math.min(longestPauseMs, 1000 * 2 ** Math.min(failures, 8)) - 500);

function refOf(state: ChatState, cursor: string | undefined): ResumeRef {
  const last = state.turns.at(-1);
  return {...(last ? messageRef(state, last) : {messageId: ''}), ...(cursor !== undefined && {cursor})};
}

function unaskedTurn(id: string, atMs: number, answerer: Answerer, messageId: string | undefined): Turn {
  const answer: Answer = {
    ...(messageId !== undefined && {messageId}),
    answerer,
    parts: [],
    sources: [],
    citations: [],
    notices: [],
    // Who answers people all day need not be rated for each sentence.
    rateable: false,
  };
  return {
    id,
    question: '' as Turn['question'],
    askedAtMs: atMs,
    phase: 'done',
    answers: [answer],
    suggestions: [],
    handoff: false,
  };
}

function withText(turn: Turn, {part: id = '', op, text}: Extract<ChatEvent, {type: 'text'}>): Turn {
  const [answer] = turn.answers;
  if (!answer) return turn;
  const index = answer.parts.findIndex((part) => part.id === id);
  const before = answer.parts[index];
  const part: AnswerPart = {id, text: before && op === 'append' ? before.text + text : text};
  return {
    ...turn,
    answers: [{...answer, parts: before ? replaceAt(answer.parts, index, part) : [...answer.parts, part]}],
  };
}
