/*
 * What the analyzer reads of the source, and what of it is public: one element. The inner elements render into its
 * shadow root and are not for hosts, but their parts are, so they are listed as its own. scripts/manifest.mjs runs this.
 */
import {readFileSync} from 'node:fs';

const publicTag = 'tillit-chat';
const tokensFile = new URL('src/theme/tokens.ts', import.meta.url);

/** Static properties with `state: true` are fields for ourselves; the analyzer lists them as attributes. */
function withoutState() {
  const stateNames = new Map();
  return {
    name: 'tillit:without-state',
    analyzePhase({ts, node, moduleDoc}) {
      if (!ts.isPropertyDeclaration(node) || node.name.getText() !== 'properties' || !node.initializer) return;
      if (!ts.isObjectLiteralExpression(node.initializer)) return;
      const names = node.initializer.properties
        .filter((property) => /\bstate:\s*true\b/.test(property.initializer?.getText() ?? ''))
        .map((property) => property.name.getText());
      stateNames.set(moduleDoc.path, new Set([...(stateNames.get(moduleDoc.path) ?? []), ...names]));
    },
    moduleLinkPhase({moduleDoc}) {
      const names = stateNames.get(moduleDoc.path) ?? new Set();
      for (const declaration of moduleDoc.declarations ?? []) {
        if (!declaration.customElement) continue;
        declaration.members = declaration.members?.filter(
          ({name, privacy}) => !names.has(name) && privacy !== 'private' && privacy !== 'protected',
        );
        declaration.attributes = declaration.attributes?.filter(({fieldName}) => !names.has(fieldName));
      }
    },
  };
}

/** Writes a union of literals in place of its name: `Mode` tells an editor nothing. */
function withLiterals() {
  const unions = new Map();
  const isLiterals = (ts, type) =>
    ts.isUnionTypeNode(type) && type.types.every((member) => ts.isLiteralTypeNode(member));
  return {
    name: 'tillit:with-literals',
    analyzePhase({ts, node}) {
      if (ts.isTypeAliasDeclaration(node) && isLiterals(ts, node.type)) unions.set(node.name.text, node.type.getText());
    },
    packageLinkPhase({customElementsManifest}) {
      const element = publicElement(customElementsManifest);
      for (const {type} of [...element.members, ...element.attributes]) {
        if (type && unions.has(type.text)) type.text = unions.get(type.text);
      }
    },
  };
}

/**
 * The custom properties that set the mood, from the comments in tokens.ts, where they are declared. Those of single
 * places stand with the elements that use them.
 */
function moodProperties() {
  const text = readFileSync(tokensFile, 'utf8');
  const documented = [...text.matchAll(/--_[\w-]+:\s*var\((--tillit-[\w-]+),\s*(.+)\);\s*\/\*\s*(.+?)\s*\*\//g)];
  const used = new Set(text.match(/--tillit-[a-z][\w-]*/g));
  for (const [, name] of documented) used.delete(name);
  if (used.size > 0) throw new Error(`src/theme/tokens.ts says nothing about ${[...used].join(', ')}.`);
  const publicNames = new Map(documented.map(([line, name]) => [/--_[\w-]+/.exec(line)[0], name]));
  return documented.map(([, name, value, description]) => {
    // What is computed says so in its description: the formula tells nobody anything.
    const isComputed = /\b(from|color-mix)\b/.test(value);
    return {
      name,
      ...(!isComputed && {default: value.replace(/--_[\w-]+/g, (own) => publicNames.get(own))}),
      description,
    };
  });
}

function publicElement({modules}) {
  const declarations = modules.flatMap(({declarations = []}) => declarations);
  const element = declarations.find(({tagName}) => tagName === publicTag);
  if (!element) throw new Error(`No class has the JSDoc tag "@tagname ${publicTag}".`);
  return element;
}

const byName = (a, b) => a.name.localeCompare(b.name, 'en');

/** Leaves the one public element, under the path it is published at. */
const onlyPublic = () => ({
  name: 'tillit:only-public',
  packageLinkPhase({customElementsManifest}) {
    const element = publicElement(customElementsManifest);
    const inner = customElementsManifest.modules
      .flatMap(({declarations = []}) => declarations)
      .filter((declaration) => declaration.customElement && declaration !== element);
    // Its own words about a part go before those of an element inside.
    const parts = new Map([...inner, element].flatMap(({cssParts = []}) => cssParts).map((part) => [part.name, part]));
    element.cssParts = [...parts.values()].sort(byName);
    // The first that sets the mood, then what defaults to it, place by place.
    element.cssProperties = [
      ...moodProperties(),
      ...[element, ...inner].flatMap(({cssProperties = []}) => cssProperties),
    ];
    for (const item of [element, ...(element.members ?? []), ...(element.attributes ?? [])]) {
      // Lines are broken for the source, not for the reader.
      if (item.description) item.description = item.description.replace(/(\S)\n(?=\S)/g, '$1 ');
    }

    const module = 'dist/npm/index.js';
    const declaration = {name: element.name, module};
    customElementsManifest.modules = [
      {
        kind: 'javascript-module',
        path: module,
        declarations: [element],
        exports: [{kind: 'js', name: element.name, declaration}],
      },
      {
        kind: 'javascript-module',
        path: 'dist/npm/define.js',
        declarations: [],
        exports: [{kind: 'custom-element-definition', name: publicTag, declaration}],
      },
    ];
  },
});

export default {
  globs: ['src/**/*.ts'],
  exclude: ['src/**/*.d.ts'],
  litelement: true,
  packagejson: false,
  quiet: true,
  plugins: [withoutState(), withLiterals(), onlyPublic()],
};
