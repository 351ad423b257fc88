/** Everything the backend says to a person, in its languages. Articles and terms are documents and live elsewhere. */
import type {Locale} from './locale.js';

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
  },
};
