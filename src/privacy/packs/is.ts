/** Icelandic first names, the commonest (Hagstofa Íslands). */
import type {Pack} from '../types.js';

export const pack: Pack = {
  id: 'is',
  words: {
    other: 'reikning* pöntun* pantana*',
    bank: 'bankareikn* reikningsn*',
    secret: 'lykilorð*',
    passport: 'vegabréf*',
    birth: 'fædd* fæðing*',
    dear: 'hæ góðan_daginn',
    title: 'sæl sæll kæri kæra frú herra',
    org: 'vsk-n*',
    personId: 'kennitöl*',
    phone: 's. hringdu símanúm* hringja',
    nameKey: 'tengilið*',
    livesAt: 'bý_á bý_í heima_á',
    condition: 'krabbam* þunglyn* kvíð* sykursýk* flogav* ofnæm* óléttu ólétt',
  },
  firstNames: `anna guðrún sigríður kristín margrét helga sigrún ingibjörg jóhanna maría elín katrín hildur ásta ragnheiður eva
    erla lilja hulda sólveig guðbjörg þórunn birna emilía steinunn unnur jón sigurður guðmundur gunnar ólafur
    einar magnús kristján stefán jóhann björn bjarni árni halldór kristinn helgi gísli ragnar páll guðjón pétur
    þorsteinn birgir haraldur davíð arnar daníel andri hörður`,
};
