/** India: Aadhaar and PAN. */
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** Rows of the dihedral group's table, and of the permutation, of Verhoeff's scheme. */
const product = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const permutation = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Twelve digits from 2, Verhoeff. UIDAI; Aadhaar Act 2016. */
export function isAadhaar(digits: string): boolean {
  if (!/^[2-9]\d{11}$/.test(digits)) return false;
  let check = 0;
  [...digits].reverse().forEach((digit, at) => {
    check = Number(product[check]![Number(permutation[at % 8]![Number(digit)])]);
  });
  return check === 0;
}

/** Five letters, the fourth the holder's kind, four digits, a letter. Income-tax Act 1961 s. 139A. */
export const isPan = (compact: string) => /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/.test(compact);

export const pack: Pack = {
  id: 'in',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'in-aadhaar',
      labels: 'aadhaar* aadhar* uid',
      isValid: isAadhaar,
      alone: (value) => (/ |-/.test(value) ? 0.75 : 0),
      pattern: standing('\\d{4}([- ]?)\\d{4}\\1\\d{4}'),
    },
    {
      type: 'PERSON_ID',
      subtype: 'in-pan',
      labels: 'pan pan_n* pan_c*',
      alone: 0.8,
      isValid: isPan,
      pattern: standing('[A-Z]{5}\\d{4}[A-Z]', 'giu'),
    },
    {
      type: 'PHONE',
      subtype: 'in-mobile',
      labels: {means: 'phone'},
      alone: 0,
      isValid: () => true,
      pattern: standing('[6-9]\\d{4}[ -]?\\d{5}'),
    },
  ],
};
