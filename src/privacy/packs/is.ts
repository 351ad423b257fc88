/** Icelandic first names, the commonest (Hagstofa Íslands). */
import type {Pack} from '../types.js';

export const pack: Pack = {
  id: 'is',
  rules: [
    // Postcodes have three digits (Byggðastofnun, póstnúmer); after "á" and "í" a street's ending changes.
    {
      type: 'ADDRESS',
      subtype: 'is-street',
      labels: {means: 'addressIs'},
      alone: 0.75,
      isValid: () => true,
      pattern:
        /(?<!\p{L})\p{Lu}\p{L}+(?:gat[au]|götu|veg(?:ur|i)|stíg(?:ur)?|braut|stræti|hlíð|holti?|túni?|teig(?:ur|i)|bakk[ai]|sundi?) \d{1,3}[a-z]?(?:, \d{3} \p{Lu}\p{L}+)?(?![\p{L}\d])/gu,
    },
  ],
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
  firstNames: `anna guðrún sigríður kristín margrét helga sigrún ingibjörg jóhanna maría elín katrín hildur ásta ragnheiður
    eva erla lilja hulda sólveig guðbjörg þórunn birna emilía steinunn unnur jón sigurður guðmundur gunnar
    ólafur einar magnús kristján stefán jóhann björn bjarni árni halldór kristinn helgi gísli ragnar páll guðjón
    pétur þorsteinn birgir haraldur davíð arnar daníel andri hörður þóra þórdís þórður þorvaldur þorgerður svava
    svanhildur sverrir sveinn steinar stefanía soffía snorri sigurlaug sigurbjörg sigmundur rúnar rósa pálína
    örn ömar óskar ómar ólöf oddur njáll matthías magnea lovísa logi ívar íris ísak inga ingvar ingólfur hrönn
    hrafn hrafnhildur hlynur heiða hafsteinn hafdís gústaf guðni guðlaug gróa grétar gylfi freyja friðrik eyþór
    elísabet elías egill eggert edda dóra daði dagný brynja brynjar bryndís björk benedikt baldur auður atli
    ásgeir ása arna ari anton alma alexander aron kári kolbrún karen jakob hanna`,
};
