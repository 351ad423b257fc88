/** National identity numbers of the Nordic countries, each by its authority's rule; and any that a word announces. */
import {isDate, luhn, weighted} from '../checksums.js';
import {announcedRule, idRule, type Rule} from '../rule.js';
import {standing} from '../standing.js';

const type = 'PERSON_ID';
const labels = {means: 'personId'} as const;

/** The calendar's judgement on three pairs of digits: positions of year, month and day. */
const hasDate = (digits: string, year: number, month: number, day: number, more = 0) =>
  isDate(pair(digits, year), pair(digits, month), pair(digits, day) - more);
const pair = (digits: string, at: number) => Number(digits.slice(at, at + 2));

/**
 * Personnummer and samordningsnummer: YYMMDD, a serial number and a Luhn digit over the last ten; `+` from the year a
 * person turns 100. A samordningsnummer has 60 added to the day. An interim number has a letter where the serial
 * begins, which counts as 1. Skatteverket SKV 704 and SKV 707; Folkbokföringslagen (1991:481) §§ 18–18 b.
 */
export function isPersonnummer(compact: string): boolean {
  const digits = compact.replace('+', '').replace(/[TRSUWXJKLMN](?=\d{3}$)/, '1');
  if (!/^(?:1[89]|20)?\d{10}$/.test(digits)) return false;
  const ten = digits.slice(-10);
  // Only whole hundreds differ in leap years by century.
  const isNoLeapYear = /^(?:18|19)000229/.test(digits);
  return !isNoLeapYear && hasDate(ten, 0, 2, 4, pair(ten, 4) > 60 ? 60 : 0) && luhn(ten);
}

/**
 * Without a word about it: a mobile number may pass as a samordningsnummer of 2007 (`0701740605`), and a date with a
 * time of day as a child's personnummer (`202405121330`).
 */
const personnummerAlone = (value: string) =>
  /[-+]/.test(value)
    ? 0.95
    : /^070\d[6-9]|^(?:20)?(?:1[5-9]|2\d)\d{4} ?(?:[01]\d|2[0-3])[0-5]\d$/.test(value)
      ? 0.4
      : 0.9;

/**
 * Fødselsnummer: DDMMYY, three digits, two MOD 11 digits. A D-number has 40 added to the day, an H-number 40 to the
 * month; test persons 80 or 65. Skatteetaten, "Fødselsnummer"; Folkeregisterforskriften § 2-2-1.
 */
export const isFodselsnummer = (digits: string) =>
  digits.length === 11 &&
  [0, 40, 65, 80].some((more) =>
    isDate(pair(digits, 4), pair(digits, 2) - more, pair(digits, 0) - (digits > '4' ? 40 : 0)),
  ) &&
  weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
  weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;

/** CPR: DDMMYY and four digits. No reliable check digit since 2007 (CPR-kontoret, "Personnummeret i CPR"). */
export const isCpr = (digits: string) =>
  digits.length === 10 && hasDate(digits, 4, 2, 0, pair(digits, 0) > 60 ? 60 : 0);

/** Unannounced, the date is all there is: the hyphen and Danish readers must make up for it, or the old check digit. */
function cprAlone(value: string, languages: ReadonlySet<string>): number {
  const hasOldCheckDigit = weighted(value.replace(/\D/g, ''), [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
  const evidence = Number(hasOldCheckDigit) + Number(value.includes('-')) + Number(languages.has('da'));
  // Surer than a Swedish mobile of the same digits.
  return evidence > 1 ? 0.9 : 0;
}

/**
 * Henkilötunnus: DDMMYY, a century sign, a number from 002, a check character from the remainder of 31. The signs
 * `BCDEF` and `YXWVU` were added in 2023. Valtioneuvoston asetus 690/2022; Digi- ja väestötietovirasto.
 */
export function isHetu(compact: string): boolean {
  const digits = compact.slice(0, 6) + compact.slice(-4, -1);
  return (
    /^\d{6}[-+A-FU-Y]?\d{3}[0-9A-Y]$/.test(compact) &&
    hasDate(digits, 4, 2, 0) &&
    Number(digits.slice(6)) > 1 &&
    '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits) % 31] === compact.at(-1)
  );
}

/**
 * Kennitala: DDMMYY, two digits, a MOD 11 digit that the register drops in 2026, the century's last digit. Companies
 * have 40 added to the day. Þjóðskrá Íslands; lög um skráningu einstaklinga nr. 140/2019.
 */
export const isKennitala = (digits: string) =>
  digits.length === 10 && hasDate(digits, 4, 2, 0) && /[890]$/.test(digits);

const kennitalaAlone = (value: string, languages: ReadonlySet<string>) =>
  weighted(value.replace(/\D/g, ''), [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 &&
  (languages.has('is') || value.includes('-'))
    ? 0.6
    : 0;

/**
 * However it is spaced ("81 12 28 98 74", as dictation writes it), and of whatever country: five digits at least,
 * with the letters that some have.
 */
const any = {
  shape:
    /^(?:[A-Z]{1,3}[ -]?)?\d(?:[ ./-]{0,2}\d){4,15}(?:[ -]?[A-Z]{1,2})?(?![\p{L}\d])|^(?=[A-Z]*\d)[A-Z\d]{8,18}(?![\p{L}\d])/u,
  /** A date, an amount, the format's own example. */
  except:
    /^(?:(?:19|20)\d\d[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{4}|\d{1,3}(?: 000)+|(\d)(?:\D?\1)*|12345\d*-?\d*)$/,
  confidence: 0.65,
  skips: 3,
};

export const personIdRules: readonly Rule[] = [
  idRule({
    type,
    subtype: 'se-personnummer',
    labels,
    alone: personnummerAlone,
    isValid: isPersonnummer,
    pattern: standing('(?:\\d{8}|\\d{6})(?: ?[-+] ?|\\n[-+]|[-+]\\n| )?(?:\\d{4}|[TRSUWXJKLMNtrsuwxjklmn]\\d{3})'),
  }),
  idRule({
    type,
    subtype: 'no-fodselsnummer',
    labels,
    alone: 0.9,
    isValid: isFodselsnummer,
    pattern: standing('\\d{6}[ -]{0,3}\\d{5}|(?:\\d\\d[. ]){2}\\d\\d[ -]\\d{5}|\\d{6} \\d{3} \\d\\d'),
  }),
  idRule({
    type,
    subtype: 'fi-hetu',
    labels,
    alone: 0.95,
    isValid: isHetu,
    pattern: standing('\\d{6} ?[-+A-FU-Ya-fu-y] ?\\d{3}[0-9A-Ya-y]'),
  }),
  idRule({
    type,
    subtype: 'dk-cpr',
    labels,
    alone: cprAlone,
    isValid: isCpr,
    pattern: standing('(?:\\d{6}(?: ?- ?| )?|(?:\\d\\d[. ]){2}\\d\\d[ -])\\d{4}'),
  }),
  idRule({
    type,
    subtype: 'is-kennitala',
    labels,
    alone: kennitalaAlone,
    isValid: isKennitala,
    pattern: standing('\\d{6}[ -]?\\d{4}'),
  }),
  announcedRule({type, subtype: 'national-id', means: 'personId', ...any}),
  announcedRule({type, subtype: 'foreign-id', means: 'foreignId', ...any}),
];
