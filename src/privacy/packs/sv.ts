/** Swedish first names: the commonest of women and men, of children, and of people born abroad (SCB, Namnstatistik). */
import type {Pack} from '../types.js';

export const pack: Pack = {
  id: 'sv',
  words: {
    org: 'företagsn*',
    secret: 'bankid-k* koden_till',
    birth: 'fodelse*',
    personId: 'födelsen*',
    member: 'skyddsombud_för',
    plate: 'motorc* moped*',
    ip: 'brandv*',
    other: 'diarie* försändels* kvitt* kolli*',
    phone: 'privatn* direktn* hemtel* jobbn* nåt_på nå_henne_på nå_honom_på',
    livesAt: 'flyttar_till bodde_på bodde_i bosatt_i hemma_på',
    nameKey: 'underskrift sökande anhörig handläggare mottagare avsändare beställare närstående',
    role: 'mormor morfar farmor farfar moster faster morbror kusin nyanställd* svärmor svärfar elev* lärar* son sonen dotter dottern fru frun sambo man maken maka mamma pappa syster bror vän granne boende hyresgäst* handläggar* brukare sökanden student*',
    place:
      'kvarter* huset kommun* kyrk* stiftelse* gymnasi* pris* torg* lokal* avdelning* byggnad* grupprum* förskol* fartyg* ön stad staden boken filmen tåg*',
    condition:
      'alkoholp* antidepr* asperger* psoria* fibrom* endomet* crohn* dysle* diskbr* ätst* bulim* artr* hepati* blodpr* rullstol* hjärnsk* borreli* celiaki* brutit* tvångss* reumat* kol-sjuk* demens* panikå*',
  },
  firstNames: `kalle pelle lasse olle nisse micke janne bosse berra kicki lotten mehmet ayse fatma ahmet zeynep emre leyla
    aylin jasmine malik amal ibtisam nasrin shirin parisa azadeh babak arash kamran navid dilan rojda serwan
    maria anna margareta elisabeth elisabet eva kristina birgitta karin marie ingrid christina sofia linnéa
    linnea kerstin lena marianne emma helena inger johanna sara elin ulla anita ida gunilla susanne viktoria
    victoria malin jenny monica monika anette annette katarina hanna irene carina yvonne julia camilla matilda
    mathilda therese therése terese maja barbro agneta alice frida ann annika jessica lisa lisbeth pia amanda
    caroline sandra charlotte åsa moa cecilia ellen klara clara lovisa ebba josefin josefine ella astrid agnes
    wilma alva olivia stina saga nathalie natalie elsa rebecka rebecca emelie emilia isabelle felicia ellinor
    elinor märta mikaela michaela gun gunnel britt siv berit solveig louise lina petra erika ulrika angelica
    madeleine sofie tove tilda tuva stella vera freja selma signe edith ester esther iris molly leah nova ines
    nora nellie hilda alma sigrid ronja thea mona rut ruth gudrun viola rosita majken maj-britt ann-marie
    ann-christin eva-lena anna-karin lise katja nina marika lotta fatima aisha amina leila layla zahra maryam
    mariam hawa khadija noor samira yasmin ewa agnieszka katarzyna natalia olga irina elena svetlana tatiana
    jasmina amira erik lars karl carl anders johan per-olof nils jan hans mikael lennart olof oskar oscar gunnar
    peter fredrik sven bengt daniel bo alexander thomas tomas göran gustaf gustav åke andreas magnus axel martin
    bernt björn mats john henrik kjell leif mattias mathias jonas ulf christer krister robert stefan marcus
    markus patrik emil joakim viktor victor simon niklas niclas christian kristian david hugo anton elias linus
    rickard richard sebastian adam filip philip ingemar kent jonathan jakob jacob rolf håkan benjamin roger
    claes klas conny kenneth ola jörgen rune roland per-erik jan-erik sture tommy isak arne börje torbjörn lukas
    lucas liam noah ludvig edvin arvid albin melker theo vincent valter walter sixten malte ebbe gabriel samuel
    kevin rasmus pontus jesper tobias dennis robin casper kasper hampus adrian charlie leon nicklas urban bertil
    sigvard evert folke ragnar torsten gösta harald ivar egon allan arthur dag tage yngve mohammed mohamed
    mohammad muhammad ahmed ahmad ali hassan hussein hussain omar abdi abdullah ibrahim yusuf yousef mustafa
    khalid mahmoud hamza bilal karim samir farid reza amir mehdi hamid javad ismail osman said tariq piotr
    andrzej tomasz krzysztof goran dragan zoran milan igor dmitri sergei vladimir gunvor gunborg ingegerd
    ann-charlotte ann-louise ann-christine ing-marie inga ingela jennie jeanette jeanett marita margot
    margaretha greta gerd gertrud karolina katharina kajsa lena-maria lillemor linn lisbet lisen ludmilla lykke
    majvor mary miranda mimmi nathalia nils-erik ottilia paulina petronella pernilla ragnhild rose-marie sabina
    sanna selin siri susann sofi svea tindra tyra ulrica ulla-britt vendela ylva yasemin yasmine alex alfons
    alfred algot anna-lena arvo aron assar axel-erik baltzar bernhard bertel birger bror carl-gustaf carl-johan
    dan didrik elis elliot elof emanuel enar eric ernst filippa fritiof frans gottfrid gustavo hannes hans-erik
    henning herbert hilding holger hjalmar ingmar ingvar jack jan-olof jarl jerker jimmy joel john-erik julius
    jöns kasimir kaj karl-erik lage lars-erik lars-göran leopold linnéus loke love ludwig manfred matteo mattis
    melvin mio morgan måns noel otto ove owe per-anders ralf ronny ruben sigge sigurd sivert staffan sune svante
    sven-erik tim tor tord tore torvald ture uno vide viggo vilgot vilhelm wilhelm wille william yngvar östen
    isac julie majvi märit ingeborg ellie irma juni livia luna meja nike thyra`,
};
