/** Canada: Social Insurance Number. */
import {luhn} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** Nine digits, Luhn, none that begins with 8. Employment Insurance Act; Service Canada. */
export const isSin = (digits: string) => /^[0-79]\d{8}$/.test(digits) && luhn(digits);

export const pack: Pack = {
  id: 'ca',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'ca-sin',
      labels: 'sin social_ins* s.i.n',
      alone: 0,
      isValid: isSin,
      pattern: standing('\\d{3}[- ]?\\d{3}[- ]?\\d{3}'),
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
