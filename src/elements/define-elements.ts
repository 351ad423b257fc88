import {TillitComposer} from './composer.js';
import type {Launcher} from './launcher.js';
import {register} from './register.js';
import {TillitWelcome} from './welcome.js';
import {TillitTerms} from './terms.js';
import {TillitChat} from './tillit-chat.js';

/**
 * Registers `<tillit-chat>` and the parts it begins with; the others follow when they are needed. May be called any number of times.
 *
 * @param drawn the launcher of the pasted script, which has drawn it already
 */
export function defineElements(drawn?: Launcher) {
  if (drawn) TillitChat.launcher = drawn;
  register('tillit-terms', TillitTerms);
  register('tillit-composer', TillitComposer);
  register('tillit-welcome', TillitWelcome);
  register('tillit-chat', TillitChat);
}
