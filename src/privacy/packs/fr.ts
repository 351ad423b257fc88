/** French: numéro de sécurité sociale (NIR), SIREN and SIRET, addresses, first names (INSEE), words of the language. */
import {luhn} from '../checksums.js';
import {standing} from '../standing.js';
import type {Pack} from '../types.js';

/** NIR: sex, year, month, place, serial, key 97 minus the rest. Corsica's 2A and 2B count as 19 and 18. Décret 82-103; INSEE. */
export function isNir(compact: string): boolean {
  if (!/^[12378]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{8}$/.test(compact)) return false;
  const digits = compact.replace('2A', '19').replace('2B', '18');
  return Number(97n - (BigInt(digits.slice(0, 13)) % 97n)) === Number(digits.slice(13));
}

export const pack: Pack = {
  id: 'fr',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'fr-nir',
      labels: {means: 'foreignId'},
      alone: 0.9,
      isValid: isNir,
      pattern: standing('[12378] ?\\d\\d ?\\d\\d ?(?:\\d\\d|2[AB]) ?\\d{3} ?\\d{3} ?\\d\\d', 'giu'),
    },
    {
      type: 'ORG_ID',
      subtype: 'fr-siren',
      labels: {means: 'org'},
      alone: 0,
      isValid: luhn,
      pattern: standing('\\d{3} ?\\d{3} ?\\d{3}(?: ?\\d{5})?'),
    },
    {
      type: 'ADDRESS',
      subtype: 'fr-street',
      labels: {means: 'livesAt'},
      alone: 0.75,
      isValid: () => true,
      pattern:
        /(?<![\p{L}\d])\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai|route|cours|square|passage|faubourg)(?: [\p{L}'’-]+){1,6}?(?:,? \d{5} \p{Lu}[\p{L}-]+|(?=[.,\n]|$))/giu,
    },
    // Arcep, plan de numérotation: ten digits, spoken in pairs.
    {
      type: 'PHONE',
      subtype: 'fr-phone',
      labels: {means: 'phone'},
      alone: 0.85,
      isValid: () => true,
      pattern: standing('0[1-9](?:[ .]\\d\\d){4}'),
    },
  ],
  words: {
    phone: 'appel* téléphon* portable joindre numéro_de_tél* mobile mon_numéro',
    card: 'carte carte_b* carte_de_c* cb',
    bank: 'compte_b* numéro_de_compte rib iban',
    org: 'siren siret siren siret tva n°tva numéro_de_tva rcs',
    passport: "passeport* carte_d'id* carte_nat* cni",
    plate: 'plaque* immatric* voiture*',
    birth: 'né_le née_le né_à née_à date_de_naiss* naissance',
    secret: 'mot_de_passe mdp code_secret code_pin identifiants',
    foreignId: `sécurité_sociale numéro_de_séc* insee nir numéro_fiscal n°_de_séc* carte_vitale registre_nat* numéro_nat*`,
    nameIs: "je_m'appelle je_m’appelle mon_nom_est elle_s'appelle il_s'appelle",
    namedHere: "je_suis c'est ici",
    nameKey: 'nom prénom nom_complet destinataire expéditeur titulaire',
    signOff: 'cordialement bien_à_vous salutations* sincères_s* bien_cord*',
    dear: 'bonjour salut merci bonsoir',
    title: 'monsieur madame mme mlle m. cher chère docteur',
    role: 'client* patient* collègue* salarié* employé* élève* femme mari fils fille',
    addressIs: 'adresse* domicile*',
    livesAt: "habite habitons habite_au réside demeurant j'habite j’habite vis_au",
    condition: `cancer* dépress* diabèt* grossesse* enceinte asthm* sida vih arrêt_mal* handicap* burn-out* épileps* sclérose*`,
    member: 'membre_du membre_de adhérent_à adhérent_de syndiqué_à',
    unionised: 'syndiqué*',
    union: 'syndicat*',
    other: 'facture* commande* dossier* référence* ticket* article*',
  },
  firstNames: `marie jeanne françoise monique catherine nathalie isabelle jacqueline anne sylvie martine nicole christine
    sophie sandrine céline stéphanie valérie véronique julie camille léa manon chloé emma louise jade alice inès
    lina aurélie émilie caroline laure hélène claire charlotte pauline brigitte chantal jean pierre michel andré
    philippe rené louis alain jacques bernard marcel daniel roger robert paul claude christian henri georges
    nicolas françois patrick gérard christophe frédéric laurent stéphane olivier julien thomas antoine lucas
    hugo gabriel raphaël arthur jules adam guillaume sébastien david vincent éric thierry pascal bruno mohamed
    karim`,
};
