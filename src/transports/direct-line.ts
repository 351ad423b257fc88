/**
 * Bots behind Direct Line 3.0 (learn.microsoft.com, "Direct Line API 3.0"): a WebSocket for what the bot says, or its
 * REST polling where a socket cannot be opened or breaks.
 *
 * - A conversation is begun with the first question. `getToken` gives the token that begins it; from then on the
 *   conversation's own is used, renewed before it runs out, and kept in memory alone. A conversation that cannot be
 *   taken up again, after a reload or too long a pause, is begun anew.
 * - What the person said comes back among the activities and is left out. Activities may come twice.
 * - A question is posted once: there is no idempotency key, and the service answers with 502 when a bot takes longer
 *   than its 15 seconds, though the answer may be coming. If it comes, that is the answer.
 */
import {ChatFailure, chatError, errorFrom, type ChatError} from '../core/errors.js';
import type {ChatEvent} from '../core/events.js';
import type {CallOptions, ChatRequest, ChatTransport} from '../core/transport.js';
import {activityOf, activityReader} from './activities.js';
import {readJson} from './body.js';
import type {Call} from './call.js';
import {httpCalls} from './calls.js';
import {systemClock, type Clock} from './clock.js';
import {fail, filled, isFields, natural, positive} from './fields.js';
import {foreignRefusal} from './foreign-codes.js';
import {mailbox, pause} from './mailbox.js';
import type {Refusal} from './problem.js';
import {requestSender, type GetToken, type HttpOptions, type RequestShape, type SendRequest} from './request.js';
import {openSocket, socketConstructor, type Mail, type SocketConstructor} from './socket.js';

type Fields = Readonly<Record<string, unknown>>;

const MAX_SET_BYTES = 4 * 2 ** 20;
/** As the documentation asks of clients that poll. */
const POLL_MS = 1_000;
/** Nothing at all from the bot, not even that it is typing. */
const SILENCE_MS = 45_000;
/** A running answer that is looked for is heard within this time. */
const RESUME_MS = 5_000;
const CONNECT_MS = 5_000;
const TOKEN_SECONDS = 1_800;
const RENEW_BEFORE_MS = 5 * 60_000;

export interface DirectLineOptions extends HttpOptions {
  /** `https://europe.directline.botframework.com/v3/directline`, or the service nearest to you. */
  readonly endpoint: string;
  /** Whether the bot's livestreams come in pieces without saying so. */
  readonly deltas?: boolean | undefined;
  /** Who asks, when the token does not say. Must not be guessable; the default is made from the conversation's id. */
  readonly userId?: string | undefined;
  /** Used instead of the global one; `false` polls. */
  readonly WebSocket?: SocketConstructor | false | undefined;
}

interface Conversation {
  readonly id: string;
  readonly userId: string;
  readonly heard: Set<string>;
  readonly ownIds: Set<string>;
  token: string | undefined;
  expiresAtMs: number;
  streamUrl: string | undefined;
  watermark: string | undefined;
}

/** What became of the question's post, which a bot may well outlive. */
interface Posting {
  isOver: boolean;
  failure?: unknown;
}

