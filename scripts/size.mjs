/*
 * What a page must download, minified and compressed with brotli, against the budgets. Measures the built files of
 * dist/cdn, each compressed alone, as a server sends them.
 *
 *   npm run size                  a table; exit code 1 over a budget
 *   npm run size -- --json        the same as JSON
 *   npm run size -- --record      keeps the sizes as those of this version: the next release is measured against them
 *   npm run size -- --modules     what each file is made of, largest first
 */
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync, constants} from 'node:zlib';

import {build, transform} from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const script = 'tillit-chat.js';

/**
 * Kilobytes are 1000 bytes. The goal is 28 for `open` and 60 for `all`: pins for every file, commands, modes and 28 languages
 * have taken them over it, and what is held here is that it gets no worse.
 */
const budgets = {
  script: 3,
  open: 28.9,
  css: 6,
  all: 62.5,
  privacy: 15,
  pack: 3,
  locale: 4,
  more: 2,
  readers: 2,
  adapter: 3,
};

/** A page that uses one of these loads it instead of the native transport, over the same readers. */
const adapters = [
  'ag-ui', //
  'ai-chat',
  'ai-sdk',
  'copilot-studio',
  'direct-line',
  'json',
  'local',
  'openai',
  'websocket',
];

/** From bytes to events: server-sent events, JSON lines, JSON frames, whole bodies, the life of a call, the rules of a stream. */
const readers = ['body', 'call', 'json-frames', 'ndjson', 'sse', 'stream'];

/** Counted once, not again for each adapter: what at least two of them use. */
const sharedReaders = [
  'activities',
  'body',
  'calls',
  'cards',
  'clock',
  'fields',
  'foreign-codes',
  'json-frames',
  'json-streams',
  'mailbox',
  'named-data',
  'parse-event',
  'parse-source',
  'problem',
  'request',
  'socket',
  'sse',
  'stream',
  'stream-error',
];

/**
 * Sources whose chunks are counted apart: speech, the sanitiser that only terms in HTML need, images that are off unless a
 * vendor lists their origins, and the guard with what shows its findings, which has a budget of its own.
 */
const otherThanText = [
  /^src\/speech\//,
  /^src\/elements\/safe-html\.ts$/,
  /^src\/elements\/answer-image\.ts$/,
  /^src\/privacy\//,
  /^src\/elements\/findings\.ts$/,
];

/** Sources a text conversation cannot reach without leaving it; their chunks have a row of their own. */
const outsideConversation = [
  /^src\/(commands|elements\/complaint|i18n\/other-catalogs)\.ts$/,
  // The pins of all of these.
  /^src\/pinned\/table$/,
  /^src\/storage\/tabs\.ts$/,
  /^src\/answer\/copied-answer\.ts$/,
  /^src\/transports\/rare-calls\.ts$/,
  /^src\/core\/(handover|rights)\.ts$/,
  /^src\/elements\/(conversation-rating|conveniences|frame|teaser|menu|offline|situation|suspension|your-data|terms-more|purposes)\.ts$/,
  /^src\/controllers\/sheet\.ts$/,
  /^src\/theme\/check-theme\.ts$/,
];

/** What a person sees until a question is typed. Counted whether or not it loads lazily. */
const firstScreens = /^src\/elements\/(tillit-chat|terms|welcome|composer)\.ts$/;

const read = (path) => readFileSync(`${root}/${path}`);
if (!existsSync(`${root}/dist/cdn/${script}`) || !existsSync(`${root}/.cache/chunks.json`)) {
  console.error('There is no build to measure: run npm run build.');
  process.exit(1);
}
const chunks = JSON.parse(read('.cache/chunks.json'));

const compressed = (bytes) =>
  brotliCompressSync(bytes, {
    params: {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length},
  }).length;
const sizes = Object.fromEntries(Object.keys(chunks).map((file) => [file, compressed(read(`dist/cdn/${file}`))]));
const sum = (files) => [...files].reduce((total, file) => total + sizes[file], 0);

/** A catalog comes in parts, each a chunk: what the guard says is counted with the guard, and what a text conversation does without by itself. */
const partOf = (file) => /^locales\/([\w-]+)\.(first|rest|guard|more)$/.exec(chunks[file].facade ?? '');
const catalogs = new Map();
for (const file of Object.keys(chunks).filter(partOf)) {
  const [, locale, part] = partOf(file);
  catalogs.set(locale, {...catalogs.get(locale), [part]: file});
}
const locales = new Map([...catalogs].map(([locale, {first, rest}]) => [locale, [first, rest]]));
/** The language of the source. Each language has a budget of its own, and all but two load the ways to their catalogs too. */
const oneLocale = locales.get('sv');
const firstPart = oneLocale.slice(0, 1);
const ways = Object.keys(chunks).filter((file) => chunks[file].facade === 'src/i18n/other-catalogs.ts');
const [largestMore] = [...catalogs].toSorted(([, a], [, b]) => sizes[b.more] - sizes[a.more]);
const isFrom = (file, sources) => sources.some((source) => source.test(chunks[file].facade ?? ''));
const isMeant = (file) => !partOf(file) && !isFrom(file, [...otherThanText, ...outsideConversation]);

