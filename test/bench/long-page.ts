/** The page of the bench of a long conversation: the whole element, in the page, with turns that were there before. */
import '../../src/define.js';
import {initialState, type Turn} from '../../src/core/state.js';
import type {ChatTransport} from '../../src/core/transport.js';
import type {ScreenedText} from '../../src/privacy/types.js';
import {benchAnswer, sources} from './streaming-answer.js';

declare global {
  interface Window {
    /** Accepts the terms; resolves when a question can be typed. */
    begin: () => Promise<void>;
    /** Puts so many turns into the conversation; resolves when they have been painted. */
    load: (turns: number) => Promise<void>;
    /** From each key press to the paint after it, in milliseconds. */
    keyMs: number[];
  }
}

const transport: ChatTransport = {
  id: 'bench',
  async *send() {},
  config: () =>
    Promise.resolve({
      enabled: true,
      terms: {
        id: 't',
        version: '1',
        updated: '2026-01-01',
        title: 'Terms',
        summary: [],
        markdown: 'Yes.',
        dataTable: [],
      },
      answerer: {kind: 'ai'},
      features: {},
      limits: {},
      suggestions: [],
    }),
  accept: () => Promise.resolve({receiptId: 'r'}),
  rate: () => Promise.resolve(),
  createTicket: () => Promise.resolve({id: 'T-1'}),
};

const chat = document.createElement('tillit-chat');
Object.assign(chat, {mode: 'inline', locale: 'en', storage: 'session', transport});
document.body.append(chat);

const found = async (selector: string) => {
  for (;;) {
    const element = chat.renderRoot.querySelector<HTMLElement>(selector);
    if (element) return element;
    await new Promise(requestAnimationFrame);
  }
};
const painted = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));

const turn = (index: number): Turn => ({
  id: `turn-${index}`,
  question: `Question ${index}: how do I register and correct this?` as ScreenedText,
  askedAtMs: Date.UTC(2026, 10, 1) + index * 60_000,
  phase: 'done',
  answers: [
    {
      messageId: `m-${index}`,
      answerer: {kind: 'ai'},
      parts: [{id: '', text: benchAnswer(600)}],
      sources,
      citations: [],
      notices: [],
      rateable: true,
    },
  ],
  suggestions: [],
  handoff: false,
  finish: 'stop',
});

window.begin = async () => {
  (await found('#accept')).click();
  const input = (await found('[part~="input"]')) as HTMLTextAreaElement;
  // The first key brings what a conversation is drawn with.
  input.value = 'a';
  input.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  await window.load(1);
  chat.chat!.store.dispatch({type: 'restored', state: {turns: initialState.turns}});
  await painted();
};

window.load = async (turns) => {
  chat.chat!.store.dispatch({type: 'restored', state: {turns: Array.from({length: turns}, (_, index) => turn(index))}});
  await found('tillit-actions');
  while (chat.renderRoot.querySelectorAll('tillit-turn').length < turns) await painted();
  await painted();
  await painted();
  (await found('[part~="input"]')).focus();
};

window.keyMs = [];
addEventListener(
  'keydown',
  ({timeStamp}) => {
    requestAnimationFrame(() => {
      const {port1, port2} = new MessageChannel();
      port1.onmessage = () => window.keyMs.push(performance.now() - timeStamp);
      port2.postMessage(0);
    });
  },
  true,
);
