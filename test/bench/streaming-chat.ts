/** The whole chat under the same stream: transport, conversation, log and answer, as a person has it open. */
import '../../src/define.js';
import type {ChatEvent} from '../../src/core/events.js';
import type {ChatTransport} from '../../src/core/transport.js';
import {sources} from './streaming-answer.js';
import {expose, type Subject} from './streaming-page.js';

const painted = () => new Promise(requestAnimationFrame);

async function open(): Promise<Subject> {
  const events: ChatEvent[] = sources.map((source) => ({type: 'source', source}));
  let wake = () => {};
  const emit = (event: ChatEvent) => {
    events.push(event);
    wake();
  };
  const transport: ChatTransport = {
    id: 'bench',
    config: () =>
      Promise.resolve({
        enabled: true,
        terms: {id: 't', version: '1', updated: '2026-01-01', title: 'Terms', markdown: 'Yes.', dataTable: []},
        answerer: {kind: 'ai'},
        features: {},
        limits: {},
        suggestions: [],
      }),
    accept: () => Promise.resolve({receiptId: 'r'}),
    rate: () => Promise.resolve(),
    createTicket: () => Promise.resolve({id: 'T-1'}),
    async *send() {
      for (;;) {
        const event = events.shift();
        if (event) yield event;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        if (event?.type === 'finish') return;
      }
    },
  };
  const chat = document.createElement('tillit-chat');
  // What is stored goes by the id: each chat begins with the terms.
  Object.assign(chat, {id: crypto.randomUUID(), mode: 'inline', locale: 'en', storage: 'session', transport});
  document.body.replaceChildren(chat);
  const found = async (selector: string) => {
    for (;;) {
      const element = chat.renderRoot.querySelector<HTMLElement>(selector);
      if (element) return element;
      await painted();
    }
  };
  (await found('#accept')).click();
  await found('[part~="input"]');
  const over = chat.ask('How is it corrected?');
  const turn = await found('[part~="turn"]');

  let told = '';
  return {
    root: turn,
    take(markdown, streaming) {
      if (markdown.length > told.length) emit({type: 'text', op: 'append', text: markdown.slice(told.length)});
      told = markdown;
      if (!streaming) emit({type: 'finish', reason: 'stop'});
    },
    async drawn() {
      await over;
      while (turn.ariaBusy === 'true' || !turn.querySelector('tillit-rating')) await painted();
    },
  };
}

expose(open);
