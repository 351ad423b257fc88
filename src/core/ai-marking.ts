/**
 * How a machine is told that a language model made a text (AI Act, Article 50(2)): as JSON-LD in exports, with the
 * vocabulary for digital sources of the IPTC. What a search quoted and what a person wrote has no mark.
 */
import type {Answerer} from './events.js';

/** https://cv.iptc.org/newscodes/digitalsourcetype/ */
export const AI_SOURCE_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
export const IPTC = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
export const SCHEMA = 'https://schema.org/';

/** What the words of an export mean to others; the rest are ours. */
export const EXPORT_CONTEXT = {
  '@vocab': 'urn:tillit:export:',
  question: `${SCHEMA}text`,
  text: `${SCHEMA}text`,
  askedAt: `${SCHEMA}dateCreated`,
  answer: `${SCHEMA}suggestedAnswer`,
  sources: `${SCHEMA}citation`,
  title: `${SCHEMA}name`,
  url: {'@id': `${SCHEMA}url`, '@type': '@id'},
  Question: `${SCHEMA}Question`,
  Answer: `${SCHEMA}Answer`,
  digitalSourceType: {'@id': `${IPTC}DigitalSourceType`, '@type': '@id'},
} as const;

/** The same words as on the page. */
export const AI_MARK = {aiDisclosure: 'ai-generated', digitalSourceType: AI_SOURCE_TYPE} as const;

export const isMadeByAi = ({kind}: Answerer): boolean => kind === 'ai';
