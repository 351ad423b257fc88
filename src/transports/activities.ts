/**
 * Turns Bot Framework activities into chat events: what Direct Line and Copilot Studio send. Sources: the Bot Framework
 * Activity schema, and docs/LIVESTREAMING.md of microsoft/BotFramework-WebChat.
 *
 * - A livestream's text is *replaced* by each of its activities, unless it comes in pieces: `chunkType: 'delta'`, or all
 *   of them, as Copilot Studio sends it. Activities may come late and out of order; what a livestream says after its
 *   end is ignored, and one that ends without a text is withdrawn.
 * - Several livestreams may run at once: they are parts of one bubble. What comes after all of them have ended opens
 *   the next, so that `[1]` there means its own source.
 * - There is no end marker: `quietMs` says how long a silence means that the answer is whole.
 */
import {chatError} from '../core/errors.js';
import type {ChatEvent, Source} from '../core/events.js';
import {cardText, pressesOf} from './cards.js';
import {filled, isFields, natural, positive, string} from './fields.js';
import type {ChatRequest} from '../core/transport.js';
import {parseSource} from './parse-source.js';

type Fields = Readonly<Record<string, unknown>>;

const AFTER_MESSAGE_MS = 1_000;
/** Something may well follow: the bot is typing, or says that it does not want an answer yet. */
const MORE_TO_COME_MS = 6_000;

interface Livestream {
  readonly part: string;
  /** By sequence, when the text comes in pieces. */
  readonly pieces: Map<number, string>;
  last: number;
  isOver: boolean;
  hasText: boolean;
}

export interface ActivityReader {
  events(activity: Fields): Generator<ChatEvent>;
  /** How long a silence ends the answer; `undefined` while there is none to end. */
  readonly quietMs: number | undefined;
  /** A livestream was begun and not ended. */
  readonly isWriting: boolean;
  readonly rateable: boolean | undefined;
}

/**
 * @param isDelta whether livestreams come in pieces
 * @param replies what the bot wants to hear when a suggestion of these words is pressed
 */
