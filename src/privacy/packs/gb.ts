/** United Kingdom: National Insurance number, NHS number, UTR, driving licence, sort code. */
import {weighted} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** Two letters of those that are issued, six digits, A to D. HMRC, NIM39110. */
export const isNino = (compact: string) =>
  /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(compact);

/** Ten digits, MOD 11. NHS Data Dictionary, "NHS Number". */
export const isNhsNumber = (digits: string) =>
  digits.length === 10 && (11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(digits[9]);

export const pack: Pack = {
  id: 'gb',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'gb-nino',
      labels: 'national_ins* ni_n* nino ni',
      alone: 0.85,
      isValid: isNino,
      pattern: standing('[A-Z]{2}(?:[ -]?\\d\\d){3}[ -]?[A-D]', 'giu'),
    },
    {
      type: 'PERSON_ID',
      subtype: 'gb-nhs',
      labels: 'nhs chi health_n*',
      isValid: isNhsNumber,
      alone: (value) => (/^\d{3} \d{3} \d{4}$/.test(value) ? 0.6 : 0),
      pattern: standing('\\d{3}[- ]?\\d{3}[- ]?\\d{4}'),
    },
    {
      type: 'PERSON_ID',
      subtype: 'gb-driving-licence',
      labels: 'driving_l* licence*',
      alone: 0.8,
      isValid: (compact) => /^[A-Z9]{5}\d[0156]\d[0-3]\d\d[A-Z9]{2}[A-Z\d][A-Z]{2}$/.test(compact),
      pattern: standing('[A-Z9]{5} ?\\d{6} ?[A-Z9]{2} ?[A-Z\\d]{3}'),
    },
    {
      type: 'PERSON_ID',
      subtype: 'gb-utr',
      labels: 'utr unique_tax*',
      alone: 0,
      isValid: () => true,
      pattern: standing('\\d{5} ?\\d{5}'),
    },
    // Ofcom, National Telephone Numbering Plan: area codes of three to five digits, mobile 07.
    {
      type: 'PHONE',
      subtype: 'gb-phone',
      labels: {means: 'phone'},
      alone: 0.7,
      isValid: () => true,
      pattern: standing('0[12]\\d{2} \\d{3} \\d{4}|02\\d \\d{4} \\d{4}|0[17]\\d{3} \\d{5,6}|07\\d{3} ?\\d{3} ?\\d{3}'),
    },
    {
      type: 'BANK',
      subtype: 'gb-sort-code',
      labels: 'sort sort_code* sortcode*',
      alone: 0,
      isValid: () => true,
      pattern: standing('\\d\\d-?\\d\\d-?\\d\\d'),
    },
    {
      type: 'ORG_ID',
      subtype: 'gb-company',
      labels: 'company_n* company_r* companies_h* crn',
      alone: 0,
      isValid: () => true,
      pattern: standing('(?:[A-Z]{2}\\d{6}|\\d{8})'),
    },
  ],
};
