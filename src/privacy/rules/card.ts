/** Payment cards: an issuer's range (ISO/IEC 7812-1) and a Luhn digit; and the code on the back. */
import {luhn} from '../checksums.js';
import {announcedRule, idRule} from '../rule.js';
import {standing} from '../standing.js';

const type = 'CARD';
/** Visa, Mastercard (both ranges), Discover, JCB, UnionPay, Maestro; American Express; Diners. */
const issuer =
  /^(?:(?:4|5[0-8]|6(?:011|[2357]|4[4-9])|35|2(?:2[2-9]|[3-6]|7[0-2]))\d*(?<=^\d{16})|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11})$/;
/** Four and four, or as American Express and Diners print it; or in one. */
const usualGroups = /^(?:\d+|\d{4}([ -])\d{4}\1\d{4}\1\d{4}|\d{4}([ -])\d{6}\2\d{4,5})$/;

export const cardRules = [
  idRule({
    type,
    subtype: 'card',
    labels: {means: 'card'},
    alone: (value) => (usualGroups.test(value) ? 0.9 : 0),
    isValid: (digits) => luhn(digits) && issuer.test(digits),
    pattern: standing('(?<!-)\\d(?:[ .-]{0,2}\\d){12,18}'),
  }),
  announcedRule({type, subtype: 'cvv', means: 'cvv', shape: /^\d{3,4}(?![\p{L}\d])/u, confidence: 0.8, skips: 2}),
];
