import en from '../../locales/en.json' with {type: 'json'};
import {TillitAnswerText} from '../../src/elements/answer-text.js';
import {register} from '../../src/elements/register.js';
import {Messages} from '../../src/i18n/messages.js';
import {base} from '../../src/theme/base.js';
import {tokens} from '../../src/theme/tokens.js';
import {sources} from './streaming-answer.js';
import {expose} from './streaming-page.js';

register('tillit-answer-text', TillitAnswerText);
const root = document.body.appendChild(document.createElement('div')).attachShadow({mode: 'open'});
root.adoptedStyleSheets = [tokens.styleSheet!, base.styleSheet!];

expose(() => {
  const box = document.createElement('div');
  box.className = 'root';
  const answer = document.createElement('tillit-answer-text');
  Object.assign(answer, {messages: new Messages('en', en), sources});
  box.append(answer);
  root.replaceChildren(box);
  return {
    root: answer,
    take: (markdown, streaming) => Object.assign(answer, {markdown, streaming}),
    drawn: () => answer.updateComplete,
  };
});
