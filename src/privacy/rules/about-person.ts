/**
 * Health and union membership, GDPR article 9: only when a sentence says it of a person. "Hur registrerar jag
 * sjukfrånvaro?" asks about the product and passes; "jag har diabetes" does not. Warned about, never blocked by default.
 */
import type {Reading} from '../reading.js';
import {candidate, type Rule} from '../rule.js';

/** Who it is said of: me, someone of mine, him, her, a person in a role. */
const subject =
  '(?:j[ae]g|ég|ich|i|minä|m(?:in)?ulla|hän(?:ellä)?|h[aoue]n|s?he|er|sie|(?:mi[nt]t?|mina|my|meine?|vår|our|his|her|hans|hennes|hendes) \\p{L}+|(?:patient|elev|kolleg|medarb|employee|colleague|potila)\\p{L}*(?: \\p{L}+){0,2}|\\p{L}{4,}ni|\\p{L}+ min)';
const verb =
  '(?:har|är|f[iå]c?k?k|fått|får|lider|ble?v\\p{L}*|drabb\\p{L}*|er|ha(?:ve|s|d)|am|ist?|was|been|got|suffer\\p{L}*|diagn\\p{L}*|bin|habe|hat|leid\\p{L}*|on|oli|sairast\\p{L}*|sai|tode\\p{L}*|olen|gick|gått|meldte|joined)';
const few = '(?: [^\\s.,?!;:]{1,24})';
/** Finnish and the short forms of English say who in the verb. */
const saidOfPerson = new RegExp(
  `(?<!\\p{L})(?:${subject}${few}{0,2}? ${verb}|sairastan|olen|(?:i|s?he)['’](?:m|s|ve)|kuulun|liityin)${few}{0,4} ?$`,
  'u',
);
/** A relative clause, a question or a thing between: then it is not said of the person. */
const notSaid =
  /(?<!\p{L})(?:som|that|who|dass|joka|om|if|fråg\p{L}*|question\p{L}*|spør\p{L}*|frage\p{L}*|info\p{L}*|policy|regl\p{L}*|about|rapport\p{L}*|kurs|möte|meeting|inte|not|ikke|en anställd|an employee|en ansat\p{L}*|anställda)(?!\p{L})/u;
/** "om jag är …", "if I am …": a case, not a statement. */
const supposed = /(?<!\p{L})(?:om|if|wenn|hvis|jos|när|when)(?: \p{L}+)? ?$/u;
const cause = /^(?: typ[e]? [12](?!\d)| (?:för|på grun[nd] a[vf]|due to|with|for) [\p{L}-]+)/u;

/** Whether the words before `start`, in its sentence, say it of a person. */
function isSaidOfPerson(reading: Reading, start: number): boolean {
  const from = Math.max(0, start - 70);
  const sentence = reading.lower.slice(from, start).replace(/^[\s\S]*[.?!;\n]\s*/, '');
  const match = saidOfPerson.exec(sentence) ?? named.exec(reading.text.slice(from, start));
  if (!match || (match[1] && !reading.isFirstName(match[1]))) return false;
  return !notSaid.test(match[0].toLowerCase()) && !supposed.test(sentence.slice(0, match.index));
}
/** "Anna Ek har …" */
const named = new RegExp(`(\\p{Lu}\\p{Ll}+)(?: \\p{Lu}[\\p{L}-]+)? ${verb}${few}{0,4} ?$`, 'u');

const health: Rule = (reading, found) => {
  for (const {start, end} of reading.all('condition')) {
    if (!isSaidOfPerson(reading, start)) continue;
    const more = cause.exec(reading.lower.slice(end, end + 40))?.[0].length ?? 0;
    found.push(candidate('HEALTH', 'health', start, end + more, 0.7, 'about-person'));
  }
};

/** A membership counts in what has a name of its own, or is called a union: "medlem i Kommunal", "medlem i facket". */
const unionName =
  /^ (?:(?:den|the|der|trade union|fackförbundet|fagforeningen) ){0,2}(?:\p{Lu}[\p{L}.]*(?: \p{Lu}\p{L}+)?|3F|ver\.di)(?![\p{L}-])/u;

const union: Rule = (reading, found) => {
  const report = (start: number, end: number, said = start) => {
    if (isSaidOfPerson(reading, said)) found.push(candidate('UNION', 'union', start, end, 0.7, 'about-person'));
  };
  for (const {start, end} of reading.all('unionised')) {
    report(
      start,
      end + (/^ (?:till|til|i|in|bei|to) \p{Lu}[\p{L}.]+/u.exec(reading.text.slice(end, end + 40))?.[0].length ?? 0),
      end,
    );
  }
  for (const {start, end} of reading.all('member')) {
    const name = unionName.exec(reading.text.slice(end, end + 48));
    const noun = reading.after(end, 'union', 12);
    const before = /(?:\p{Lu}[\p{L}:]+|liiton) $/u.exec(reading.text.slice(Math.max(0, start - 24), start));
    // The verb may be in the phrase itself: "gick med i".
    if (name) report(start, end + name[0].length, end);
    else if (noun) report(start, noun.end, end);
    else if (before) report(start - before[0].length, end);
  }
};

export const aboutPersonRules = [health, union] as const;