export function activityReader(isDelta: boolean, replies: Map<string, unknown>): ActivityReader {
  const livestreams = new Map<string, Livestream>();
  const bubble = new Set<string>();
  const sources = new Map<string, Source>();
  /** The livestream whose first activity did not name it, as it cannot. */
  let unnamed: Livestream | undefined;
  let quietMs: number | undefined;
  let rateable: boolean | undefined;
  let count = 0;

  function* say(part: string, text: string, op: 'append' | 'replace' = 'replace'): Generator<ChatEvent> {
    if (!bubble.has(part)) {
      const others = [...livestreams.values()].filter((other) => other.part !== part);
      if (bubble.size > 0 && others.every(({isOver}) => isOver)) {
        bubble.clear();
        sources.clear();
      }
      if (bubble.size === 0) yield {type: 'start', messageId: part};
      bubble.add(part);
    }
    yield {type: 'text', op, part, text};
  }

  function livestreamOf(streamId: string | undefined, id: string | undefined, sequence: number | undefined) {
    const known = livestreams.get(streamId ?? id ?? '');
    if (known) return known;
    if (streamId && unnamed && sequence !== 1) {
      // Its id is that of its first activity, but some gateways give that another one.
      const adopted = unnamed;
      unnamed = undefined;
      livestreams.set(streamId, adopted);
      return adopted;
    }
    const part = streamId ?? id ?? `stream-${++count}`;
    const made: Livestream = {part, pieces: new Map(), last: -1, isOver: false, hasText: false};
    livestreams.set(part, made);
    if (!streamId) unnamed = made;
    return made;
  }

  function* stream(activity: Fields, info: Fields): Generator<ChatEvent> {
    const text = string(activity.text) ?? '';
    if (info.streamType === 'informative') {
      quietMs &&= MORE_TO_COME_MS;
      yield {type: 'status', state: 'active', kind: 'progress', ...(text && {text})};
      return;
    }
    const sequence = natural(info.streamSequence);
    const livestream = livestreamOf(filled(info.streamId), filled(activity.id), sequence);
    if (livestream.isOver) return;

    if (info.streamType === 'final') {
      livestream.isOver = true;
      if (text !== '' || hasCard(activity)) yield* message(activity, livestream.part);
      else if (livestream.hasText) yield {type: 'retract', part: livestream.part, reason: 'empty'};
      quietMs ??= AFTER_MESSAGE_MS;
      return;
    }
    quietMs &&= MORE_TO_COME_MS;
    const {chunkType} = isFields(activity.channelData) ? activity.channelData : {};
    const at = sequence ?? livestream.last + 1;
    const isNext = at > livestream.last;
    livestream.last = Math.max(livestream.last, at);
    if (text === '' && !livestream.hasText) yield {type: 'status', state: 'active', kind: 'thinking'};
    else if (isDelta || chunkType === 'delta' || info.chunkType === 'delta') {
      if (livestream.pieces.has(at)) return;
      livestream.pieces.set(at, text);
      const inOrder = () => [...livestream.pieces].sort(([a], [b]) => a - b).map(([, piece]) => piece);
      yield* isNext ? say(livestream.part, text, 'append') : say(livestream.part, inOrder().join(''));
    } else if (isNext) {
      yield* say(livestream.part, text);
      yield* cited(activity);
    }
    livestream.hasText ||= text !== '';
  }

  function* message(activity: Fields, part: string): Generator<ChatEvent> {
    const attachments = Array.isArray(activity.attachments) ? activity.attachments.filter(isFields) : [];
    const cards = attachments.filter(isCard);
    const text = [string(activity.text), ...cards.map(cardText)].filter(filled).join('\n\n');
    if (text !== '') yield* say(part, text);
    yield* cited(activity);
    for (const {contentType, contentUrl, name} of attachments.filter((attachment) => !isCard(attachment))) {
      yield {type: 'data', name: 'attachment', value: {contentType, contentUrl, name}};
    }
    const {suggestedActions, channelData, inputHint} = activity;
    const presses = [
      isFields(suggestedActions) ? suggestedActions.actions : [],
      ...cards.flatMap(({content}) => (isFields(content) ? [content.buttons, content.actions] : [])),
    ].flatMap(pressesOf);
    for (const {title, url, value} of presses) if (!url) replies.set(title, value);
    if (presses.length > 0) {
      yield {type: 'suggestions', items: presses.map(({title, url}) => ({text: title, ...(url && {url})}))};
    }
    if (isFields(channelData) && (channelData.feedbackLoopEnabled === true || isFields(channelData.feedbackLoop))) {
      rateable = true;
    }
    if (text === '' && presses.length === 0 && attachments.length === 0) return;
    quietMs = inputHint === 'ignoringInput' ? MORE_TO_COME_MS : AFTER_MESSAGE_MS;
  }

  function* cited(activity: Fields): Generator<ChatEvent> {
    for (const found of sourcesOf(activity)) {
      const other = sources.get(found.id);
      // Two passages of one page have a number each, and `[2]` must find its own.
      const source = other && other.n !== found.n ? {...found, id: `${found.id}#${found.n ?? 0}`} : found;
      if (JSON.stringify(sources.get(source.id)) === JSON.stringify(source)) continue;
      sources.set(source.id, source);
      yield {type: 'source', source};
    }
  }

  return {
    *events(activity) {
      const {type, name, value, code, entities, channelData} = activity;
      const id = filled(activity.id);
      const info =
        (Array.isArray(entities) ? entities.filter(isFields) : []).find(({type}) => type === 'streaminfo') ??
        (isFields(channelData) ? channelData : {});
      switch (type) {
        case 'typing':
        case 'message':
        case 'messageUpdate':
          if (filled(info.streamType)) yield* stream(activity, info);
          else if (type !== 'typing') yield* message(activity, id ?? `message-${++count}`);
          else {
            quietMs &&= MORE_TO_COME_MS;
            yield {type: 'status', state: 'active', kind: 'thinking'};
          }
          return;
        case 'messageDelete':
          if (id && bubble.has(id)) yield {type: 'retract', part: id, reason: 'content_filter'};
          return;
        case 'handoff':
        case 'event': {
          const state = isFields(value) ? value.state : undefined;
          if (name === 'handoff.status' && state === 'accepted') yield {type: 'answerer', kind: 'human'};
          else if (name === 'handoff.status' && state === 'completed') yield {type: 'answerer', kind: 'ai'};
          else if (type === 'handoff' || name === 'handoff.initiate') {
            quietMs ??= AFTER_MESSAGE_MS;
            yield {type: 'handoff'};
          }
          return;
        }
        case 'endOfConversation':
          if (code === 'botTimedOut') yield {type: 'error', error: chatError('timeout')};
          else if (code === 'channelFailed' || code === 'botIssuedInvalidMessage') {
            yield {type: 'error', error: chatError('server')};
          } else yield {type: 'finish', reason: code === 'userCancelled' ? 'cancelled' : 'stop'};
      }
    },
    get quietMs() {
      return quietMs;
    },
    get isWriting() {
      return [...livestreams.values()].some(({isOver}) => !isOver);
    },
    get rateable() {
      return rateable;
    },
  };
}

