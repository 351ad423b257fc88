#!/usr/bin/env node
/*
 * npx tillit-chat index DIR [--out FILE] [--url TEMPLATE]
 *
 * npx tillit-chat csp [--script URL] [--endpoint URL] [--nonce NONCE] [--images ORIGIN]… [--html-terms] [--speech ORIGIN]…
 *
 * `index` makes one JSON file of a folder of Markdown articles, one entry per section: what `localTransport` searches.
 * Front matter: `title`, `slug`, `updated`, `url`, `lang`. Without `url`, TEMPLATE says where an article is:
 * https://help.example.com/{lang}/{slug}. Without --out it goes to the standard output.
 *
 * `csp` prints the Content-Security-Policy of a page with the chat to the standard output, and what each directive is for
 * to the standard error. Without --script and --endpoint, both are on the page's own origin; with --nonce, scripts are
 * allowed by a nonce in place of their address.
 */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, join, relative, sep} from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';

import {cspDirectives, cspOf} from './csp.mjs';

/** Articles in the order of their paths, so that the same folder makes the same file. */
export function indexFolder(folder, template) {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && /\.(md|markdown)$/i.test(entry.name) && !/^(readme|_|\.)/i.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
    .filter((path) => !path.some((part) => part.startsWith('.')))
    .sort((a, b) => (a.join('/') < b.join('/') ? -1 : 1));
  if (files.length === 0) throw new Error(`There is no Markdown article in ${folder}.`);
  return {
    version: 1,
    articles: files.flatMap((path) => indexArticle(path, readFileSync(join(folder, ...path), 'utf8'), template)),
  };
}

/** The sections of one article. @param path its place below the folder */
export function indexArticle(path, file, template) {
  const [fields, whole] = frontMatter(file);
  const folder = path.length > 1 && /^[a-z]{2}(-[a-z]{2})?$/i.test(path[0]) ? path[0] : undefined;
  const lang = (folder ?? fields.lang)?.toLowerCase();
  const slug = fields.slug ?? basename(path.at(-1)).replace(/\.\w+$/, '');
  const heading = /^# +(.+?) *#*$/m.exec(whole);
  const title = fields.title ?? heading?.[1] ?? slug;
  const place = {lang: lang ?? '', slug: encodeURIComponent(slug)};
  const url = fields.url ?? template?.replace(/\{(lang|slug)\}/g, (_, name) => place[name]);
  const article = {title, url: url && /^https?:/.test(url) ? url : undefined, updated: fields.updated, lang};
  // A first-level heading says what the title says.
  const body = heading ? whole.replace(heading[0], '') : whole;
  return sections(body).map(({heading, text}) => ({...article, heading, text}));
}

/** Cut at the headings of the second level, but not at those in code. */
function sections(body) {
  const found = [{heading: undefined, lines: []}];
  let fence;
  for (const line of body.split('\n')) {
    const [, marks] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (marks && !fence) fence = marks;
    else if (marks && marks.startsWith(fence)) fence = undefined;
    const heading = fence ? undefined : /^## +(.+?) *#*$/.exec(line)?.[1];
    if (heading) found.push({heading, lines: []});
    else found.at(-1).lines.push(line);
  }
  return found
    .map(({heading, lines}) => ({heading, text: plainLinks(lines.join('\n')).trim()}))
    .filter(({text}) => text);
}

/** Links between files lead nowhere in a chat, and images are not shown: their words stay. */
const plainLinks = (markdown) =>
  markdown.replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\[([^\]]+)\]\((?!https?:|mailto:|tel:)[^()\s]+\)/g, '$1');

/** `key: value` lines between two `---`: as much of YAML as articles need. */
function frontMatter(file) {
  const text = file
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .normalize('NFC');
  const head = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(text);
  const lines = (head?.[1] ?? '').matchAll(/^([\w-]+): *(.+?) *$/gm);
  const fields = [...lines].map(([, key, value]) => [key.toLowerCase(), value.replace(/^(["'])(.*)\1$/, '$2')]);
  return [Object.fromEntries(fields), text.slice(head?.[0].length ?? 0)];
}

const usage = `Usage: tillit-chat index DIR [--out FILE] [--url TEMPLATE]
       tillit-chat csp [--script URL] [--endpoint URL] [--nonce NONCE] [--images ORIGIN]… [--html-terms] [--speech ORIGIN]…`;

function main() {
  const [command, ...args] = process.argv.slice(2);
  const commands = {index: printIndex, csp: printCsp};
  if (!Object.hasOwn(commands, command ?? '')) throw new Error(usage);
  commands[command](args);
}

function printCsp(args) {
  const {values} = parseArgs({
    args,
    options: {
      script: {type: 'string'},
      endpoint: {type: 'string'},
      nonce: {type: 'string'},
      images: {type: 'string', multiple: true},
      'html-terms': {type: 'boolean'},
      speech: {type: 'string', multiple: true},
    },
  });
  const {'html-terms': htmlTerms, ...rest} = values;
  const setup = {...rest, htmlTerms};
  const header = cspOf(setup);
  console.log(`Content-Security-Policy: ${header}`);
  const lines = cspDirectives(setup).map(({name, why}) => `${name.padEnd(26)} ${why}`);
  if (setup.speech) lines.push('', 'A page that limits its features also says: Permissions-Policy: microphone=(self)');
  console.error(['', ...lines].join('\n'));
}

function printIndex(args) {
  const {values, positionals} = parseArgs({
    args,
    allowPositionals: true,
    options: {out: {type: 'string'}, url: {type: 'string'}},
  });
  const [folder] = positionals;
  if (!folder) throw new Error(usage);
  const index = indexFolder(folder, values.url);
  const json = `${JSON.stringify(index)}\n`;
  if (!values.out) return process.stdout.write(json);
  writeFileSync(values.out, json);
  console.error(`${index.articles.length} sections, ${Buffer.byteLength(json)} bytes: ${values.out}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
