/**
 * The interface's texts in one language. One object per widget, never a global: two widgets on a page
 * may speak two languages.
 */
import type {MessageKey, PlainKey, PluralKey} from './keys.js';

export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}>;

/** A locale's texts: `{name}` is replaced by the argument of that name, numbers as the locale writes them. */
export type Catalog = Readonly<Record<PlainKey, string> & Record<PluralKey, Plural>>;

/** A vendor's own wording of single messages. */
export type Strings = Readonly<Partial<Catalog>>;

export type MessageArgs = Readonly<Record<string, string | number>>;

export class Messages {
  /** BCP 47 tag of the language the texts are in. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** Whether the messages of a conversation are there too, or only those a person may read before they type. */
  readonly isWhole: boolean;

  readonly #catalog: Catalog;

  constructor(locale: string, catalog: Catalog, isWhole = true) {
    this.locale = locale;
    this.isWhole = isWhole;
    this.direction = /^(ar|he|fa|ur)\b/.test(locale) ? 'rtl' : 'ltr';
    this.#catalog = catalog;
  }

  /** These messages and further ones; where both have a wording, this one stays. */
  with(further: Partial<Catalog>): Messages {
    return new Messages(this.locale, {...further, ...this.#catalog}, this.isWhole);
  }

  /** @param args for a plural message, `n` is the count. */
  t(key: MessageKey, args: MessageArgs = {}): string {
    // A part that has not arrived leaves a gap, not a crash, and so does a form that a vendor's wording lacks.
    const message: string | Plural | undefined = this.#catalog[key];
    const text =
      typeof message === 'object' ? (message[plural(this.locale).select(Number(args['n']))] ?? message.other) : message;
    return (text ?? '').replace(/\{(\w+)\}/g, (slot, name: string) => {
      const value = args[name];
      return typeof value === 'number'
        ? number(this.locale).format(value)
        : value === undefined
          ? slot
          : this.#isolated(value);
    });
  }

  /** A title, a name or an answer may run the other way than the sentence around it, and must not turn that around. */
  #isolated(value: string): string {
    return (this.direction === 'rtl' ? /\S/ : rightToLeft).test(value) ? `\u2068${value}\u2069` : value;
  }

  /** An ISO 8601 date as the locale writes it; what is no date is returned as it is. */
  date(iso: string): string {
    return formatted(day(this.locale), iso);
  }

  /** The month and year of an ISO 8601 date. */
  month(iso: string): string {
    return formatted(month(this.locale), iso);
  }

  /** Several things as one phrase: "a, b and c". */
  list(items: readonly string[]): string {
    return typeof Intl.ListFormat === 'function' ? new Intl.ListFormat(this.locale).format(items) : items.join(', ');
  }
}

/** One for each locale, made when it is first needed: on a slow phone each takes tens of milliseconds. */
function perLocale<Format>(make: (locale: string) => Format): (locale: string) => Format {
  const made: Record<string, Format> = {};
  return (locale) => (made[locale] ??= make(locale));
}

const plural = perLocale((locale) => new Intl.PluralRules(locale));
const number = perLocale((locale) => new Intl.NumberFormat(locale));
const day = perLocale((locale) => new Intl.DateTimeFormat(locale, {dateStyle: 'long', timeZone: 'UTC'}));
const month = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, {year: 'numeric', month: 'short', timeZone: 'UTC'}),
);

/** Hebrew, Arabic and their neighbours, and the marks that turn text around. */
const rightToLeft = /[\u0590-\u08ff\u202b-\u202e\u2067\ufb1d-\ufefc]/;

function formatted(format: Intl.DateTimeFormat, iso: string): string {
  // Date.parse alone reads "Rev. 5" as a month in some engines.
  const ms = /^\d{4}-\d\d/.test(iso) ? Date.parse(iso) : NaN;
  return Number.isNaN(ms) ? iso : format.format(ms);
}
