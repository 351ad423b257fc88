/** Czech: rodné číslo, IČO, addresses, first names, words of the language. */
import {isDate, weighted} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** Rodné číslo: YYMMDD (month plus 50 for women, 20 more when a day ran out), a slash, four digits; a multiple of 11. Zákon 133/2000 Sb. § 13. */
export function isRodneCislo(digits: string): boolean {
  const month = Number(digits.slice(2, 4)) % 50;
  const isDay = isDate(Number(digits.slice(0, 2)), month > 20 ? month - 20 : month, Number(digits.slice(4, 6)));
  return (
    isDay &&
    (digits.length === 9 ||
      (digits.length === 10 &&
        (Number(digits) % 11 === 0 || (Number(digits.slice(0, 9)) % 11 === 10 && digits[9] === '0'))))
  );
}

/** IČO: eight digits, MOD 11. Zákon 111/2009 Sb. § 25. */
export const isIco = (digits: string) =>
  digits.length === 8 && (11 - (weighted(digits, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === Number(digits[7]);

export const pack: Pack = {
  id: 'cs',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'cz-rodne-cislo',
      labels: {means: 'foreignId'},
      alone: (value) => (value.includes('/') ? 0.85 : 0),
      isValid: isRodneCislo,
      pattern: standing('\\d{6}/?\\d{3,4}'),
    },
    {
      type: 'ORG_ID',
      subtype: 'cz-ico',
      labels: {means: 'org'},
      alone: 0,
      isValid: isIco,
      pattern: standing('(?:CZ)?\\d{8}'),
    },
  ],
  words: {
    phone: 'telefon* mobil* zavolejte* tel._č* moje_číslo',
    card: 'kart*',
    bank: 'účet účt* číslo_účtu',
    org: 'ičo ico dič',
    passport: 'pas pasu občansk* cestovní_p*',
    plate: 'spz registrační_z*',
    birth: 'narozen* datum_nar* nar.',
    secret: 'heslo heslo_je hesla',
    foreignId: 'rodné_č* rodné rč r.č.',
    nameIs: 'jmenuji_se jmenuju_se',
    namedHere: 'jsem',
    nameKey: 'jméno příjmení',
    signOff: 'pozdravem s_pozdr*',
    dear: 'dobrý_den ahoj děkuji',
    title: 'pan paní pana pán',
    role: 'zákazník* pacient* kolega* zaměstnan*',
    addressIs: 'adresa* bydliště*',
    livesAt: 'bydlím_v bydlím_na bydlí_v',
    condition: 'cukrovk* rakovin* depres* těhotn* astma*',
    other: 'faktur* objednávk* článek*',
  },
  firstNames: `marie jana eva hana anna lenka kateřina lucie věra alena petra veronika jaroslava tereza martina michaela jitka
    helena ludmila zdeňka ivana monika eliška zuzana markéta barbora kristýna jiří jan petr josef pavel martin
    tomáš jaroslav miroslav zdeněk václav michal františek jakub milan karel lukáš david ondřej vladimír
    ladislav roman stanislav marek radek daniel antonín vojtěch filip adam`,
};
