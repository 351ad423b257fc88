/**
 * Reads `GET config`. Lenient where nothing depends on it; terms with a field of the wrong type are refused as a whole
 * (`protocol`, so that the gate stays shut), since the acceptance's hash is taken over their exact text.
 */
import type {Suspension} from '../core/errors.js';
import type {TermsDocument} from '../core/terms.js';
import type {RemoteConfig} from '../core/transport.js';
import {
  among,
  boolean,
  every,
  isFields,
  must,
  natural,
  orElse,
  positive,
  shape,
  strict,
  string,
  type Read,
} from './fields.js';
import {parseAnswerer, parseSuggestions} from './parse-source.js';
import {readSuspension} from './problem.js';

const parseTerms: Read<TermsDocument> = shape(
  {
    id: string,
    version: string,
    updated: string,
    title: string,
    dataTable: every(shape({what: string, where: string, howLong: string}, {})),
  },
  {
    summary: strict(every(string)),
    notToEnter: strict(string),
    prohibitedUse: strict(string),
    analytics: strict(string),
    markdown: strict(string),
    html: strict(string),
    url: strict(string),
  },
);

const readFeatures = shape(
  {},
  {rating: boolean, tickets: boolean, export: boolean, delete: boolean, speech: boolean, human: boolean},
);
const readLimits = shape({}, {questionChars: positive, commentChars: positive, ticketChars: positive});

/** A type we do not know is one that we do not look for. */
const readPolicy: Read<NonNullable<RemoteConfig['piiPolicy']>> = (value) =>
  isFields(value)
    ? Object.fromEntries(Object.entries(value).filter(([, decision]) => among('block', 'warn', 'off')(decision)))
    : undefined;

const orEmpty: Read<Suspension> = (value) => (value ? (readSuspension(value) ?? {}) : undefined);

export const parseConfig: (value: unknown) => RemoteConfig = must(
  shape(
    {
      enabled: boolean,
      // Who cannot be named is treated as what needs the notice.
      answerer: orElse(parseAnswerer, {kind: 'ai'}),
      features: orElse(readFeatures, {}),
      limits: orElse(readLimits, {}),
      suggestions: orElse(parseSuggestions, []),
    },
    {
      terms: strict(parseTerms),
      greeting: string,
      user: string,
      retention: shape({days: natural}, {}),
      piiPolicy: readPolicy,
      // Whoever is suspended stays so, whatever else is said of it.
      suspension: orEmpty,
    },
  ),
);
