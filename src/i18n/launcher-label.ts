/** The launcher's name, before any catalog has loaded: two texts per language are all the pasted script carries. */
import {launcherFailed as failedEn, launcherOpen as openEn} from '../../locales/en.json';
import {launcherFailed as failedSv, launcherOpen as openSv} from '../../locales/sv.json';

const labels: Readonly<Record<string, readonly [open: string, failed: string]>> = {
  sv: [openSv, failedSv],
  en: [openEn, failedEn],
};

/** @param locale BCP 47; a language without a label of its own gets the English one */
export function launcherLabel(locale: string, isFailed = false): string {
  const label = labels[locale.toLowerCase().split('-')[0]!] ?? labels['en']!;
  return label[isFailed ? 1 : 0];
}
