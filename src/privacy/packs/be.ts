/** Belgium: rijksregisternummer, numéro de registre national. */
import {isDate} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** YYMMDD, serial, 97 minus the remainder; a 2 goes before for those born from 2000. Koninklijk besluit 3 april 1984. */
export function isRijksregisternummer(digits: string): boolean {
  if (digits.length !== 11) return false;
  const month = Number(digits.slice(2, 4)) % 20;
  const isDay = isDate(Number(digits.slice(0, 2)), month, Number(digits.slice(4, 6)));
  const check = Number(digits.slice(9));
  return isDay && ['', '2'].some((century) => 97 - (Number(century + digits.slice(0, 9)) % 97) === check);
}

export const pack: Pack = {
  id: 'be',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'be-rijksregisternummer',
      labels: 'rijksregister* registre_n* numéro_n* numéro_de_registre* nationaal_n* insz niss',
      alone: 0.85,
      isValid: isRijksregisternummer,
      pattern: standing('\\d\\d[. ]?\\d\\d[. ]?\\d\\d[- ]?\\d{3}[. ]?\\d\\d'),
    },
  ],
};
