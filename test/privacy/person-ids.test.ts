import {expect} from '@open-wc/testing';

import {isIsikukood, isPersonasKods} from '../../src/privacy/packs/baltic.js';
import {isRijksregisternummer} from '../../src/privacy/packs/be.js';
import {isSin} from '../../src/privacy/packs/ca.js';
import {isIco, isRodneCislo} from '../../src/privacy/packs/cs.js';
import {isSteuerId, isVersicherungsnummer} from '../../src/privacy/packs/de.js';
import {isCif, isDni} from '../../src/privacy/packs/es.js';
import {isNir} from '../../src/privacy/packs/fr.js';
import {isNhsNumber, isNino} from '../../src/privacy/packs/gb.js';
import {isPpsn} from '../../src/privacy/packs/ie.js';
import {isAadhaar, isPan} from '../../src/privacy/packs/in.js';
import {isCodiceFiscale} from '../../src/privacy/packs/it.js';
import {isBsn} from '../../src/privacy/packs/nl.js';
import {isDowod, isNip, isPesel} from '../../src/privacy/packs/pl.js';
import {isCnpj, isCpf, isNif} from '../../src/privacy/packs/pt.js';
import {isRoutingNumber, isSsn} from '../../src/privacy/packs/us.js';
import {isCvr, isOrganisasjonsnummer, isOrganisationsnummer, isYTunnus} from '../../src/privacy/rules/org.js';
import {isCpr, isFodselsnummer, isHetu, isKennitala, isPersonnummer} from '../../src/privacy/rules/person-id.js';

