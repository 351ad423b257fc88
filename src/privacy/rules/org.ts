/** Numbers of organisations, each by its registry's rule; and any that a word announces. */
import {luhn, weighted} from '../checksums.js';
import {announcedRule, idRule, type Rule} from '../rule.js';
import {standing} from '../standing.js';

const type = 'ORG_ID';
const labels = {means: 'org'} as const;

/** Bolagsverket; lag (1974:174): the third digit is at least 2, so that no personnummer looks alike; Luhn. */
export const isOrganisationsnummer = (digits: string) =>
  /^(?:16)?[1-35-9]\d[2-9]\d{7}$/.test(digits) && luhn(digits.slice(-10));
/** Brønnøysundregistrene: nine digits from 8 or 9, MOD 11. */
export const isOrganisasjonsnummer = (digits: string) =>
  /^[89]\d{8}$/.test(digits) && weighted(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
/** Erhvervsstyrelsen: eight digits, MOD 11. */
export const isCvr = (digits: string) =>
  /^[1-9]\d{7}$/.test(digits) && weighted(digits, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
/** PRH: seven digits and a MOD 11 digit. */
export const isYTunnus = (digits: string) =>
  /^\d{8}$/.test(digits) && weighted(digits, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0;

/** Council Directive 2006/112/EC article 215; Skatteverket: the organisation's number between SE and 01. */
const isSwedishVat = (compact: string) => luhn(compact.slice(2, 12));

export const orgRules: readonly Rule[] = [
  idRule({
    // 556 to 559 are limited companies, written with the hyphen: order numbers that pass are rare.
    type,
    subtype: 'se-organisationsnummer',
    labels,
    alone: (value) => (/^(?:16)?55[6-9]\d{3}-/.test(value) ? 0.6 : 0),
    isValid: isOrganisationsnummer,
    pattern: standing('(?<!-)(?:16)?\\d{6}[- ]?\\d{4}'),
  }),
  idRule({
    type,
    subtype: 'no-organisasjonsnummer',
    labels,
    alone: 0,
    isValid: isOrganisasjonsnummer,
    pattern: standing('(?<!-)\\d{3} ?\\d{3} ?\\d{3}(?: ?MVA)?'),
  }),
  idRule({
    type,
    subtype: 'dk-cvr',
    labels,
    alone: 0,
    isValid: isCvr,
    pattern: standing('(?<!-)(?:\\d{8}|(?:\\d\\d ){3}\\d\\d)'),
  }),
  idRule({type, subtype: 'fi-y-tunnus', labels, alone: 0.6, isValid: isYTunnus, pattern: standing('(?<!-)\\d{7}-\\d')}),
  idRule({
    type,
    subtype: 'se-vat',
    labels,
    alone: 0.6,
    isValid: isSwedishVat,
    pattern: standing('SE ?\\d{6}-?\\d{4} ?01'),
  }),
  announcedRule({
    // Any registry's: a number, with perhaps a prefix. Nothing else is known of it.
    type,
    subtype: 'registry',
    means: 'org',
    shape: /^(?:[A-Z]{1,3}[ -]?)?\d(?:[ ./-]?\d){5,13}(?: ?[A-Z]\d{0,2}| ?MVA)?(?![\p{L}\d]|[-.,]\d)/u,
    except: /^(?:19|20)\d\d-\d\d-\d\d|^(\d)(?:\D?\1)*$/,
    confidence: 0.72,
    skips: 3,
  }),
];
