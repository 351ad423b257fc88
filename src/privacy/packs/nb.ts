/** Norwegian first names, the commonest (SSB, Navn), and more words of the language. */
import type {Pack} from '../types.js';

export const pack: Pack = {
  id: 'nb',
  words: {
    title: 'kjære frøken',
    other: 'sporing* kvitt*',
    place: 'kommune* kirke* bygning* pris* torg* lokal* avdeling* skole*',
    secret: 'min_kode',
    birth: 'bursdag*',
    role: 'mormor farmor mor far bestemor bestefar sønn datter elev* bruker* pasient* kunde* sjefen datteren sønnen kona mannen venn* lærer* søker*',
    condition: 'migrene* slag brystk* spisef* revmat* gikt* demens* hjertein* beinbr* rusm* uføre* uføretr*',
    member: 'organisert_i tillitsvalgt_i meldte_meg_inn_i medlemskap_i tillitsvalgt_for',
    signOff: 'vennlig_hilsen hilsen_fra mange_hilsner alt_godt',
    livesAt: 'flyttet_til leveres_til sendes_til send_til flytter_til bodde_i leveres_til bosatt_i',
    addressIs: 'privatadr* leveringsadr* postadresse* bostedsadr*',
    nameKey: 'etternavnet pårørende saksbehandler kontoeier',
  },
  firstNames: `anne inger kari marit ingrid liv eva berit astrid bjørg hilde anna solveig marianne randi ida nina maria
    elisabeth kristin bente heidi silje hanne linda tone gerd elin tove anita wenche ragnhild camilla ellen
    karin hege ann else mona marie aud monica julie kristine laila turid helene ingeborg grete emma jorunn nora
    unni åse thea mari stine trine lise line ingvild guri gro sissel torill vigdis ragna cecilie mette rita
    vilde tuva frida amalie sofie sara malin siri maja oda synnøve jan per bjørn ole lars kjell knut arne svein
    thomas hans geir tor morten terje odd erik martin john andreas anders rune trond tore daniel harald olav jon
    magnus rolf leif tom kristian stian nils øyvind einar espen henrik fredrik gunnar helge christian eirik
    jonas marius steinar håvard håkon sverre frode ivar egil alexander kåre alf roger kristoffer tommy jørgen
    mathias markus sindre dag asbjørn emil sander ola oskar jakob filip noah isak aksel lukas vegard pål petter
    sigurd vidar arild trygve asle ståle torbjørn mohamed ahmed ali omar hassan fatima aisha torgeir torger
    torleif torstein tormod toralf birger bjarne bernt brage eilif eivind erling even frank fridtjof georg
    gjermund halvard halvor hermann ingar ingvar jens jarle joakim johannes jostein karsten kenneth kim kjetil
    konrad lasse lasse-petter levi ludvig mads mikkel mikael morgan nikolai nils-petter odin ottar ove peder
    peter phillip preben ragnar reidar reidun rolf-arne roar robert roy ruben rudolf sigbjørn sigmund simen
    snorre sturla svenn tarjei thor tobias torkel ulrik viktor åge aslaug agnes agnete anne-lise anne-grete
    anniken benedicte birgit birgitte bodil borghild brit britt charlotte cathrine christine dagny dina edel
    edith elise ella elisa ellinor erna eline emilie gerda gjertrud gudrun guro gunvor gunhild hedda hedvig
    helga henriette herdis ingunn irene iselin janne jenny johanne josefine judith julia katrine kaja karoline
    kirsten kirsti klara leah lena lillian linn linnea lisbeth lovise magnhild margit margrethe maren marte
    martine mathilde mia mina oddny olga pernille ragna-marie randi-helen rigmor sanna selma signe sigrun
    snefrid sofia solfrid solveig-marie sunniva susanne svanhild synne tale thea-marie thelma tiril tonje torunn
    tora torhild tyra ulla ulrikke vera veronica victoria vigdis-marie åshild aurora`,
};