/** @param clock for tests */
export function directLineTransport(options: DirectLineOptions, clock: Clock = systemClock): ChatTransport {
  const {sendRequest, stream, dispose} = httpCalls(options, clock, readRefusal);
  const conversations = new Map<string, Conversation>();
  /** What the bot wants to hear when a suggestion of these words is pressed. */
  const replies = new Map<string, unknown>();

  /** Sends as the conversation: with its own token, while that lasts. */
  function senderOf(call: Call, conversation: Conversation): SendRequest {
    const signed = (getToken: GetToken | undefined) => requestSender({...options, getToken}, clock, readRefusal);
    const getToken: GetToken = async (why) => {
      const {token, expiresAtMs} = conversation;
      if (!token || why.reason === 'expired') {
        return (conversation.token = (await options.getToken?.(why)) ?? fail('auth_expired'));
      }
      const leftMs = expiresAtMs - clock.now();
      if (leftMs < RENEW_BEFORE_MS && leftMs > 0) {
        const renewal: RequestShape = {method: 'POST', path: ['tokens', 'refresh'], once: true};
        // A token that could not be renewed may still be good; if not, the refusal asks for another.
        takeToken(
          conversation,
          await json(
            call,
            signed(async () => token),
            renewal,
          ).catch(() => ({})),
        );
      }
      return conversation.token ?? token;
    };
    return signed(conversation.token !== undefined || options.getToken ? getToken : undefined);
  }

  function takeToken(conversation: Conversation, {token, expires_in: seconds}: Fields) {
    if (!filled(token)) return;
    conversation.token = filled(token);
    conversation.expiresAtMs = clock.now() + (positive(seconds) ?? TOKEN_SECONDS) * 1000;
  }

  /** The conversation of this id, ready to be listened to; a new one when there is none, or it is lost. */
  async function converse(call: Call, id: string | undefined): Promise<Conversation> {
    const known = id === undefined ? undefined : await takeUp(call, id);
    if (known) return known;
    const begun = await json(call, sendRequest, {method: 'POST', path: ['conversations'], conversation: false});
    return remember(filled(begun.conversationId) ?? fail('protocol'), begun);
  }

  async function takeUp(call: Call, id: string): Promise<Conversation | undefined> {
    const known = conversations.get(id);
    // Only sockets need an address of their own each time.
    if (known && !socketConstructor(options.WebSocket)) return known;
    try {
      const send = known ? senderOf(call, known) : sendRequest;
      const query = known?.watermark === undefined ? '' : watermarkQuery(known.watermark);
      return remember(id, await json(call, send, {path: ['conversations', id], query}));
    } catch (caught) {
      call.signal.throwIfAborted();
      if (!isLost(caught)) throw caught;
      conversations.delete(id);
      return undefined;
    }
  }

  function remember(id: string, told: Fields): Conversation {
    const userId = options.userId ?? `tillit-${id}`;
    const fresh = {
      heard: new Set<string>(),
      ownIds: new Set([userId]),
      token: undefined,
      expiresAtMs: 0,
      watermark: undefined,
    };
    const conversation: Conversation = {
      ...(conversations.get(id) ?? fresh),
      id,
      userId,
      streamUrl: filled(told.streamUrl),
    };
    takeToken(conversation, told);
    conversations.set(id, conversation);
    return conversation;
  }

  async function* ask(call: Call, request: ChatRequest, {locale}: CallOptions): AsyncGenerator<ChatEvent> {
    let conversation = await converse(call, request.conversationId);
    for (let isLast = conversation.id !== request.conversationId; ; isLast = true) {
      yield {type: 'start', conversationId: conversation.id};
      const posting: Posting = {isOver: false};
      const socket = listenTo(call, conversation);
      const posted = post(call, conversation, activityOf(request, conversation.userId, locale, replies)).then(
        () => {
          posting.isOver = true;
        },
        (caught: unknown) => {
          posting.failure = caught;
        },
      );
      // An empty message wakes whoever waits for the bot.
      if (socket) void posted.then(() => socket.put({text: ''}));
      else await posted;
      if (!isLast && posting.failure && isLost(posting.failure)) {
        conversations.delete(conversation.id);
        conversation = await converse(call, undefined);
        continue;
      }
      yield* listen(call, conversation, posting, socket, request);
      return;
    }
  }

  async function post(call: Call, conversation: Conversation, activity: Fields) {
    const {next} = await senderOf(call, conversation)(call, {
      method: 'POST',
      path: ['conversations', conversation.id, 'activities'],
      headers: {accept: 'application/json'},
      body: activity,
      once: true,
    });
    // It is posted, whatever the answer looks like.
    const reply = await readJson(next, MAX_SET_BYTES).catch(() => undefined);
    const id = isFields(reply) && filled(reply.id);
    if (id) conversation.ownIds.add(id);
  }

  function listenTo({signal}: Call, conversation: Conversation) {
    const WebSocket = socketConstructor(options.WebSocket);
    const {streamUrl} = conversation;
    // Good for one connection.
    conversation.streamUrl = undefined;
    if (!WebSocket || streamUrl === undefined) return undefined;
    const box = mailbox<Mail>();
    const {close} = openSocket(WebSocket, streamUrl, box.put, signal);
    return {...box, close};
  }

  async function* listen(
    call: Call,
    conversation: Conversation,
    posting: Posting,
    socket: ReturnType<typeof listenTo>,
    request?: ChatRequest,
  ): AsyncGenerator<ChatEvent> {
    const reader = activityReader(options.deltas ?? false, replies);
    const send = senderOf(call, conversation);
    let isOpen = false;
    let hasPolled = false;
    let hasSpoken = false;

    /** The activities of the next set that has any; `undefined` after a silence. */
    async function next(waitMs: number): Promise<Fields[] | undefined> {
      while (socket) {
        const mail = await socket.take(call, isOpen ? waitMs : Math.min(waitMs, CONNECT_MS));
        if (!mail && isOpen) return undefined;
        if (mail && 'opened' in mail) {
          isOpen = true;
          return [];
        }
        const set = mail && 'text' in mail ? readSet(mail.text) : undefined;
        if (set) return take(set);
        // Closed, or of no use: polling brings all of it from the same place on.
        socket.close();
        socket = undefined;
      }
      for (let waitedMs = POLL_MS; ; waitedMs += POLL_MS) {
        if (hasPolled) await pause(call, POLL_MS);
        hasPolled = true;
        const query = conversation.watermark === undefined ? '' : watermarkQuery(conversation.watermark);
        const set = take(await json(call, send, {path: ['conversations', conversation.id, 'activities'], query}));
        if (set.length > 0) return set;
        if (waitedMs >= waitMs) return undefined;
      }
    }

    function take({activities, watermark}: Fields): Fields[] {
      const all = Array.isArray(activities) ? activities.filter(isFields) : [];
      conversation.watermark = filled(watermark) ?? natural(watermark)?.toString() ?? conversation.watermark;
      learnOwn(conversation, all, request);
      return all.filter((activity) => !isOwn(conversation, activity) && isNew(conversation.heard, activity));
    }

    for (;;) {
      const isAnswered = posting.isOver && reader.quietMs !== undefined && !reader.isWriting;
      const silence = request ? SILENCE_MS : RESUME_MS;
      const activities = await next(isAnswered ? (reader.quietMs ?? silence) : silence);
      if (posting.failure && !hasSpoken && !activities?.length) throw new ChatFailure(errorFrom(posting.failure));
      if (!activities) {
        if (isAnswered) {
          const {rateable} = reader;
          yield {type: 'finish', reason: 'stop', ...(rateable && {rateable})};
        } else if (request || hasSpoken) fail(reader.isWriting ? 'interrupted' : 'timeout');
        return;
      }
      hasSpoken ||= activities.length > 0;
      posting.isOver ||= posting.failure !== undefined;
      const events = activities.flatMap((activity) => [...reader.events(activity)]);
      const cursor = conversation.watermark;
      for (const [index, event] of events.entries()) {
        if (event.type === 'finish' || event.type === 'error') conversations.delete(conversation.id);
        yield index === events.length - 1 && cursor !== undefined ? {...event, cursor} : event;
      }
    }
  }

  return {
    id: 'direct-line',

    send: (request, options) => stream(options, (call) => ask(call, request, options)),

    resume: ({conversationId, cursor}, options) =>
      stream(options, async function* (call) {
        const conversation = conversationId === undefined ? undefined : await takeUp(call, conversationId);
        if (!conversation) return;
        conversation.watermark = cursor ?? conversation.watermark;
        yield* listen(call, conversation, {isOver: true}, listenTo(call, conversation));
      }),

    dispose,
  };
}