/** The rule, where its examples are published, what obeys it and what does not. */
const rules: readonly (readonly [
  string,
  string,
  (compact: string) => boolean,
  readonly string[],
  readonly string[],
])[] = [
  [
    'personnummer',
    'Skatteverket SKV 704',
    isPersonnummer,
    ['8112289874', '198112289874', '6408233234', '121212+1212', '191212121212', '0002292399', '200002292399'],
    ['8112289875', '198113289878', '811232987', '190002292399', '178112289874', '0000000000'],
  ],
  [
    'samordningsnummer',
    'Skatteverket SKV 707',
    isPersonnummer,
    ['7010632391', '197010632391'],
    ['7010922399', '7010632392'],
  ],
  [
    'interim number',
    'Skatteverket, interimspersonnummer',
    isPersonnummer,
    ['811228T871', '19811228X871'],
    ['811228A871', '811228T872'],
  ],
  [
    'fødselsnummer',
    'Skatteetaten, "Fødselsnummer"',
    isFodselsnummer,
    ['01010750160', '05909706426', '41010750154'],
    ['01010750161', '32010750160', '00000000000', '0101075016'],
  ],
  ['CPR', 'CPR-kontoret', isCpr, ['0707614285', '6707614285', '2902049991'], ['3202614285', '0713614285', '070761428']],
  [
    'HETU',
    'DVV, henkilötunnus',
    isHetu,
    ['131052-308T', '010516B903X', '290877-1639', '131052308T'],
    ['131052-308U', '131352-308T', '131052G308T', '131052-001M'],
  ],
  ['kennitala', 'Þjóðskrá', isKennitala, ['1201743399', '0101302989'], ['3301743399', '1201743391']],
  [
    'organisationsnummer',
    'Bolagsverket',
    isOrganisationsnummer,
    ['5560125790', '2021005489', '165560125790'],
    ['5560125791', '8112289874', '5510125790'],
  ],
  [
    'organisasjonsnummer',
    'Brønnøysundregistrene',
    isOrganisasjonsnummer,
    ['974760673', '923609016'],
    ['974760674', '174760673'],
  ],
  ['CVR', 'Erhvervsstyrelsen', isCvr, ['10103940', '24256790'], ['10103941', '01010394']],
  ['Y-tunnus', 'PRH', isYTunnus, ['01120389', '26174164'], ['01120388', '1120389']],
  [
    'Steuer-ID',
    'BZSt',
    isSteuerId,
    ['65929970489', '86095742719', '02476291358'],
    ['65929970488', '12345678901', '11111111111'],
  ],
  [
    'Versicherungsnummer',
    'VKVV § 2',
    isVersicherungsnummer,
    ['65170839J003', '15070649C103'],
    ['65170839J004', '6517083J003'],
  ],
  ['NIR', 'INSEE', isNir, ['255081416802538', '295109912611193'], ['255081416802539', '355081416802538']],
  ['BSN', 'RvIG', isBsn, ['111222333', '123456782', '999990019'], ['123456789', '000000000']],
  [
    'rijksregisternummer',
    'Koninklijk besluit 3 april 1984',
    isRijksregisternummer,
    ['85073003328', '17073003384'],
    ['85073003329', '85133003328'],
  ],
  ['NINO', 'HMRC NIM39110', isNino, ['AB123456C', 'JK000000A'], ['QQ123456C', 'BG123456A', 'AB123456E', 'AO123456A']],
  [
    'NHS number',
    'NHS Data Dictionary',
    isNhsNumber,
    ['9434765919', '4010232137', '9990000018'],
    ['9434765918', '943476591'],
  ],
  ['PPSN', 'Department of Social Protection', isPpsn, ['1234567T', '1234567FA'], ['1234567A', '12345678T']],
  ['SSN', 'SSA', isSsn, ['536904399', '219099999', '911701234'], ['000123456', '666123456', '123004567', '123450000']],
  ['routing number', 'ABA', isRoutingNumber, ['121000358', '011000015'], ['121000359', '991000358']],
  ['SIN', 'Service Canada', isSin, ['046454286', '130692544'], ['046454287', '800000002']],
  ['Aadhaar', 'UIDAI', isAadhaar, ['234123412346', '499118665246'], ['234123412347', '134123412346']],
  ['PAN', 'Income Tax Department', isPan, ['AAAPL1234C', 'ABCPE1234F'], ['AAADL1234C', 'AAAPL12345']],
  [
    'DNI and NIE',
    'Ministerio del Interior',
    isDni,
    ['12345678Z', '54362315K', 'X2482300W', 'Y2345678Z'],
    ['12345678A', 'W2482300W'],
  ],
  ['CIF', 'Agencia Tributaria', isCif, ['A58818501', 'Q2826000H'], ['A58818502', 'I58818501']],
  ['NIF of Portugal', 'Autoridade Tributária', isNif, ['501964843', '123456789'], ['501964842', '012345678']],
  ['CPF', 'Receita Federal', isCpf, ['39053344705', '52998224725'], ['39053344704', '11111111111']],
  ['CNPJ', 'Receita Federal', isCnpj, ['11222333000181', '11444777000161'], ['11222333000182', '1122233300018']],
  [
    'codice fiscale',
    'D.M. 23/12/1976',
    isCodiceFiscale,
    ['RSSMRA85T10A562S', 'VRDGPP13R10B293P'],
    ['RSSMRA85T10A562T', 'RSSMRA85Z10A562S'],
  ],
  ['PESEL', 'gov.pl', isPesel, ['44051401359', '55030101193'], ['44051401358', '44351401359']],
  ['NIP', 'gov.pl', isNip, ['5260250274', '1234563218'], ['5260250275', '123456321']],
  ['dowód osobisty', 'gov.pl', isDowod, ['ABA300000', 'ABS123456'], ['ABA300001', 'AB3000000']],
  ['rodné číslo', 'Ministerstvo vnitra', isRodneCislo, ['7103192745'], ['7103192746', '7113192745']],
  ['IČO', 'ARES', isIco, ['25596641', '00006947'], ['25596642', '2559664']],
  [
    'isikukood and asmens kodas',
    'EVS 585',
    isIsikukood,
    ['37605030299', '33309240064'],
    ['37605030298', '37613030299'],
  ],
  ['personas kods', 'PMLP', isPersonasKods, ['16117519997', '32867300679'], ['16117519996', '16137519997']],
];

describe('National numbers', () => {
  for (const [name, source, isValid, valid, invalid] of rules) {
    describe(`${name} (${source})`, () => {
      it('has an example', () => expect(valid).not.to.be.empty);
      for (const value of valid) it(`takes ${value}`, () => expect(isValid(value)).to.equal(true));
      for (const value of invalid) it(`refuses ${value}`, () => expect(isValid(value)).to.equal(false));
    });
  }
});
