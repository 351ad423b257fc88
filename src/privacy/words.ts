/**
 * The words that announce personal data, and those that announce some other number: the Nordic languages in full, and
 * of English and German what stands in front of numbers. Packs add to them. See`lexicon.ts` for the notation.
 */
export const words = {
  personId: `personn* person-n* pers.nr persnr pnr p-nr samordningsn* sam.nr samnr interims* fødselsn* fodselsn* fnr f.nr d-num* dnum* cpr* henkilötun*
    henkilotun* hetu* sotu* kennital* kt kt. personal_id* personal_n* person_n* national_id* identity_n* identification_n* id_number social_sec* social_ins* ssn`,
  foreignId: `nhs pps tax_id* driving_l* körkort* førerkort* kørekort*`,
  phone: `tel telnr telefon* tlf telephon* mobil* phone* puh puheli* gsm kännyk* numeroni soita soittaa sím* ring ringa ringer ringe ringde kontaktn* hemn*
    nås_på nåt_på nå_mig nå_meg swish* sms fax* numret_är nummer_är nummer_er nummeret_mitt nummeret_er number_is
    hans_n* hennes_n* mitt_n* mit_n* my_n* his_n* her_n* växel*`,
  card: `kort kortet kortn* kreditk* kredittk* betalk* bankkort* betalingsk* card debit visa mastercard* amex kortti* kortin luottok* pankkik*
    dankort*`,
  bank: `iban* clearing* clnr konto kontot kontoen konton* bankkonto* lönek* sparkonto* lønnsk* lønk* account_n* bank_a* tilin* tili tilille pankkitil*`,
  bankgiro: `bankgiro* bg bgnr`,
  plusgiro: `plusgiro* postgiro* pg pgnr`,
  bic: `bic* swift*`,
  org: `organisationsn* organisasjonsn* org.n* orgnr org-n* org_nr orgnum* foretaksn* cvr* se-nr y-tunn* ytunn* vat vatn* momsn* momsreg* mva alv-n*
   `,
  passport: `pass passet passn* passport* passi passin passini id-kort* idkort* id_card* identity_card* nationellt_id* henkilök*`,
  plate: `registreringsn* regnr reg.nr reg-nr regnum* reg.num* registreringssk* nummersk* nummerp* skylt skylten skilt skiltn* skiltet kjennem* rekisterin* rekisterit* rek.nro plate
    bilen bil auton autoni auto bíln* car fordon* køret* kjøret* lastbil* släpet`,
  birth: `född föddes födelse* fødsels* født fødd f. date_of_b* dob birth* born syntyn* syntym* synt.`,
  secret: `lösenord* lösen lösenk* pin pin-k* pink* pin_* engångsk* portk* larmk* min_kod passord* adgangsk* kodeord* password* passwd pwd pw otp
    salasan* tunnusl* secret client_s*`,
  token: `api-* api_* apik* apin* nyckel nyckeln access_k* access-k* access_t* secret_k* token tokenet accountk* aws aws_* key`,
  cvv: `cvv* cvc*`,
  ip: `ip ipv4 ipv6 server servern serveren serveri* palvelin* host klient klienten client router* gateway* dns ping* block* adressen address vpn`,
  version: `versio* versjon* ver release* build upgrad* uppgrad* oppgrad* opgrad* uppdat* oppdat* opdat* update* päivit* firmware* driv* subn* netmask* nätmask* kapitel section*`,
  other: `antal* order* ordre* bestäl* bestil* bestel* faktur* invoice* inv rechnung* lasku* ref refer* ocr* kid ean sku artikel* tuote* item* streckk* strekk* stregk* barcode* ärende* sak sag ticket* case
    tracking* sending* pakk* paket* dnr serial* felk* feilk* fejlk* virhek* error* status* tilaus* viite* dokument* document* bilag* projekt* prosjekt* project* kostnadsst*
    verifikat* trans* payment* session request* lever* offert* tilbud* receipt* rapport* report* customer_n* employee_n* member_n* product_n* part_n*`,

  nameIs: `jag_heter mitt_namn_är name_is hon_heter han_heter hen_heter jeg_heter mitt_navn_er navnet_mitt_er jeg_hedder mit_navn_er hun_hedder han_hedder hun_heter nimeni_on nimi_on ég_heiti nafn_mitt_er`,
  namedHere: `i_am i'm jag_är jeg_er olen ég_er`,
  nameKey: `namn name navn nimi förnamn efternamn fornavn etternavn efternavn etunimi sukunimi surname nafn kontaktp* patient modtager
    att anställd ansatt medarbetare medarbejder employee kund customer`,
  signOff: `hälsningar hälsning vänlig* mvh vh hilsen terveisin regards sincerely kveðja`,
  dear: `hej hejsan hallå hei hi hello hey tjena moi terve tack tack_på_f* thanks thank_you takk tak kiitos this_is det_är här_är det_er dette_er tämä_on`,
  title: `mr mrs ms miss dr doctor professor herr fru fröken hr dear kära käre bästa`,
  role: `patient* kolleg* chef* sjef* kund* customer* klient* brukar* bruker* user användar* anställd* ansat* medarbet* medarbej* employee* työntek* colleague* asiak*`,
  place: `rum rummet mötesrum* konferensr* sal salen room* hall møter* møde* huone* kokous* hotel* skol* school koulu* station* gata* gate* street park parken restaurang*
    sjukhus* hospital* modul* mall* template* server* projekt* system* app appen kurs* universit* bibliotek*`,
  /** Capital, and no person: teams, offices, products. */
  noName: `support* kundt* kundserv* team* admin* office windows excel word outlook microsoft google system* service* helpdesk product owner it hr ab sir madam damen all* mig du och`,
  addressIs: `adress adressen hemadr* bostadsadr* gatuadr* leveransadr* fakturaadr* besöksadr* folkbokf* postadr* address adresse adressen_min hjemmeadr* osoite osoitteeni kotios* heimilisf*`,
  livesAt: `bor_på bor_i bor_vid bosatt_på flyttat_till flyttade_till skicka_till skicka_kortet_till skickas_till bý`,

  condition: `diabet* cancer* bröstc* kreft* kræft* syöp* leuk* tumör* adhd autis* depres* deprim* masen* utmattn* utbr* angst* ångest* ahdist* epilep* multip* skleros* hiv* astm* asthm* migr* stroke hjärt* hjerte*
    demens* alzh* parkinson* bipol* schizo* psyk* ptsd anorex* allerg* reum* covid* gravid* raskaana missfall* sjukskr* sykmeld* sygemeld* sairausl* alkoholi* missbr*
    funktionsn* funksjonsn* handikap* självm* operer*`,
  member: `medlem_i medlem_av medlem_af gick_med_i gått_med_i ansluten_till organiserad_i member_of jäsen jäsenenä liityin liittyi kuulun`,
  unionised: `fackligt_a* fackligt_o* facklig_f* fagorgan* fagligt_o* unioni* union_m* med_i_fack*`,
  union: `facket fackf* union* fagfor* ammattil* liit*`,
} as const;

export type Meaning = keyof typeof words;
