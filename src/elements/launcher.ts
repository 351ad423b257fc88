/** What the launcher is drawn with before a catalog is there. In the pasted build the script has it, and hands it on. */
import {launcherLabel} from '../i18n/launcher-label.js';
import {launcherCss} from '../theme/launcher.js';

export interface Launcher {
  readonly css: string;
  /** @param locale BCP 47 */
  readonly label: (locale: string, isFailed?: boolean) => string;
}

export const launcher: Launcher = {css: launcherCss, label: launcherLabel};
