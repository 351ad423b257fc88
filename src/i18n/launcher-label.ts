/** The launcher's name, before any catalog has loaded. */
import {languageOf} from './languages.js';
import {launcherTexts} from './launcher-texts.js';

/**
 * @param locale BCP 47; a language without a label of its own gets what most call it
 * @param isFailed whether a press has led nowhere. Said in words where most pages of ours are read; elsewhere with a sign
 *   that screen readers call a warning in every language, since 28 sentences would cost every page view a kilobyte.
 */
export function launcherLabel(locale: string, isFailed = false): string {
  const texts = new Map(launcherTexts.split('|').map((text) => [text.split('~')[0], text.split('~')]));
  const [, label = 'Chat', failed = `⚠ ${label}`] = texts.get(languageOf(locale)) ?? [];
  return isFailed ? failed : label;
}
