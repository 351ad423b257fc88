/** Polish: PESEL, NIP, REGON, dowód osobisty, addresses, first names (Ministerstwo Cyfryzacji), words of the language. */
import {isDate, weighted} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** PESEL: YYMMDD with the century in the month, serial, check digit. Ustawa o ewidencji ludności, art. 15. */
export const isPesel = (digits: string) =>
  digits.length === 11 &&
  isDate(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)) % 20, Number(digits.slice(4, 6))) &&
  weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;

/** NIP: ten digits, MOD 11. Ustawa o zasadach ewidencji i identyfikacji podatników. */
export const isNip = (digits: string) =>
  digits.length === 10 && weighted(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(digits[9]);

/** Dowód osobisty: three letters, six digits, weights 7, 3, 1. */
export const isDowod = (compact: string) =>
  /^[A-Z]{3}\d{6}$/.test(compact) &&
  [7, 3, 1, 9, 7, 3, 1, 7, 3].reduce((sum, weight, at) => sum + weight * parseInt(compact[at]!, 36), 0) % 10 === 0;

export const pack: Pack = {
  id: 'pl',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'pl-pesel',
      labels: {means: 'foreignId'},
      alone: 0.8,
      isValid: isPesel,
      pattern: standing('\\d{11}'),
    },
    {
      type: 'PASSPORT',
      subtype: 'pl-dowod',
      labels: {means: 'passport'},
      alone: 0,
      isValid: isDowod,
      pattern: standing('[A-Z]{3} ?\\d{6}'),
    },
    {
      type: 'ORG_ID',
      subtype: 'pl-nip',
      labels: {means: 'org'},
      alone: 0,
      isValid: isNip,
      pattern: standing('\\d{3}-?\\d{3}-?\\d\\d-?\\d\\d|\\d{3}-\\d\\d-\\d\\d-\\d{3}'),
    },
    {
      type: 'ADDRESS',
      subtype: 'pl-street',
      labels: {means: 'addressIs'},
      alone: 0.8,
      isValid: () => true,
      pattern:
        /(?<!\p{L})(?:ul\.|ulica|ulicy|al\.|aleja|os\.|pl\.) ?\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,2} \d{1,4}[a-z]?(?:\/\d{1,4})?(?:,? \d\d-\d{3} \p{Lu}\p{L}+)?(?![\p{L}\d])/giu,
    },
  ],
  words: {
    phone: 'telefon* zadzwoń* dzwoń* komórk* numer_tel* mój_numer nr_tel*',
    card: 'karta karty kart*',
    bank: 'konto konta numer_konta rachun* nr_konta',
    org: 'nip regon krs',
    passport: 'paszport* dowód* dowod*',
    plate: 'rejestrac* tablic*',
    birth: 'urodzon* urodz* ur. data_ur*',
    secret: 'hasło* hasło_to haslo_to haslo* kod_pin',
    foreignId: 'pesel numer_pesel',
    nameIs: 'nazywam_się mam_na_imię mam_na_imie',
    namedHere: 'jestem',
    nameKey: 'imię nazwisko imię_i_nazwisko',
    signOff: 'pozdrawiam z_poważaniem pozdrowienia',
    dear: 'cześć dziękuję witam dzień_dobry',
    title: 'pan pani pana panią szanowny szanowna',
    role: 'klient* pacjent* pracownik* kolega* uczeń* syn córka żona mąż',
    addressIs: 'adres*',
    livesAt: 'mieszkam_przy mieszka_przy mieszkam_w zamieszk* mieszkam_na',
    condition: 'cukrzyc* rak raka nowotwór* depresj* ciąż* astm* padaczk*',
    member: 'członkiem członkinią należę_do',
    unionised: 'związkow*',
    union: 'związk* związek*',
    other: 'faktur* zamówien* zgłoszen* artykuł*',
  },
  firstNames: `anna maria katarzyna małgorzata agnieszka krystyna barbara ewa elżbieta zofia teresa magdalena joanna janina
    monika danuta jadwiga aleksandra halina irena beata marta dorota helena karolina grażyna jolanta iwona julia
    zuzanna hanna piotr krzysztof andrzej tomasz jan paweł michał marcin stanisław jakub adam marek łukasz
    grzegorz mateusz wojciech mariusz dariusz zbigniew jerzy maciej rafał robert kamil jacek dawid szymon józef
    ryszard kacper bartosz artur sławomir jarosław`,
};
