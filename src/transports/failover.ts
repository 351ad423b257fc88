/**
 * Answers with `main`, and with `reserve` when `main` is down: an AI backend with search behind it.
 *
 * `main` counts as down when it fails before anything of its answer was shown, and not by refusing: no network, no
 * reply in time, `unavailable`, 5xx. A refusal (4xx) is an answer, and half an answer stays the half it is. What was down
 * is left alone for a short while, by the clock and without a timer.
 *
 * - The person is told: an `answerer` event and a `notice` go before the reserve's answer, and an `answerer` event before
 *   the next answer of `main`.
 * - Each of the two gets back its own conversation and session, which travel together in the `session` events. Where both
 *   keep a conversation, their two ids make one.
 * - An answer is resumed, stopped and rated where it came from. `deleteConversation` and `deleteEverything` reach
 *   both.
 * - Everything else is `main`'s alone. Services that must be there while it is down are joined around:
 *   `compose(failover(ai, search), native)`.
 */
import {chatError, errorFrom, isDown, type ChatError} from '../core/errors.js';
import type {Answerer, ChatEvent} from '../core/events.js';
import type {CallOptions, ChatRequest, ChatTransport, MessageRef, ResumeRef} from '../core/transport.js';
import {failoverNotice} from '../i18n/failover-notice.js';
import {startCall} from './call.js';
import {systemClock, type Clock} from './clock.js';
import {isFields, string} from './fields.js';
import {deleteAllEverywhere, deleteEverywhere, methods, serving, storing} from './methods.js';
import {eventStream} from './stream.js';

const USUAL_REST_MS = 30_000;
const LONGEST_REST_MS = 300_000;

export interface FailoverOptions {
  /**
   * Who answers, until they say so themselves. Without it AI, and for `main` what its config says: what an AI has made
   * must never pass for anything else.
   */
  readonly answerers?: {readonly main?: Answerer; readonly reserve?: Answerer};
  /** What the person is told when `reserve` takes over. The locale is BCP 47. */
  readonly notice?: (locale: string) => string | undefined | Promise<string | undefined>;
  /** How long `main` is left alone after it was down: 30 s, or what it asked for; at most 5 min. */
  readonly restMs?: number;
}

type Side = 'main' | 'reserve';

/** What the backend of one side has given us to give back. */
interface Memory {
  readonly conversationId?: string | undefined;
  readonly session?: unknown;
}

/** Nothing of these is seen in the log. They wait until it is certain whose answer this is. */
const unseen: readonly ChatEvent['type'][] = ['start', 'session', 'answerer', 'data'];

const AI: Answerer = {kind: 'ai'};

