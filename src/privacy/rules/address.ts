/**
 * Street addresses, anchored at the house number: the word before ends like a street's, or a word announces it, or a
 * postcode and a town follow. Also post office boxes and c/o. Introduced addresses block; the others warn.
 */
import type {Reading} from '../reading.js';
import {candidate, type Rule} from '../rule.js';
import {standing} from '../standing.js';

/** Only streets end like this. */
const street =
  /(?:gat[aeu]n?|gade|v[äe]g(?:en)?|veien|vei|vej(?:en)?|gränd(?:en)?|sti(?:gen|en)|esplanaden|stræde|all[eé]n?|str(?:aße|asse|aat)?|katu|kuja|polku|kaari|väylä|raitti|tie|braut|stræti|vegur)\.?$/iu;
/** Others do too: "Arbetsplats 3". Counts with a town behind it. */
const perhaps =
  /(?:tor[gv](?:et)?|pla(?:n|ts|ss|ds|tz)(?:en)?|ba[ck]ken|parken|leden|kajen|höjden|svingen|vænge[t]?|haven|weg|ring|ranta|rinne|tori|boulevard(?:en)?)$/iu;
/** "Genvej 3", "Die Straße 5"; a word that is the ending and nothing else. */
const noStreet = /^(?:(?:(?:die|den) )?\p{L}{2,6}$|adgangs|gen|om|ut|snar|under|kata|privat|för)/iu;

const houseNumber =
  /(?<=[\p{L}.] )\d{1,4}(?:[-/]\d{1,4})?(?:[A-Za-z]| [A-Z](?: \d{1,3})?)?(?![\p{L}\d]|[.,:]\d|-\d| ?(?:kr|%|km)(?!\p{L}))/gu;
/** "Södra Vägen", "Sankt Eriksgatan", "S:t Eriksgatan": what may stand before a street's last word. */
const firstWords = /(?:\p{Lu}\p{L}{0,20}(?:\.|:t)? ){1,2}$/u;
const floor =
  '(?:,? ?(?:(?:lgh|bolig|leil|vån|tr|as|apt)\\.? ?\\d{0,4}[A-Z]?|\\d{1,2}\\. ?(?:t[hv]|mf|sal|og|stock|etg|etasje)\\.?(?: ?t[hv]\\.?)?|st\\.? ?t[hv]\\.?|\\d{1,2} ?tr)(?![\\p{L}\\d]))';
const town = "\\p{Lu}[\\p{L}.'’]+(?:[ -](?:\\p{Lu}\\p{L}*|am|i|på)){0,2}(?![\\p{L}\\d])";
const postcode = '(?:[A-Z]{1,3}[- ])?(?:\\d{3} \\d\\d|\\d{4,5}(?: [A-Z]{2})?|\\d\\d-\\d{3})';
const postcodeAndTown = standing(`${postcode}[, ]{1,2}${town}`);
/** What may follow the number: a floor; then a postcode with its town, or a town alone. */
const rest = new RegExp(
  `^${floor}{0,2}(?:[,\\s]{1,3}(${postcode}(?![\\d-])(?:[, ]{1,2}${town})?)|,[ \\n](${town})|,? i (${town}))?`,
  'u',
);

const box = standing('(?:P\\.? ?O\\.? ?Box|Post(?:boks|box|fach)|Boks|Box|PL) \\d{1,6}', 'giu');
const careOf = standing('c\\/o:? \\p{Lu}[\\p{L}-]+(?: \\p{Lu}[\\p{L}-]+){0,2}');

export const addressRule: Rule = (reading, found) => {
  const {text} = reading;
  const report = (subtype: string, start: number, end: number, confidence: number) =>
    found.push(
      announcedBy(reading, start)
        ? candidate('ADDRESS', subtype, start, end, 0.93, 'introduction', 'block')
        : candidate('ADDRESS', subtype, start, end, confidence, 'shape'),
    );

  for (const {0: number, index} of text.matchAll(houseNumber)) {
    const name = /\p{L}[\p{L}'’-]+\.?$/u.exec(text.slice(Math.max(0, index - 32), index - 1))?.[0] ?? '';
    const isCapital = /^\p{Lu}/u.test(name);
    const isStreetLike = street.test(name);
    if (!isCapital && !isStreetLike) continue;
    const nameStart = index - 1 - name.length;
    const isFirstWord = !/[\p{L}.]/u.test(text.slice(Math.max(0, nameStart - 2), nameStart - 1));
    const start =
      nameStart -
      (isFirstWord ? 0 : (firstWords.exec(text.slice(Math.max(0, nameStart - 48), nameStart))?.[0].length ?? 0));
    const lead = text.slice(start, index - 1);
    const end = index + number.length;
    const [more, code, ...towns] = rest.exec(text.slice(end, end + 90))!;
    const hasTown = code !== undefined && /\p{Lu}\p{Ll}/u.test(code);
    const isStreet = isStreetLike && !noStreet.test(lead) && (start < nameStart || isCapital || hasTown);
    const isLikely =
      (start < nameStart || isCapital) &&
      (!reading.means(nameStart) || (hasTown && start < nameStart)) &&
      (hasTown || (perhaps.test(name) && towns.some(Boolean)) || isDirectlyAnnounced(reading, start));
    if (isStreet || isLikely) report('street', start, end + more.length, hasTown ? 0.9 : 0.75);
  }
  for (const {0: value, index} of text.matchAll(box)) {
    const end = index + value.length;
    const [more, code] = rest.exec(text.slice(end, end + 70))!;
    // The number of a box alone says little: "Box 5".
    if (code || /^p.?o/i.test(value) || isDirectlyAnnounced(reading, index))
      report('box', index, end + more.length, 0.85);
  }
  for (const {0: value, index} of text.matchAll(careOf)) report('care-of', index, index + value.length, 0.7);
  if (!reading.all('addressIs').length && !reading.all('livesAt').length) return;
  for (const {0: value, index} of text.matchAll(postcodeAndTown)) {
    if (isDirectlyAnnounced(reading, index)) report('postcode', index, index + value.length, 0.7);
  }
};

/** Whether a word before says that a place to live comes. */
const announcedBy = (reading: Reading, start: number) =>
  reading.before(start, 'livesAt', 30) ?? reading.before(start, 'addressIs', 30);

/** The same, with nothing but "is" or a colon between: for what does not look like a street. */
function isDirectlyAnnounced(reading: Reading, start: number): boolean {
  const label = announcedBy(reading, start);
  if (!label) return false;
  const between = reading.lower.slice(label.end, start);
  return (
    label.means === 'livesAt'
      ? /^[\s:]+(?:de[rnm]? |die |in |im )?$/
      : /^["']?\s?[:=]\s?["']?$|^,? (?:är|er|is|on|ist):? $/
  ).test(between);
}
