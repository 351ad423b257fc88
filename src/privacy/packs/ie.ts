/** Ireland: Personal Public Service Number. */
import {weighted} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** Seven digits, a letter for the remainder of 23, since 2013 perhaps a second one that counts nine. Social Welfare Consolidation Act 2005. */
export function isPpsn(compact: string): boolean {
  if (!/^\d{7}[A-W][A-IW]?$/.test(compact)) return false;
  const second = compact[8] === undefined || compact[8] === 'W' ? 0 : compact.charCodeAt(8) - 64;
  return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(compact, [8, 7, 6, 5, 4, 3, 2]) + second * 9) % 23] === compact[7];
}

export const pack: Pack = {
  id: 'ie',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'ie-ppsn',
      labels: 'pps* rsi_n*',
      alone: 0.8,
      isValid: isPpsn,
      pattern: standing('\\d{7} ?[A-W][A-IW]?', 'giu'),
    },
    // ComReg, numbering plan: 08 and a digit are mobile.
    {
      type: 'PHONE',
      subtype: 'ie-mobile',
      labels: {means: 'phone'},
      alone: 0.75,
      isValid: () => true,
      pattern: standing('08[3-9][ -]?\\d{3}[ -]?\\d{4}'),
    },
  ],
};
