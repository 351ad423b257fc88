/**
 * What the search knows about words beyond what a dictionary of stems can: which ones only ask, and which mean the same.
 * Both lists are a vendor's to extend with the words their own customers use.
 */

const list = (words: string) => words.trim().split(/\s+/);

/** Words of asking, not of the matter, beyond the stop words of the text-search configurations. */
export const askingWords: Readonly<Record<string, ReadonlySet<string>>> = {
  sv: new Set(
    list(`
    hej tack snälla fråga frågan undrar undra hjälp hjälpa hjälper behöver behöva vill vilja ska skall skulle kunna får få
    gör göra gjort göras går gå finns finnas ser se hitta hittar möjligt möjlighet sätt varför vilken vilket vilka vems
    vart lätt enklast enkelt bäst bra gärna kanske bara också även dvs typ någonstans programmet systemet egentligen
    visar visa ta tar tagit sätter sätta lägger lägga ange mitt min mina händer hända hänt idag nu just igår imorgon
    skillnad skillnaden säger`),
  ),
  en: new Set(
    list(`
    hi hello thanks thank please help need needs want wants would could should can may might get gets make makes made
    way possible find see tell know best easy easily where why which use using let like us we our one something
    somewhere program system show set put take today now yesterday tomorrow happens happen got
    did does difference between talk`),
  ),
};

/** Each line is one meaning. Only words that mean the same wherever they stand in this help centre. */
const meanings: Readonly<Record<string, readonly (readonly string[])[]>> = {
  sv: [
    'lönespec lönespecifikation lönebesked lönebeskedet',
    'mejl mail epost',
    'mobil mobilen mobiltelefon telefon',
    'revisor revisorn redovisningskonsult redovisningskonsulten',
    'moms mervärdesskatt',
    'ledigt ledighet',
    'godkänna attestera',
    'excel csv',
  ].map(list),
  en: [
    'payslip payslips slip',
    'holiday holidays vacation',
    'mobile phone',
    'auditor accountant',
    'salary pay wage wages',
    'sick ill',
    'delete erase remove',
    'mail email',
    'spreadsheet csv excel',
    'permission permissions role roles',
  ].map(list),
};

export const synonymsOf = (word: string, lang: string): string[] =>
  (meanings[lang] ?? [])
    .filter((meaning) => meaning.includes(word))
    .flat()
    .filter((synonym) => synonym !== word);
