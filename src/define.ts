/** `import 'tillit-chat/define'` registers `<tillit-chat>`. Does nothing where there are no custom elements, so a server may import it. */
import {defineElements} from './elements/define-elements.js';

if (typeof customElements !== 'undefined') defineElements();
