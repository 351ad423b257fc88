/**
 * Holds the architecture: who may import whom, which folders are plain computation, no import cycles, and what the
 * reference backend may use of the package. The table is the rule; change it on purpose, never around it.
 */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join, posix} from 'node:path';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import ts from 'typescript';

interface Layer {
  /** Other layers whose values and types it may import. */
  readonly imports?: readonly string[];
  /** Other layers of which it may import types only. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  /** No DOM, fetch, timer, clock or random: what it needs comes in by argument. */
  readonly isPure?: true;
}

/** Stands for the specifier of an `import()` that is computed, and so could be anything. */
const computed = '(computed)';

/** A folder of src, or a file that lies in src itself. `locales` are the catalogs. */
const layers: Readonly<Record<string, Layer>> = {
  core: {types: ['privacy'], isPure: true},
  privacy: {isPure: true},
  answer: {types: ['core'], packages: ['marked'], isPure: true},
  theme: {packages: ['lit']},
  i18n: {imports: ['core', 'locales']},
  storage: {imports: ['core']},
  // One sentence, which `failover` says.
  transports: {imports: ['core', 'i18n'], packages: ['minisearch']},
  speech: {imports: ['core']},
  controllers: {imports: ['core', 'i18n'], packages: ['lit']},
  elements: {
    imports: [
      'core',
      'privacy',
      'answer',
      'theme',
      'i18n',
      'storage',
      'transports',
      'speech',
      'controllers',
      'headless.ts',
      'wiring.ts',
      'version.ts',
    ],
    packages: ['lit', 'dompurify'],
  },
  testing: {imports: ['core', 'storage'], types: ['privacy']},
  react: {imports: ['elements'], packages: ['react']},

  'wiring.ts': {imports: ['core', 'storage'], types: ['privacy']},
  'headless.ts': {imports: ['core', 'privacy', 'storage', 'wiring.ts'], types: ['transports']},
  'index.ts': {
    imports: ['elements', 'headless.ts', 'transports'],
    types: ['core', 'privacy', 'i18n', 'answer'],
    packages: ['lit'],
  },
  // Whose types are its users'.
  'vue.ts': {types: ['elements'], packages: ['vue']},
  'svelte.ts': {types: ['elements']},
  'define.ts': {imports: ['elements'], packages: ['lit']},
  'analytics.ts': {types: ['elements'], packages: ['lit']},
  'script-tag.ts': {imports: ['elements', 'i18n', 'theme', 'commands.ts', 'version.ts']},
  'commands.ts': {imports: ['elements']},
  'version.ts': {imports: ['package.json']},
  // What the build puts in the place of every `import()`: an address that only the page knows.
  pinned: {packages: [computed]},
};

/** What the reference backend may use of the package it serves. */
const backendMayImport = ['tillit-chat/core', 'tillit-chat/privacy', 'tillit-chat/privacy/packs'];

/** Declared with the DOM, but every runtime we name has them, and they neither wait, fetch nor look at a page. */
const universal = new Set([
  'AbortController',
  'AbortSignal',
  'DOMException',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
]);

/** Path from the project's root, with `/`, and text. */
type Sources = ReadonlyMap<string, string>;

interface Import {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

const parse = (path: string, text: string) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);

/** Every import in a file: static, `export … from`, `import()` as a call and as a type. */
function importsOf(path: string, text: string): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean) => {
    if (!specifier) return;
    found.push({specifier: ts.isStringLiteralLike(specifier) ? specifier.text : computed, isTypeOnly});
  };
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node)) {
      // `import {type A}` leaves an `import {}` in the output, so only `import type` counts as types only.
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return found;
}

const isRelative = (specifier: string) => /^\.\.?(\/|$)/.test(specifier);

/** `lit/directives/repeat.js` → `lit`. */
const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0];

/** The source file a relative import means. */
const targetOf = (from: string, specifier: string) =>
  posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');

const layerOf = (path: string) =>
  path === 'package.json' ? path : path.startsWith('locales/') ? 'locales' : path.split('/')[1]!;

function forbiddenImports(sources: Sources): string[] {
  const problems: string[] = [];
  for (const [path, text] of sources) {
    const name = layerOf(path);
    const layer = layers[name];
    if (!layer) {
      problems.push(`${path}: "${name}" is not in the table of layers`);
      continue;
    }
    for (const {specifier, isTypeOnly} of importsOf(path, text)) {
      const isAllowed = isRelative(specifier)
        ? mayImport(name, layer, layerOf(targetOf(path, specifier)), isTypeOnly)
        : layer.packages?.includes(packageOf(specifier));
      if (!isAllowed) problems.push(`${path} imports ${isTypeOnly ? 'types of ' : ''}${specifier}`);
    }
  }
  return problems;
}

