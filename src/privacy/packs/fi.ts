/** Finnish first names, the commonest (Digi- ja väestötietovirasto), and more words of the language. */
import type {Pack} from '../types.js';

export const pack: Pack = {
  id: 'fi',
  words: {
    plate: 'ajoneuvo*',
    other: 'tapaus*',
    place: 'katu kaupun* kirkko* rakennu* osasto* palkin*',
    personId: 'henkilötunnukse* sosiaaliturvat*',
    role: 'esimie* mummo* potil* asiakas* työtoveri* oppilas* opiskelij* poika* tyttäre* vaimo* mieheni* ystäv* opettaja*',
    condition: `syövän sydän* ahdistun* loppuunpal* työuupum* keuhko* reuma* raskau* mielenterv* muistisai* aivohalv* nivel*
      vammai* pyörätuol* leikat*`,
    member: 'jäseneksi kuuluu liittynyt',
    signOff: 'ystävällisin_terveisin parhain_terveisin terv. terveiset',
    livesAt: 'asuu asun muutan muutimme asumme asuvat',
    addressIs: 'postiosoi* toimituso* katuos*',
    nameKey: 'koko_nimi yhteyshenkilö asiakkaan_nimi tilinomistaja',
    title: 'rouva herra hyvä neiti tohtori professori arvoisa',
  },
  firstNames: `maria helena anneli johanna kaarina marjatta hannele kristiina liisa emilia elina tuulikki annikki maarit
    sofia susanna leena katariina anna marja sinikka inkeri riitta kyllikki aino tuula anne päivi orvokki ritva
    tellervo maija pirjo karoliina pauliina minna sari irmeli eeva tiina laura eveliina elisabet marika tarja
    pirkko anu satu mari heli hanna sanna jaana eija merja terttu elsa raija outi kirsi sirpa heidi taina essi
    iida aada venla eevi helmi ella olivia lilja oona noora jenni jenna henna saara salla suvi virpi kaisa katri
    niina juhani johannes mikael olavi antero tapani kalevi tapio matti ilmari pekka juha timo kari mika antti
    jari jukka markku jussi hannu heikki mikko seppo ari marko sami ville petri janne lauri risto esa jouni
    pertti pasi jorma raimo erkki veikko harri martti reijo petteri eino toivo tuomas teemu jani kimmo oskari
    väinö leo onni eetu elias aleksi joona joonas niko niklas toni tomi tommi jarkko vesa arto kai ilkka tero
    tuomo juho eero aatu leevi otto henrik joel daniel ahmed mohamed ali hilkka helvi helka henna-riikka hilja
    hilma ilona inka irene irja irma isla jasmin jonna jutta julia kaija kati katja kerttu kirsti kirsikka
    krista laila lahja leila lea lempi liisi linda linnea lyyli maarika maaria maija-liisa mari-anne margit
    marianne marita marja-leena marja-liisa mia milla minttu mirja mirka mirva monika nea nelli nina oili olga
    pia pinja piia pihla peppi rauha rauni reetta riikka ritva-liisa roosa ronja saija saimi salli saara-maria
    seija selma senja siiri silja sini sirkka siru sisko sofie sointu soila sonja susan sylvi taija tanja terhi
    toini tuija tuovi tyyne ulla unelma unna valma vappu veera vieno viola virve virpi-maria ulpu anita annukka
    annika annamari anna-maija anna-liisa anni anniina anu-maria arja aila aili aija alina alma armi asta auli
    auri ahti aimo aki aku alpo anssi anton arttu arvo asko atte aulis eemeli eemil eelis ensio erik ernesti
    hermanni henri hugo iivo ilpo ilari ismo jaakko jaakob jalmari jan janne-petteri jarno jere jeremias jesse
    jimi joakim johan jonne joni joose juuso jyri jyrki kaarlo kaapo kalle kalervo kauko kasper kimi kristian
    kustaa kyösti lari lasse lassi lauri-matti leevi-juhani matias martin max miikka mikaeli miko miro mauno
    mauri mauno-kalevi niilo nico oiva olli olli-pekka onni-petteri osmo otso otto-ville paavo panu patrik paul
    pauli pekka-juhani pentti perttu pete rasmus reima rami rainer reino riku robin roni roope sakari sakke samu
    samuli sampo santeri santtu saku sebastian severi simo sulo taavi taisto tarmo tatu tauno teijo teppo thomas
    tomas topi topias tuukka urho urpo uuno valtteri vilho vili viljami viljo voitto yrjö`,
};
