/**
 * Reads a folder of Markdown articles: `sv/` and `en/` folders, or plain files with `lang` in their front matter.
 * An article is cut into passages, one per section, which are what is found and quoted.
 */
import {createHash} from 'node:crypto';
import {readdir, readFile, stat} from 'node:fs/promises';
import {basename, join, relative, sep} from 'node:path';

import type {Token, Tokens} from 'marked';

import {readFrontMatter} from '../front-matter.js';
import {blocksOf, plainText} from './markdown.js';

export interface Article {
  /** BCP 47 language, such as `sv`. */
  readonly lang: string;
  /** Unique within the language; the last part of the article's address. */
  readonly slug: string;
  readonly title: string;
  readonly category: string | undefined;
  /** ISO 8601 date. */
  readonly updated: string | undefined;
  /** Where it lives on the web, when the front matter says so. */
  readonly url: string | undefined;
  readonly body: string;
  readonly contentSha256: string;
}

export interface Passage {
  /** Empty for the introduction. */
  readonly heading: string;
  /** Markdown. */
  readonly body: string;
  readonly plain: string;
}

const DEFAULT_LANG = 'sv';
/** Longer sections are cut at their sub-headings. */
const LONG_SECTION_CHARS = 2500;
/** Changes when passages are cut or indexed in a new way, so that everything is indexed again. */
const INDEX_VERSION = 1;

/** @throws Error when the folder cannot be read or holds no article */
export async function readArticles(folder: string): Promise<Article[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = entries
    .filter(
      (entry) => entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name) && !/^(?:readme|_|\.)/i.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(folder, file)
          .split(sep)
          .some((part) => part.startsWith('.')),
    )
    .sort();
  if (files.length === 0) throw new Error(`no Markdown articles in ${folder}`);
  const articles = new Map<string, Article>();
  for (const file of files) {
    const article = parseArticle(relative(folder, file).split(sep), await readFile(file, 'utf8'), await changed(file));
    // Two files may claim one slug; the path is always unique.
    const key = `${article.lang}/${article.slug}`;
    const slug = articles.has(key) ? slugOf(relative(folder, file).split(sep).join('-')) : article.slug;
    articles.set(`${article.lang}/${slug}`, {...article, slug});
  }
  return [...articles.values()];
}

const changed = async (file: string) => (await stat(file)).mtime.toISOString().slice(0, 10);

/** @param path the file's place below the folder */
export function parseArticle(path: readonly string[], file: string, changedOn: string): Article {
  const {fields, body: whole} = readFrontMatter(file);
  const folderLang = path.length > 1 && /^[a-z]{2}(?:-[a-z]{2})?$/i.test(path[0] ?? '') ? path[0] : undefined;
  const name = basename(path.at(-1) ?? '').replace(/\.\w+$/, '');
  const heading = /^# +(.+?) *#*$/m.exec(whole);
  const title = fields.get('title') ?? heading?.[1] ?? name;
  // A first-level heading says what the title says.
  const body = heading ? whole.replace(heading[0], '').trim() : whole;
  const url = fields.get('url');
  return {
    lang: (folderLang ?? fields.get('lang') ?? DEFAULT_LANG).toLowerCase().split('-')[0]!,
    slug: slugOf(fields.get('slug') ?? name),
    title: title.normalize('NFC'),
    category: fields.get('category'),
    updated: /^\d{4}-\d\d-\d\d/.exec(fields.get('updated') ?? '')?.[0] ?? changedOn,
    url: url && /^https?:\/\//.test(url) ? url : undefined,
    body: body.normalize('NFC').replaceAll('\0', ''),
    contentSha256: createHash('sha256')
      .update(`${INDEX_VERSION}\n${path.join('/')}\n${file}`)
      .digest('hex'),
  };
}

/** A name that needs no escaping in an address. */
const slugOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '') || 'article';

export function passagesOf({body}: Pick<Article, 'body'>): Passage[] {
  return sections(blocksOf(body), 2)
    .flatMap(({heading, blocks}) => {
      if (rawOf(blocks).length <= LONG_SECTION_CHARS) return [passage(heading, blocks)];
      return sections(blocks, 3).map((part) =>
        passage([heading, part.heading].filter(Boolean).join(': '), part.blocks),
      );
    })
    .filter(({plain}) => plain !== '');
}

interface Section {
  readonly heading: string;
  readonly blocks: Token[];
}

/** Cuts at headings of this level and above. */
function sections(blocks: readonly Token[], depth: number): Section[] {
  const cut: Section[] = [{heading: '', blocks: []}];
  for (const block of blocks) {
    if (block.type === 'heading' && (block as Tokens.Heading).depth <= depth) {
      cut.push({heading: plainText([block]), blocks: []});
    } else {
      cut.at(-1)!.blocks.push(block);
    }
  }
  return cut;
}

const rawOf = (blocks: readonly Token[]) =>
  blocks
    .map(({raw}) => raw)
    .join('')
    .trim();
const passage = (heading: string, blocks: readonly Token[]): Passage => ({
  heading,
  body: rawOf(blocks),
  plain: plainText(blocks),
});
