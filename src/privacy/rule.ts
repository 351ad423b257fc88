/** What a rule is, and the two kinds that are tables: a pattern with a check, and a word with a shape behind it. */
import {defaultSeverity} from './policy.js';
import {labelOf, type Reading} from './reading.js';
import type {Finding, IdRule, PiiType} from './types.js';
import type {Meaning} from './words.js';

/** A finding before the policy and before overlaps are settled; offsets are of the normalised text. */
export type Candidate = Finding;

export type Rule = (reading: Reading, found: Candidate[]) => void;

export const candidate = (
  type: PiiType,
  subtype: string,
  start: number,
  end: number,
  confidence: number,
  reason: string,
  severity = defaultSeverity(type),
): Candidate => ({type, subtype, start, end, confidence, severity, reason});

/** Nobody's number: what people write to show a format. */
const example = /^(\d)\1*$|^1?234567890?\d*$/;

/** Valid alone, or announced, or announced and mistyped. */
export const idRule = (id: IdRule): Rule => {
  const {type, subtype, alone, mistyped = true} = id;
  const label = labelOf(id);
  return (reading, found) => {
    for (const {0: value, index: start} of reading.text.matchAll(id.pattern)) {
      const end = start + value.length;
      const compact = value.replace(/[\s./,-]+/g, '').toUpperCase();
      const isValid = id.isValid(compact, value);
      if (!isValid && (!mistyped || example.test(compact))) continue;
      const isLabelled = reading.isLabelled(start, end, label);
      // "Delivery: 4 High Street" is a place all the same.
      if (!isLabelled && (!isValid || (type !== 'ADDRESS' && reading.isNamedOtherwise(start)))) continue;
      const unannounced = () => (typeof alone === 'number' ? alone : alone(value, reading.languages));
      const confidence = isLabelled ? (isValid ? 0.99 : 0.7) : unannounced();
      const reason = !isValid ? 'label' : isLabelled ? 'checksum+label' : 'checksum';
      if (confidence >= 0.5) found.push(candidate(type, subtype, start, end, confidence, reason));
    }
  };
};

/** A value that only the word before it gives away. */
export interface AnnouncedRule {
  readonly type: PiiType;
  readonly subtype: string;
  readonly means: Meaning;
  /** What may follow the word: anchored at its start, bounded; sees at most 48 characters. */
  readonly shape: RegExp;
  /** What has the shape and is something else. */
  readonly except?: RegExp;
  readonly confidence: number;
  /** How many small words may stand between: "passnumret för min son är …". */
  readonly skips: number;
}

const separators = /^(?:[\s:=#"'’(<,]|->|[.-](?=[\s:])|-(?=n)){0,6}/i;
const smallWord = /^[\p{L}'’]{1,7}\.?(?=[\s:=])/u;

export const announcedRule =
  ({type, subtype, means, shape, except, confidence, skips}: AnnouncedRule): Rule =>
  (reading, found) => {
    const {text} = reading;
    for (const label of reading.all(means)) {
      let start = label.end;
      for (let skip = 0; skip <= skips; skip++) {
        start += separators.exec(text.slice(start, start + 8))![0].length;
        const value = start > label.end ? shape.exec(text.slice(start, start + 48))?.[0] : undefined;
        if (value) {
          const contrary = reading.before(start, 'other');
          if (!except?.test(value) && !(contrary && contrary.start >= label.end))
            found.push(candidate(type, subtype, start, start + value.length, confidence, 'label'));
          break;
        }
        const word = smallWord.exec(text.slice(start, start + 16));
        if (!word) break;
        start += word[0].length;
      }
    }
  };
