/** Bank accounts: IBAN everywhere; giro and account numbers where a word announces them. */
import {mod97, weighted} from '../checksums.js';
import {announcedRule, candidate, idRule, type Rule} from '../rule.js';
import {standing} from '../standing.js';

const type = 'BANK';

/** ISO 13616, SWIFT IBAN Registry: each length, and the countries that have it. */
const countries =
  '15NO16BE18DKFIFOGLNL19MKSI20ATBAEEKZLTLUMNXK21CHHRLILVSV22BGBHCRDEGBGEIEMERSVA23AEGIILIQOMSOTL24ADCZESMDPKROSASESKTNVG25LYPTST26ISTR27FRGRITMCMRSM28ALAZBYCYDOGTHULBNIPLSD29BREGPSQAUA30JOKWMU31MTSC32LC33RU';
const lengths: ReadonlyMap<string, number> = new Map(
  [...countries.matchAll(/(\d\d)(\D+)/g)].flatMap(([, length, codes]) =>
    codes!.match(/../g)!.map((code) => [code, Number(length)] as const),
  ),
);

const iban: Rule = ({text, lower}, found) => {
  // The check digits are 02 to 98.
  for (const {index: start} of text.matchAll(/(?<![\p{L}\d])[A-Za-z]{2} ?(?!0[01]|99)\d\d(?=[ .-]?[A-Za-z\d])/gu)) {
    const length = lengths.get(text.slice(start, start + 2).toUpperCase());
    const run = length && /^(?:[ .-]?[A-Za-z\d]){12,}/.exec(text.slice(start, start + length * 2))?.[0];
    if (!run) continue;
    let end = 0;
    let compact = '';
    for (; end < run.length && compact.length < length; end++)
      if (!' .-'.includes(run[end]!)) compact += run[end]!.toUpperCase();
    end += start;
    if (/^[\p{L}\d]/u.test(text.slice(end, end + 1))) continue;
    const isValid = compact.length === length && mod97(compact.slice(4) + compact.slice(0, 4)) === 1;
    // Mistyped or cut short, it still is one if the word IBAN says so.
    const isSaid = !isValid && /iban[\s:nr.är]{0,8}$/.test(lower.slice(Math.max(0, start - 16), start));
    if (isValid || isSaid)
      found.push(candidate(type, 'iban', start, end, isValid ? 0.99 : 0.8, isValid ? 'checksum' : 'label'));
  }
};

/** A date; or an account of the books and a sum: "konto 2440 1 250 000". */
const except = /^(?:19|20)\d\d-?[01]\d-?[0-3]\d$|^\d{4} \d{1,3}(?: \d{3})+$/;
const confidence = 0.88;
const skips = 3;

/**
 * Bankgirot and Plusgirot: their numbers' own shapes; accounts: Swedish clearing and account (Bankföreningen),
 * Norwegian 4.2.5 with a MOD 11 digit (Bits), Danish registration and account, Finnish before 2014; BIC (ISO 9362).
 */
export const bankRules: readonly Rule[] = [
  iban,
  idRule({
    type,
    subtype: 'no-account',
    labels: {means: 'bank'},
    alone: 0.8,
    pattern: standing('\\d{4}\\.\\d\\d\\.\\d{5}'),
    isValid: (digits) => weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  }),
  announcedRule({
    type,
    subtype: 'bankgiro',
    means: 'bankgiro',
    shape: /^\d{3,4}[ -]?\d{4}(?![\p{L}\d]|[-.]\d)/u,
    except,
    confidence,
    skips,
  }),
  announcedRule({
    type,
    subtype: 'plusgiro',
    means: 'plusgiro',
    shape: /^\d(?: ?\d){0,6}(?: ?- ?\d|(?: ?\d){4})(?![\p{L}\d]|[-.]\d)/u,
    except,
    confidence,
    skips,
  }),
  announcedRule({
    type,
    subtype: 'account',
    means: 'bank',
    except,
    confidence,
    skips,
    shape: /^(?:\d{4}(?:-\d)?,? )?\d(?:[ .-]?\d){6,15}(?![\p{L}\d]|[-.,]\d| ?(?:kr|sek|nok|dkk|eur|€|%)(?!\p{L}))/iu,
  }),
  announcedRule({
    type,
    subtype: 'bic',
    means: 'bic',
    shape: /^[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?(?![\p{L}\d])/u,
    confidence,
    skips,
  }),
];
