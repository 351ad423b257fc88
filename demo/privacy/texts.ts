/** What the page says, in its two languages. The names of the types are the chat's own; the rules' texts the catalogue's. */
import type {PiiType, Severity} from 'tillit-chat/privacy';
import en from 'tillit-chat/locales/en.json' with {type: 'json'};
import sv from 'tillit-chat/locales/sv.json' with {type: 'json'};

export const pageLanguages = ['sv', 'en'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

export const isPageLanguage = (tag: string | undefined): tag is PageLanguage =>
  (pageLanguages as readonly (string | undefined)[]).includes(tag);

const catalogs = {sv, en};

export const typeName = (type: PiiType, language: PageLanguage): string => catalogs[language][`pii_${type}`];

/** `what`, in bold, and what follows. */
type Point = readonly [what: string, why: string];

interface PageTexts {
  readonly ownName: string;
  readonly languageSwitch: string;
  readonly title: string;
  readonly lead: string;
  readonly contents: string;

  readonly tryIt: string;
  readonly nothingLeaves: string;
  readonly proof: string;
  readonly proofText: string;
  readonly packsFailed: string;
  readonly yourText: string;
  readonly examplesLabel: string;
  /** Name and text; made up, reserved for fiction, or published for tests. */
  readonly examples: readonly Point[];
  readonly writtenIn: string;
  readonly coreOnly: string;
  readonly everyPack: string;
  policyTitle(changed: number): string;
  readonly policyLead: string;
  readonly usual: string;
  readonly severity: Readonly<Record<Severity | 'off', string>>;
  readonly passes: string;
  stops(count: number): string;
  warns(count: number): string;
  readonly fails: string;
  readonly marked: string;
  readonly found: string;
  readonly nothingFound: string;
  readonly why: string;
  readonly confidence: string;
  readonly maskedTitle: string;
  /** What findings give as their reason; several are joined by `+`. */
  readonly reasons: Readonly<Record<string, string>>;

  readonly limitsTitle: string;
  readonly limitsLead: string;
  readonly limits: readonly Point[];
  readonly limitsEnd: string;
  readonly howTitle: string;
  readonly how: readonly Point[];

  readonly rulesTitle: string;
  readonly rulesLead: string;
  readonly filter: string;
  readonly filterExample: string;
  readonly openAll: string;
  readonly closeAll: string;
  ruleCount(shown: number, all: number, types: number): string;
  rulesOfType(count: number): string;
  readonly source: string;
  readonly byDefault: string;
  readonly place: string;
  readonly everywhere: string;
  readonly pack: string;
  readonly core: string;

  readonly packsTitle: string;
  readonly packsLead: string;
  readonly rules: string;
  readonly firstNames: string;
  readonly comesWith: string;
  readonly codeTitle: string;
  readonly codeLead: string;
}

const swedish: PageTexts = {
  ownName: 'Svenska',
  languageSwitch: 'Språk',
  title: 'Vad skyddet hittar',
  lead: 'Innan en fråga lämnar webbläsaren letar chatten efter personuppgifter och hemligheter i den. Här är varje regel, var den kommer ifrån, vad den inte klarar, och en ruta att prova i.',
  contents: 'Innehåll',

  tryIt: 'Prova',
  nothingLeaves:
    'Det du skriver här lämnar inte sidan. Inget sparas och inget skickas, och sidans säkerhetspolicy låter inte webbläsaren göra det.',
  proof: 'Så kan du kontrollera det',
  proofText:
    "Sidan har policyn nedan. connect-src 'none' betyder att webbläsaren stoppar varje anrop som ett skript försöker göra, form-action 'none' att inget formulär kan skickas. Öppna webbläsarens utvecklarverktyg, välj Nätverk och skriv: listan växer inte. Eller stäng av nätet och fortsätt skriva.",
  packsFailed:
    'Språkpaketen kunde inte hämtas. Rutan visar vad grundreglerna hittar. Ladda om sidan för att försöka igen.',
  yourText: 'Skriv eller klistra in en text',
  examplesLabel: 'Exempel',
  examples: [
    [
      'Ett ärende',
      'Hej, jag heter Erik Lindqvist. Lönen är fel för 811228-9874, ring mig på 070-174 06 05 eller skriv till erik@example.com.',
    ],
    ['En fråga om produkten', 'Hur registrerar jag sjukfrånvaro för en anställd, och var ser jag faktura 20260412?'],
    ['Tyska', 'Ich heiße Petra Schneider, meine Steuer-ID ist 86 095 742 719.'],
    ['Det som slinker igenom', 'Min chef, hon i receptionen med den röda bilen, kallas Nubben av alla.'],
  ],
  writtenIn: 'Texten är skriven på',
  coreOnly: 'Bara grundreglerna, utan paket',
  everyPack: 'Vilket språk som helst (alla paket)',
  policyTitle: (changed) => (changed ? `Vad som görs åt varje typ (${changed} ändrade)` : 'Vad som görs åt varje typ'),
  policyLead: 'Leverantören kan skärpa, mildra eller stänga av en typ. Att texten granskas alls kan inte stängas av.',
  usual: 'Som vanligt',
  severity: {block: 'Stoppar', warn: 'Varnar', off: 'Av'},
  passes: 'Inget hittades, så frågan skulle skickas. Det betyder inte att inget finns.',
  stops: (count) =>
    `${count === 1 ? 'En uppgift' : `${count} uppgifter`} hittades. Frågan stoppas tills det som stoppar är maskerat eller borttaget.`,
  warns: (count) =>
    `${count === 1 ? 'En möjlig uppgift' : `${count} möjliga uppgifter`} hittades. Frågan väntar tills personen maskerar, ändrar eller säger att det inte är en personuppgift.`,
  fails: 'Texten kunde inte granskas, så den skulle inte skickas.',
  marked: 'Det som markeras',
  found: 'Vad det är',
  nothingFound: 'Inget hittades.',
  why: 'varför',
  confidence: 'säkerhet',
  maskedTitle: 'Texten maskerad',
  reasons: {
    checksum: 'kontrollsiffran stämmer',
    label: 'ett ord intill säger vad det är',
    shape: 'formen är dess egen',
    introduction: 'orden före presenterar det',
    'name-list': 'det är ett vanligt namn',
    'about-person': 'meningen handlar om en person',
  },

  limitsTitle: 'Vad det inte hittar',
  limitsLead: 'Skyddet är ett nät, inte ett löfte. Detta går igenom, och det är bra att veta innan någon lovar annat:',
  limits: [
    [
      'Namn som ingen presenterar.',
      'Ovanliga namn mitt i en mening, utan ”jag heter”, titel eller hälsning, ser ut som vilka ord som helst.',
    ],
    ['Smeknamn och initialer.', '”Nubben” och ”A.K.” är inte namn för en regel.'],
    [
      'Beskrivningar av en person.',
      '”Hon i receptionen med den röda bilen” pekar ut någon utan att innehålla en enda uppgift som går att känna igen.',
    ],
    ['Felskrivna nummer.', 'Ett nummer med fel kontrollsiffra hittas bara när ett ord intill säger vad det är.'],
    ['Nummer utskrivna med ord.', '”Åttioett tolv tjugoåtta” läses inte som ett datum.'],
    ['Bilder och bilagor.', 'Bara text granskas; ett filnamn granskas, men inte vad som står i filen.'],
    ['Språk och länder utan paket.', 'Det som är lika överallt hittas ändå: e-post, kort, IBAN, nycklar.'],
  ],
  limitsEnd:
    'För att känna igen namn och beskrivningar ur sammanhanget krävs en språkmodell, och den skulle behöva läsa texten innan någon vet om den får lämnas ut. Därför finns ingen här. Reglerna hittar också för mycket ibland; då kan personen säga att en varning inte gäller en personuppgift, men aldrig gå förbi ett stopp.',
  howTitle: 'Hur det går till',
  how: [
    ['Form.', 'Varje regel söker en form, också med blanksteg, bindestreck eller osynliga tecken emellan.'],
    ['Kontroll.', 'Kontrollsiffror och datum räknas efter som myndigheten har bestämt.'],
    [
      'Orden omkring.',
      '”Personnummer” före talar för, ”faktura” eller ”order” talar emot. En kontrollsiffra ensam väger aldrig tyngre än ett sådant ord.',
    ],
    ['I webbläsaren.', 'Allt räknas ut på personens egen enhet, medan texten skrivs och en gång till när den skickas.'],
    [
      'Och på servern.',
      'Referensbackenden kör reglerna igen innan något sparas, så att ingen kommer förbi dem genom att gå runt sidan. En egen backend bör göra detsamma.',
    ],
  ],

  rulesTitle: 'Alla regler',
  rulesLead:
    'Listan kommer ur paketets egen katalog, och ett test jämför den med vad reglerna hittar. Reglernas texter är på engelska.',
  filter: 'Filtrera regler',
  filterExample: 'land, myndighet, typ …',
  openAll: 'Öppna alla',
  closeAll: 'Stäng alla',
  ruleCount: (shown, all, types) =>
    shown === all ? `${all} regler av ${types} typer.` : `${shown} av ${all} regler visas.`,
  rulesOfType: (count) => (count === 1 ? '1 regel' : `${count} regler`),
  source: 'Källa',
  byDefault: 'Vanligen',
  place: 'Gäller',
  everywhere: 'Överallt',
  pack: 'Paket',
  core: 'grundreglerna',

  packsTitle: 'Språkpaket',
  packsLead:
    'Nordiska nummer och det som är lika överallt finns i grundreglerna. Ett paket lägger till ett språks eller lands regler, ord och förnamn, i en egen liten fil.',
  rules: 'Regler',
  firstNames: 'Förnamn',
  comesWith: 'Följer med',
  codeTitle: 'I koden',
  codeLead: 'Samma skydd går att använda utan chatten, i webbläsaren och i Node, utan beroenden:',
};

const english: PageTexts = {
  ownName: 'English',
  languageSwitch: 'Language',
  title: 'What the guard finds',
  lead: 'Before a question leaves the browser, the chat looks for personal data and secrets in it. Here is every rule, where it comes from, what it cannot do, and a box to try it in.',
  contents: 'Contents',

  tryIt: 'Try it',
  nothingLeaves:
    'What you type here does not leave the page. Nothing is stored and nothing is sent, and the page’s security policy does not let the browser do so.',
  proof: 'How to check that',
  proofText:
    "The page has the policy below. connect-src 'none' means that the browser stops every call a script tries to make, form-action 'none' that no form can be sent. Open the browser’s developer tools, choose Network and type: the list does not grow. Or go offline and keep typing.",
  packsFailed:
    'The language packs could not be fetched. The box shows what the core rules find. Reload the page to try again.',
  yourText: 'Type or paste a text',
  examplesLabel: 'Examples',
  examples: [
    [
      'A support case',
      'Hi, my name is Erik Lindqvist. The pay is wrong for 811228-9874, call me on 070-174 06 05 or write to erik@example.com.',
    ],
    [
      'A question about the product',
      'How do I register sick leave for an employee, and where do I find invoice 20260412?',
    ],
    ['German', 'Ich heiße Petra Schneider, meine Steuer-ID ist 86 095 742 719.'],
    ['What slips through', 'My boss, the one at the front desk with the red car, is Nubben to everybody.'],
  ],
  writtenIn: 'The text is written in',
  coreOnly: 'The core rules alone, no pack',
  everyPack: 'Any language (every pack)',
  policyTitle: (changed) =>
    changed ? `What is done about each type (${changed} changed)` : 'What is done about each type',
  policyLead: 'A vendor may tighten, loosen or silence a type. That the text is screened at all cannot be turned off.',
  usual: 'As usual',
  severity: {block: 'Stops', warn: 'Warns', off: 'Off'},
  passes: 'Nothing was found, so the question would be sent. That does not mean that nothing is there.',
  stops: (count) =>
    `${count === 1 ? 'One piece' : `${count} pieces`} of personal data found. The question is stopped until what stops it is masked or gone.`,
  warns: (count) =>
    `${count === 1 ? 'One possible piece' : `${count} possible pieces`} of personal data found. The question waits until the person masks it, changes it, or says that it is no personal data.`,
  fails: 'The text could not be screened, so it would not be sent.',
  marked: 'What is marked',
  found: 'What it is',
  nothingFound: 'Nothing was found.',
  why: 'why',
  confidence: 'confidence',
  maskedTitle: 'The text, masked',
  reasons: {
    checksum: 'the check digit is right',
    label: 'a word beside it says what it is',
    shape: 'the shape is its own',
    introduction: 'the words before introduce it',
    'name-list': 'it is a common name',
    'about-person': 'the sentence is about a person',
  },

  limitsTitle: 'What it does not find',
  limitsLead:
    'The guard is a net, not a promise. This passes, and it is good to know before anybody promises otherwise:',
  limits: [
    [
      'Names that nobody introduces.',
      'An unusual name in the middle of a sentence, without “my name is”, a title or a greeting, looks like any other words.',
    ],
    ['Nicknames and initials.', '“Nubben” and “A.K.” are no names to a rule.'],
    [
      'Descriptions of a person.',
      '“The one at the front desk with the red car” points somebody out without a single value that can be recognised.',
    ],
    ['Misspelt numbers.', 'A number whose check digit is wrong is found only where a word beside it says what it is.'],
    ['Numbers written out.', '“Eighty-one twelve twenty-eight” is not read as a date.'],
    ['Images and attachments.', 'Only text is screened; a file’s name is, what the file says is not.'],
    [
      'Languages and countries without a pack.',
      'What looks alike everywhere is still found: e-mail, cards, IBAN, keys.',
    ],
  ],
  limitsEnd:
    'To recognise names and descriptions from the context takes a language model, which would have to read the text before anybody knows whether it may be handed out. So there is none here. Rules also find too much at times; a person can then say that a warning is about no personal data, but never pass by a block.',
  howTitle: 'How it works',
  how: [
    ['Shape.', 'Each rule looks for a shape, also with spaces, hyphens or invisible characters in between.'],
    ['Check.', 'Check digits and dates are worked out as the authority lays down.'],
    [
      'The words around.',
      '“Personal number” before it speaks for it, “invoice” or “order” against it. A check digit alone never outweighs such a word.',
    ],
    [
      'In the browser.',
      'Everything is worked out on the person’s own device, while they type and once more when they send.',
    ],
    [
      'And on the server.',
      'The reference backend runs the rules again before anything is stored, so that nobody gets past them by going around the page. A backend of your own should do the same.',
    ],
  ],

  rulesTitle: 'Every rule',
  rulesLead: 'The list comes from the package’s own catalogue, and a test holds it against what the rules find.',
  filter: 'Filter the rules',
  filterExample: 'country, authority, type …',
  openAll: 'Open all',
  closeAll: 'Close all',
  ruleCount: (shown, all, types) =>
    shown === all ? `${all} rules of ${types} types.` : `${shown} of ${all} rules shown.`,
  rulesOfType: (count) => (count === 1 ? '1 rule' : `${count} rules`),
  source: 'Source',
  byDefault: 'By default',
  place: 'Where',
  everywhere: 'Everywhere',
  pack: 'Pack',
  core: 'the core rules',

  packsTitle: 'Language packs',
  packsLead:
    'Nordic numbers, and what looks alike everywhere, are in the core rules. A pack adds a language’s or country’s rules, words and first names, in a small file of its own.',
  rules: 'Rules',
  firstNames: 'First names',
  comesWith: 'Comes with',
  codeTitle: 'In code',
  codeLead: 'The same guard can be used without the chat, in the browser and in Node, with no dependency:',
};

export const texts: Readonly<Record<PageLanguage, PageTexts>> = {sv: swedish, en: english};

/** A reason nobody has described yet is shown as it is. */
export const reasonInWords = (reason: string, language: PageLanguage): string =>
  reason
    .split('+')
    .map((part) => texts[language].reasons[part] ?? part)
    .join(', ');
