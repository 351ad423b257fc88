/**
 * What editors are told is what the code has: every attribute, property, method, event, slot, part and token, each with
 * its text, in the manifest and in what is made of it. The source is read here in another way than the analyzer does.
 */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');
const parse = (path: string) => ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2022, true);
const sources = readdirSync(`${root}src`, {recursive: true, encoding: 'utf8'})
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => `src/${file}`);

/** Calls `visit` with every node of a file. */
function walk(node: ts.Node, visit: (node: ts.Node) => void) {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** Every text in the source, templates included, but for comments. */
const texts = sources.flatMap((path) => {
  const found: string[] = [];
  walk(parse(path), (node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
  });
  return found;
});
const inTexts = (pattern: RegExp) =>
  sorted(texts.flatMap((text) => [...text.matchAll(pattern)].flatMap(([, found]) => found!.split(/\s+/))));

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

interface Item {
  readonly name: string;
  readonly description?: string;
  readonly kind?: string;
  /** Of the class, and so of no tag. */
  readonly static?: boolean;
}
type Lists = Readonly<
  Record<'attributes' | 'members' | 'events' | 'slots' | 'cssParts' | 'cssProperties', readonly Item[]>
>;
const manifest = JSON.parse(read('custom-elements.json')) as {modules: {declarations: (Lists & Item)[]}[]};
const element = manifest.modules[0]!.declarations[0]!;
const fields = element.members.filter((member) => member.kind === 'field' && !member.static);
const namesOf = (items: readonly Item[]) => sorted(items.map(({name}) => name));

/** The class as it is written. */
const members: ts.ClassElement[] = [];
const source = parse('src/elements/tillit-chat.ts');
walk(source, (node) => {
  if (ts.isClassDeclaration(node) && node.name?.text === 'TillitChat') members.push(...node.members);
});
const isPublic = (member: ts.ClassElement) =>
  member.name !== undefined &&
  ts.isIdentifier(member.name) &&
  !(
    ts.getCombinedModifierFlags(member) &
    (ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static | ts.ModifierFlags.Override)
  ) &&
  !['connectedCallback', 'disconnectedCallback'].includes(member.name.text) &&
  !ts.getJSDocTags(member).some(({tagName}) => tagName.text === 'internal');
const namesIn = (list: readonly ts.ClassElement[]) => sorted(list.map(({name}) => (name as ts.Identifier).text));

/** `static properties`, without what is state. */
const reactive = members
  .filter(ts.isPropertyDeclaration)
  .filter(({name}) => name.getText() === 'properties')
  .flatMap(({initializer}) => (initializer as ts.ObjectLiteralExpression).properties.filter(ts.isPropertyAssignment))
  .filter(({initializer}) => !/state: true/.test(initializer.getText()));

/** `part=${id}` of the ticket's fields, and what is drawn without a template; the menu's come from `part: '…'`. */
const computedParts = ['ticket-name', 'ticket-email', 'teaser', 'teaser-close', 'teaser-text', 'unread'];

/** Attributes that are read where they matter, and have no property. */
const bareAttributes = ['back-closes', 'send-on', 'teaser', 'teaser-after-seconds'];

describe('the custom-elements manifest', () => {
  it('has every property', () => {
    const declared = members.filter((member) => ts.isPropertyDeclaration(member) || ts.isAccessor(member));
    const names = namesIn(declared.filter(isPublic));
    assert.ok(names.includes('endpoint'));
    assert.deepEqual(namesOf(fields), names);
    // Those that only tell something are not among Lit's.
    const told = namesIn(declared.filter(ts.isGetAccessor).filter(isPublic));
    assert.deepEqual(sorted([...reactive.map(({name}) => name.getText()), ...told]), names);
  });

  it('has every method', () => {
    const names = namesIn(members.filter(ts.isMethodDeclaration).filter(isPublic));
    assert.ok(names.includes('ask'));
    assert.deepEqual(namesOf(element.members.filter(({kind}) => kind === 'method')), names);
  });

  it('has every attribute', () => {
    const names = reactive.flatMap(({name, initializer}) => {
      const attribute = /attribute: (false|'([\w-]+)')/.exec(initializer.getText());
      return attribute?.[1] === 'false' ? [] : [attribute?.[2] ?? name.getText().toLowerCase()];
    });
    assert.ok(names.includes('ticket-url'));
    for (const name of bareAttributes) assert.ok(texts.includes(name), name);
    assert.deepEqual(namesOf(element.attributes), sorted([...names, ...bareAttributes]));
  });

  it('has every event', () => {
    const names: string[] = [];
    walk(parse('src/elements/emit.ts'), (node) => {
      if (ts.isInterfaceDeclaration(node) && node.name.text === 'TillitEvents')
        names.push(...node.members.map(({name}) => (name as ts.StringLiteral).text));
    });
    assert.ok(names.includes('tillit-answer'));
    assert.deepEqual(namesOf(element.events), sorted(names));
  });

  it('has every slot', () => {
    const names = sorted(
      sources.flatMap((path) => [...read(path).matchAll(/<slot name="([\w-]+)"/g)].map((m) => m[1]!)),
    );
    assert.ok(names.includes('header'));
    assert.deepEqual(namesOf(element.slots), names);
  });

  it('has every part, and no part that is gone', () => {
    const written = sources.flatMap((path) =>
      [...read(path).matchAll(/\spart="([\w\s-]+)"|\bpart: '([\w-]+)'/g)].flatMap(([, names, name]) =>
        (names ?? name!).split(/\s+/),
      ),
    );
    assert.ok(written.includes('launcher'));
    assert.deepEqual(namesOf(element.cssParts), sorted([...written, ...computedParts]));
  });

  it('knows where the name of a part is worked out', () => {
    const places = sources.flatMap((path) =>
      [...read(path).matchAll(/\spart=\$\{(\w+)/g)].map((m) => `${path} ${m[1]}`),
    );
    assert.deepEqual(places.sort(), ['src/elements/menu.ts ifDefined', 'src/elements/ticket.ts id']);
  });

  it('has every token', () => {
    // A name that is put together at run time ends in the air.
    const names = inTexts(/(--tillit-[a-z][\w-]*)/g).filter((name) => !name.endsWith('-'));
    assert.ok(names.includes('--tillit-color-accent'));
    assert.deepEqual(namesOf(element.cssProperties), names);
  });

  it('says something about each', () => {
    const {attributes, members, events, slots, cssParts, cssProperties} = element;
    const all = [element, ...attributes, ...members, ...events, ...slots, ...cssParts, ...cssProperties];
    assert.deepEqual(
      all.filter(({description}) => !description?.trim()).map(({name}) => name),
      [],
    );
  });
});

describe('what is made of the manifest', () => {
  const html = JSON.parse(read('vscode.html-custom-data.json')) as {tags: (Item & {attributes: Item[]})[]};
  const css = JSON.parse(read('vscode.css-custom-data.json')) as {properties: Item[]; pseudoElements: Item[]};
  const webTypes = JSON.parse(read('web-types.json')) as {
    version: string;
    contributions: {
      html: {
        elements: (Item & {
          attributes: Item[];
          slots: Item[];
          js: {properties: Item[]; events: Item[]};
          css: {parts: Item[]; properties: Item[]};
        })[];
      };
    };
  };
  const [tag] = html.tags;
  const [jetBrains] = webTypes.contributions.html.elements;

  for (const [what, list, all] of [
    ['VS Code’s HTML data: attributes', tag!.attributes, element.attributes],
    ['VS Code’s CSS data: tokens', css.properties, element.cssProperties],
    ['JetBrains’ web types: attributes', jetBrains!.attributes, element.attributes],
    ['JetBrains’ web types: slots', jetBrains!.slots, element.slots],
    ['JetBrains’ web types: properties', jetBrains!.js.properties, fields],
    ['JetBrains’ web types: events', jetBrains!.js.events, element.events],
    ['JetBrains’ web types: parts', jetBrains!.css.parts, element.cssParts],
    ['JetBrains’ web types: tokens', jetBrains!.css.properties, element.cssProperties],
  ] as const) {
    it(`${what}: has each, with its text`, () => {
      assert.deepEqual(namesOf(list), namesOf(all));
      for (const {name, description} of all)
        assert.ok(list.find((item) => item.name === name)!.description!.includes(description!), name);
    });
  }

  it('VS Code’s CSS data: has each part, as the selector it is', () => {
    assert.deepEqual(
      css.pseudoElements.map(({name}) => name).sort(),
      element.cssParts.map(({name}) => `::part(${name})`).sort(),
    );
  });

  it('is of the version that is published', () => {
    assert.equal(webTypes.version, (JSON.parse(read('package.json')) as {version: string}).version);
  });
});
