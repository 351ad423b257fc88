import {unsafeCSS} from 'lit';

import type {Launcher} from './launcher.js';

/** The same text as the pasted script's. Apart, because templates in a file that names `unsafeCSS` are not minified. */
export const launcherSheet = ({css}: Launcher) => unsafeCSS(css);
