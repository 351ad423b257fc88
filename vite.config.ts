/**
 * The four builds, one per mode; scripts/build.mjs runs them in order.
 *
 * - `npm`: one ES module per entry of package.json's `exports`; dependencies stay imports, nothing is minified.
 * - `cdn`: the pasted module and its lazily loaded chunks, complete and small.
 * - `spa`: the demo application, on top of the npm build.
 * - `privacy`: the script of demo/privacy.html, likewise.
 */
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {posix} from 'node:path';
import {fileURLToPath} from 'node:url';

import {minifyHTMLLiterals} from 'minify-literals';
import {minify as terse} from 'terser';
import {defineConfig, minify, normalizePath, type Plugin, type Rolldown, type UserConfig} from 'vite';

import {markedLexer} from './scripts/marked-lexer.mjs';
import {pinChunks} from './scripts/pin-chunks.mjs';
import {partModule, type Part} from './src/i18n/catalog-parts.js';

const target = 'es2022';
const path = (name: string) => normalizePath(fileURLToPath(new URL(name, import.meta.url)));

interface PackageJson {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<
    Record<string, string | {readonly types: string; readonly node?: string; readonly default: string}>
  >;
}
const {dependencies, peerDependencies, exports} = JSON.parse(readFileSync(path('package.json'), 'utf8')) as PackageJson;

/**
 * Published name without `.js` → source file, both told by package.json, so that an export is added in one place. A `*`
 * stands for every file of a folder, as it does for Node.
 */
function npmEntries(): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const target of Object.values(exports)) {
    if (typeof target === 'string') continue;
    // What Node gets in its place stands in the source as it is published.
    const forNode = /^\.\/dist\/npm\/(.+)\.js$/.exec(target.node ?? '')?.[1];
    if (forNode !== undefined) entries[forNode] = path(`src/${forNode}.ts`);
    const name = /^\.\/dist\/npm\/(.+)\.js$/.exec(target.default)?.[1];
    const source = target.types.replace(/^\.\/dist\/types\/(.+)\.d\.ts$/, 'src/$1.ts');
    const [folder = '', isPattern] = source.split('/*.ts');
    const files = isPattern === undefined ? [source] : readdirSync(path(folder)).map((file) => `${folder}/${file}`);
    for (const file of files) {
      if (!name || !existsSync(path(file)))
        throw new Error(`package.json exports ${target.default}, but ${file} is missing.`);
      entries[name.replace('*', file.replace(/^.*\/|\.ts$/g, ''))] = path(file);
    }
  }
  return entries;
}

/** A dependency, or a module in it. */
const external = Object.keys({...dependencies, ...peerDependencies}).map((name) => new RegExp(`^${name}($|/)`));

