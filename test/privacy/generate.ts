/**
 * Makes valid values of each kind, forward: the check digits are computed here from the authorities' descriptions, not
 * with the code under test. Seeded, so that a failure can be seen again.
 */
export type Random = () => number;
export type Make = (random: Random) => string;

/** Mulberry32: small, good enough, the same everywhere. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const between = (random: Random, low: number, high: number) => low + Math.floor(random() * (high - low + 1));
export const pick = <Item>(random: Random, items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
const pad = (value: number, length: number) => String(value).padStart(length, '0');
const digits = (random: Random, length: number) => Array.from({length}, () => between(random, 0, 9)).join('');
const numbers = (text: string) => [...text].map(Number);
const sum = (text: string, weights: readonly number[]) =>
  numbers(text).reduce((total, digit, at) => total + digit * weights[at]!, 0);

/** A day that every month has, from 1930 to 1999 unless said. */
const day = (random: Random, from = 1930, to = 1999) => ({
  year: between(random, from, to),
  month: between(random, 1, 12),
  day: between(random, 1, 28),
});

/** The digit that makes the Luhn sum a multiple of ten. */
function luhnDigit(body: string): number {
  const total = [...body].reverse().reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 ? 1 : 2);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (total % 10)) % 10;
}

function personnummer(random: Random, dayMore = 0): string {
  const date = day(random);
  const ten =
    pad(date.year % 100, 2) + pad(date.month, 2) + pad(date.day + dayMore, 2) + pad(between(random, 1, 999), 3);
  const number = ten + luhnDigit(ten);
  const isLong = random() < 0.5;
  const separator = pick(random, ['-', '', ' ']);
  return (isLong ? String(Math.floor(date.year / 100)) : '') + number.slice(0, 6) + separator + number.slice(6);
}

