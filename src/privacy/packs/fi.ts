/** Finnish first names, the commonest (Digi- ja väestötietovirasto), and more words of the language. */
import type {Pack} from '../types.js';

export const pack: Pack = {
  id: 'fi',
  words: {
    plate: 'ajoneuvo*',
    other: 'tapaus*',
    place: 'katu kaupun* kirkko* rakennu* osasto* palkin*',
    personId: 'henkilötunnukse* sosiaaliturvat*',
    role: 'potil* asiakas* työtoveri* oppilas* opiskelij* poika* tyttäre* vaimo* mieheni* ystäv* opettaja*',
    condition: `syövän sydän* ahdistun* loppuunpal* työuupum* keuhko* reuma* raskau* mielenterv* muistisai* aivohalv* nivel*
      vammai* pyörätuol* leikat*`,
    member: 'jäseneksi kuuluu liittynyt',
    signOff: 'ystävällisin_terveisin parhain_terveisin terv. terveiset',
    livesAt: 'asuu asun muutan muutimme asumme asuvat',
    addressIs: 'postiosoi* toimituso* katuos*',
    nameKey: 'koko_nimi yhteyshenkilö asiakkaan_nimi tilinomistaja',
    title: 'rouva herra hyvä neiti tohtori professori arvoisa',
  },
  firstNames: `maria helena anneli johanna kaarina marjatta hannele kristiina liisa emilia elina tuulikki annikki maarit sofia
    susanna leena katariina anna marja sinikka inkeri riitta kyllikki aino tuula anne päivi orvokki ritva
    tellervo maija pirjo karoliina pauliina minna sari irmeli eeva tiina laura eveliina elisabet marika tarja
    pirkko anu satu mari heli hanna sanna jaana eija merja terttu elsa raija outi kirsi sirpa heidi taina essi
    iida aada venla eevi helmi ella olivia lilja oona noora jenni jenna henna saara salla suvi virpi kaisa katri
    niina juhani johannes mikael olavi antero tapani kalevi tapio matti ilmari pekka juha timo kari mika antti
    jari jukka markku jussi hannu heikki mikko seppo ari marko sami ville petri janne lauri risto esa jouni
    pertti pasi jorma raimo erkki veikko harri martti reijo petteri eino toivo tuomas teemu jani kimmo oskari
    väinö leo onni eetu elias aleksi joona joonas niko niklas toni tomi tommi jarkko vesa arto kai ilkka tero
    tuomo juho eero aatu leevi otto henrik joel daniel ahmed mohamed ali`,
};
