/**
 * Our rules beside the libraries that the world checks these numbers with. Where we knowingly differ, the table says
 * when and why; any other difference fails.
 */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {getExampleNumber, parsePhoneNumberFromString, type CountryCode, type PhoneNumber} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import {stdnum} from 'stdnum';
import validator from 'validator';

import {findPii, type Pack} from '../../src/privacy/index.js';
import {loadPacks} from '../../src/privacy/load-packs.js';
import {isIsikukood} from '../../src/privacy/packs/baltic.js';
import {isRijksregisternummer} from '../../src/privacy/packs/be.js';
import {isSin} from '../../src/privacy/packs/ca.js';
import {isIco, isRodneCislo} from '../../src/privacy/packs/cs.js';
import {isAhvNumber, isSteuerId, isVersicherungsnummer} from '../../src/privacy/packs/de.js';
import {isCif, isDni} from '../../src/privacy/packs/es.js';
import {isNir} from '../../src/privacy/packs/fr.js';
import {isNino} from '../../src/privacy/packs/gb.js';
import {isPpsn} from '../../src/privacy/packs/ie.js';
import {isAadhaar} from '../../src/privacy/packs/in.js';
import {isBsn} from '../../src/privacy/packs/nl.js';
import {isNip, isPesel} from '../../src/privacy/packs/pl.js';
import {isCnpj, isCpf, isNif} from '../../src/privacy/packs/pt.js';
import {isSsn} from '../../src/privacy/packs/us.js';
import {isCvr, isOrganisasjonsnummer, isOrganisationsnummer, isYTunnus} from '../../src/privacy/rules/org.js';
import {isCpr, isFodselsnummer, isHetu, isKennitala, isPersonnummer} from '../../src/privacy/rules/person-id.js';
import {pick, seeded} from './generate.js';