const mayImport = (name: string, layer: Layer, target: string, isTypeOnly: boolean) =>
  target === name || layer.imports?.includes(target) || (isTypeOnly && layer.types?.includes(target));

/** The cycles there are, each as the path from a file back to itself. Types count: a cycle of types is one idea too. */
function cycles(sources: Sources): string[] {
  const links = new Map(
    [...sources].map(([path, text]) => [
      path,
      importsOf(path, text)
        .filter(({specifier}) => isRelative(specifier))
        .map(({specifier}) => targetOf(path, specifier)),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const target of links.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of links.keys()) walk(path, []);
  return found;
}

/** Where a pure layer touches the page, the network, a timer, the clock or chance. */
function impurities(sources: Sources): string[] {
  const pure = new Map([...sources].filter(([path]) => layers[layerOf(path)]?.isPure));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    noResolve: true,
  };
  const disk = ts.createCompilerHost(options, true);
  const program = ts.createProgram([...pure.keys()], options, {
    ...disk,
    getSourceFile: (path, ...rest) =>
      pure.has(path) ? parse(path, pure.get(path)!) : disk.getSourceFile(path, ...rest),
  });
  const checker = program.getTypeChecker();
  const problems: string[] = [];

  const isOfThePage = (symbol: ts.Symbol | undefined) =>
    Boolean(symbol?.declarations?.length) &&
    symbol!.declarations!.every((declaration) => /\/lib\.dom\b.*\.d\.ts$/.test(declaration.getSourceFile().fileName));

  const isImpure = (node: ts.Identifier): boolean => {
    const {parent} = node;
    const isShorthand = ts.isShorthandPropertyAssignment(parent);
    // The name of a property or a declaration is not the global of that name.
    if (!isShorthand && 'name' in parent && parent.name === node) return false;
    if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
    if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
    if (node.text === 'globalThis') return true;
    const symbol = isShorthand ? checker.getShorthandAssignmentValueSymbol(parent) : checker.getSymbolAtLocation(node);
    if (isOfThePage(symbol)) return !universal.has(node.text);
    const isBuiltIn = symbol?.declarations?.some(({parent}) => ts.isSourceFile(parent) && parent.isDeclarationFile);
    if (!isBuiltIn) return false;
    const property = ts.isPropertyAccessExpression(parent) ? parent.name.text : undefined;
    // Both may be used for what they compute, and for nothing else, so that no alias of them gets away.
    if (node.text === 'Math') return property === undefined || property === 'random';
    if (node.text !== 'Date' || property === 'parse' || property === 'UTC') return false;
    return !(ts.isNewExpression(parent) && parent.arguments?.length);
  };

  for (const path of pure.keys()) {
    const source = program.getSourceFile(path)!;
    const visit = (node: ts.Node) => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
      if (ts.isIdentifier(node) && isImpure(node)) {
        const {line} = source.getLineAndCharacterOfPosition(node.getStart());
        problems.push(`${path}:${line + 1} uses ${node.parent.getText().split('\n')[0]}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return problems;
}

/** Relative imports must stay in the backend's folder; of the package, only its public entry points. */
function backendImports(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) =>
    importsOf(path, text)
      .filter(({specifier}) =>
        isRelative(specifier)
          ? !/^demo\/(backend|relays)\//.test(targetOf(path, specifier))
          : packageOf(specifier) === 'tillit-chat' && !backendMayImport.includes(specifier),
      )
      .map(({specifier}) => `${path} imports ${specifier}`),
  );
}

const root = fileURLToPath(new URL('..', import.meta.url));

function sourcesIn(folder: string): Sources {
  const files = readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

describe('the source', () => {
  const source = sourcesIn('src');

  it('is there', () => assert.ok(source.size > 0));
  it('imports only what its layer may', () => assert.deepEqual(forbiddenImports(source), []));
  it('has no import cycle', () => assert.deepEqual(cycles(source), []));
  it('computes in core, privacy and answer, and does nothing else there', () =>
    assert.deepEqual(impurities(source), []));
});

describe('the reference backend', () => {
  it('uses the package as a vendor would', () => assert.deepEqual(backendImports(sourcesIn('demo/backend')), []));
});

describe('the layer test itself', () => {
  const files = (...entries: readonly (readonly [path: string, text: string])[]) => new Map(entries);

  for (const [what, path, text] of [
    ['a value of another layer', 'src/core/a.ts', `import {b} from '../privacy/b.js'`],
    ['an inline type, which imports at run time', 'src/core/a.ts', `import {type B} from '../privacy/b.js'`],
    ['a re-export', 'src/privacy/a.ts', `export * from '../core/b.js'`],
    ['an import() in a function', 'src/core/a.ts', `const b = () => import('../i18n/b.js')`],
    ['an import() in a type', 'src/privacy/a.ts', `type B = import('../core/b.js').B`],
    ['an import() of who knows what', 'src/elements/a.ts', `const b = (name: string) => import(name)`],
    ['types where not even they are allowed', 'src/theme/a.ts', `import type {B} from '../core/b.js'`],
    ['an import for its side effect', 'src/elements/a.ts', `import '../define.js'`],
    ['a folder nobody may import', 'src/core/a.ts', `import '../elements/b.js'`],
    ['Lit outside of the view', 'src/core/a.ts', `import {html} from 'lit'`],
    ['a module of Lit', 'src/transports/a.ts', `import {repeat} from 'lit/directives/repeat.js'`],
    ['a folder that is not in the table', 'src/utils/a.ts', ''],
    ['a catalog outside of i18n', 'src/elements/a.ts', `import sv from '../../locales/sv.json'`],
  ] as const) {
    it(`refuses ${what}`, () => assert.equal(forbiddenImports(files([path, text])).length, 1));
  }

  for (const [what, path, text] of [
    ['types where they are allowed', 'src/core/a.ts', `import type {B} from '../privacy/b.js'`],
    ['the layer itself', 'src/privacy/rules/a.ts', `import {b} from '../b.js'`],
    ['the table', 'src/elements/a.ts', `import {b} from '../core/b.js'; import {html} from 'lit'`],
    [
      'text that only looks like an import',
      'src/core/a.ts',
      `const a = "import '../elements/b.js'" // import '../c.js'`,
    ],
  ] as const) {
    it(`allows ${what}`, () => assert.deepEqual(forbiddenImports(files([path, text])), []));
  }

  it('finds a cycle, and names its way', () => {
    const found = cycles(
      files(
        ['src/core/a.ts', `import type {B} from './b.js'`],
        ['src/core/b.ts', `export * from './c.js'`],
        ['src/core/c.ts', `const a = import('./a.js')`],
      ),
    );
    assert.deepEqual(found, ['src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts']);
  });

  it('does not call two ways to one file a cycle', () => {
    const found = cycles(
      files(
        ['src/core/a.ts', `import './b.js'; import './c.js'`],
        ['src/core/b.ts', `import './c.js'`],
        ['src/core/c.ts', ''],
      ),
    );
    assert.deepEqual(found, []);
  });

  const impure = [
    'document.title',
    'fetch("/a")',
    'setTimeout(() => {}, 1)',
    'crypto.randomUUID()',
    'console.log(1)',
    'localStorage.length',
    'globalThis.name',
    'Date.now()',
    'new Date()',
    'Date()',
    'Math.random()',
    'const {random} = Math',
    'const now = Date',
    'export const all = {fetch}',
    'performance.now()',
    'class A extends HTMLElement {}',
  ];
  const pure = [
    'new Date(0).toISOString()',
    'Date.parse("2026-01-01")',
    'Math.max(1, 2)',
    'new AbortController().abort()',
    'new URL("https://a.example")',
    'const a = {fetch: 1, document: 2}; a.fetch + a.document',
    'function f(fetch: () => void, document = 1) { fetch(); return document; }',
    'export function g(a: Document, b: typeof fetch) { return [a, b]; }',
    'export const {document: title} = {document: "a"}',
  ];
  it('finds what is not plain computation, once each', () => {
    const sources = files(...impure.map((text, n) => [`src/core/${n}.ts`, `export {}; ${text}`] as const));
    const found = impurities(sources).map((problem) => impure[Number(/(\d+)\.ts/.exec(problem)![1])]);
    assert.deepEqual(found, impure);
  });
  it('leaves plain computation alone', () => {
    const sources = files(...pure.map((text, n) => [`src/core/${n}.ts`, `export {}; ${text}`] as const));
    assert.deepEqual(impurities(sources), []);
  });

  it('keeps the backend out of the inside of the package', () => {
    const found = backendImports(
      files(
        ['demo/backend/a.ts', `import {screen} from 'tillit-chat/privacy'; import {x} from './store/b.js'`],
        ['demo/backend/b.ts', `import {find} from '../../src/privacy/find.js'`],
        ['demo/backend/c.ts', `import {TillitChat} from 'tillit-chat'`],
      ),
    );
    assert.deepEqual(found, [
      'demo/backend/b.ts imports ../../src/privacy/find.js',
      'demo/backend/c.ts imports tillit-chat',
    ]);
  });
});
