/** What a chat begins with before a catalog is there. In the pasted build the script has it, and hands it on. */
import {launcherLabel} from '../i18n/launcher-label.js';
import {launcherCss} from '../theme/launcher.js';
import {takeData} from './take-data.js';

export interface Launcher {
  readonly cssText: string;
  /** @param locale BCP 47 */
  readonly label: (locale: string, isFailed?: boolean) => string;
  readonly takeData: typeof takeData;
}

export const launcher: Launcher = {cssText: launcherCss, label: launcherLabel, takeData};