/** Everything that loading these files loads: `follow` says which links of a chunk are taken. */
function reachable(files, follow) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    follow(chunks[file]).forEach(visit);
  };
  files.forEach(visit);
  return found;
}
const statically = ({imports}) => imports;
const holds = (file, source) => chunks[file].modules.some(({id}) => source.test(id));
const always = reachable([script], statically);
// What the script itself asks for when a person means to open the chat, what is then on screen, and the language of it.
const opened = [...always].flatMap((file) => chunks[file].dynamicImports).filter(isMeant);
const onScreen = Object.keys(chunks).filter((file) => !always.has(file) && holds(file, firstScreens));
const untilOpen = reachable([script, ...opened, ...onScreen, ...firstPart], statically);
const everything = reachable([...untilOpen, ...oneLocale], ({imports, dynamicImports}) => [
  ...imports,
  ...dynamicImports.filter(isMeant),
]);

const extras = Object.keys(chunks).filter((file) => isFrom(file, outsideConversation));
const guardSources = ['src/privacy/guard.ts', 'src/elements/findings.ts'];
const guard = Object.keys(chunks).filter((file) => guardSources.includes(chunks[file].facade));
if (guard.length < 2) throw new Error(`The build has no chunks for the guard: ${guardSources.join(', ')}.`);

/** One module alone, as one who uses it and nothing else gets it. */
const bundled = (entry, plugins) => bundle(`export * from './${entry}';`, plugins);

/** What a bundler makes of this module. Packages stay out: their sizes are their own. */
async function bundle(contents, plugins = []) {
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: root},
    packages: 'external',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    plugins,
  });
  return outputFiles[0].contents;
}

/** Modules of src/transports in one bundle, each with all that it exports. */
const together = async (names) =>
  compressed(await bundle(names.map((name, n) => `export * as part${n} from './src/transports/${name}.ts';`).join('')));

/** What an adapter adds to what it shares with the others. */
const adapterBytes = async (name) => (await together([...sharedReaders, name])) - (await together(sharedReaders));

const packFolder = 'src/privacy/packs';
const packs = await Promise.all(
  readdirSync(`${root}/${packFolder}`).map(async (file) => ({
    name: file.replace(/\.ts$/, ''),
    bytes: compressed(await bundled(`${packFolder}/${file}`)),
  })),
);
const largestPack = packs.reduce((largest, pack) => (pack.bytes > largest.bytes ? pack : largest));

/** The chunks of the packs that a locale asks for: what src/privacy/load-packs.ts says, run with packs that only have a name. */
async function packChunks() {
  const onlyNames = {
    name: 'only-names',
    setup({onLoad}) {
      onLoad({filter: /[\\/]privacy[\\/]packs[\\/]/}, ({path}) => ({
        contents: `export const pack = ${JSON.stringify(path.match(/([\w-]+)\.ts$/)[1])};`,
      }));
    },
  };
  const code = Buffer.from(await bundled('src/privacy/load-packs.ts', [onlyNames])).toString('base64');
  const {loadPacks} = await import(`data:text/javascript;base64,${code}`);
  return async (locale) => {
    const facades = (await loadPacks([locale])).map((name) => `${packFolder}/${name}.ts`);
    return Object.keys(chunks).filter((file) => facades.includes(chunks[file].facade));
  };
}

/** Everything with the guard and the locale's packs, in the locale that makes the most of it. */
async function withGuard() {
  const packsOf = await packChunks();
  const rest = [...everything].filter((file) => !partOf(file));
  const each = await Promise.all(
    [...locales].map(async ([locale, said]) => {
      const files = [...said, catalogs.get(locale).guard];
      const packs = await packsOf(locale);
      const found = [...reachable([...rest, ...files, ...guard, ...packs], statically)];
      return {
        budget: budgets.all + budgets.privacy + packs.length * budgets.pack,
        bytes: sum(found),
        files: found.filter((file) => !rest.includes(file)),
      };
    }),
  );
  return each.reduce((largest, one) => (one.bytes > largest.bytes ? one : largest));
}

/** The sheets of the first view, as they are sent: the templates of the sources that are then on screen. */
const firstSheets =
  /^src\/(theme\/(tokens|base|panel|launcher)|elements\/(tillit-chat|terms|welcome|composer|menu))\.ts$/;
