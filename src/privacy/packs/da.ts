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
    role: 'mormor farmor mor far bedstemor bedstefar søn datter elev* borger* kunde* bruger* borgeren søn sønnen datteren kone manden ven* lærer* patient* ansøger*',
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
    fatima birgitte birthe-marie bettina gunhild grethe gudrun hannah helena henny ilse inga ingelise inge-lise
    ingrid irene iben isabella janne jane jonna josefine jytte kamilla karina karla karoline katja kristine
    kristina kirstine-marie lærke lea leah lena liva lisbeth lis-marie liv luna lykke mai malou margit margrethe
    marlene mia michelle mie naja nadia nikoline nina olivia ruth rosa sandra sara sarah selma sigrid silje
    silke simone solveig susan sussi tanja tove ulrikke ursula victoria vera winni yvonne ane annelise asta
    astrid agnes alberte anja anna-marie annika aase bitten britt birte aksel alexander alfred andreas anton
    arthur asger asbjørn bertram bjørn bjarke birger bruno børge carlo christoffer christopher dan david ebbe
    egon einar ejner elias emilio erling esben ernst felix flemming-ole frode frederikke gert georg gunnar
    gustav hans-jørgen harald helge henry holger hugo ivan iver ivar jimmi jimmy joachim johan johannes johnny
    julius jeppe jens-peter jonathan karsten keld kevin kjeld knud konrad kristoffer lasse laurits lau loui
    louis ludvig lucas-emil mark markus marius matias max mikael milas nicolai nicklas niklas nikolaj nick oskar
    otto ove patrick peder per-ole philip poul-erik ronni ronny robert roland rune samuel silas simon-peter
    sofus steffen storm stig sune svenn sven tage theo theodor thor tim tobias-emil toke tom tonny uffe ulrik
    valdemar verner viggo vagn villads villy walther`,
};
