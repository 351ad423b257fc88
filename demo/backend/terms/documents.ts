/** The vendor's terms, one Markdown file per language in this folder, with the hash of the exact text people accept. */
import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';

import {termsText, type TermsDocument} from 'tillit-chat/core';

import {readFrontMatter} from '../front-matter.js';
import {locales, type Locale} from '../locale.js';

export interface CurrentTerms {
  readonly document: TermsDocument;
  readonly text: string;
  readonly textSha256: string;
}
export type Terms = Readonly<Record<Locale, CurrentTerms>>;

const HERE = new URL('./', import.meta.url);

/** @throws Error when a language is missing or incomplete: without terms there is no chat. */
export async function readTerms(folder: URL = HERE): Promise<Terms> {
  const entries = await Promise.all(
    locales.map(async (locale) => {
      const file = await readFile(new URL(`${locale}.md`, folder), 'utf8');
      return [locale, withHash(parseTerms(file, locale))] as const;
    }),
  );
  return Object.fromEntries(entries) as Terms;
}

export function withHash(document: TermsDocument): CurrentTerms {
  const text = termsText(document);
  return {document, text, textSha256: createHash('sha256').update(text, 'utf8').digest('hex')};
}

function parseTerms(file: string, locale: Locale): TermsDocument {
  const {fields, lists, body} = readFrontMatter(file);
  const must = (name: string) => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`terms/${locale}.md: "${name}" is missing`);
    return value;
  };
  const optional = (name: 'prohibitedUse' | 'analytics') => {
    const value = fields.get(name.toLowerCase());
    return value === undefined ? {} : {[name]: value};
  };
  const dataTable = (lists.get('datatable') ?? []).map((row) => {
    const [what, where, howLong] = row.split('|').map((cell) => cell.trim());
    if (!what || !where || !howLong) throw new Error(`terms/${locale}.md: a dataTable row needs three cells`);
    return {what, where, howLong};
  });
  return {
    id: must('id'),
    version: must('version'),
    updated: must('updated'),
    title: must('title'),
    summary: lists.get('summary') ?? [],
    notToEnter: must('nottoenter'),
    ...optional('prohibitedUse'),
    ...optional('analytics'),
    markdown: body,
    dataTable,
  };
}
