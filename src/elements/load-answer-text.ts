import {register} from './register.js';

/** Defines `<tillit-answer-text>`, which brings the Markdown parser. A load that failed is tried again the next time. */
export async function loadAnswerText(): Promise<void> {
  const {TillitAnswerText} = await import('./answer-text.js');
  register('tillit-answer-text', TillitAnswerText);
}