const random = seeded(20261121);
const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
const digits = (length: number) => Array.from({length}, () => between(0, 9)).join('');
const letter = (set = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') => pick(random, [...set]);
const two = (low: number, high: number) => String(between(low, high)).padStart(2, '0');
const yearFirst = () => two(0, 99) + two(1, 12) + two(1, 31);
const dayFirst = () => two(1, 31) + two(1, 12) + two(0, 99);

interface Difference {
  readonly why: string;
  readonly when: (value: string) => boolean;
}

interface Row {
  readonly country: string;
  readonly oracle: string;
  readonly ours: (value: string) => boolean;
  readonly make: () => string;
  /** We say yes, the library no. */
  readonly milder?: Difference;
  /** We say no, the library yes. */
  readonly stricter?: Difference;
}

const oracleOf = ({country, oracle}: Row) => {
  const found = stdnum[country]?.[oracle];
  assert.ok(found, `stdnum has no ${country}.${oracle}`);
  return found;
};

const anyDate =
  'Whether a day has come yet, or a century fits a serial, is not asked: a text may be read after this code was written.';
const always = () => true;
const isNoDay = (year: string, month: string, day: string) =>
  Number(month) > 12 || Number(day) > new Date(Date.UTC(2000 + Number(year), Number(month), 0)).getUTCDate();

const rows: readonly Row[] = [
  {
    country: 'SE',
    oracle: 'personnummer',
    ours: isPersonnummer,
    make: () => `${yearFirst()}-${digits(4)}`,
    milder: {why: anyDate, when: always},
  },
  {
    country: 'SE',
    oracle: 'orgnr',
    ours: isOrganisationsnummer,
    make: () => `5${digits(9)}`,
    stricter: {
      why: 'Lag (1974:174) § 1: the third digit is at least 2, so that no personnummer looks alike.',
      when: (value) => value[2]! < '2',
    },
  },
  {
    country: 'NO',
    oracle: 'fodselsnummer',
    ours: isFodselsnummer,
    make: () => dayFirst() + digits(5),
    milder: {why: anyDate, when: always},
  },
  {country: 'NO', oracle: 'orgnr', ours: isOrganisasjonsnummer, make: () => letter('89') + digits(8)},
  {country: 'DK', oracle: 'cpr', ours: isCpr, make: () => dayFirst() + digits(4), milder: {why: anyDate, when: always}},
  {
    country: 'DK',
    oracle: 'cvr',
    ours: isCvr,
    make: () => digits(8),
    stricter: {why: 'Erhvervsstyrelsen issues them from 10000000.', when: (value) => value.startsWith('0')},
  },
  {
    country: 'FI',
    oracle: 'hetu',
    ours: isHetu,
    make: () => dayFirst() + letter('-+ABCDEFYXWVU') + digits(3) + letter('0123456789ABCDEFHJKLMNPRSTUVWXY'),
    milder: {why: anyDate, when: always},
    stricter: {
      why: 'Valtioneuvoston asetus 128/2010 § 2: the individual number is from 002.',
      when: (value) => /00[01].$/.test(value),
    },
  },
  {country: 'FI', oracle: 'ytunnus', ours: isYTunnus, make: () => digits(8)},
  {
    country: 'IS',
    oracle: 'kennitala',
    ours: isKennitala,
    make: () => dayFirst() + digits(3) + letter('890'),
    milder: {why: 'The register drops the check digit in 2026 (Þjóðskrá).', when: always},
    stricter: {
      why: 'From day 41 it is a company’s; no person was born before 1800.',
      when: (value) => value > '4' || /[1-7]$/.test(value),
    },
  },
  {
    country: 'DE',
    oracle: 'idnr',
    ours: isSteuerId,
    make: () => between(1, 9) + digits(10),
    stricter: {
      why: 'BZSt: of the first ten, one digit occurs twice or thrice and no other more than once; never three in a row.',
      when: (value) => {
        const counts = [...'0123456789'].map((digit) => value.slice(0, 10).split(digit).length - 1);
        return counts.filter((count) => count > 1).length !== 1 || Math.max(...counts) > 3 || /(\d)\1\1/.test(value);
      },
    },
  },
  {
    country: 'DE',
    oracle: 'svnr',
    ours: isVersicherungsnummer,
    make: () => two(2, 89) + dayFirst() + letter() + digits(3),
    milder: {why: 'Areas are added and merged; the check digit is enough.', when: always},
  },
  {country: 'CH', oracle: 'ssn', ours: isAhvNumber, make: () => `756${digits(10)}`},
  {
    country: 'US',
    oracle: 'ssn',
    ours: isSsn,
    make: () => digits(9),
    milder: {why: 'From 900 it is an ITIN (IRS), as personal.', when: (value) => value.startsWith('9')},
    stricter: {why: 'SSA: no serial is 0000.', when: (value) => value.endsWith('0000')},
  },
  {
    country: 'EE',
    oracle: 'ik',
    ours: isIsikukood,
    make: () => between(1, 6) + yearFirst() + digits(4),
    stricter: {
      why: 'No 31st of June, and no sex and century 0 or 9.',
      when: (value) => /^[09]/.test(value) || isNoDay(value.slice(1, 3), value.slice(3, 5), value.slice(5, 7)),
    },
  },
  {
    country: 'LT',
    oracle: 'asmens',
    ours: isIsikukood,
    make: () => between(3, 6) + yearFirst() + digits(4),
    milder: {why: anyDate, when: always},
    stricter: {why: '1 to 8 stand for a sex and a century.', when: (value) => /^[09]/.test(value)},
  },
  {country: 'ES', oracle: 'dni', ours: isDni, make: () => digits(8) + letter()},
  {country: 'ES', oracle: 'nie', ours: isDni, make: () => letter('XYZ') + digits(7) + letter()},
  {country: 'ES', oracle: 'cif', ours: isCif, make: () => letter('ABCDEFGHJ') + digits(8)},
  {country: 'NL', oracle: 'bsn', ours: isBsn, make: () => digits(9)},
  {country: 'PL', oracle: 'pesel', ours: isPesel, make: () => yearFirst() + digits(5)},
  {country: 'PL', oracle: 'nip', ours: isNip, make: () => digits(10)},
  {country: 'IN', oracle: 'aadhaar', ours: isAadhaar, make: () => between(2, 9) + digits(11)},
  {
    country: 'CA',
    oracle: 'sin',
    ours: isSin,
    make: () => digits(9),
    stricter: {why: 'Service Canada: 8 begins a business number.', when: (value) => value.startsWith('8')},
  },
  {country: 'IE', oracle: 'pps', ours: isPpsn, make: () => digits(7) + letter('ABCDEFGHIJKLMNOPQRSTUVW')},
  {
    country: 'BE',
    oracle: 'nn',
    ours: isRijksregisternummer,
    make: () => yearFirst() + digits(5),
    milder: {why: 'Both centuries are tried for every year.', when: always},
    stricter: {
      why: '97 minus a remainder is at most 97 (Koninklijk besluit 3 april 1984), and the day must be one.',
      when: (value) =>
        Number(value.slice(9)) > 97 ||
        value.endsWith('00') ||
        isNoDay(value.slice(0, 2), value.slice(2, 4), value.slice(4, 6)),
    },
  },
  {country: 'GB', oracle: 'nino', ours: isNino, make: () => letter() + letter() + digits(6) + letter('ABCDE')},
  {
    country: 'CZ',
    oracle: 'rc',
    ours: isRodneCislo,
    make: () => two(54, 99) + two(1, 12) + two(1, 31) + digits(4),
    milder: {
      why: 'The remainder 10 that is written 0 was given until 1985, and to some after (ČSSZ).',
      when: (value) => value.endsWith('0'),
    },
  },
  {
    country: 'CZ',
    oracle: 'ico',
    ours: isIco,
    make: () => digits(8),
    milder: {why: 'None from 9 is issued yet; the law does not forbid it.', when: (value) => value.startsWith('9')},
  },
  {
    country: 'FR',
    oracle: 'nir',
    ours: isNir,
    make: () => `${between(1, 2)}${two(0, 99)}${two(1, 12)}${digits(10)}`,
  },
  {country: 'PT', oracle: 'nif', ours: isNif, make: () => between(1, 9) + digits(8)},
  {country: 'BR', oracle: 'cpf', ours: isCpf, make: () => digits(11)},
  {country: 'BR', oracle: 'cnpj', ours: isCnpj, make: () => digits(14)},
];

/** One digit is another. */
const nearMiss = (value: string) => {
  const at = pick(
    random,
    [...value].flatMap((character, index) => (/\d/.test(character) ? [index] : [])),
  );
  return value.slice(0, at) + String((Number(value[at]) + between(1, 9)) % 10) + value.slice(at + 1);
};

describe('Identity numbers beside stdnum', () => {
  for (const row of rows) {
    it(`${row.country} ${row.oracle}: yes and no are the same, or the table says why not`, () => {
      const oracle = oracleOf(row);
      let agreed = 0;
      const compare = (value: string) => {
        const ours = row.ours(value.replace('-', row.oracle === 'hetu' ? '-' : ''));
        const theirs = oracle.validate(value).isValid;
        if (ours && theirs) agreed++;
        if (ours && !theirs) assert.ok(row.milder?.when(value), `${value}: ours alone`);
        if (!ours && theirs) assert.ok(row.stricter?.when(value), `${value}: theirs alone`);
        return ours || theirs;
      };
      for (let count = 0; count < 6000; count++) {
        const value = row.make();
        if (compare(value)) for (let misses = 0; misses < 3; misses++) compare(nearMiss(value));
      }
      assert.ok(agreed > 10, `only ${agreed} valid values were made`);
    });
  }
});

const found = (text: string, type: string, locales: readonly string[] = [], packs: readonly Pack[] = []) =>
  findPii(text, {locales, packs})
    .filter((finding) => finding.type === type)
    .map(({start, end}) => text.slice(start, end));

describe('Beside validator.js', () => {
  // SWIFT, IBAN Registry: the examples of the countries around.
  const ibans =
    'SE4550000000058398257466 NO9386011117947 DK5000400440116243 FI2112345600000785 IS140159260076545510730339 DE89370400440532013000 GB29NWBK60161331926819 FR1420041010050500013M02606 NL91ABNA0417164300 ES9121000418450200051332 IT60X0542811101000000123456 PL61109010140000071219812874 BE68539007547034 CH9300762011623852957 AT611904300234573201 IE29AIBK93115212345678 EE382200221020145685 LV80BANK0000435195001 LT121000011101001000 PT50000201231234567890154 CZ6508000000192000145399 LU280019400644750000 MT84MALT011000012345MTLCAST001S FO6264600001631634 SA0380000000608010167519 AE070331234567890123456'.split(
      ' ',
    );

  it('an IBAN is one for both, however it is grouped, and with one wrong digit for neither', () => {
    for (const iban of ibans) {
      assert.ok(validator.isIBAN(iban), iban);
      for (const written of [iban, iban.replace(/(.{4})(?=.)/g, '$1 '), iban.toLowerCase()])
        assert.deepEqual(found(`Betala till ${written}, tack`, 'BANK'), [written]);
      for (let count = 0; count < 20; count++) {
        const wrong = iban.slice(0, 2) + nearMiss(iban.slice(2));
        assert.equal(validator.isIBAN(wrong), false, wrong);
        assert.deepEqual(found(`Betala till ${wrong}, tack`, 'BANK'), [], wrong);
      }
    }
  });

  it('a card is one for both, and with one wrong digit for neither', () => {
    const cards =
      '4111111111111111 4012888888881881 5555555555554444 5105105105105100 2223003122003222 378282246310005 371449635398431 6011111111111117 3530111333300000 30569309025904 38520000023237 6200000000000005'.split(
        ' ',
      );
    for (const card of cards) {
      assert.ok(validator.isCreditCard(card), card);
      assert.deepEqual(found(`Det gäller ${card}.`, 'CARD'), [card]);
      for (let count = 0; count < 20; count++) {
        const wrong = nearMiss(card);
        assert.equal(validator.isCreditCard(wrong), false, wrong);
        assert.deepEqual(found(`Det gäller ${wrong}.`, 'CARD'), [], wrong);
      }
    }
  });

  it('an address of a machine is one for both', () => {
    for (const address of [
      '198.51.100.7',
      '203.0.113.255',
      '2001:db8::1',
      'fe80::1',
      '2001:db8:0:0:1:0:0:1',
      '::ffff:192.0.2.1',
      '64:ff9b::192.0.2.33',
      '2001:DB8::8A2E:370:7334',
    ]) {
      assert.ok(validator.isIP(address), address);
      assert.deepEqual(found(`Client ${address} is blocked`, 'IP'), [address]);
    }
    for (const address of ['198.51.100.256', '2001:db8::1::2', '2001:db8:1:2:3:4:5:6:7', '12345::1', 'g::1']) {
      assert.equal(validator.isIP(address), false, address);
      assert.deepEqual(found(`Client ${address} is blocked`, 'IP'), [], address);
    }
  });

  it('an e-mail address is one for both', () => {
    for (const address of [
      'foo@bar.com',
      'x@x.au',
      'foo@bar.com.au',
      'foo+bar@bar.com',
      'hans.m端ller@test.com',
      'hans@m端ller.com',
      'test|123@m端ller.com',
      'test123+ext@gmail.com',
      'some.name.midd.leNa.me.and.locality+extension@example.com',
    ]) {
      assert.ok(validator.isEmail(address), address);
      assert.deepEqual(found(`Skriv till ${address} i dag`, 'EMAIL'), [address]);
    }
    for (const address of ['invalidemail@', 'invalid.com', '@invalid.com', 'foo@_bar', 'foo@bar']) {
      assert.equal(validator.isEmail(address), false, address);
      assert.deepEqual(found(`Skriv till ${address} i dag`, 'EMAIL'), [], address);
    }
  });
});

/** A country, the language of its people, and how one of them says that a telephone number comes. */
const callers: readonly (readonly [CountryCode, string, (number: string) => string])[] = [
  ['SE', 'sv', (number) => `Ring mig på ${number} efter fem`],
  ['NO', 'nb', (number) => `Ring meg på ${number} etter fem`],
  ['DK', 'da', (number) => `Ring til mig på ${number} efter fem`],
  ['FI', 'fi', (number) => `Soita ${number} viiden jälkeen`],
  ['IS', 'is', (number) => `Síminn minn er ${number} eftir fimm`],
  ['GB', 'en', (number) => `Call me at ${number} after five`],
  ['IE', 'en', (number) => `My number is ${number} after five`],
  ['US', 'en', (number) => `My phone number is ${number} after five`],
  ['CA', 'en', (number) => `phone: ${number}`],
  ['DE', 'de', (number) => `Rufen Sie mich an: ${number}`],
  ['AT', 'de', (number) => `Meine Telefonnummer ist ${number}`],
  ['CH', 'de', (number) => `Handy ${number}`],
  ['FR', 'fr', (number) => `Appelez-moi au ${number}`],
  ['BE', 'nl', (number) => `Bel mij op ${number}`],
  ['NL', 'nl', (number) => `Mijn telefoonnummer is ${number}`],
  ['ES', 'es', (number) => `Mi teléfono es ${number}`],
  ['IT', 'it', (number) => `Il mio numero è ${number}`],
  ['PT', 'pt', (number) => `O meu telemóvel é ${number}`],
  ['PL', 'pl', (number) => `Mój telefon to ${number}`],
  ['EE', 'et', (number) => `Telefon ${number}`],
  ['LV', 'lv', (number) => `Tālrunis ${number}`],
  ['LT', 'lt', (number) => `Telefonas ${number}`],
  ['CZ', 'cs', (number) => `Můj telefon je ${number}`],
];

describe('Telephone numbers beside libphonenumber', () => {
  const compact = (text: string) => text.replace(/\D/g, '');

  for (const [country, language, say] of callers) {
    it(`${country}: valid numbers are found in both formats with a word about it, and abroad's without`, async () => {
      const packs = await loadPacks([language]);
      const example = getExampleNumber(country, examples)!;
      const numbers: PhoneNumber[] = [example];
      for (let tries = 0; tries < 30_000 && numbers.length < 12; tries++) {
        const national = digits(example.nationalNumber.length - between(0, 1));
        const number = parsePhoneNumberFromString(`+${example.countryCallingCode}${national}`);
        const kind = number?.getType() ?? '';
        if (number?.country === country && number.isValid() && /^(?:MOBILE|FIXED_LINE)/.test(kind))
          numbers.push(number);
      }
      assert.ok(numbers.length > 3, `only ${numbers.length} numbers were made`);
      for (const number of numbers) {
        for (const written of [number.formatNational(), number.formatInternational(), number.number]) {
          const hits = found(say(written), 'PHONE', [language], packs);
          assert.deepEqual(hits.map(compact), [compact(written)], say(written));
        }
        const abroad = number.formatInternational();
        assert.deepEqual(found(`Det gäller ${abroad}, tack`, 'PHONE'), [abroad]);
      }
    });
  }
});
