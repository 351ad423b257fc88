/** The labelled texts and the adversarial inputs that lie beside the project, for the tests and benches that Node runs. */
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import {findPii, type Finding, type Pack} from '../../src/privacy/index.js';
import {loadPacks} from '../../src/privacy/load-packs.js';

export interface LabelledText {
  readonly id: string;
  readonly lang: string;
  readonly text: string;
  readonly spans: readonly {readonly start: number; readonly end: number; readonly type: string}[];
}

export interface AdversarialInput {
  readonly id: string;
  readonly parts: readonly (readonly [text: string, times: number])[];
}

const path = (file: string) => fileURLToPath(new URL(`../../../shared/data/pii/${file}`, import.meta.url));

/** @returns `undefined` when the file is not there. */
function lines<Line>(file: string): readonly Line[] | undefined {
  if (!existsSync(path(file))) return undefined;
  return readFileSync(path(file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

export const labelledTexts = () => lines<LabelledText>('dev.jsonl');
export const adversarialInputs = () => lines<AdversarialInput>('redos.jsonl');

/** @param times how often the whole input is repeated */
export const expand = ({parts}: AdversarialInput, times = 1) =>
  parts
    .map(([text, count]) => text.repeat(count))
    .join('')
    .repeat(times);

export async function detectorFor(
  languages: Iterable<string>,
): Promise<(text: string, language: string) => readonly Finding[]> {
  const packs = new Map<string, readonly Pack[]>();
  for (const language of languages) packs.set(language, await loadPacks([language]));
  return (text, language) => findPii(text, {locales: [language], packs: packs.get(language) ?? []});
}
