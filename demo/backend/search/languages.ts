/** How Postgres reads each language: its text-search configuration and the dictionary behind it. */

const configs: Readonly<Record<string, string>> = {
  sv: 'swedish',
  en: 'english',
  da: 'danish',
  nb: 'norwegian',
  no: 'norwegian',
  nn: 'norwegian',
  fi: 'finnish',
  de: 'german',
  fr: 'french',
  es: 'spanish',
  it: 'italian',
  nl: 'dutch',
  pt: 'portuguese',
};

export interface TextSearch {
  readonly config: string;
  readonly dictionary: string;
}

export function textSearchFor(lang: string): TextSearch {
  const config = configs[lang];
  return config ? {config, dictionary: `${config}_stem`} : {config: 'simple', dictionary: 'simple'};
}
