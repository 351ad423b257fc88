/** A `<tillit-chat>` on the page, and what a person does with it. */
import {fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import type {ChatEvent} from '../../src/core/events.js';
import '../../src/define.js';
import type {TillitEvents} from '../../src/elements/emit.js';
import {loadAnswerText} from '../../src/elements/load-answer-text.js';
import {loadFindings} from '../../src/elements/load-findings.js';
import {loadConversation} from '../../src/elements/load-conversation.js';
import {loadMenu} from '../../src/elements/load-menu.js';
import {loadYourData} from '../../src/elements/load-your-data.js';
import {loadPrivacy} from '../../src/elements/load-privacy.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {loadMessages} from '../../src/i18n/locales.js';
import type {Script} from '../../src/testing/scripted-transport.js';
import {finish, scriptedTransport, settled, source, text} from './scripted-transport.js';

/** Everything the element loads on demand, so that a test waits for a person and not for a server. */
export async function loadAll() {
  await Promise.all([
    loadAnswerText(),
    loadConversation(),
    loadFindings(),
    loadPrivacy(),
    loadYourData(),
    import('../../src/elements/terms-more.js'),
    import('../../src/core/conversation.js'),
    import('../../src/answer/copied-answer.js'),
    import('../../src/elements/conversation-rating.js'),
    loadMessages('en').then(loadMenu),
    import('../../src/elements/conveniences.js'),
  ]);
}

export interface Setup extends Script {
  /** Properties of the element. */
  readonly set?: Partial<TillitChat>;
}

/** The element, closed. Nothing is kept from one test to the next, and nothing moves. */
export async function renderChat({config, without, also, set}: Setup = {}) {
  const server = scriptedTransport({...(config && {config}), ...(without && {without}), ...(also && {also})});
  const chat = await fixture<TillitChat>(html`
    <tillit-chat locale="en" storage="none" style="--tillit-motion: 0ms" .transport=${server.transport}></tillit-chat>
  `);
  Object.assign(chat, set);
  await chat.updateComplete;
  return {chat, server};
}

export async function openTerms(setup?: Setup) {
  const made = await renderChat(setup);
  one(made.chat, '[part~="launcher"]').click();
  await found(made.chat, 'tillit-terms #accept');
  await settled();
  return made;
}

/** The chat with the terms accepted, ready for a question. */
export async function openChat(setup?: Setup) {
  const made = await openTerms(setup);
  one(made.chat, '#accept').click();
  await found(made.chat, '[part~="input"]');
  await settled();
  return made;
}

/** The chat with a question under way. */
export async function openTurn(setup?: Setup, question = 'How do I correct a pay slip?') {
  const made = await openChat(setup);
  await ask(made.chat, question);
  await until(() => made.server.streams.length > 0, 'the question leaves');
  await found(made.chat, '[part~="turn"]');
  return made;
}

/** The chat with a finished answer. */
export async function openAnswer(
  setup?: Setup,
  events: readonly ChatEvent[] = [text('Open *Pay slips*. [1]'), source, finish],
) {
  const made = await openTurn(setup);
  await made.server.emit(...events);
  await until(() => maybe(made.chat, '[part~="turn"]')?.ariaBusy === 'false', 'the answer is whole');
  await settled();
  return made;
}

export async function openTicket(setup?: Setup) {
  const made = await openAnswer(setup);
  one(made.chat, 'tillit-turn [part~="ticket-open"]').click();
  await found(made.chat, '[part~="ticket-form"]');
  await settled();
  return made;
}

/** Writes the text as a keyboard, or a paste, would leave it. */
export async function write(field: HTMLInputElement | HTMLTextAreaElement, words: string) {
  field.focus();
  field.value = words;
  field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  await settled();
}

export async function ask(chat: TillitChat, question: string) {
  await write(input(chat), question);
  await sendKeys({press: 'Enter'});
  await settled();
}

export const input = (chat: TillitChat) => one<HTMLTextAreaElement>(chat, '[part~="input"]');

export const all = <Kind extends HTMLElement = HTMLElement>(chat: TillitChat, selector: string) => [
  ...chat.renderRoot.querySelectorAll<Kind>(selector),
];

/** Failed expectations print what they compare, and printing an element takes for ever: compare numbers and words. */
export const count = (chat: TillitChat, selector: string) => all(chat, selector).length;

export const maybe = (chat: TillitChat, selector: string) => all(chat, selector)[0];

export function one<Kind extends HTMLElement = HTMLElement>(chat: TillitChat, selector: string): Kind {
  const [element] = all<Kind>(chat, selector);
  if (!element) throw new Error(`${selector} is not there`);
  return element;
}

/** The button, link or heading that says this. */
export function saying<Kind extends HTMLElement = HTMLElement>(
  chat: TillitChat,
  words: string,
  selector = 'button, a, h1, h2',
): Kind {
  const hits = all<Kind>(chat, selector).filter((element) => seen(element) === words || element.ariaLabel === words);
  if (!hits[0]) throw new Error(`Nothing says “${words}”: ${all(chat, selector).map(seen).join(' | ')}`);
  return hits[0];
}

/** An element's words with single spaces. */
export const seen = (element: Element) => element.textContent.replace(/\s+/g, ' ').trim();

export const found = (chat: TillitChat, selector: string) => until(() => maybe(chat, selector), `${selector} appears`);

/** Resolves when the words stand there. */
export const says = (chat: TillitChat, selector: string, words: string) =>
  until(() => all(chat, selector).some((element) => seen(element).includes(words)), `${selector} says “${words}”`);

export const gone = (chat: TillitChat, selector: string) =>
  until(() => !maybe(chat, selector), `${selector} goes away`);

/** Resolves with the value as soon as it is there. */
export async function until<Value>(value: () => Value, what: string): Promise<NonNullable<Value>> {
  // Three engines at once on two cores take their time.
  const giveUpAt = performance.now() + 8000;
  for (;;) {
    const got = value();
    if (got) return got;
    if (performance.now() > giveUpAt) throw new Error(`Waited in vain: ${what}`);
    await new Promise((again) => {
      setTimeout(again, 8);
    });
  }
}

/** What has focus in the chat. */
export const focused = (chat: TillitChat) => (chat.renderRoot as ShadowRoot).activeElement as HTMLElement | null;

export const focusIsOn = (chat: TillitChat, selector: string) =>
  until(
    () => focused(chat)?.matches(selector),
    `focus comes to ${selector}; it is on ${focused(chat)?.outerHTML ?? 'nothing'}`,
  );

const eventNames = [
  'tillit-open',
  'tillit-close',
  'tillit-disclosure-shown',
  'tillit-terms-accept',
  'tillit-terms-decline',
  'tillit-ask',
  'tillit-answer',
  'tillit-rate',
  'tillit-ticket',
  'tillit-pii-found',
  'tillit-source-open',
  'tillit-unread',
  'tillit-withdraw',
  'tillit-error',
] as const satisfies readonly (keyof TillitEvents)[];

/** Every event the host gets from now on, as a host above the element would. */
export function hostLog(chat: TillitChat) {
  const events: {readonly name: keyof TillitEvents; readonly detail: unknown}[] = [];
  for (const name of eventNames) {
    chat.parentElement!.addEventListener(name, ({detail}) => events.push({name, detail}));
  }
  return {
    events,
    of: <Name extends keyof TillitEvents>(name: Name) =>
      events.filter((event) => event.name === name).map(({detail}) => detail as TillitEvents[Name]),
  };
}