async function firstCss() {
  const sources = [...new Set([...untilOpen].flatMap((file) => chunks[file].modules.map(({id}) => id)))].filter((id) =>
    firstSheets.test(id),
  );
  const sheets = await Promise.all(
    sources.map(async (file) => {
      const source = read(file).toString();
      const css = [...source.matchAll(/(?:css|launcherCss = )`([^`]*)`/g)].map(([, sheet]) =>
        sheet.replaceAll('\\\\', '\\'),
      );
      return (await transform(css.join('\n'), {loader: 'css', minify: true})).code;
    }),
  );
  return compressed(Buffer.from(sheets.join('')));
}

const rows = [
  {name: 'script', what: 'the pasted script, until the chat is opened', bytes: sum(always), files: [...always]},
  {name: 'open', what: 'until terms are accepted and a question typed', bytes: sum(untilOpen), files: [...untilOpen]},
  {name: 'css', what: 'the sheets in it', bytes: await firstCss(), files: []},
  {name: 'all', what: 'all a text conversation can load, one locale', bytes: sum(everything), files: [...everything]},
  {
    name: 'with guard',
    what: "the same with the guard and the locale's packs, which come with the first key",
    ...(await withGuard()),
  },
  {name: 'privacy', what: 'the guard alone', bytes: compressed(await bundled('src/privacy/index.ts')), files: []},
  {name: 'pack', what: `the largest of the guard's packs, ${largestPack.name}`, bytes: largestPack.bytes, files: []},
  ...(extras.length > 0
    ? [{name: 'extras', budget: Infinity, what: 'what leads out of a conversation', bytes: sum(extras), files: extras}]
    : []),
  ...[...catalogs].map(([locale, {first, rest, guard}]) => ({
    name: `locale ${locale}`,
    budget: budgets.locale,
    what: "its messages, with the guard's",
    bytes: sum([first, rest, guard]),
    files: [first, rest, guard],
  })),
  {
    name: 'ways',
    budget: 2,
    what: 'where the catalogs are, for languages other than sv and en',
    bytes: sum(ways),
    files: ways,
  },
  {
    name: 'more',
    what: `the messages a text conversation does without, at most: ${largestMore[0]}`,
    bytes: sizes[largestMore[1].more],
    files: [largestMore[1].more],
  },
  {
    name: 'readers',
    what: 'from bytes to events, in every adapter that streams',
    bytes: await together(readers),
    files: [],
  },
  {
    name: 'shared',
    budget: Infinity,
    what: 'all that two adapters or more have in common: these, requests, errors, fields, activities, sockets',
    bytes: await together(sharedReaders),
    files: [],
  },
  ...(await Promise.all(
    adapters.map(async (name) => ({
      name,
      budget: budgets.adapter,
      what: 'this adapter, over what all of them share',
      bytes: await adapterBytes(name),
      files: [],
    })),
  )),
].map(({name, budget = budgets[name], ...row}) => ({name, budgetBytes: budget * 1000, ...row}));

/** A page that pastes the script never loads one: whoever sets a transport has a bundler. */
const isAdapter = new RegExp(`^src/transports/(${adapters.join('|')})\\.ts$`);
const strays = Object.keys(chunks).filter((file) => holds(file, isAdapter));
if (strays.length > 0) {
  console.error(`The pasted script loads an adapter: ${strays.join(', ')}.`);
  process.exit(1);
}

/** What each release weighed, oldest first. */
const releases = JSON.parse(read('scripts/sizes.json'));
if (process.argv.includes('--record')) {
  const {version} = JSON.parse(read('package.json'));
  const bytes = Object.fromEntries(rows.map(({name, bytes}) => [name, bytes]));
  const others = releases.filter((release) => release.version !== version);
  writeFileSync(`${root}/scripts/sizes.json`, `${JSON.stringify([...others, {version, bytes}], null, 2)}\n`);
}
const last = releases.at(-1);

const over = rows.filter(({bytes, budgetBytes}) => bytes > budgetBytes);
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({unit: 'bytes, minified, brotli', rows, files: sizes}, null, 2));
} else {
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(2)} kB`.padStart(9);
  const difference = (name, bytes) => {
    const before = last?.bytes[name];
    if (before === undefined) return last ? 'new' : '';
    return before === bytes ? '=' : `${bytes > before ? '+' : '−'}${(Math.abs(bytes - before) / 1000).toFixed(2)}`;
  };
  if (last) console.log(`${' '.repeat(36)}since ${last.version}`);
  for (const {name, what, bytes, budgetBytes} of rows) {
    const verdict = bytes > budgetBytes ? `OVER by ${kilobytes(bytes - budgetBytes).trim()}` : '';
    console.log(
      `${name.padEnd(11)} ${kilobytes(bytes)} of ${kilobytes(budgetBytes)} ${difference(name, bytes).padStart(7)}  ${what} ${verdict}`.trimEnd(),
    );
  }
  if (process.argv.includes('--modules')) printModules();
}
process.exit(over.length > 0 ? 1 : 0);

function printModules() {
  for (const file of everything) {
    console.log(`\n${file}: ${sizes[file]} bytes, from (characters before minification)`);
    const modules = chunks[file].modules.toSorted((a, b) => b.chars - a.chars);
    for (const {id, chars} of modules)
      console.log(`${String(chars).padStart(8)}  ${id.replace(/^.*node_modules\//, '')}`);
  }
}
