/**
 * Finds personal and secret data in a text.
 *
 * Shape, then check digits, then the words around; a check digit alone never outweighs a word that says "order".
 * Every pattern is bounded: time grows with the length of the text and with nothing else. See DESIGN "Privacy".
 */
import {Reading} from './reading.js';
import {idRule, type Candidate, type Rule} from './rule.js';
import {aboutPersonRules} from './rules/about-person.js';
import {addressRule} from './rules/address.js';
import {bankRules} from './rules/bank.js';
import {cardRules} from './rules/card.js';
import {companyRule} from './rules/company.js';
import {documentRules} from './rules/document.js';
import {emailRules} from './rules/email.js';
import {nameRule} from './rules/name.js';
import {networkRules} from './rules/network.js';
import {orgRules} from './rules/org.js';
import {personIdRules} from './rules/person-id.js';
import {phoneRule} from './rules/phone.js';
import {secretRules} from './rules/secret.js';
import type {Finding, PiiOptions} from './types.js';

const rules: readonly Rule[] = [
  ...personIdRules,
  ...emailRules,
  phoneRule,
  ...cardRules,
  ...bankRules,
  ...orgRules,
  ...documentRules,
  ...networkRules,
  ...secretRules,
  addressRule,
  nameRule,
  companyRule,
  ...aboutPersonRules,
];

/**
 * The personal and secret data in a text, in order of place and without overlaps.
 *
 * @param text anything, however long; it is read as it stands and never changed, kept or logged
 * @param options `locales` (BCP 47) say which countries' numbers count without a word that announces them; `packs` add
 *   what Nordic and generic rules do not know; `policy` changes or silences a type. A policy is taken as it is: read it
 *   with `checkPolicy` where it is configured.
 * @returns offsets into `text` in UTF-16 units, as `slice` takes them; an empty list means that nothing was found, not
 *   that nothing is there.
 * @throws what a rule in a pack throws. `screen` turns that into a verdict that lets nothing through.
 */
export function findPii(text: string, {locales = [], policy = {}, packs = []}: PiiOptions = {}): Finding[] {
  const reading = new Reading(text, locales, packs);
  const found: Candidate[] = [];
  for (const rule of rules) rule(reading, found);
  for (const pack of packs) for (const id of pack.rules ?? []) idRule(id)(reading, found);

  const wanted = found.flatMap((candidate) => {
    const severity = policy[candidate.type] ?? candidate.severity;
    return severity === 'off' ? [] : [{...candidate, severity}];
  });
  return withoutOverlaps(wanted).map((candidate) => ({
    ...candidate,
    ...reading.original(candidate.start, candidate.end),
  }));
}

/** In order of place; where two overlap, the surer wins, then the longer. Of one type, both are one. */
function withoutOverlaps(found: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || last.end <= candidate.start) {
      kept.push(candidate);
      continue;
    }
    const better = isBetter(candidate, last) ? candidate : last;
    kept[kept.length - 1] =
      candidate.type === last.type ? {...better, start: last.start, end: Math.max(candidate.end, last.end)} : better;
  }
  return kept;
}

const isBetter = (a: Candidate, b: Candidate) =>
  a.confidence > b.confidence || (a.confidence === b.confidence && a.end - a.start > b.end - b.start);
