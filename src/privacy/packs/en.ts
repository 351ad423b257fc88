/** English first names, the commonest (US Social Security Administration; ONS), English addresses, and more words of the language. */
import type {Pack} from '../types.js';

/** "12 High Street, London SW1A 1AA", "1600 Pennsylvania Ave NW, Washington, DC 20500". */
const street =
  /(?<![\p{L}\d.,:-])(?:(?:Flat|Apt\.?|Apartment|Unit|Suite) ?\d{1,4}[A-Z]?,? )?\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})? (?:[NSEW]\.? )?(?:(?:\p{Lu}[\p{L}'’.]{0,20}|\d{1,3}(?:st|nd|rd|th)) ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Way|Close|Place|Pl|Square|Sq|Terrace|Boulevard|Blvd|Crescent|Hill|Gardens|Grove|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Mews|Row|Walk|Quay|Green|Plaza|Trail|Loop)(?!\p{L})\.?(?: (?:NW|NE|SW|SE|[NSEW])(?!\p{L}))?(?:,? ?(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|#)\.? ?#?\w{1,5})?(?:[,\n]{1,2} ?\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{Ll}'’.-]+){0,2}){0,2}(?:,? ?(?:[A-Z]{2},? \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{5}|[A-Z]\d\d ?[A-Z\d]{4}))?/gu;

export const pack: Pack = {
  id: 'en',
  rules: [
    {
      type: 'ADDRESS',
      subtype: 'en-street',
      labels: {means: 'addressIs'},
      alone: 0.8,
      isValid: () => true,
      pattern: street,
    },
    {
      type: 'DATE_OF_BIRTH',
      subtype: 'birth-date',
      labels: {means: 'birth'},
      alone: 0.85,
      isValid: () => true,
      pattern:
        /(?<![\d-])(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\p{Lu}\p{L}{2,8} \d{1,2},? \d{4})(?=,? (?:is|was) (?:my|his|her) (?:b(?:irth)?day|date of b))/gu,
    },
    // A British postcode says which few houses it is (Royal Mail, PAF); alone it looks like a product's code.
    {
      type: 'ADDRESS',
      subtype: 'gb-postcode',
      labels: 'postcode* post_code*',
      alone: 0,
      isValid: () => true,
      pattern: /(?<![\p{L}\d])[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\d])/gu,
    },
  ],
  words: {
    ip: 'firewall*',
    other: 'booking* incident* quote* purchase* delivery* contract*',
    org: 'business_id* company_n* company_r*',
    foreignId: 'national_ins* driver_l* medical_r* voter*',
    nameIs: "my_name's i'm_called i_am_called my_full_name_is my_nam_is her_name_is his_name_is whose_name_is",
    namedHere: 'call_me calls_me this_is_dr speaking_with spoke_to spoke_with',
    nameKey: `customer_name contact_person full_name cardholder* account_holder* given_name family_name contact applicant patient_name employee_name recipient sender
      attn signed`,
    signOff: `best, warm_regards yours_truly yours_sincerely yours_faithfully all_the_best best_wishes many_thanks cheers`,
    title: 'mx prof sir madam lord lady rev father sister',
    role: `husband wife manager* son daughter mother father brother sister friend boss student* patient* tenant* pupil* neighbour* neighbor*
      teacher* applicant* candidate* partner* supervisor* coworker*`,
    place:
      'road square building* church course* airport avenue bridge tower lake beach island campus ward boardroom theatre museum line river valley county',
    phone: `call call_m* call_h* call_at reach_m* cell whatsapp text_me call_u* called_from dial telephone landline ring_me ring_him extension cell_n* contact_m* contact_n* contact_him`,
    bank: 'account acct acc sort account_is bank_det* savings_a* checking_a*',
    card: 'american_e* diners mastercard* cards creditcard* credit_c* debit_c* visa_c*',
    passport: 'travel_doc*',
    plate:
      'registration* reg_is vehicle* license_p* licence_p* number_p* my_car license_plate* licence_plate* reg_num* number_plate* car_reg',
    birth: 'birthdate birthday* bday d.o.b date_of_birth',
    secret:
      'security_c* verification_c* passphrase* passcode* my_code one-time_c* one_time_c* login_c* pass-phrase* recovery_c* api_secret* secrets pass',
    addressIs: 'shipping_a* billing_a* delivery_a* home_a* mailing_a* postal_a* street_a* residential_a*',
    livesAt: `live_at lives_at moved_to ship_to ship_it_to deliver_to deliver_it_to send_it_to live_on lives_on living_at reside_at resides_at moving_to
      reside_in living_on`,
    condition: `anxi* disab* pregnan* heart_a* heart_d* heart_c* kidney_* dement* eating_d* burnout* miscarriage* wheelchair*
      arthrit* addict* alcoholic* concuss* high_blood_p* sick_leave surgery chemo* copd dyslex* lupus tubercul*
      infertil* ocd panic_a* hearing_l* insomnia`,
    member: 'belong_to belongs_to joined membership_in shop_steward_for union_rep_for',
    unionised: 'joined_the_u* trade_union_m* union_rep',
    union: 'trade_u* labor_u* labour_u*',
  },
  firstNames: `james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony
    donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob
    gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick
    raymond dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle ethan walter noah jeremy
    keith roger terry sean gerald carl dylan harold jordan jesse bryan lawrence arthur gabriel bruce logan billy
    joe alan juan elijah willie albert wayne randy mason vincent liam roy bobby caleb bradley russell lucas
    simon martin graham nigel ian stuart neil colin trevor derek barry oliver harry charlie alfie oscar leo
    freddie archie theo jake luke tom tim ben sam mike dave steve jim bob tony chris dan greg alex max lewis
    connor callum rhys gareth hugh angus duncan hamish kieran declan seamus padraig sanjay raj rahul amit anil
    vijay ravi arjun mohammed muhammad ahmed ali omar hassan ibrahim jamal carlos luis miguel pedro diego wei
    ming mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra
    margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon
    laura cynthia amy kathleen angela shirley brenda emma anna pamela nicole samantha katherine christine helen
    debra rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren
    kelly christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara
    janice ann kathryn abigail sophia frances jean alice judy isabella julia amber denise danielle marilyn
    beverly charlotte natalie theresa diana brittany doris kayla alexis lori marie jane sally lucy chloe ella
    mia amelia isla poppy ava lily sophie molly eleanor harriet fiona gemma claire tracey lorraine gillian lynn
    kate katie jenny sue liz beth becky niamh aoife siobhan ciara sinead bronwen priya anjali pooja neha deepa
    sunita lakshmi fatima aisha zainab maryam leila mei nora greta ruby rosie hazel violet stella zoe claudia
    paula rita maureen tina wendy yvonne zara harvey frederick leonard lloyd marcus marvin
    miles percy ralph reginald rodney rupert sebastian sidney spencer ted
    toby travis victor wesley`,
};
