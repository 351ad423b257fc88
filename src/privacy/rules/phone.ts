/** Telephone numbers: international (ITU-T E.164), the national shapes that nothing else has, and any that a word announces. */
import {candidate, type Rule} from '../rule.js';
import {standing} from '../standing.js';

const international = standing(
  '(?:(?<!\\+)\\+ ?|(?<!\\d )00 ?(?=(?:\\D{0,3}\\d){9}))[1-9](?:[ ().\\/-]{0,3}\\d){6,14}',
);
/**
 * Unannounced: Swedish mobile 07x and area code with dash (PTS, Svensk nummerplan), Finnish mobile 04x and 050
 * (Traficom 32). Other countries' are in their packs.
 */
const national = standing(
  '07[02369](?:[ ./-]{0,2}\\d){7}|\\(0\\d{1,3}\\) ?(?:\\d[ -]?){4,7}\\d|0[1-9]\\d{0,2} ?[-/] ?(?:\\d ?){4,7}\\d|0(?:4\\d|50)(?:\\d?[ -]\\d{3}[ -]?\\d{3,4}|\\d{6,7})',
);
/** Eight digits with no trunk digit: Norway 3-2-3 or pairs, Denmark pairs. Counts alone where these are spoken. */
const eight = standing('(?<!\\d )(?:[2-9]\\d(?: \\d\\d){3}|[489]\\d\\d \\d\\d \\d{3})(?! \\d)');
const announcedDigits = standing('\\(?\\d(?:[ ().\\/-]{0,2}\\d){5,12}');
const dateOrAddress =
  /^(?:(?:19|20)\d\d([-./]?)[01]?\d\1[0-3]?\d|[0-3]?\d([-./])[01]?\d\2(?:19|20)?\d\d)(?!\d)|^\d{1,3}(?:\.\d{1,3}){3}$/;
/** `12 500 000 kr`: money and measures are no telephone numbers. */
const unit = /^ ?(?:kr|sek|nok|dkk|eur|usd|€|\$|£|%|st|km|kg|px|byte|[tm]kr|:-)(?!\p{L})/iu;

export const phoneRule: Rule = (reading, found) => {
  const find = (
    pattern: RegExp,
    judge: (start: number, end: number, value: string) => number,
    subtype: string,
    reason: string,
  ) => {
    for (const {0: value, index: start} of reading.text.matchAll(pattern)) {
      const end = start + value.length;
      const confidence = unit.test(reading.text.slice(end, end + 8)) ? 0 : judge(start, end, value);
      if (confidence) found.push(candidate('PHONE', subtype, start, end, confidence, reason));
    }
  };
  const isOther = (start: number) =>
    reading.isNamedOtherwise(start) ||
    reading.isAboutSomethingElse(start) ||
    reading.isAboutSomethingElse(start, 'version');

  find(international, () => 0.97, 'international', 'shape');
  find(
    national,
    (start, end) => (reading.isLabelled(start, end, 'phone') ? 0.97 : isOther(start) ? 0 : 0.85),
    'national',
    'shape',
  );
  if (['nb', 'no', 'nn', 'da'].some((language) => reading.languages.has(language))) {
    find(
      eight,
      (start) => (isOther(start) || reading.before(start, 'org') || reading.before(start, 'bank') ? 0 : 0.55),
      'national',
      'shape',
    );
  }
  if (!reading.all('phone').length) return;
  find(
    announcedDigits,
    (start, end, value) => {
      // Six digits are a local number, and much else: only right behind the word.
      const reach = value.replace(/\D/g, '').length < 7 ? 12 : 40;
      return !dateOrAddress.test(value) && reading.isLabelled(start, end, 'phone', reach) ? 0.8 : 0;
    },
    'announced',
    'label',
  );
};
