/** German: Steueridentifikationsnummer, Sozialversicherungsnummer; first names (Gesellschaft für deutsche Sprache); words of the language. */
import {weighted} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** Steuer-ID: eleven digits, one of the first ten twice or thrice, ISO 7064 MOD 11,10. § 139b AO; BZSt; ITZBund. */
export function isSteuerId(digits: string): boolean {
  if (digits.length !== 11) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  const ten = digits.slice(0, 10);
  const different = new Set(ten).size;
  // Thrice, but not three in a row; and then no other digit twice.
  const isRepeated = different === 9 || (different === 8 && /(\d).*\1.*\1/.test(ten) && !/(\d)\1\1/.test(ten));
  return (11 - product) % 10 === Number(digits[10]) && isRepeated;
}

/** Versicherungsnummer: area, birth date, letter, serial, check digit over doubled places. § 147 SGB VI; VKVV § 2. */
export function isVersicherungsnummer(compact: string): boolean {
  if (!/^\d{8}[A-Z]\d{3}$/.test(compact)) return false;
  const digits = compact.slice(0, 8) + String(compact.charCodeAt(8) - 64).padStart(2, '0') + compact.slice(9, 11);
  const sum = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].reduce((total, factor, at) => {
    const product = Number(digits[at]) * factor;
    return total + Math.trunc(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === Number(compact[11]);
}

export const isAhvNumber = (digits: string) =>
  /^756\d{10}$/.test(digits) && weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;

export const pack: Pack = {
  id: 'de',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'de-steuer-id',
      labels: {means: 'foreignId'},
      isValid: isSteuerId,
      alone: (value) => (/^\d\d \d{3} \d{3} \d{3}$/.test(value) ? 0.7 : 0),
      pattern: standing('\\d\\d ?\\d{3} ?\\d{3} ?\\d{3}|\\d{2}(?:[/ ]\\d{3}){3}'),
    },
    {
      type: 'PERSON_ID',
      subtype: 'de-versicherungsnummer',
      labels: {means: 'foreignId'},
      alone: 0.8,
      isValid: isVersicherungsnummer,
      pattern: standing('\\d\\d ?\\d{6} ?[A-Z] ?\\d{3}'),
    },
    // Switzerland: 756, nine digits and the check digit of EAN-13. AHVG Art. 50c; AHVV Art. 133bis.
    {
      type: 'PERSON_ID',
      subtype: 'ch-ahv',
      labels: {means: 'foreignId'},
      alone: (value) => (value.includes('.') ? 0.9 : 0),
      isValid: isAhvNumber,
      pattern: standing('756(?:\\.\\d{4}){2}\\.\\d\\d|756\\d{10}'),
    },
    {
      type: 'DATE_OF_BIRTH',
      subtype: 'birth-date',
      labels: {means: 'birth'},
      alone: 0.85,
      isValid: () => true,
      pattern: standing('\\d\\d?\\. ?(?:\\d\\d?\\. ?|\\p{L}{3,9} )\\d{4}(?= geboren)'),
    },
    // Bundesnetzagentur, Nummernplan: 015, 016 and 017 are mobile.
    {
      type: 'PHONE',
      subtype: 'de-mobile',
      labels: {means: 'phone'},
      alone: 0.75,
      isValid: () => true,
      pattern: standing('01[567]\\d{1,2}[ /-]?\\d{3,4}[ -]?\\d{2,5}'),
    },
    {
      type: 'ADDRESS',
      subtype: 'de-street',
      labels: {means: 'addressIs'},
      alone: 0.75,
      isValid: () => true,
      pattern:
        /(?<!\p{L})(?:(?:Am|An der|Auf der?m?|Unter den|Zum|Zur|Im) \p{Lu}\p{L}+|\p{Lu}[\p{L}-]*(?:gasse|damm|ufer|chaussee|promenade|steig)) \d{1,3} ?[a-z]?(?:,? \d{5} \p{Lu}\p{L}+)(?!\p{L})/gu,
    },
  ],
  words: {
    phone: `anruf* erreich* ruf* handy* telefonnum* rufnum* handynum* telefonisch* rückruf* festnetz* mobilfunk* rufen erreichbar erreichen durchwahl*`,
    card: 'kreditkarte* karte karten kartenn* debitk*',
    bank: 'blz bankleitz* kontonum* bankverb* bankkont* girokonto*',
    org: `umsatzsteuer-i* ust-id* ustid* handelsreg* hrb hra handelsregisternum* umsatzsteuer* ust.-id* ust-idnr ustidnr steuernum* hra wirtschafts-id* betriebsnum*`,
    passport: 'reisepass* personalausw* passnum* ausweisn* ausweis* personalausweisn* reisepassn*',
    plate: 'kennz* kfz* autokennz* nummernsch* wagen fahrzeug* amtliches_k*',
    birth: 'geboren geburts* geb geb. geburtsta* geboren_am',
    secret: 'kennwort* passwort* zugangsc* geheimzahl* passwört* losungsw* pin-n*',
    token: 'api-schlü* zugriffss* schlüssel',
    foreignId: `steuerliche_i* identifikationsn* steuer-id* steueridenti* sozialversicherungsn* rentenversicherungsn* steuer-identif* idnr krankenversichertenn* versichertenn* steuern*
      kvnr* rvnr* ahv* svnr sv-n* führerscheinn*`,
    nameIs: 'ich_heiße mein_name_ist ich_heisse mein_name_lautet er_heißt sie_heißt mein_name_:',
    namedHere: 'ich_bin hier_ist hier_spricht hier_schreibt',
    nameKey: `vorname nachname familienn* ansprechp* kontoinh* karteninh* absender empfänger unterschrift vor-_und_nachname
      mitarbeiter`,
    signOff: 'grüß* gruß* viele_g* liebe_g* beste_g* freundliche_g* mit_freundl* gruß mfg lg vg',
    dear: 'hallo servus moin danke guten_tag',
    title: 'frau herrn lieber liebe sehr_geehrte sehr_geehrter doktor prof',
    role: `mitarbeiter* patientin kundin chefin vorgesetzte* ehefrau ehemann tochter sohn schüler* student* lehrer* mieter*
      nachbar* freundin`,
    place: `raum besprechungsr* konferenzr* saal schule* straße platz hotel* krankenh* kirche* gebäude* haus firma verein*
      stiftung* universität*`,
    addressIs: 'anschrift* wohnanschrift* lieferadr* rechnungsadr* postanschrift* adresse',
    livesAt: `wohne wohnt wohnen wohnhaft umgezogen_nach gezogen_nach ziehe_nach senden_sie_es_an liefern_an schicken_an`,
    condition: `krebs* brustk* depression* herzinf* herzk* leukä* schwanger* behinder* schwerbehind* krankgesch* arbeitsunf*
      bandsch* bluthoch* alkohol* sucht* magersucht* rheuma* schlaganf* demenz* asthma* panikatt* zwangsst*
      rollstuhl* suizid*`,
    member: `mitglied_bei mitglied_der mitglied_in mitglied_im mitglied_von organisiert_in beigetreten eingetreten`,
    unionised: 'in_der_gewerkschaft gewerkschaftsm* gewerkschaftlich_o* betriebsratsm*',
    union: 'gewerkschaft*',
    other: `rechnung* bestell* vorgang* aktenz* auftrag* artikel* kundenn* seriennum* fehlercode* angebot* vertrag* beleg*
      lieferschein* buchung*`,
  },
  firstNames: `maria eva anna ursula monika petra elisabeth sabine renate helga karin brigitte ingrid erika andrea gisela
    claudia susanne gabriele christa christine hildegard anja barbara birgit heike angelika stefanie martina
    nicole julia katharina sandra katrin kathrin melanie lisa laura sarah lena lea hannah hanna mia emma sophie
    marie johanna clara luisa leonie nina jana vanessa jessica jasmin tanja silke simone ute heidi manuela
    cornelia kerstin bettina daniela christina ulrike silvia jutta margarete gertrud ilse edith anke inge sonja
    carina franziska ayşe fatma emine peter michael thomas andreas wolfgang klaus jürgen günter günther stefan
    stephan christian uwe werner horst frank dieter manfred gerhard hans bernd thorsten torsten mathias matthias
    helmut walter martin heinz josef jörg rolf markus marcus alexander heinrich karl ralf rainer reiner joachim
    paul jan daniel tobias sebastian florian philipp lukas leon luca jonas felix maximilian moritz niklas tim
    ben finn max erich noah elias simon david fabian benjamin patrick dennis marco kevin johannes georg franz
    friedrich ernst otto kurt herbert siegfried norbert volker detlef holger olaf lars sven dirk kai jens axel
    sascha mehmet mustafa ali ahmet hasan murat friederike gerd anneliese beate birte carolin doris elke
    elfriede frieda frauke friedhelm gerlinde gudrun hedwig hanne heiko henning ingo irene irmgard isabel janina
    jörn kirsten lothar`,
};
