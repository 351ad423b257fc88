/** The scripted backend of `tillit-chat/testing`, and the events that tests of this project have it send. */
import type {ChatEvent} from '../../src/core/events.js';

export {sampleConfig as config, sampleTerms as terms} from '../../src/testing/sample.js';
export {held, scriptedTransport, type ScriptedTransport} from '../../src/testing/scripted-transport.js';

/** After everything that is due now, drawing included. */
export const settled = () =>
  new Promise<void>((done) => {
    setTimeout(done);
  });

export const text = (words: string): ChatEvent => ({type: 'text', op: 'append', text: words});
export const finish: ChatEvent = {type: 'finish', reason: 'stop'};
export const source: ChatEvent = {
  type: 'source',
  source: {id: 'a1', n: 1, title: 'Correct a pay slip', url: 'https://help.example/correct', updated: '2026-09-01'},
};
