/** Danish first names, the commonest (Danmarks Statistik, Navne), and more words of the language. */
import type {Pack} from '../types.js';

export const pack: Pack = {
  id: 'da',
  words: {
    title: 'kære frøken',
    place: 'kommune* kirke* bygning* pris* torv* lokale* afdeling* skole*',
    phone: 'hendes_n*',
    passport: 'pasn* pas passet',
    secret: 'min_kode',
    role: 'søn datter elev* borger* kunde* bruger* borgeren søn sønnen datteren kone manden ven* lærer* patient* ansøger*',
    condition: `stress migræne* brystkræft* spiseforst* gigt* sukkersyge* depri* hjerneryst* blodprop* hjertestop`,
    member: 'organiseret_i meldte_mig_ind_i medlemskab_i tillidsrepræsentant_i tillidsrepræsentant_for',
    unionised: 'fagforeningsm* fagligt_aktiv',
    signOff: 'venlig_hilsen med_venlig_h* mange_hilsner de_bedste_h* hilsner kh dbh',
    livesAt: 'flyttet_til leveres_til sendes_til send_til flytter_til bosat_i bosat_på sendt_til',
    addressIs: 'privatadr* leveringsadr* postadresse* folkeregisteradr*',
    nameKey: 'efternavnet pårørende sagsbehandler kontohaver',
  },
  firstNames: `anne kirsten mette hanne helle anna susanne lene maria marianne inge karen lone bente camilla pia louise
    charlotte jette tina gitte lise birthe ida dorthe bodil annette inger heidi karin ulla christina julie maja
    signe emma sofie trine line marie kirstine lis else birgit eva pernille vibeke mathilde cecilie rikke
    katrine caroline amalie nanna freja laura clara ella alma rigmor gerda merete connie dorte winnie joan sanne
    stine malene henriette peter jens michael lars thomas henrik søren christian martin jan morten niels anders
    hans jørgen rasmus mads per jesper ole erik kim mikkel flemming svend bent poul john brian kenneth jacob
    jakob allan kaj daniel carsten frederik torben steen bo leif klaus claus finn kristian arne mogens tommy
    carl mathias emil magnus oliver william noah oscar lucas victor malthe august karl aage preben bjarne kurt
    palle henning benny jonas simon sebastian kasper casper tobias frank rené dennis mohammed ahmad ali hassan
    fatima`,
};
