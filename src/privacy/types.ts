/** The shapes of the guard: what was found in a text, and the one kind of text that may leave the browser. */
import type {Meaning} from './words.js';

/** Everything that is told apart. `tillit-chat/privacy/catalog` says which rules each type has. */
export const piiTypes = [
  'PERSON_ID',
  'PHONE',
  'EMAIL',
  'NAME',
  'ADDRESS',
  'ORG_ID',
  'BANK',
  'CARD',
  'IP',
  'PLATE',
  'SECRET',
  'HEALTH',
  'UNION',
  'PASSPORT',
  'DATE_OF_BIRTH',
  'OTHER',
] as const;
export type PiiType = (typeof piiTypes)[number];

/** `block`: it must be masked or removed. `warn`: the person may also say that it is no personal data. */
export type Severity = 'block' | 'warn';

/** What the vendor wants done with each type. A type that is not named keeps its default. */
export type PiiPolicy = Readonly<Partial<Record<PiiType, Severity | 'off'>>>;

/** One span of personal or secret data. Holds no text, so that it can be counted and reported safely. */
export interface Finding {
  readonly type: PiiType;
  /** The rule's own name for it, such as `se-personnummer`, `iban` or `international`. */
  readonly subtype: string;
  /** UTF-16 offset into the original text, inclusive. */
  readonly start: number;
  /** UTF-16 offset into the original text, exclusive. */
  readonly end: number;
  /** 0 to 1: how sure the rule is, by shape, check digits and the words around. Ours, not a measured probability. */
  readonly confidence: number;
  readonly severity: Severity;
  /** Why, as a key for people who audit the rules: `checksum`, `label`, `shape`, … Never a part of the text. */
  readonly reason: string;
}

export interface PiiOptions {
  /**
   * BCP 47 tags of the languages people write in here: what their countries write without a label counts. Nordic and
   * generic rules always run, whatever stands here; a tag nobody knows changes nothing.
   */
  readonly locales?: readonly string[];
  readonly policy?: PiiPolicy;
  /** Rules and first names of further countries, from `loadPacks`. Handed in, not registered: two widgets may differ. */
  readonly packs?: readonly Pack[];
}

/** What one country or language adds. */
export interface Pack {
  /** The file's name: a language, or a country. */
  readonly id: string;
  readonly rules?: readonly IdRule[];
  /** More words of a meaning, written as in `lexicon.ts`. */
  readonly words?: Readonly<Partial<Record<Meaning, string>>>;
  /** Lower-case first names, separated by spaces. */
  readonly firstNames?: string;
}

/** A number or code with a rule of its own, found by shape, then judged by its check and the words around it. */
export interface IdRule {
  readonly type: PiiType;
  readonly subtype: string;
  /** Bounded, with the flag `g`; matched against normalised text. */
  readonly pattern: RegExp;
  /** Words that announce it, as in `lexicon.ts`; or a meaning whose words do. */
  readonly labels: string | {readonly means: Meaning};
  /** Whether the match, upper case and without separators (then as it stands), obeys the authority's rule. */
  readonly isValid: (compact: string, value: string) => boolean;
  /** Confidence of a valid value that no word announces; below 0.5 it is not reported. */
  readonly alone: number | ((value: string, languages: ReadonlySet<string>) => number);
  /** Whether an announced value that breaks the rule is reported as mistyped. Default: yes. */
  readonly mistyped?: boolean;
}

/** What a text is for. A ticket may hold the name and e-mail its form asks for. */
export type Purpose = 'question' | 'comment' | 'ticket' | 'file-name' | 'voice';

declare const screened: unique symbol;

/** Text that a person wrote and that has passed the guard. `screen()` alone makes it; only this type may leave. */
export type ScreenedText = string & {readonly [screened]: true};

/** The guard's verdict. `failed` means that a rule threw: nothing may be sent. */
export type Screening =
  /** `findings` holds at most warnings that the person has confirmed, or none. */
  | {readonly verdict: 'pass'; readonly text: ScreenedText; readonly findings: readonly Finding[]}
  /** Something to mask, edit or (when every finding is a warning) confirm. */
  | {readonly verdict: 'stop'; readonly findings: readonly Finding[]}
  | {readonly verdict: 'failed'};

export interface ScreenOptions extends PiiOptions {
  /** The person has said "this is not personal data": warnings pass, blocks do not. */
  readonly warningsConfirmed?: boolean;
}
export type Screen = (text: string, purpose: Purpose, options?: ScreenOptions) => Screening;

/** From placeholder, such as `[PERSONNUMMER_1]`, to the text it stands for. Lives in memory only. */
export type MaskMap = ReadonlyMap<string, string>;

export interface Masked {
  readonly text: string;
  readonly map: MaskMap;
}

export type Mask = (text: string, findings: readonly Finding[], known?: MaskMap) => Masked;
