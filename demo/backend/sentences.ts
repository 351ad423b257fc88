/** Everything the backend says to a person, in its languages. Articles and terms are documents and live elsewhere. */
import type {Locale} from './locale.js';

/** What stands around a person's data when it is exported as a page. */
export interface ExportSentences {
  readonly title: string;
  readonly made: string;
  readonly nothing: string;
  readonly conversations: string;
  readonly question: string;
  readonly answer: string;
  readonly aiAnswer: string;
  readonly sources: string;
  readonly rating: string;
  readonly tickets: string;
  readonly acceptances: string;
  readonly acceptanceColumns: readonly string[];
  readonly kinds: {readonly accepted: string; readonly withdrawn: string};
  readonly log: string;
  readonly logColumns: readonly string[];
}

export interface Sentences {
  readonly greeting: string;
  /** Asked often; shown only when the articles answer them. */
  readonly suggestions: readonly string[];
  readonly site: string;
  readonly noSource: string;
  readonly handoff: string;
  readonly personalData: string;
  readonly tooLong: (limitChars: number) => string;
  readonly badEmail: string;
  /** Why something is kept although its person asked for it to be deleted. */
  readonly kept: {readonly acceptances: string; readonly tickets: string};
  readonly export: ExportSentences;
}

export const sentences: Readonly<Record<Locale, Sentences>> = {
  sv: {
    greeting: 'Hej! Vad behöver du hjälp med?',
    suggestions: ['Hur rättar jag ett lönebesked?', 'Hur exporterar jag en SIE-fil?', 'Hur bjuder jag in vår revisor?'],
    site: 'Lönlind hjälpcenter',
    noSource:
      '**Jag hittade ingen källa som svarar på det.** Fråga gärna på ett annat sätt, eller låt supporten hjälpa dig.',
    handoff: 'Hjälptexterna svarar inte på frågan.',
    personalData: 'Texten ser ut att innehålla personuppgifter. Ingenting har sparats. Ta bort dem och försök igen.',
    tooLong: (limitChars) => `Texten är för lång. Den får vara högst ${limitChars} tecken.`,
    badEmail: 'E-postadressen ser inte rätt ut. Kontrollera den och försök igen.',
    kept: {
      acceptances: 'Beviset för att du godkände villkoren sparas, så att vi kan visa att vi fick behandla uppgifterna.',
      tickets: 'Ärenden som du har skickat till supporten sparas, eftersom en människa har tagit över dem.',
    },
    export: {
      title: 'Det vi har sparat om dig',
      made: 'Hämtat',
      nothing: 'Ingenting är sparat.',
      conversations: 'Samtal',
      question: 'Fråga',
      answer: 'Svar',
      aiAnswer: 'Svar, AI-genererat',
      sources: 'Källor',
      rating: 'Ditt betyg',
      tickets: 'Supportärenden',
      acceptances: 'Godkända villkor',
      acceptanceColumns: ['Tid', 'Händelse', 'Villkor', 'Kvitto', 'Textens SHA-256'],
      kinds: {accepted: 'godkändes', withdrawn: 'återkallades'},
      log: 'Loggdata',
      logColumns: ['Tid', 'Anrop', 'Resultat'],
    },
  },
  en: {
    greeting: 'Hi! What do you need help with?',
    suggestions: ['How do I correct a pay slip?', 'How do I export a SIE file?', 'How do I invite our auditor?'],
    site: 'Lönlind help centre',
    noSource: '**I found no source that answers that.** Try asking in another way, or let support help you.',
    handoff: 'The help articles do not answer the question.',
    personalData: 'The text seems to contain personal data. Nothing was stored. Remove it and try again.',
    tooLong: (limitChars) => `The text is too long. It may be at most ${limitChars} characters.`,
    badEmail: 'The e-mail address does not look right. Check it and try again.',
    kept: {
      acceptances:
        'The proof that you accepted the terms is kept, so that we can show that we were allowed to process the data.',
      tickets: 'Tickets that you sent to support are kept, because a human has taken them over.',
    },
    export: {
      title: 'What we have stored about you',
      made: 'Downloaded',
      nothing: 'Nothing is stored.',
      conversations: 'Conversations',
      question: 'Question',
      answer: 'Answer',
      aiAnswer: 'Answer, AI-generated',
      sources: 'Sources',
      rating: 'Your rating',
      tickets: 'Support tickets',
      acceptances: 'Accepted terms',
      acceptanceColumns: ['Time', 'Event', 'Terms', 'Receipt', 'SHA-256 of the text'],
      kinds: {accepted: 'accepted', withdrawn: 'withdrawn'},
      log: 'Log data',
      logColumns: ['Time', 'Call', 'Result'],
    },
  },
};
