/** The guard, which comes with the first key a person presses. */
import type {ChatOptions} from '../core/options.js';

export const loadPrivacy = () => import('./guard.js');

/** Until the guard is there, and if it cannot come, nothing passes. */
export function lazyGuard(): Required<Pick<ChatOptions, 'screen' | 'prepare'>> {
  let screen: ChatOptions['screen'] = () => ({verdict: 'failed'});
  return {
    screen: (text, purpose, options) => screen(text, purpose, options),
    async prepare() {
      screen = (await loadPrivacy()).screen;
    },
  };
}