async function json(call: Call, send: SendRequest, request: RequestShape): Promise<Fields> {
  const {next} = await send(call, {...request, headers: {accept: 'application/json'}});
  const value = await readJson(next, MAX_SET_BYTES);
  return isFields(value) ? value : fail('protocol');
}

const watermarkQuery = (watermark: string) => `?watermark=${encodeURIComponent(watermark)}`;

/** Direct Line says "no longer" and "not you" with the same status. */
function readRefusal(refusal: Refusal): ChatError {
  const error = foreignRefusal(refusal);
  return refusal.status === 403 && refusal.signedIn ? {...error, ...chatError('auth_expired')} : error;
}

const lost = ['conversation_not_found', 'conversation_closed', 'auth_expired', 'auth_required', 'forbidden'];
const isLost = (caught: unknown) => lost.includes(errorFrom(caught).code);

/** `undefined` when it is no set at all. An empty message is a sign of life. */
function readSet(text: string): Fields | undefined {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const senderId = ({from}: Fields) => (isFields(from) ? filled(from.id) : undefined);

function isOwn({ownIds}: Conversation, activity: Fields): boolean {
  const {from, id} = activity;
  const isUser = isFields(from) && from.role === 'user';
  return isUser || ownIds.has(senderId(activity) ?? '') || ownIds.has(filled(id) ?? '');
}

/**
 * A token may name the person otherwise than we do, and some gateways give the question another id than they answered
 * with. What carries our own mark tells; else, where nothing is known to be ours, the question comes before its answer.
 */
function learnOwn({ownIds}: Conversation, set: readonly Fields[], request: ChatRequest | undefined) {
  if (!request) return;
  const isMarked = ({id, channelData}: Fields) =>
    ownIds.has(filled(id) ?? '') || (isFields(channelData) && channelData.clientActivityID === request.clientMessageId);
  const isKnown = set.some((activity) => isMarked(activity) || ownIds.has(senderId(activity) ?? ''));
  const last = set.at(-1);
  const own = isKnown
    ? set.find(isMarked)
    : set.find((activity) => activity.type === 'message' && last && senderId(activity) !== senderId(last));
  if (own) ownIds.add(senderId(own) ?? '');
  if (own) ownIds.add(filled(own.id) ?? '');
}

/** Activities of a livestream may share their id, so its sequence counts. Those without an id come as they come. */
function isNew(heard: Set<string>, {type, id, entities, channelData}: Fields): boolean {
  if (!filled(id)) return true;
  const infos = [channelData, ...(Array.isArray(entities) ? (entities as unknown[]) : [])].filter(isFields);
  const sequence = infos.map(({streamSequence, streamType}) => `${String(streamType)} ${String(streamSequence)}`);
  const key = [type, id, ...sequence].join(' ');
  return !heard.has(key) && heard.add(key) !== undefined;
}