/** @param clock for tests */
export function failover(
  main: ChatTransport,
  reserve: ChatTransport,
  {answerers = {}, notice = failoverNotice, restMs = USUAL_REST_MS}: FailoverOptions = {},
  clock: Clock = systemClock,
): ChatTransport {
  const transports = {main, reserve};
  const owners = new Map<string, Side>();
  let memories: Readonly<Record<Side, Memory>> = {main: {}, reserve: {}};
  let usual = answerers.main ?? AI;
  /** Before this time `main` is not asked. */
  let restsUntilMs = 0;
  /** Who answered last, as far as the person knows. */
  let latest: Side = 'main';

  /**
   * What one side says, in terms of both.
   *
   * @returns why it is down, when nothing of an answer has been shown
   */
  async function* speak(
    side: Side,
    events: AsyncIterable<ChatEvent>,
    locale: string,
    isNew: boolean,
  ): AsyncGenerator<ChatEvent, ChatError | undefined> {
    const held: ChatEvent[] = [];
    let isShown = false;
    for await (const event of withoutThrowing(events)) {
      if (event.type === 'error') {
        if (!isShown && isDown(event.error) && event.error.status === undefined) return event.error;
        yield event;
        return undefined;
      }
      if (!isShown && event.type === 'status') {
        const {cursor: _, ...status} = event;
        yield status;
        continue;
      }
      held.push(event);
      if (!isShown && unseen.includes(event.type)) continue;
      if (!isShown) yield* introduction(side, locale, isNew);
      isShown = true;
      for (const each of held.splice(0)) yield* translated(side, each);
    }
    return isShown ? undefined : chatError('interrupted');
  }

  async function* introduction(side: Side, locale: string, isNew: boolean): AsyncGenerator<ChatEvent> {
    if (side === latest) {
      if (side === 'reserve' && isNew) yield {type: 'answerer', ...(answerers.reserve ?? AI)};
      return;
    }
    latest = side;
    yield {type: 'answerer', ...(side === 'main' ? usual : (answerers.reserve ?? AI))};
    const text = side === 'reserve' && isNew ? await notice(locale) : undefined;
    if (text !== undefined) yield {type: 'notice', level: 'info', text};
  }

  function* translated(side: Side, {cursor, ...event}: ChatEvent): Generator<ChatEvent> {
    // A side that cannot resume has no place to resume from.
    const place = cursor !== undefined && transports[side].resume ? {cursor: `${side}:${cursor}`} : {};
    const remember = (memory: Memory) => {
      memories = {...memories, [side]: {...memories[side], ...memory}};
      return memories;
    };
    if (event.type === 'session') {
      yield {...event, ...place, state: remember({session: event.state})};
      return;
    }
    if ((event.type === 'start' || event.type === 'finish') && event.messageId !== undefined)
      owners.set(event.messageId, side);
    if (event.type !== 'start' || event.conversationId === undefined) {
      yield {...event, ...place};
      return;
    }
    const {main, reserve} = remember({conversationId: event.conversationId});
    yield {...event, ...place, conversationId: joined(main.conversationId, reserve.conversationId)};
    yield {type: 'session', state: memories};
  }

  async function* answer(request: ChatRequest, options: CallOptions): AsyncGenerator<ChatEvent> {
    memories = readMemories(request);
    const ask = (side: Side) =>
      speak(side, transports[side].send(requestFor(request, memories[side]), options), options.locale, true);
    if (clock.now() >= restsUntilMs) {
      const down = yield* ask('main');
      if (!down || options.signal.aborted) return;
      restsUntilMs = clock.now() + Math.min(LONGEST_REST_MS, Math.max(restMs, down.retryAfterMs ?? 0));
    }
    const down = yield* ask('reserve');
    if (!down) return;
    // With both down, the next question begins with `main` again.
    restsUntilMs = 0;
    yield {type: 'error', error: down};
  }

  async function* takeUp(ref: ResumeRef, options: CallOptions): AsyncGenerator<ChatEvent> {
    const [, marked, cursor] = /^(main|reserve):(.*)$/s.exec(ref.cursor ?? '') ?? [];
    const side = (marked as Side | undefined) ?? owners.get(ref.messageId);
    let down: ChatError | undefined;
    // Where nobody knows whose answer it is, the one who has it says something.
    for (const from of side ? [side] : (['main', 'reserve'] as const)) {
      const place = {...ownRef(from, ref), ...(cursor !== undefined && {cursor})};
      const events = transports[from].resume?.(place, options);
      if (!events) continue;
      down = yield* speak(from, events, options.locale, false);
      if (!down || options.signal.aborted) return;
    }
    // Nothing at all means that nothing is running.
    if (down && down.code !== 'interrupted') yield {type: 'error', error: down};
  }

  const ownConversation = (side: Side, id: string) => parted(id)?.[side] ?? memories[side].conversationId ?? id;

  function ownRef<Ref extends MessageRef>(side: Side, {conversationId, ...ref}: Ref) {
    return {...ref, ...(conversationId !== undefined && {conversationId: ownConversation(side, conversationId)})};
  }

  /** The one of the two that answered and has this method, else the other that has it. */
  function having<Name extends 'rate' | 'stop'>(name: Name, messageId: string | undefined) {
    const owner = (messageId !== undefined && owners.get(messageId)) || latest;
    const order: readonly Side[] = owner === 'main' ? ['main', 'reserve'] : ['reserve', 'main'];
    return order.find((side) => transports[side][name])!;
  }

  const stream = (options: CallOptions, run: (options: CallOptions) => AsyncIterable<ChatEvent>) =>
    eventStream(
      () => startCall([options.signal], clock),
      ({signal}) => run({...options, signal}),
    );

  const deletes = (['main', 'reserve'] as const).flatMap((side) => {
    const remove = transports[side].deleteConversation?.bind(transports[side]);
    return remove ? [(id: string, options: CallOptions) => remove(ownConversation(side, id), options)] : [];
  });
  const {load, exportConversation} = methods(storing, reserve, main);
  const keeper: Side = (main.load ?? main.exportConversation) ? 'main' : 'reserve';

  return {
    ...methods(serving, main),
    ...(load && {load: (id, options) => load(ownConversation(keeper, id), options)}),
    ...(exportConversation && {
      exportConversation: (id, options) => exportConversation(ownConversation(keeper, id), options),
    }),
    ...deleteEverywhere(deletes),
    ...deleteAllEverywhere([main, reserve].flatMap((side) => side.deleteEverything?.bind(side) ?? [])),
    ...methods(['subscribe', 'leaveHuman'], main),
    ...(main.config && {
      async config(options) {
        const config = await main.config!(options);
        usual = answerers.main ?? config.answerer;
        return config;
      },
    }),
    ...((main.rate ?? reserve.rate) && {
      rate(rating, options) {
        const side = having('rate', 'messageId' in rating.target ? rating.target.messageId : undefined);
        return transports[side].rate!(rating, options);
      },
    }),
    ...((main.stop ?? reserve.stop) && {
      async stop(ref, options) {
        const side = having('stop', ref.messageId);
        await transports[side].stop!(ownRef(side, ref), options);
      },
    }),
    ...((main.resume ?? reserve.resume) && {
      resume: (ref, options) => stream(options, (own) => takeUp(ref, own)),
    }),
    id: `${main.id}|${reserve.id}`,
    send: (request, options) => stream(options, (own) => answer(request, own)),
    dispose() {
      main.dispose?.();
      reserve.dispose?.();
    },
  };
}

