import {html, type TemplateResult} from 'lit';

import {iconPaths, type IconName} from '../theme/icons.js';

/** A picture beside words: never the only name of a control. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true"><path d=${iconPaths[name]} /></svg>`;