const isCard = ({contentType, content}: Fields) => /card/i.test(String(contentType)) && isFields(content);
const hasCard = ({attachments}: Fields) => Array.isArray(attachments) && attachments.filter(isFields).some(isCard);

/** Documents cited in entities (schema.org `Claim`, alone or within a `Message`), else those that the text links by number. */
function sourcesOf({text, entities}: Fields): Source[] {
  const claims = (Array.isArray(entities) ? entities.filter(isFields) : [])
    .flatMap((entity) => [entity, ...(Array.isArray(entity.citation) ? entity.citation.filter(isFields) : [])])
    .filter((entity) => /Claim$/.test(String(entity['@type'] ?? entity.type)));
  const found = claims.flatMap((claim) => {
    const {name, url, abstract, text} = isFields(claim.appearance) ? claim.appearance : claim;
    const n = positive(claim.position);
    const id = [url, claim['@id'], name].find((word) => filled(word)) ?? (n && String(n));
    const page = filled(url) ?? (/^https?:/.test(filled(id) ?? '') ? id : undefined);
    return parseSource({id, n, title: filled(name) ?? claim.name, url: page, snippet: abstract ?? text}) ?? [];
  });
  if (found.length > 0) return found;
  // Older bots tell their sources as Markdown's link definitions alone: `[1]: https://… "Title"`.
  const links = (string(text) ?? '').matchAll(/^ {0,3}\[(\d{1,3})\]: <?(https?:[^\s>]+)>?(?: +"(.*)")? *$/gm);
  return [...links].map(([, n, url, title]) => ({id: url!, n: Number(n), title: filled(title) ?? url!, url: url!}));
}

/** The question. `replies`: what the bot wants to hear when a suggestion of these words is pressed. */
export function activityOf(
  request: ChatRequest,
  userId: string,
  locale: string,
  replies: Map<string, unknown>,
): Fields {
  const {text, clientMessageId, context, trigger} = request;
  const wanted = trigger === 'suggestion' ? replies.get(text) : undefined;
  return {
    type: 'message',
    from: {id: userId, role: 'user'},
    text: filled(wanted) ?? text,
    ...(isFields(wanted) && {value: wanted}),
    locale,
    // Comes back with the activity, by which it is known; and a bot can see by it that it has been asked before.
    channelData: {clientActivityID: clientMessageId, ...(context && {context})},
  };
}
