/*
 * The public API as one readable page, scripts/tillit-chat.api.md: what each export of the package names, and every
 * declaration behind it. A change of it is seen in review, and `npm run release:check` fails until the page is written anew,
 * which is how a change is acknowledged.
 *
 *   node scripts/api.mjs            writes the page from dist/types; run npm run build before
 *   node scripts/api.mjs --check    exit code 1 where the page is not what dist/types says
 *
 * Our own and not api-extractor, which takes one entry at a time and has no patterns: the twenty entries share most of
 * their types, and each would be told twenty times.
 */
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url)).replaceAll('\\', '/');
const page = `${root}scripts/tillit-chat.api.md`;
const own = `${root}dist/types/`;

/** Name of an export → file with its declarations. */
function entries() {
  const {exports} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  return Object.entries(exports).flatMap(([name, target]) => {
    const types = target.types?.replace('./', root);
    if (!types) return [];
    const [folder, ending] = types.split('*');
    const stems = ending === undefined ? [''] : readdirSync(folder).filter((file) => file.endsWith(ending));
    return stems.map((file) => [
      name.replace(/^\./, 'tillit-chat').replace('*', file.replace('.d.ts', '')),
      types.replace('*.d.ts', file),
    ]);
  });
}

/** Everything exported, and every declaration of ours that those lead to. */
function read(all) {
  const program = ts.createProgram(
    all.map(([, file]) => file),
    {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
      skipLibCheck: true,
    },
  );
  const checker = program.getTypeChecker();
  const declarations = new Map();
  const resolved = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  const isOurs = (node) => node.getSourceFile().fileName.startsWith(own);

  const add = (symbol) => {
    if (declarations.has(symbol)) return;
    const nodes = (symbol.declarations ?? []).filter(isOurs).map(statementOf).filter(Boolean);
    if (nodes.length === 0) return;
    declarations.set(symbol, nodes);
    nodes.forEach(follow);
  };
  const follow = (node) => {
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      if (symbol) {
        const target = resolved(symbol);
        // A member is told with what it is a member of.
        if (
          target.declarations?.some(
            (declaration) =>
              isOurs(declaration) &&
              statementOf(declaration)?.parent === declaration.getSourceFile() &&
              isTop(declaration),
          )
        )
          add(target);
      }
    }
    ts.forEachChild(node, follow);
  };

  const exported = all.map(([name, file]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file));
    const symbols = module ? checker.getExportsOfModule(module) : [];
    symbols.map(resolved).forEach(add);
    return [name, symbols.map(({name}) => name).sort()];
  });
  return {exported, declarations};
}

/** Whether it is declared by a statement of the file, and not inside of another declaration. */
const isTop = (node) => ts.isSourceFile(node.parent) || ts.isVariableDeclaration(node);

function statementOf(node) {
  while (node && !ts.isStatement(node)) node = node.parent;
  return node && !ts.isExportDeclaration(node) && !ts.isImportDeclaration(node) ? node : undefined;
}

const printer = ts.createPrinter({removeComments: true});

function written({exported, declarations}) {
  const text = (node) =>
    printer
      .printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())
      .replace(/^export (?:declare )?|^declare /, '')
      // A class's private parts are no promise.
      .replace(/^ *(?:private [^;]+|#private);\n/gm, '');
  const lines = [...new Set([...declarations.values()].flat().map(text))].sort((a, b) => (a < b ? -1 : 1));
  return [
    '# API of tillit-chat',
    '',
    'Written by `npm run api` from the declarations. A change here is a change for those who use the package: see CONTRIBUTING.md.',
    '',
    '## Exports',
    '',
    ...exported.map(([name, names]) => `- \`${name}\`: ${names.join(', ') || 'nothing; it registers the elements'}`),
    '',
    '## Declarations',
    '',
    '```ts',
    lines.join('\n\n'),
    '```',
    '',
  ].join('\n');
}

if (!existsSync(own)) {
  console.error('There are no declarations to read: run npm run build.');
  process.exit(1);
}
const now = written(read(entries()));
if (!process.argv.includes('--check')) {
  writeFileSync(page, now);
} else if (!existsSync(page) || readFileSync(page, 'utf8') !== now) {
  const before = new Set(existsSync(page) ? readFileSync(page, 'utf8').split('\n') : []);
  const after = new Set(now.split('\n'));
  for (const line of before) if (!after.has(line)) console.error(`- ${line}`);
  for (const line of after) if (!before.has(line)) console.error(`+ ${line}`);
  console.error('The API is another one than scripts/tillit-chat.api.md says. Where that is meant: npm run api.');
  process.exit(1);
}
