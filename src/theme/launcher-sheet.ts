import {unsafeCSS} from 'lit';

import {launcherCss} from './launcher.js';

/** The launcher's looks for the element: the same text as the pasted script's. */
export const launcherSheet = unsafeCSS(launcherCss);
