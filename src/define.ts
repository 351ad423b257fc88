/** `import 'tillit-chat/define'` registers `<tillit-chat>`. Does nothing where there are no custom elements, so a server may import it. */
import {defineElements} from './elements/define-elements.js';
import {waitToTease} from './elements/teaser.js';
import {TillitChat as Chat} from './elements/tillit-chat.js';

/** With them, `document.querySelector('tillit-chat')` and its events have their types. */
export type {TillitEvents} from './elements/emit.js';
export type {TillitChat} from './elements/tillit-chat.js';

if (typeof customElements !== 'undefined') {
  Chat.addInitializer((element) => {
    const chat = element as Chat;
    let stop = () => {};
    chat.addController({
      hostConnected() {
        stop = waitToTease(chat, () => chat.press());
      },
      hostDisconnected: () => stop(),
    });
  });
  defineElements();
}
