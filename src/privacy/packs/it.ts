/** Italian: codice fiscale, partita IVA, addresses, first names (ISTAT), words of the language. */
import {luhn} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** What a character in an odd place counts; in an even one it counts its own value. D.M. 23/12/1976. */
const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Codice fiscale: sixteen letters and digits, the last a remainder of 26. Letters LMNPQRSTUV may replace digits. */
export function isCodiceFiscale(compact: string): boolean {
  if (!/^[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPR-T][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/.test(compact)) return false;
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const character = compact[at]!;
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    sum += at % 2 ? value : odd[value]!;
  }
  return compact.charCodeAt(15) - 65 === sum % 26;
}

export const pack: Pack = {
  id: 'it',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'it-codice-fiscale',
      labels: {means: 'foreignId'},
      alone: 0.95,
      isValid: isCodiceFiscale,
      pattern: standing('[A-Z]{3} ?[A-Z]{3} ?[\\dA-Z]{5} ?[A-Z][\\dA-Z]{3}[A-Z]', 'giu'),
    },
    {
      type: 'ORG_ID',
      subtype: 'it-partita-iva',
      labels: {means: 'org'},
      alone: 0,
      isValid: luhn,
      pattern: standing('(?:IT)?\\d{11}'),
    },
    {
      type: 'ADDRESS',
      subtype: 'it-street',
      labels: {means: 'addressIs'},
      alone: 0.75,
      isValid: () => true,
      pattern:
        /(?<!\p{L})(?:Via|Viale|Piazza|Piazzale|Corso|Largo|Vicolo)(?: (?:di|del|della|dei|degli))? \p{Lu}\p{L}+(?: \p{L}+){0,3},? (?:n\. ?)?\d{1,4}(?:\/?[A-Z])?(?:,? \d{5} \p{Lu}\p{L}+)?(?![\p{L}\d])/gu,
    },
  ],
  words: {
    phone: 'telefono* cellulare* chiama* numero_di_tel* mio_numero',
    card: 'carta carta_di_c*',
    bank: 'conto_c* numero_di_conto',
    org: 'partita_iva p.iva piva',
    passport: "passaporto* carta_d'id* carta_d’id*",
    plate: 'targa*',
    birth: 'nato_il nata_il nato_a nata_a data_di_nasc* nascita',
    secret: 'password parola_d* codice_pin',
    foreignId: 'codice_f* codice_fisc* cod._fisc* cf tessera_s*',
    nameIs: 'mi_chiamo il_mio_nome_è si_chiama',
    namedHere: 'sono io_sono',
    nameKey: 'nome cognome nominativo intestat*',
    signOff: 'saluti cordiali_s* distinti_s*',
    dear: 'ciao buongiorno grazie',
    title: 'signor signora sig sig.ra dott dott.ssa caro cara gentile',
    role: 'cliente* paziente* collega* dipendente* alunno* figlio figlia moglie marito',
    addressIs: 'indirizzo*',
    livesAt: 'abito_in abito_a vivo_in risiedo_in',
    condition: 'cancro* tumore* diabet* depress* incinta asma ansia',
    member: 'membro_del membro_della iscritto_a iscritta_a iscritto_alla',
    unionised: 'sindacalizz*',
    union: 'sindacat*',
    other: 'fattura* ordine* pratica* articolo*',
  },
  firstNames: `maria anna giuseppina rosa angela giovanna teresa lucia carmela caterina francesca paola laura giulia sofia
    aurora alice ginevra emma giorgia martina chiara sara elena federica valentina silvia alessia barbara monica
    giuseppe giovanni antonio mario luigi francesco angelo vincenzo pietro salvatore carlo franco domenico bruno
    paolo michele giorgio marco andrea leonardo lorenzo alessandro mattia gabriele riccardo tommaso edoardo
    matteo davide luca stefano roberto fabio`,
};
