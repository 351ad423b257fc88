/** United States: Social Security number, ITIN, EIN, bank routing number. */
import {weighted} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** No area 000 or 666, no group 00, no serial 0000 (SSA, "Social Security Number Randomization"); from 900 it is an ITIN (IRS). */
export const isSsn = (digits: string) => /^(?!000|666)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);

/** Weights 3, 7, 1, and a first pair in use. American Bankers Association. */
export const isRoutingNumber = (digits: string) =>
  /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(digits) &&
  weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;

export const pack: Pack = {
  id: 'us',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'us-ssn',
      labels: 'ssn* social_s* social itin* taxpayer* tax_id*',
      isValid: isSsn,
      alone: (value) => (/^\d{3}-\d\d-\d{4}$/.test(value) ? 0.8 : 0),
      pattern: standing('\\d{3}([- ]?)\\d\\d\\1\\d{4}'),
    },
    {
      type: 'BANK',
      subtype: 'us-routing',
      labels: 'routing* aba rtn',
      alone: 0,
      isValid: isRoutingNumber,
      pattern: standing('\\d{4}-?\\d{4}-?\\d'),
    },
    {
      type: 'ORG_ID',
      subtype: 'us-ein',
      labels: 'ein employer_i* fein',
      alone: 0,
      isValid: () => true,
      pattern: standing('\\d\\d-?\\d{7}'),
    },
    {
      type: 'PERSON_ID',
      subtype: 'us-driver-license',
      labels: 'driver* license_n* dl',
      alone: 0,
      isValid: () => true,
      pattern: standing('[A-Z]{1,2}\\d{5,12}|\\d{8,9}'),
    },
    // North American Numbering Plan (NANPA): no area code begins with 0 or 1. In fiction, exchanges do.
    {
      type: 'PHONE',
      subtype: 'na-phone',
      labels: {means: 'phone'},
      alone: 0.8,
      isValid: () => true,
      pattern: standing('(?:1[-. ])?(?:\\([2-9]\\d\\d\\) ?\\d{3}[-. ]|[2-9]\\d\\d([-.])\\d{3}\\1)\\d{4}'),
    },
  ],
};