function fodselsnummer(random: Random, dayMore = 0, monthMore = 0): string {
  for (;;) {
    const date = day(random);
    const nine =
      pad(date.day + dayMore, 2) +
      pad(date.month + monthMore, 2) +
      pad(date.year % 100, 2) +
      pad(between(random, 0, 499), 3);
    const first = (11 - (sum(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
    const second = (11 - (sum(nine + first, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
    if (first < 10 && second < 10)
      return `${nine.slice(0, 6)}${pick(random, ['', ' '])}${nine.slice(6)}${first}${second}`;
  }
}

function cpr(random: Random): string {
  const date = day(random);
  return `${pad(date.day, 2)}${pad(date.month, 2)}${pad(date.year % 100, 2)}-${digits(random, 4)}`;
}

function hetu(random: Random): string {
  const date = day(random);
  const birth = pad(date.day, 2) + pad(date.month, 2) + pad(date.year % 100, 2);
  const serial = pad(between(random, 2, 899), 3);
  return birth + pick(random, [...'-YXWVU']) + serial + '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(birth + serial) % 31]!;
}

function kennitala(random: Random): string {
  for (;;) {
    const date = day(random);
    const eight = pad(date.day, 2) + pad(date.month, 2) + pad(date.year % 100, 2) + pad(between(random, 20, 99), 2);
    const check = (11 - (sum(eight, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
    if (check < 10) return `${eight.slice(0, 6)}-${eight.slice(6)}${check}9`;
  }
}

function iban(random: Random): string {
  const [country, length] = pick(random, [
    ['SE', 24],
    ['NO', 15],
    ['DK', 18],
    ['FI', 18],
    ['DE', 22],
    ['NL', 18],
  ] as const);
  const body = country === 'NL' ? `INGB${digits(random, length - 8)}` : digits(random, length - 4);
  const asNumber = [...body, ...country].map((character) => parseInt(character, 36)).join('') + '00';
  const whole = country + pad(98 - Number(BigInt(asNumber) % 97n), 2) + body;
  return random() < 0.5 ? whole : whole.match(/.{1,4}/g)!.join(' ');
}

function card(random: Random): string {
  const body = pick(random, ['4', '51', '55', '2221', '35']);
  const fifteen = body + digits(random, 15 - body.length);
  const whole = fifteen + luhnDigit(fifteen);
  const separator = pick(random, ['', ' ', '-']);
  return whole.match(/.{4}/g)!.join(separator);
}

function steuerId(random: Random): string {
  const order = numbers('0123456789').sort(() => random() - 0.5);
  if (order[0] === 0) order.reverse();
  // Nine different digits, one of them twice.
  const ten = [...order.slice(0, 9), order[between(random, 0, 8)]!];
  let product = 10;
  for (const digit of ten) product = (((digit + product) % 10 || 10) * 2) % 11;
  const whole = ten.join('') + ((11 - product) % 10);
  return `${whole.slice(0, 2)} ${whole.slice(2, 5)} ${whole.slice(5, 8)} ${whole.slice(8)}`;
}

function nir(random: Random): string {
  const date = day(random);
  const thirteen =
    pick(random, ['1', '2']) +
    pad(date.year % 100, 2) +
    pad(date.month, 2) +
    pad(between(random, 1, 95), 2) +
    digits(random, 6);
  return thirteen + pad(Number(97n - (BigInt(thirteen) % 97n)), 2);
}

function dni(random: Random): string {
  const number = between(random, 10_000_000, 99_999_999);
  return `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}`;
}

function pesel(random: Random): string {
  const date = day(random);
  const ten = pad(date.year % 100, 2) + pad(date.month, 2) + pad(date.day, 2) + digits(random, 4);
  return ten + ((10 - (sum(ten, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10);
}

function rodneCislo(random: Random): string {
  for (;;) {
    const date = day(random, 1955, 1999);
    const nine =
      pad(date.year % 100, 2) + pad(date.month + pick(random, [0, 50]), 2) + pad(date.day, 2) + digits(random, 3);
    const check = Number(nine) % 11;
    if (check < 10) return `${nine.slice(0, 6)}/${nine.slice(6)}${check}`;
  }
}

function isikukood(random: Random): string {
  const date = day(random);
  const ten =
    pick(random, ['3', '4']) + pad(date.year % 100, 2) + pad(date.month, 2) + pad(date.day, 2) + digits(random, 3);
  const first = sum(ten, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  const second = sum(ten, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
  return ten + (first < 10 ? first : second % 10);
}

function rijksregisternummer(random: Random): string {
  const date = day(random);
  const nine = pad(date.year % 100, 2) + pad(date.month, 2) + pad(date.day, 2) + pad(between(random, 1, 997), 3);
  const whole = nine + pad(97 - (Number(nine) % 97), 2);
  return `${whole.slice(0, 2)}.${whole.slice(2, 4)}.${whole.slice(4, 6)}-${whole.slice(6, 9)}.${whole.slice(9)}`;
}

function cpf(random: Random): string {
  const nine = digits(random, 8) + between(random, 1, 9);
  const check = (body: string) => {
    const rest =
      sum(
        body,
        Array.from(body, (_, at) => body.length + 1 - at),
      ) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  const first = check(nine);
  return `${nine.slice(0, 3)}.${nine.slice(3, 6)}.${nine.slice(6)}-${first}${check(nine + first)}`;
}

function nino(random: Random): string {
  return pick(random, ['AB', 'CE', 'JK', 'LN', 'SR']) + digits(random, 6) + pick(random, [...'ABCD']);
}

function ppsn(random: Random): string {
  const seven = digits(random, 7);
  return seven + 'WABCDEFGHIJKLMNOPQRSTUV'[sum(seven, [8, 7, 6, 5, 4, 3, 2]) % 23];
}

const ssn = (random: Random) =>
  `${pad(between(random, 1, 665), 3)}-${pad(between(random, 1, 99), 2)}-${pad(between(random, 1, 9999), 4)}`;
const mobile = (random: Random) => `07${pick(random, [...'0236'])}${pick(random, ['-', ''])}${digits(random, 7)}`;
const email = (random: Random) =>
  `${pick(random, ['anna', 'k.o', 'lön+test', 'björn_b'])}@${pick(random, ['example.se', 'mail.example.com', 'exempel.nu'])}`;

export interface Kind {
  readonly name: string;
  readonly type: string;
  /** The language whose pack knows it; the core does without. */
  readonly pack?: string;
  readonly make: Make;
}

/** Every kind that is found with nothing said about it. */
export const kinds: readonly Kind[] = [
  {name: 'personnummer', type: 'PERSON_ID', make: personnummer},
  {name: 'samordningsnummer', type: 'PERSON_ID', make: (random) => personnummer(random, 60)},
  {name: 'fødselsnummer', type: 'PERSON_ID', make: fodselsnummer},
  {name: 'D-number', type: 'PERSON_ID', make: (random) => fodselsnummer(random, 40)},
  {name: 'H-number', type: 'PERSON_ID', make: (random) => fodselsnummer(random, 0, 40)},
  {name: 'synthetic fødselsnummer', type: 'PERSON_ID', make: (random) => fodselsnummer(random, 0, 80)},
  {name: 'CPR', type: 'PERSON_ID', pack: 'da', make: cpr},
  {name: 'HETU', type: 'PERSON_ID', make: hetu},
  {name: 'kennitala', type: 'PERSON_ID', pack: 'is', make: kennitala},
  {name: 'IBAN', type: 'BANK', make: iban},
  {name: 'card', type: 'CARD', make: card},
  {name: 'mobile', type: 'PHONE', make: mobile},
  {name: 'e-mail', type: 'EMAIL', make: email},
  {name: 'Steuer-ID', type: 'PERSON_ID', pack: 'de', make: steuerId},
  {name: 'NIR', type: 'PERSON_ID', pack: 'fr', make: nir},
  {name: 'DNI', type: 'PERSON_ID', pack: 'es', make: dni},
  {name: 'PESEL', type: 'PERSON_ID', pack: 'pl', make: pesel},
  {name: 'rodné číslo', type: 'PERSON_ID', pack: 'cs', make: rodneCislo},
  {name: 'isikukood', type: 'PERSON_ID', pack: 'et', make: isikukood},
  {name: 'rijksregisternummer', type: 'PERSON_ID', pack: 'nl', make: rijksregisternummer},
  {name: 'CPF', type: 'PERSON_ID', pack: 'pt', make: cpf},
  {name: 'NINO', type: 'PERSON_ID', pack: 'en', make: nino},
  {name: 'PPSN', type: 'PERSON_ID', pack: 'en', make: ppsn},
  {name: 'SSN', type: 'PERSON_ID', pack: 'en', make: ssn},
];

/** Ten ways to write a value; none but the last says what it is. */
export const templates: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `Hej! ${value} kommer inte in i portalen, varför?`,
  (value) => `Kan ni hjälpa (${value}) att logga in?`,
  (value) => `"${value}"`,
  (value) => `{"value":"${value}","status":"open"}`,
  (value) => `anstnr;värde;lön\n1042;${value};34500`,
  (value) => `Första raden\n\t${value}\nsista raden`,
  (value) => `Det gäller ${value}.`,
  (value) => `😀 ${value} 👍`,
  (value) => `\u200b${[...value].join('\u200b')}\u200b och mer`,
];

/** Numbers as orders, invoices and log lines hold them. */
export const orderNumber = (random: Random) =>
  pick(random, [
    () => `45${digits(random, 8)}`,
    () => digits(random, 8),
    () => digits(random, 9),
    () => digits(random, 7),
    () => `${digits(random, 4)}-${digits(random, 6)}`,
    () => `2024-${digits(random, 5)}`,
    () => `${digits(random, 3)}-${digits(random, 4)}`,
    () => `SO${digits(random, 7)}`,
    () => digits(random, 13),
    () => `1Z${digits(random, 16)}`,
  ])();

/** What people, phones and word processors make of the characters of a value; the value stays the same to the eye. */
export const disguises: Readonly<Record<string, (value: string) => string>> = {
  'full-width digits': (value) => value.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  'zero-width spaces': (value) => [...value].join('\u200b'),
  'soft hyphens': (value) => [...value].join('\u00ad'),
  'odd dashes': (value) => value.replaceAll('-', '\u2011'),
  'odd spaces': (value) => value.replaceAll(' ', '\u202f'),
};

const time = (random: Random) =>
  `${pad(between(random, 0, 23), 2)}:${pad(between(random, 0, 59), 2)}:${pad(between(random, 0, 59), 2)}`;
const isoDay = (random: Random) => {
  const {year, month, day: inMonth} = day(random, 1990, 2030);
  return `${year}-${pad(month, 2)}-${pad(inMonth, 2)}`;
};

/** What looks like a number of somebody and is none, whatever stands around. */
export const harmless: Readonly<Record<string, Make>> = {
  // 10.0.x.y is a private network's.
  version: (random) => [9, 40, 40, 40].map((most) => between(random, 1, most)).join('.'),
  'long version': (random) => `${between(random, 1, 20)}.0.${between(random, 10000, 29999)}.${between(random, 1, 9)}`,
  'pair of coordinates': (random) =>
    `${between(random, 0, 89)}.${digits(random, 6)}, ${between(random, 0, 179)}.${digits(random, 6)}`,
  date: (random) => isoDay(random),
  'Nordic date': (random) => isoDay(random).split('-').reverse().join('.'),
  period: (random) => `${isoDay(random)}–${isoDay(random)}`,
  timestamp: (random) => `${isoDay(random)}T${time(random)}.${digits(random, 3)}Z`,
  'line of a log': (random) => `${isoDay(random)} ${time(random)},${digits(random, 3)} INFO`,
  'time of day': (random) => `${time(random).slice(0, 5)}–${time(random).slice(0, 5)}`,
  'case number': (random) => `2025-${digits(random, 6)}`,
  'invoice number': (random) => `INV-${between(random, 2020, 2030)}-${digits(random, 5)}`,
  price: (random) => `${between(random, 1, 999)} ${digits(random, 3)} ${digits(random, 3)},${digits(random, 2)} kr`,
  percentage: (random) => `${between(random, 0, 99)},${digits(random, 2)} %`,
  'hexadecimal number': (random) =>
    `0x${Array.from({length: 8}, () => pick(random, [...'0123456789ABCDEF'])).join('')}`,
  digest: (random) => Array.from({length: 40}, () => pick(random, [...'0123456789abcdef'])).join(''),
};