/** An adapter that throws broke its contract; what it threw may still say that its backend is down. */
async function* withoutThrowing(events: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
  try {
    yield* events;
  } catch (caught) {
    yield {type: 'error', error: errorFrom(caught)};
  }
}

/** A conversation that was begun before there were two sides is `main`'s. */
function readMemories({session, conversationId}: ChatRequest): Readonly<Record<Side, Memory>> {
  if (!isFields(session) || !isFields(session['main']) || !isFields(session['reserve']))
    return {main: {conversationId, session}, reserve: {}};
  const {main, reserve} = session as Readonly<Record<Side, Readonly<Record<string, unknown>>>>;
  const memory = ({conversationId, session}: Readonly<Record<string, unknown>>) => ({
    conversationId: string(conversationId),
    session,
  });
  return {main: memory(main), reserve: memory(reserve)};
}

function requestFor({conversationId: _c, session: _s, ...request}: ChatRequest, memory: Memory): ChatRequest {
  const {conversationId, session} = memory;
  return {
    ...request,
    ...(conversationId !== undefined && {conversationId}),
    ...(session !== undefined && {session}),
  };
}

/** Two ids as one text, which is no id of either. */
function joined(main: string | undefined, reserve: string | undefined): string {
  return main === undefined || reserve === undefined || main === reserve
    ? ((main ?? reserve) as string)
    : JSON.stringify([main, reserve]);
}

function parted(id: string): Readonly<Record<Side, string>> | undefined {
  const [, list] = /^(\[".*"\])$/s.exec(id) ?? [];
  if (list === undefined) return undefined;
  try {
    const ids: unknown = JSON.parse(list);
    return Array.isArray(ids) && ids.length === 2 ? {main: String(ids[0]), reserve: String(ids[1])} : undefined;
  } catch {
    return undefined;
  }
}
