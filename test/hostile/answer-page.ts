/** The page that attack corpora are run against: it shows any text as an answer, whole or in pieces. */
import {TillitAnswerText} from '../../src/elements/answer-text.js';
import {register} from '../../src/elements/register.js';
import {Messages} from '../../src/i18n/messages.js';
import en from '../../locales/en.json' with {type: 'json'};

register('tillit-answer-text', TillitAnswerText);

function fresh(): TillitAnswerText {
  const element = document.createElement('tillit-answer-text');
  element.messages = new Messages('en', en);
  document.querySelector('main')!.replaceChildren(element);
  return element;
}

async function drawn(element: TillitAnswerText): Promise<Element> {
  while (!(await element.updateComplete));
  return element;
}

async function renderUntrusted(markdown: string): Promise<Element> {
  const element = fresh();
  element.markdown = markdown;
  return drawn(element);
}

async function renderUntrustedStream(chunks: readonly string[]): Promise<Element> {
  const element = fresh();
  element.streaming = true;
  const nextFrame = window.requestAnimationFrame;
  // Each piece is drawn by itself, and not once per frame, which would take minutes.
  window.requestAnimationFrame = (callback) => {
    queueMicrotask(() => callback(performance.now()));
    return 0;
  };
  try {
    for (const chunk of chunks) {
      element.markdown += chunk;
      await drawn(element);
    }
    element.streaming = false;
    return await drawn(element);
  } finally {
    window.requestAnimationFrame = nextFrame;
  }
}

/** Ours by place, not by looks: the bar over code, and the boxes that scroll. Text of an answer cannot make either. */
const isTrustedNode = (element: Element) =>
  element.closest('.code-bar') !== null || element.matches('.table, .code > pre');

Object.assign(window, {renderUntrusted, renderUntrustedStream, isTrustedNode});
