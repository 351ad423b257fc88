/** Dutch: burgerservicenummer, addresses, first names (Meertens Instituut), words of the language. */
import {standing} from '../standing.js';
import {weighted} from '../checksums.js';
import type {Pack} from '../types.js';

/** BSN: nine digits, the "elfproef" with -1 for the last. Wet algemene bepalingen burgerservicenummer; RvIG. */
export const isBsn = (digits: string) =>
  digits.length === 9 && Number(digits) > 0 && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;

export const pack: Pack = {
  id: 'nl',
  rules: [
    {
      type: 'PERSON_ID',
      subtype: 'nl-bsn',
      labels: {means: 'foreignId'},
      alone: 0,
      isValid: isBsn,
      pattern: standing('\\d{9}|\\d{4}[ .]\\d\\d[ .]\\d{3}|\\d{3}[ .]\\d{3}[ .]\\d{3}'),
    },
    {
      type: 'ADDRESS',
      subtype: 'nl-street',
      labels: {means: 'addressIs'},
      alone: 0.75,
      isValid: () => true,
      pattern:
        /(?<!\p{L})\p{Lu}[\p{L} ]{0,24}(?:straat|laan|weg|plein|gracht|kade|singel|dijk|dreef|steeg|hof|markt) \d{1,4}(?:[ -]?[a-zA-Z0-9]{1,4})?(?:,? ?\d{4} ?[A-Z]{2}(?: \p{Lu}\p{L}+)?)?(?![\p{L}\d])/gu,
    },
  ],
  words: {
    phone: 'bel bellen telefoonn* telefoon mobiel* gsm mijn_nummer',
    card: 'kaart* creditcardn* betaalpas*',
    bank: 'rekening* rekeningn* bankrek*',
    org: 'kvk* btw btw-n* kvk kvk-n*',
    passport: 'paspoort* identiteitsk* rijbewijs*',
    plate: 'kenteken* auto nummerb*',
    birth: 'geboren geboorted* geb.',
    secret: 'wachtwoord* pincode* toegangsc* inlogc*',
    foreignId: 'burgerservicen* bsn burgerservice* sofin* sofi-n*',
    nameIs: 'ik_heet mijn_naam_is mijn_naam:',
    namedHere: 'ik_ben dit_is met',
    nameKey: 'naam voornaam achternaam contactp*',
    signOff: 'groet groeten met_vr* vriendelijke_g* hartelijke_g*',
    dear: 'hoi dag dank bedankt',
    title: 'dhr mevr mevrouw meneer beste geachte',
    role: 'klant* collega* medewerk* patiënt* leerling* huurder* vrouw zoon dochter',
    addressIs: 'adres* woonadres* huisadres*',
    livesAt: 'woon woont wonen verhuisd_naar stuur_naar',
    condition: 'kanker* borstk* depressie* zwanger* suikerz* hartaanv* burn-out* ziekgem* verslaafd* reuma*',
    member: 'lid_van aangesloten_bij',
    unionised: 'vakbondsl*',
    union: 'vakbond*',
    other: 'factuur* bestel* ordern* klantn* artikeln* dossier* zaakn*',
  },
  firstNames: `maria johanna anna elisabeth cornelia wilhelmina hendrika catharina petronella sophie emma julia mila tess sara
    eva anouk lotte femke sanne lisa marieke ingrid monique esther marloes annemarie linda petra saskia karin
    els trudy jan johannes cornelis hendrik willem pieter gerrit jacobus petrus daan sem lucas levi finn thijs
    jeroen bas sander mark martijn kees henk piet dirk joost maarten ruben tim tom lars wouter erik hans peter
    rob frank marco dennis mohamed ahmed`,
};
