/*
 * Writes what editors and documentation tools read about <tillit-chat>, from the comments in the source, the list of
 * message keys, from the source language's catalog, and SECURITY.md's table of what is kept on the device.
 *
 *   npm run manifest                 writes
 *   npm run manifest -- --check      changes nothing; exit code 1 when something is not up to date
 */
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import {cli} from '@custom-elements-manifest/analyzer/cli.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');
const read = (path) => readFileSync(`${root}/${path}`, 'utf8');

const manifest = await cli({argv: ['analyze'], cwd: root, noWrite: true});
const [element] = manifest.modules.flatMap(({declarations}) => declarations);
requireDocumentedParts(element);
requireDocumentedTokens(element);
requireDescriptions(element);

const outdated = [
  ['custom-elements.json', manifest],
  ['vscode.css-custom-data.json', cssData(element)],
  ['vscode.html-custom-data.json', htmlData(element)],
  ['web-types.json', webTypes(element)],
].filter(([file, content]) => {
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (existsSync(`${root}/${file}`) && read(file) === text) return false;
  if (!isCheck) writeFileSync(`${root}/${file}`, text);
  return true;
});
if (isCheck && outdated.length > 0) {
  console.error(`Not up to date: ${outdated.map(([file]) => file).join(', ')}. Run npm run manifest.`);
}

const others = ['message-keys', 'storage-table'].map((name) => {
  const args = [`${root}/scripts/${name}.mjs`, ...(isCheck ? ['--check'] : [])];
  return spawnSync(process.execPath, args, {stdio: 'inherit'}).status;
});
process.exit(others.some((status) => status !== 0) || (isCheck && outdated.length > 0) ? 1 : 0);

/** Every part can be styled by a host, so every part is a promise and must be written down. */
function requireDocumentedParts({cssParts}) {
  const files = readdirSync(`${root}/src/elements`).filter((file) => file.endsWith('.ts'));
  const source = files.map((file) => read(`src/elements/${file}`)).join('\n');
  const used = new Set([...source.matchAll(/\spart="([\w\s-]+)"/g)].flatMap(([, names]) => names.split(/\s+/)));
  const documented = new Set(cssParts.map(({name}) => name));
  const silent = [...used].filter((name) => !documented.has(name));
  if (silent.length > 0) fail(`Parts without a @csspart comment: ${silent.join(', ')}.`);
}

/** So is every custom property that is read. */
function requireDocumentedTokens({cssProperties}) {
  const files = ['elements', 'theme'].flatMap((folder) =>
    readdirSync(`${root}/src/${folder}`).map((file) => `src/${folder}/${file}`),
  );
  const used = new Set(
    files.flatMap((file) => [...read(file).matchAll(/var\((--tillit-[\w-]+)/g)].map(([, name]) => name)),
  );
  const documented = cssProperties.map(({name}) => name);
  const silent = [...used].filter((name) => !documented.includes(name));
  const unused = documented.filter((name) => !used.has(name));
  if (silent.length > 0) fail(`Custom properties without a @cssprop comment: ${silent.join(', ')}.`);
  if (unused.length > 0) fail(`Documented, but read nowhere: ${unused.join(', ')}.`);
}

/** What is public is what has been explained. */
function requireDescriptions({attributes, members, events, slots, cssParts, cssProperties}) {
  const silent = [...attributes, ...members, ...events, ...slots, ...cssParts, ...cssProperties].filter(
    ({description}) => !description,
  );
  if (silent.length > 0) fail(`Public, but without a comment: ${silent.map(({name}) => name).join(', ')}.`);
}

/** https://github.com/microsoft/vscode-custom-data */
function htmlData({tagName, description, attributes}) {
  return {
    version: 1.1,
    tags: [
      {
        name: tagName,
        description,
        attributes: attributes.map(({name, description, type}) => ({
          name,
          description,
          ...(isBoolean(type) ? {valueSet: 'v'} : valuesOf(type).length > 0 && {values: valuesOf(type)}),
        })),
      },
    ],
  };
}

/** The same for style sheets: https://code.visualstudio.com/api/extension-guides/custom-data-extension */
function cssData({cssProperties, cssParts}) {
  return {
    version: 1.1,
    properties: cssProperties.map(({name, default: value, description}) => ({
      name,
      description: value ? `${description} Default: ${value}` : description,
    })),
    pseudoElements: cssParts.map(({name, description}) => ({name: `::part(${name})`, description})),
  };
}

/** https://github.com/JetBrains/web-types */
function webTypes({tagName, description, attributes, members, events, slots, cssParts, cssProperties}) {
  const {name, version} = JSON.parse(read('package.json'));
  const named = ({name, description}) => ({name, description});
  const typed = ({type, ...item}) => ({...named(item), ...(type && {type: type.text})});
  return {
    $schema: 'https://json.schemastore.org/web-types',
    name,
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: [
          {
            name: tagName,
            description,
            attributes: attributes.map((attribute) => ({
              ...named(attribute),
              value: {
                type: isBoolean(attribute.type) ? 'boolean' : attribute.type?.text,
                ...(attribute.default && {default: attribute.default}),
              },
            })),
            slots: slots.map(named),
            js: {
              properties: members.filter((member) => member.kind === 'field' && !member.static).map(typed),
              events: events.map(typed),
            },
            css: {
              parts: cssParts.map(named),
              properties: cssProperties.map(({default: value, ...item}) => ({
                ...named(item),
                ...(value && {default: value}),
              })),
            },
          },
        ],
      },
    },
  };
}

function isBoolean(type) {
  return type?.text === 'boolean';
}

/** `'auto' | 'light'` → [{name: 'auto'}, {name: 'light'}] */
function valuesOf(type) {
  return [...(type?.text ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => ({name}));
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
