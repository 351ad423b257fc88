/** Sources, suggestions and the answerer, as the backend sends them in events, config and transcripts. */
import type {Answerer, Source, Suggestion} from '../core/events.js';
import {among, filled, positive, shape, some, string, type Read} from './fields.js';

const readSource = shape(
  {id: filled},
  {
    n: positive,
    title: filled,
    url: string,
    snippet: string,
    site: string,
    updated: string,
  },
);

/** URLs stay what they are: the answer makes them safe when it shows them. */
export const parseSource: Read<Source> = (value) => {
  const source = readSource(value);
  return source && {...source, title: source.title ?? source.url ?? source.id};
};

export const parseSuggestions: Read<Suggestion[]> = some(shape({text: filled}, {url: string}));

export const parseAnswerer: Read<Answerer> = shape({kind: among('ai', 'search', 'human')}, {name: string});
