/** A chat whose backend, clock, ids and guard are in the hands of the test. */
import type {ChatEvent} from '../../src/core/events.js';
import type {ChatOptions} from '../../src/core/options.js';
import type {Ports} from '../../src/core/ports.js';
import {createChat, type AskOptions, type AskOutcome, type Chat} from '../../src/core/session.js';
import type {TermsDocument} from '../../src/core/terms.js';
import type {RemoteConfig} from '../../src/core/transport.js';
import type {Finding, Screen, ScreenedText} from '../../src/privacy/types.js';
import {mask} from '../../src/privacy/mask.js';
import {manualTransport, settled, type ManualMethod} from '../support/manual-transport.js';

export const terms: TermsDocument = {
  id: 'help',
  version: '3',
  updated: '2026-11-01',
  title: 'Terms of the help chat',
  markdown: 'You may ask.',
  dataTable: [{what: 'questions', where: 'Stockholm', howLong: '12 months'}],
};

export const config: RemoteConfig = {
  enabled: true,
  terms,
  answerer: {kind: 'ai'},
  features: {},
  limits: {},
  suggestions: [],
};

export const nowMs = Date.UTC(2026, 10, 20, 12, 0, 0);

export const finding = (severity: Finding['severity']): Finding => ({
  type: 'PERSON_ID',
  subtype: 'test',
  start: 0,
  end: 6,
  confidence: 1,
  severity,
  reason: 'test',
});

/** Stops a text that holds SECRET; warns of MAYBE; breaks on BROKEN. */
export const screen: Screen = (text, _purpose, options = {}) => {
  if (text.includes('BROKEN')) throw new Error('a rule broke');
  if (text.includes('SECRET')) return {verdict: 'stop', findings: [finding('block')]};
  if (text.includes('MAYBE') && !options.warningsConfirmed) return {verdict: 'stop', findings: [finding('warn')]};
  return {verdict: 'pass', text: text as ScreenedText, findings: []};
};

interface Setup extends Partial<Omit<ChatOptions, 'transport' | 'ports'> & Pick<Ports, 'sha256'>> {
  /** What the backend lacks. */
  readonly without?: readonly ManualMethod[];
}

/** A chat that nobody has opened yet. */
export function closedChat({
  without = [],
  sha256 = (text) => Promise.resolve(`hash of ${text}`),
  ...options
}: Setup = {}) {
  const server = manualTransport({without});
  const waits: {readonly ms: number; readonly end: () => Promise<void>}[] = [];
  let ids = 0;
  const chat = createChat({
    locale: () => 'en',
    screen,
    mask,
    keepsOnDevice: true,
    ...options,
    transport: server.transport,
    ports: {
      newId: () => `id-${++ids}`,
      nowMs: () => nowMs,
      random: () => 0.5,
      wait: (ms, signal) =>
        new Promise((resolve) => {
          const end = () => {
            resolve();
            return settled();
          };
          waits.push({ms, end});
          signal.addEventListener('abort', () => void end());
        }),
      sha256,
    },
  });
  const state = () => chat.store.get();
  return {
    chat,
    server,
    state,
    /** Pauses before another attempt; each lasts until the test ends it. */
    waits,
    gate: () => state().gate,
    turns: () => state().turns,
    /** What the first turn's bubbles say. */
    answers: () => state().turns[0]?.answers.map(({parts}) => parts.map(({text}) => text).join('|')) ?? [],
    /** Asks, and waits until the question is with the backend. */
    async ask(text: string, options?: AskOptions) {
      let outcome: AskOutcome | undefined;
      const over = chat.ask(text, options).then((it) => (outcome = it));
      const stream = await server.next('send');
      return {stream, over, outcome: () => outcome};
    },
  };
}

export type ManualChat = ReturnType<typeof closedChat>;

/** Opens it as far as the terms. */
export async function chatAtTerms(setup?: Setup, remote: RemoteConfig = config) {
  const it = closedChat(setup);
  const opening = it.chat.open();
  if (it.server.transport.config) await (await it.server.next('config')).answer(remote);
  await opening;
  return it;
}

/** Opens it, with the terms accepted. */
export async function openChat(setup?: Setup, remote?: RemoteConfig) {
  const it = await chatAtTerms(setup, remote);
  const accepting = it.chat.accept();
  if (it.server.transport.accept) await (await it.server.next('accept')).answer({receiptId: 'receipt-1'});
  await accepting;
  await begin(it.chat);
  return it;
}

/** Loads what a conversation is made with, as the first key does; without a form, nothing is sent. */
export const begin = (chat: Chat) => chat.sendTicket();

/** Has asked one question, and the answer is whole. */
export async function answeredChat(setup?: Setup, remote?: RemoteConfig) {
  const it = await openChat(setup, remote);
  const {stream, over} = await it.ask('How?');
  await stream.emit({type: 'start', messageId: 'm1', conversationId: 'c1'}, text('Like this.'), finish);
  await over;
  return it;
}

export const text = (text: string, cursor?: string): ChatEvent => ({
  type: 'text',
  op: 'append',
  text,
  ...(cursor !== undefined && {cursor}),
});
export const finish: ChatEvent = {type: 'finish', reason: 'stop'};

/** Waits for what takes several turns of the event loop, such as code that loads. */
export async function until(isSo: () => boolean) {
  while (!isSo()) await settled();
}
