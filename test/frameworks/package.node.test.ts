/** What would be published: every file of it, and that it works where nothing else is installed. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {before, describe, it, type TestContext} from 'node:test';

import {emptyProject, install, pack, root, run, type Packed} from './packed.js';

let packed: Packed;
before(async () => {
  packed = await pack();
});

type Target = string | {readonly types: string; readonly node?: string; readonly default: string};
const {version, exports, dependencies, bin} = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  version: string;
  exports: Readonly<Record<string, Target>>;
  dependencies: Readonly<Record<string, string>>;
  bin: Readonly<Record<string, string>>;
};

describe('the archive', () => {
  /** Everything there may be in it. What is not named here is not published. */
  const named = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'bin/csp.mjs',
    'bin/tillit-chat.mjs',
    'custom-elements.json',
    'dist/cdn/latest.js',
    'dist/cdn/licenses.md',
    'dist/cdn/sri.json',
    `dist/cdn/tillit-chat-${version}.classic.js`,
    `dist/cdn/tillit-chat-${version}.js`,
    'dist/cdn/tillit-chat.classic.js',
    'dist/cdn/tillit-chat.js',
    'package.json',
    'vscode.css-custom-data.json',
    'vscode.html-custom-data.json',
    'web-types.json',
  ];
  const families = [
    /^dist\/cdn\/chunks\/([\w-]+-[\w-]{8}|[\w-]{43})\.js$/,
    /^dist\/npm\/(chunks\/|transports\/|privacy\/(packs\/)?|testing\/)?[\w-]+\.js(\.map)?$/,
    /^dist\/types\/([\w-]+\/){0,2}[\w.-]+\.d\.ts$/,
    /^locales\/[\w-]+\.json$/,
  ];

  it('has the files that are named, and of each family some, and nothing else', () => {
    const paths = packed.files.map(({path}) => path);
    assert.deepEqual(paths.filter((path) => !families.some((family) => family.test(path))).sort(), named);
    for (const family of families) assert.ok(paths.some((path) => family.test(path)));
  });

  it('has what package.json names', () => {
    const paths = new Set(packed.files.map(({path}) => `./${path}`));
    const targets = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [target] : [target.types, target.node ?? target.default, target.default],
    );
    const missing = [...targets, ...Object.values(bin).map((path) => `./${path}`)]
      .filter((path) => !path.includes('*'))
      .filter((path) => !paths.has(path));
    assert.deepEqual(missing, []);
  });

  it('tells of no source but the package’s own', () => {
    const maps = packed.files.filter(({path}) => path.endsWith('.map'));
    const sources = maps.flatMap(({path}) => {
      const {sources} = JSON.parse(readFileSync(root + path, 'utf8')) as {sources: string[]};
      return sources.map((source) => join(path, '..', source).replaceAll('\\', '/'));
    });
    assert.ok(maps.length > 0);
    assert.deepEqual(
      sources.filter((path) => !/^(src|locales)\//.test(path)),
      [],
    );
  });

  it('is small', () => {
    // Every language is in it three times: for who imports, for who pastes, and as the catalog it is made from.
    assert.ok(packed.size < 1_600_000, `${packed.size} bytes packed`);
    const unpacked = packed.files.reduce((sum, {size}) => sum + size, 0);
    assert.ok(unpacked < 5_200_000, `${unpacked} bytes unpacked`);
  });

  it('begins what React’s server components must not run with the words that say so', () => {
    assert.match(readFileSync(`${root}dist/npm/react.js`, 'utf8'), /^["']use client["'];/);
  });
});

describe('a project with nothing but the package', () => {
  let project: string;
  let unreachable: string | undefined;
  before(async () => {
    project = await emptyProject();
    unreachable = await install(project, 'install', packed.tarball);
  });

  function inProject(name: string, test: () => Promise<void>) {
    it(name, async (context: TestContext) => {
      if (unreachable === undefined) await test();
      else context.skip(unreachable);
    });
  }

  inProject('gets the four dependencies, and no framework', async () => {
    const lock = JSON.parse(readFileSync(join(project, 'node_modules/.package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>;
    };
    const installed = Object.keys(lock.packages).map((path) => path.replace('node_modules/', ''));
    for (const name of Object.keys(dependencies)) assert.ok(installed.includes(name), name);
    assert.deepEqual(
      installed.filter((name) => /^(react|vue|svelte|@angular)/.test(name)),
      [],
    );
  });

  inProject('imports every entry in Node, where there is no page, and leaves there only what Lit leaves', async () => {
    // React is the project's own to install; a pattern stands for files that others test.
    const entries = Object.entries(exports)
      .filter(([name, target]) => typeof target !== 'string' && !name.includes('*') && name !== './react')
      .map(([name]) => name.replace('.', 'tillit-chat'));
    assert.ok(entries.includes('tillit-chat/define'));
    const output = await run(
      project,
      process.execPath,
      '--input-type=module',
      '--eval',
      `const before = Object.getOwnPropertyNames(globalThis);
       for (const name of ${JSON.stringify(entries)}) await import(name);
       const {TillitChat, createChat} = await import('tillit-chat');
       const after = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
       console.log(JSON.stringify([after.sort(), typeof TillitChat, typeof createChat, typeof document]));`,
    );
    assert.deepEqual(JSON.parse(output), [litsOwn, 'function', 'function', 'undefined']);
  });

  inProject('runs the command', async () => {
    await writeFile(join(project, 'articles.md'), '# Pay slips\n\nOpen **Pay**.');
    const script = join(project, 'node_modules/tillit-chat', bin['tillit-chat']!);
    const index = await run(project, process.execPath, script, 'index', '.');
    assert.match(index, /"title":\s*"Pay slips"/);
  });

  for (const [resolution, module] of [
    ['Bundler', 'ESNext'],
    ['NodeNext', 'NodeNext'],
  ] as const) {
    inProject(`has types for all of it: ${resolution}`, async () => {
      const compilerOptions = {
        ...{strict: true, noEmit: true, target: 'ES2022', types: [], lib: ['ES2023', 'DOM', 'DOM.Iterable']},
        ...{module, moduleResolution: resolution},
      };
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      // Each alone, since what one imports would help the other.
      for (const [name, text] of Object.entries({consumer, onlyDefined})) {
        await writeFile(join(project, `${name}.ts`), text);
        await writeFile(join(project, 'tsconfig.json'), JSON.stringify({compilerOptions, files: [`${name}.ts`]}));
        await run(project, process.execPath, tsc);
      }
    });
  }
});

/** Lit's build for Node puts a registry there, which no page sees, and notes by which a second Lit is noticed. */
const litsOwn = [
  'customElements',
  'litElementVersions',
  'litHtmlVersions',
  'litPropertyMetadata',
  'litServerRoot',
  'reactiveElementVersions',
];

/** Everything a vendor may write of types, with the declarations themselves checked: no `skipLibCheck`. */
const consumer = `
import {createChat, defineElements, httpTransport, TillitChat, type TillitEvents, type TillitProperties} from 'tillit-chat';
import {findPii, mask, type ScreenedText} from 'tillit-chat/privacy';
import {loadPacks} from 'tillit-chat/privacy/packs';
import {pack} from 'tillit-chat/privacy/packs/de';
import {ruleCatalog} from 'tillit-chat/privacy/catalog';
import {compose, failover} from 'tillit-chat/transports';
import {openaiTransport} from 'tillit-chat/transports/openai';
import {acceptTerms, scriptedTransport} from 'tillit-chat/testing';

const chat: TillitChat = document.createElement('tillit-chat');
chat.transport = httpTransport({endpoint: '/api', getToken: async ({reason}) => reason});
chat.mode = 'inline';
// @ts-expect-error -- no such mode
chat.mode = 'popup';
chat.addEventListener('tillit-answer', ({detail}) => {
  const outcome: 'done' | 'stopped' | 'failed' = detail.outcome;
  // @ts-expect-error -- what a person wrote is in no event
  detail.question;
  return outcome;
});
document.querySelector('tillit-chat')?.show();
const properties: TillitProperties = {ticketUrl: '/help', staleAfterDays: 30};
// @ts-expect-error -- a method is no property
const wrong: TillitProperties = {show: () => {}};
const detail: TillitEvents['tillit-rate'] = {turnId: 't', score: 4};
// @ts-expect-error -- only the guard makes screened text
const screened: ScreenedText = 'x';
export {createChat, defineElements, findPii, mask, loadPacks, pack, ruleCatalog, compose, failover, openaiTransport,
  acceptTerms, scriptedTransport, properties, wrong, detail, screened};
`;

/** With the import that registers, and no other. */
const onlyDefined = `
import 'tillit-chat/define';
document.querySelector('tillit-chat')!.ask('x').then((outcome) => outcome?.asked);
document.addEventListener('click', () => {});
document.body.addEventListener('tillit-ticket', ({detail}) => detail.ticketId.length);
// @ts-expect-error -- the tag is known, and so is what it lacks
document.createElement('tillit-chat').nothing;
`;
