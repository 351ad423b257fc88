/** Estonia, Latvia, Lithuania: isikukood, personas kods, asmens kodas; words of the languages. */
import {isDate, weighted} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** Sex and century, YYMMDD, serial, a MOD 11 digit in two stages. EVS 585:2007; Lithuania: Gyventojų registro įstatymas. */
export function isIsikukood(digits: string): boolean {
  if (
    !/^[1-8]\d{10}$/.test(digits) ||
    !isDate(Number(digits.slice(1, 3)), Number(digits.slice(3, 5)), Number(digits.slice(5, 7)))
  )
    return false;
  let rest = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  if (rest === 10) rest = weighted(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
  return rest % 10 === Number(digits[10]);
}

/** DDMMYY, century, serial, MOD 11 digit; since 2017 eleven digits from 32 that mean nothing. Fizisko personu reģistra likums. */
export const isPersonasKods = (digits: string) =>
  digits.length === 11 &&
  (/^3[2-9]/.test(digits) ||
    (isDate(Number(digits.slice(4, 6)), Number(digits.slice(2, 4)), Number(digits.slice(0, 2))) &&
      (1101 - weighted(digits, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11 === Number(digits[10])));

export const pack: Pack = {
  id: 'baltic',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'ee-isikukood',
      labels: 'isikukood* asmens_k* a.k.',
      alone: 0.75,
      isValid: isIsikukood,
      pattern: standing('\\d{11}'),
    },
    {
      type: 'PERSON_ID',
      subtype: 'lv-personas-kods',
      labels: 'personas_k* p.k.',
      alone: (value) => (value.includes('-') ? 0.7 : 0),
      isValid: isPersonasKods,
      pattern: standing('\\d{6}-?\\d{5}'),
    },
  ],
  words: {
    phone: 'telefon* helista* tālrun* telefona* telefonas mobil*',
    nameIs: 'minu_nimi_on mu_nimi_on mani_sauc mans_vārds_ir mano_vardas',
    secret: 'parool* parole slaptažod*',
    birth: 'sündinud sünniaeg* dzimis dzimusi dzimšanas gimiau gimęs gimusi gimimo',
    signOff: 'lugupidamisega tervitades ar_cieņu pagarbiai',
    passport: 'pass passi pases pase pasas paso',
  },
};