/** Takes the white space and comments out of Lit's templates and sheets, which no JavaScript minifier touches. */
function minifyTemplates(): Plugin {
  return {
    name: 'tillit:minify-templates',
    enforce: 'post',
    transform: {
      filter: {id: /\/src\/.*\.ts(\?script)?$/, code: /\b(html|svg|css)`/},
      async handler(source, id) {
        const minified = await minifyHTMLLiterals(source, {fileName: id.replace(/\.ts\b.*$/, '.js')});
        if (!minified) return null;
        // A nested selector needs no sign before it, as it has none in the source.
        const code = minified.code.replace(/\bcss`[^`]*`/g, (sheet) =>
          sheet.replace(/(?<=[{},;])& (?=[.\w[:#*])/g, ''),
        );
        return {code, map: minified.map ?? null};
      },
    },
  };
}

/**
 * Minifies the chunks twice: what terser makes of what Oxc leaves is one in a hundred smaller than what either makes
 * alone.
 */
function minifyChunks(): Plugin {
  return {
    name: 'tillit:minify-chunks',
    async renderChunk(chunk, {fileName}) {
      const once = await minify(fileName, chunk, {module: true, sourcemap: true, compress: {target}});
      const {code = once.code, map} = await terse(once.code, {
        module: true,
        ecma: 2022,
        compress: {passes: 3, unsafe_arrows: true},
        sourceMap: {content: JSON.stringify(once.map)},
      });
      return {code, map: map as string};
    },
  };
}

/** Lets the sources see the version in package.json, and nothing else of it. */
function onlyVersion(): Plugin {
  // Without the folder it lies in: the npm build writes a module's name above it, and builds must not differ by place.
  const versionId = /^\0package\.json\?version/;
  return {
    name: 'tillit:only-version',
    enforce: 'pre',
    resolveId: {
      filter: {id: /\/package\.json$/},
      async handler(source, importer, {kind}) {
        const file = await this.resolve(source, importer, {kind, skipSelf: true});
        return file && {id: '\0package.json?version', moduleSideEffects: false};
      },
    },
    load: {
      filter: {id: versionId},
      handler() {
        const {version} = JSON.parse(readFileSync(path('package.json'), 'utf8')) as {readonly version: string};
        return {code: `export const version = ${JSON.stringify(version)};`, moduleType: 'js'};
      },
    },
  };
}

/**
 * Gives the pasted script, and what obeys a page, a copy of its own of everything it imports statically. Otherwise what it shares with the
 * elements would be a second file to fetch on every page view, outside of the script's `integrity`. Sharing through the
 * script itself is no way out: with `tillit-chat.js?v=2` in the page, the chunks would load `tillit-chat.js` once more.
 */
function scriptStandsAlone(): Plugin {
  const entries = ['src/script-tag.ts', 'src/commands.ts'].map(path);
  const suffix = '?script';
  return {
    name: 'tillit:script-stands-alone',
    enforce: 'pre',
    async resolveId(source, importer, {kind}) {
      const isCopy = importer?.endsWith(suffix);
      if (!importer || (!entries.includes(importer) && !isCopy)) return null;
      const original = isCopy ? importer.slice(0, -suffix.length) : importer;
      const module = await this.resolve(source, original, {kind, skipSelf: true});
      return module && kind === 'import-statement' ? {...module, id: module.id + suffix} : module;
    },
    load: {
      filter: {id: /\.ts\?script$/},
      handler: (id) => ({code: readFileSync(id.slice(0, -suffix.length), 'utf8'), moduleType: 'ts'}),
    },
  };
}

/**
 * Gives our own custom properties, `--_name`, names of a letter or two in the pasted build. No page may use them: what a page
 * sets is `--tillit-name`.
 */
function shortTokens(): Plugin {
  const sources = readdirSync(path('src'), {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.ts'));
  const written = sources.flatMap((file) => readFileSync(path(`src/${file}`), 'utf8').match(/--_[a-z][\w-]*/g) ?? []);
  const names = [...new Set(written)].sort();
  const shorts = new Map(names.map((name, at) => [name, `--_${at.toString(36)}`]));
  return {
    name: 'tillit:short-tokens',
    transform: {
      filter: {id: /\/src\/.*\.ts(\?script)?$/, code: /--_/},
      handler: (code) => ({code: code.replace(/--_[a-z][\w-]*/g, (name) => shorts.get(name) ?? name), map: null}),
    },
  };
}

/** The pasted script hands the elements what it draws the launcher with; they need no copy of their own. */
function launcherFromScript(): Plugin {
  return {
    name: 'tillit:launcher-from-script',
    load: {
      filter: {id: /\/src\/elements\/launcher\.ts$/},
      handler: () => ({code: 'export const launcher = undefined;', moduleType: 'js'}),
    },
  };
}

/** One part of a catalog, as it is called below. */
const catalogPart = /\/locales\/([\w-]+)\.(first|rest|guard|more)$/;

/**
 * One mark in the names of all catalogs, from everything they are made of. Opening the chat carries an address for each
 * language, and marks of their own are what makes them long.
 */
function markOfCatalogs(): string {
  const hash = createHash('sha256');
  const folders = ['locales', 'scripts'].flatMap((folder) =>
    readdirSync(path(folder)).map((file) => `${folder}/${file}`),
  );
  for (const file of ['package-lock.json', 'vite.config.ts', 'src/i18n/catalog-parts.ts', ...folders])
    hash.update(readFileSync(path(file)));
  return hash.digest('base64url').slice(0, 8);
}

/** Sends a catalog in the parts that src/i18n/catalog-parts.ts tells. */
function catalogParts(): Plugin {
  return {
    name: 'tillit:catalog-parts',
    enforce: 'pre',
    async resolveId(source, importer) {
      const [file, part] = source.split('.json?');
      if (!part || !importer) return null;
      const catalog = await this.resolve(`${file}.json`, importer, {kind: 'dynamic-import', skipSelf: true});
      // A name that is no JSON file's, or Vite would parse what `load` gives.
      return catalog && catalog.id.replace(/\.json$/, `.${part}`);
    },
    load: {
      filter: {id: catalogPart},
      handler(id) {
        const [, locale, part] = catalogPart.exec(id)!;
        const json = readFileSync(id.replace(/\.\w+$/, '.json'), 'utf8');
        return {code: partModule(json, `${locale}.json`, part as Part), moduleType: 'js'};
      },
    },
  };
}

/** Lets the pasted build have of `marked` what it uses. */
function markedLexerOnly(): Plugin {
  return {
    name: 'tillit:marked-lexer-only',
    transform: {
      filter: {id: /\/marked\/lib\/marked\.esm\.js$/},
      handler: (code) => ({code: markedLexer(code), map: null}),
    },
  };
}

/** Says "the last one" in the old way, which pages have not taken away: some set `Array.prototype.at` to nothing. */
function lastWithoutAt(): Plugin {
  return {
    name: 'tillit:last-without-at',
    renderChunk: (code) => ({code: code.replaceAll('.at(-1)', '.slice(-1)[0]'), map: null}),
  };
}

/**
 * What Lit's modules do for other browsers and other ways of writing elements than ours: text → what stays of it. The
 * tests run with all of Lit, which tells of what is used wrongly; the built files are tested for themselves.
 */
const spareLit: Readonly<Record<string, readonly (readonly [RegExp | string, string])[]>> = {
  // Without style sheets that are objects, not even the pasted script gets as far as this.
  'reactive-element/css-tag': [
    [/\w+\.ShadowRoot&&.*?CSSStyleSheet\.prototype(?=,)/, '!0'],
    // Sheets are made and adopted by src/elements/adopt.ts, from the text alone.
    [
      /class n\{.*?toString\(\)\{return this\.cssText\}\}/,
      'class n{constructor(t){this.cssText=t}toString(){return this.cssText}}',
    ],
    [
      /i=\(t,\.\.\.e\)=>\{.*?(?=,S=)/,
      'i=(t,...e)=>new n(1===t.length?t[0]:e.reduce((e,s,o)=>e+(s.cssText??s)+t[o+1],t[0]))',
    ],
    [/,S=\(s,o\)=>\{.*?(?=;export)/, ',S=0,c=0'],
  ],
  'reactive-element/reactive-element': [
    // Decorators of the standard, which are not used here, leave their options under a symbol that few browsers have.
    [/Symbol\.metadata\?\?=.*?new WeakMap;/, ''],
    [/const \w+=this\[Symbol\.metadata\];if\(.*?\}(?=this\._\$Eh=new Map)/, ''],
    [/\w+=\w+\.reactiveElementPolyfillSupport,/, ''],
    [/static addInitializer\(\w+\)\{.*?\}(?=static get observed)/, ''],
    [/,\w+\?\.\(\{ReactiveElement:.*?\.push\("[\d.]+"\)/, ''],
    ['return s(t,this.constructor.elementStyles),t', 'return t'],
    [/this\.elementStyles=this\.finalizeStyles\(this\.styles\)\}static finalizeStyles\(s\)\{.*?return i\}/, '}'],
    ['y.elementStyles=[],', ''],
    // Initialisers, which decorators add; attributes that are JSON; initial values that do not reflect; accessors of our own.
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    [',void 0!==t.l&&(this.l=[...t.l])', ''],
    [';break;case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
    [';break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}', ''],
    ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))', ''],
    ['const r=h.fromAttribute(s,t.type);this[e]=r??this._$Ej?.get(e)??r', 'this[e]=h.fromAttribute(s,t.type)'],
    [
      '{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0)',
      '{reflect:e}){(this._$AL.has(t)||(this.hasUpdated||(s=void 0)',
    ],
    [
      /const t=this\.constructor\.elementProperties;if\(t\.size>0\)for\(const\[s,i\]of t\)\{.*?this\.C\(s,void 0,i,e\)\}/,
      '',
    ],
    ['this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),', ''],
    ['removeController(t){this._$EO?.delete(t)}', ''],
  ],
  'lit-html/lit-html': [
    [/,\w+=\w+\.litHtmlPolyfillSupport;.*?\.push\("[\d.]+"\)/, ''],
    // Templates that begin in SVG or MathML, or were compiled; expressions for an element, in a comment, or in raw text.
    [/if\(y\.test\(r\.tagName\)\)\{.*?r\.append\(t\[i\],c\(\)\)\}\}\}/, '}'],
    ['2===i?"<svg>":3===i?"<math>":""', '""'],
    ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
    [
      'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}',
      'this.el=S.createElement(f,e),P.currentNode=this.el.content;',
    ],
    [
      '"number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)',
      'this._$AC(t)',
    ],
    ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))', ''],
    [':6===r.type&&(i=new Z(h,this,t))', ':0'],
    [/class Z\{.*?\}\}(?=const j)/, ''],
    [',F:Z}', '}'],
    [/else\{let t=-1;for\(;-1!==\(t=r\.data\.indexOf\(o,t\+1\)\);\).*?t\+=o\.length-1\}/, ''],
    ['get startNode(){return this._$AA}get endNode(){return this._$AB}', ''],
    ['get tagName(){return this.element.tagName}', ''],
  ],
  // A copy, since `Array.from` is what old libraries replace.
  'directives/guard': [['Array.isArray(s)?Array.from(s):s', 'Array.isArray(s)?[...s]:s']],
  'lit-element/lit-element': [
    [/,\w+\.litElementHydrateSupport\?\..*?;const \w+=\w+\.litElementPolyfillSupport;.*?;/, ';'],
    [/\(\w+\.litElementVersions.*?\.push\("[\d.]+"\);/, ''],
  ],
};

/** Takes from Lit what can never run in the pasted build. A version it no longer fits fails the build. */
function leanLit(): Plugin {
  const moduleOf = (id: string) =>
    /\/(?:@lit\/)?((?:reactive-element|lit-html|lit-element|directives)\/[\w-]+)\.js$/.exec(id)?.[1];
  return {
    name: 'tillit:lean-lit',
    transform: {
      filter: {id: /\/node_modules\/(@lit|lit-html|lit-element)\//},
      handler(code, id) {
        const cuts = spareLit[moduleOf(id) ?? ''];
        if (!cuts) return null;
        return {code: cuts.reduce((rest, [spare, kept]) => replaceFound(rest, spare, kept, id), code), map: null};
      },
    },
    renderChunk(code, {fileName}) {
      if (/\.styleSheet\b/.test(code))
        throw new Error(`${fileName} takes a sheet from Lit, which makes none here: use adopt().`);
      return null;
    },
  };
}

function replaceFound(text: string, pattern: RegExp | string, replacement: string, file: string): string {
  if (typeof pattern === 'string' ? !text.includes(pattern) : !pattern.test(text))
    throw new Error(`${file} is written in another way now: ${String(pattern)} is not found.`);
  return text.replace(pattern, () => replacement);
}

/** Leaves a note of which chunk loads which and what is in it: scripts/size.mjs follows it. */
function chunkGraph(file: string): Plugin {
  const relative = (id: string) => id.replace(/^\0/, '').replace(path('./'), '').replace(/\?.*$/, '');
  return {
    name: 'tillit:chunk-graph',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output): output is Rolldown.OutputChunk => output.type === 'chunk');
      const graph = chunks.map(({fileName, imports, dynamicImports, facadeModuleId, modules}) => [
        fileName,
        {
          facade: facadeModuleId && relative(facadeModuleId),
          imports,
          dynamicImports,
          // Lengths before minification: good for comparing, not for adding up.
          modules: Object.entries(modules).map(([id, {renderedLength}]) => ({id: relative(id), chars: renderedLength})),
        },
      ]);
      mkdirSync(path('.cache'), {recursive: true});
      writeFileSync(path(file), JSON.stringify(Object.fromEntries(graph), null, 2));
    },
  };
}

const builds: Readonly<Record<string, () => UserConfig>> = {
  npm: () => ({
    plugins: [onlyVersion(), catalogParts()],
    build: {
      outDir: 'dist/npm',
      target,
      sourcemap: true,
      minify: false,
      copyPublicDir: false,
      lib: {entry: npmEntries(), formats: ['es']},
      rolldownOptions: {
        external,
        // `use client` is the first line of an entry of ours and stays so: test/frameworks/package.node.test.ts.
        checks: {moduleLevelDirective: false},
        output: {entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js'},
      },
    },
  }),

  cdn: (mark = markOfCatalogs()) => ({
    plugins: [
      scriptStandsAlone(),
      launcherFromScript(),
      shortTokens(),
      onlyVersion(),
      catalogParts(),
      leanLit(),
      markedLexerOnly(),
      minifyTemplates(),
      pinChunks(path('src/pinned/')),
      lastWithoutAt(),
      minifyChunks(),
      chunkGraph('.cache/chunks.json'),
    ],
    build: {
      outDir: 'dist/cdn',
      target,
      sourcemap: 'hidden',
      copyPublicDir: false,
      // The licences of what is bundled ask to be passed on; comments in the code would cost every page view.
      license: {fileName: 'licenses.md'},
      // Library mode, because an application gets Vite's preload helper: 1.8 kB before the first byte of ours, and
      // <link> elements in the host's page that its CSP may refuse. An import() stays relative to the module itself.
      lib: {entry: {'tillit-chat': path('src/script-tag.ts')}, formats: ['es']},
      rolldownOptions: {
        // It would tell each time that minifying takes most of the time.
        checks: {bundlerTimings: false},
        output: {
          minify: false,
          entryFileNames: '[name].js',
          chunkFileNames: ({facadeModuleId}) =>
            facadeModuleId && catalogPart.test(facadeModuleId)
              ? `chunks/${posix.basename(facadeModuleId)}-${mark}.js`
              : 'chunks/[name]-[hash].js',
          // All that opening the chat needs in one file: what later chunks share with it would be split off otherwise,
          // and asked for one round trip later.
          // What the first question and its answer need is likewise one file.
          codeSplitting: {
            groups: [
              {name: 'elements', test: /\/src\/elements\/define-elements\.ts$/, priority: 2},
              {
                name: 'conversation',
                test: /\/src\/(elements\/(conversation|host-events|answer-text|citation-popover)|core\/conversation|transports\/read-events|answer\/safe-url)\.ts$|\/lit-html\/directive\.js$/,
                priority: 1,
              },
            ],
          },
        },
      },
    },
  }),

  spa: () => ({
    root: path('demo/spa'),
    base: '/spa/',
    build: {outDir: path('dist/demo-spa'), emptyOutDir: true, target, sourcemap: true},
  }),

  privacy: () => ({
    build: {
      outDir: 'dist/demo-privacy',
      target,
      sourcemap: true,
      copyPublicDir: false,
      // Library mode, because demo/privacy.html stands beside the other pages and names its script itself.
      lib: {entry: {page: path('demo/privacy/page.ts')}, formats: ['es']},
      rolldownOptions: {output: {minify: true, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js'}},
    },
  }),
};

export default defineConfig(({mode}) => {
  const build = builds[mode];
  if (!build)
    throw new Error(
      `No build is called "${mode}". Run npm run build, or vite build --mode ${Object.keys(builds).join(' | ')}.`,
    );
  return {root: path('./'), ...build()};
});
