import {fixture, html} from '@open-wc/testing';

import {TillitAnswerText} from '../../src/elements/answer-text.js';
import {register} from '../../src/elements/register.js';
import {Messages} from '../../src/i18n/messages.js';
import en from '../../locales/en.json' with {type: 'json'};

register('tillit-answer-text', TillitAnswerText);

export const messages = new Messages('en', en);

type Properties = Partial<
  Pick<
    TillitAnswerText,
    'markdown' | 'streaming' | 'sources' | 'headingLevel' | 'imageOrigins' | 'renderCode' | 'staleAfterDays'
  >
>;

/** An answer on the page, drawn. */
export async function renderAnswer(properties: Properties): Promise<TillitAnswerText> {
  const element = await fixture<TillitAnswerText>(
    html`<tillit-answer-text .messages=${messages}></tillit-answer-text>`,
  );
  Object.assign(element, properties);
  await drawn(element);
  return element;
}

/** Resolves when all that has arrived is drawn: a long text takes several frames. */
export async function drawn(element: TillitAnswerText) {
  while (!(await element.updateComplete));
}

/** The elements and words of an answer, without the comments that Lit leaves behind. */
export function markup(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  const comments = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.parentNode!.removeChild(comment);
  copy.normalize();
  return copy.innerHTML.replace(/\s*\n\s*/g, '\n').trim();
}
