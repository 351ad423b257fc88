/** What only a word gives away: passports and identity cards, number plates, dates of birth. */
import {announcedRule, type Rule} from '../rule.js';

/** ICAO Doc 9303: up to nine letters and digits. */
const passport =
  /^(?:[A-Za-z]{1,3}[ -]?\d{5,9}[A-Z]?|\d{7,10}(?: ?[A-Z])?|(?=[A-Z]*\d[A-Z\d]*\d)[A-Z\d]{8,10}|[A-Z]?\d{3} ?\d{3} ?\d{2,3})(?![\p{L}\d]|[-.,:]\d)/u;
/** One to three groups of capitals and digits, both in it: ABC 12D, AB 12 345, B-MW 1234; the Nordic ones in small letters too. */
const plate =
  /^(?:(?=[A-ZÅÄÖÜ\d -]{4,10}(?![\p{L}\d]))(?=\D{0,8}\d)(?=[\d -]{0,6}[A-Z])[A-ZÅÄÖÜ\d]{1,7}(?:[ -][A-ZÅÄÖÜ\d]{1,5}){0,2}|[a-z]{3}[ -]?\d\d[\da-z]|[a-z]{2} ?\d\d ?\d{3})(?![\p{L}\d]|-\d)/u;
/** In figures, year first or last; or with the month's name in any language. A year alone is not a date of birth. */
const date =
  /^(?:(?:18|19|20)\d\d[-./ ]?\d{1,2}[-./ ]?\d{1,2}|\d{1,2}[-./ ]{1,2}\d{1,2}[-./ ]{1,2}(?:\d{4}|\d\d)|\d{6}|\d{1,2}(?:st|nd|rd|th|:?[ae])?\.? ?(?:of |de )?\p{L}{3,12}\.?,?(?: de)? ?(?:19|20)\d\d|\p{L}{3,12} \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d)(?![\p{L}\d]|-\d)/u;

export const documentRules: readonly Rule[] = [
  announcedRule({
    type: 'PASSPORT',
    subtype: 'passport',
    means: 'passport',
    shape: passport,
    except: /^(?:19|20)\d{6}$/,
    confidence: 0.86,
    skips: 5,
  }),
  announcedRule({type: 'PLATE', subtype: 'plate', means: 'plate', shape: plate, confidence: 0.87, skips: 2}),
  announcedRule({
    type: 'DATE_OF_BIRTH',
    subtype: 'birth-date',
    means: 'birth',
    shape: date,
    confidence: 0.85,
    skips: 5,
  }),
];
