/*
 * Pins what the pasted script loads: every `import()` in its build becomes a call of src/pinned, which loads a file by the
 * SHA-256 of its bytes. Works in two steps, since a pin is known only when the file it is of is whole:
 *
 * - `pinChunks()`, in the bundler, writes each call with a place for the pin, and decides which kind of call it is;
 * - `fillPins()`, on the written files, fills the places, renames files, and writes the table.
 *
 * There are four kinds, because pins do not compress and one person needs few of them:
 *
 * - what the script and the elements need at once: the pin stands in the call;
 * - one of many that nothing imports (catalogs, packs): the file's name is its pin;
 * - what has certainly run, as the caller or what it imports: a plain `import()`;
 * - everything else: the pin is in a table, a file of its own, which comes with the first of them.
 *
 * No circle can arise: the first kind is in the script and the elements alone, a file named by its pin holds only names of
 * its kind, and the table holds nothing but pins.
 */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';

/** 32 bytes in Base64url. */
const pinLength = 43;
const pinOf = (text) => createHash('sha256').update(text).digest('base64url');

/** Stands for a pin until it is known: as long, so that source maps stay right. The second is in load-chunk.ts. */
const place = '?'.repeat(pinLength);
const tablePlace = '(the pin of the table of pins, SHA-256)----';

/** What the files are made of that are named by their pin. */
const isOneOfMany = /\/(locales\/[\w-]+\.\w+|src\/(privacy\/packs\/[\w-]+|i18n\/other-catalogs)\.ts)$/;
/** What everybody loads who opens the chat and types: the table need not come for it. */
const isNeededAtOnce = /\/src\/(privacy\/guard|elements\/conversation|storage\/tabs)\.ts$/;

const entry = '/src/script-tag.ts';
const beginning = '/src/elements/define-elements.ts';

/** @param {string} folder of the loader's modules, with `/` at its end */
export function pinChunks(folder) {
  const ownImport = /\bimport\(\s*(["'`])([^"'`\n]+)\1\s*\)/g;
  const beginsHere = /\bexport function defineElements\b/;
  return {
    name: 'tillit:pin-chunks',
    enforce: 'post',
    transform: {
      filter: {id: /\/src\/.*\.ts$|\/locales\/[\w-]+\.\w+$/, code: /\bimport\(|\bdefineElements\b/},
      handler(code, id) {
        if (id.startsWith(folder)) return null;
        const isEntry = id.endsWith(entry);
        const marked = code.replace(ownImport, (call, _quote, source) => {
          const isBeginning = isEntry && source.includes('/define-elements.');
          return `tillitLoad(${call})${isBeginning ? '.then(tillitHandOver)' : ''}`;
        });
        const lines = [
          marked !== code &&
            (isEntry
              ? `import {handOver as tillitHandOver, loadFile as tillitLoad} from '${folder}load-file.ts';`
              : `import {loadChunk as tillitLoad} from '${folder}load-chunk.ts';`),
          id.endsWith(beginning) && beginsHere.test(code) && `export {take} from '${folder}load-chunk.ts';`,
        ].filter(Boolean);
        // On the first line: the source map knows lines.
        return lines.length > 0 ? {code: lines.join('') + marked, map: null} : null;
      },
    },
    renderChunk: {
      // Before it is minified, while names tell what is called.
      order: 'pre',
      handler(code, chunk, _options, {chunks}) {
        const call =
          /\b(loadChunk|loadFile)\(import\("\.\/(?:chunks\/)?([^"]+)\.js"\)(\.then\(\((\w+)\) => \4\.\w+\))?\)/g;
        const pinned = withoutRuntime(code, chunk.fileName).replace(
          call,
          (_, load, name, then = '') => callOf(load, chunkNamed(name, chunks), chunk, chunks) + then,
        );
        const left = /\b(?:loadChunk|loadFile)\((?:import|Promise)\b.{0,80}/.exec(pinned);
        if (left) throw new Error(`${chunk.fileName} has an import that was not pinned: ${left[0]}`);
        return pinned === code ? null : {code: pinned, map: null};
      },
    },
  };
}

/**
 * Writes out what a file has the bundler's own file for: the objects that stand for its modules. A file that came before the
 * elements would keep a person waiting for one more round trip.
 */
const withoutRuntime = (code, fileName) =>
  code
    .replace(/^import \{([^}]*)\} from "\.\/(?:chunks\/)?rolldown-runtime-[^"]+";/m, (_, names) => {
      if (/^ \w+ as __exportAll $/.test(names)) return '';
      throw new Error(`${fileName} needs more of the bundler's own file than is known here: ${names}`);
    })
    .replace(
      /__exportAll\((\{[^}]*\})\)/g,
      (_, all) => `(${all.replace(/([\w$]+): \(\) => ([\w$]+)/g, 'get $1() { return $2 }')})`,
    )
    // A module that another one of the same file asks for is there.
    .replace(/\bloadChunk\((Promise\.resolve\(\)\.then\(\(\) => [\w$]+\))\)/g, '$1');

const isRuntime = (file) => file.startsWith('chunks/rolldown-runtime-');

function chunkNamed(name, chunks) {
  const found = Object.values(chunks).find((chunk) => nameOf(chunk.fileName) === name);
  if (!found) throw new Error(`No file of the build is called ${name}.`);
  return found;
}

const nameOf = (file) => file.replace(/^chunks\/|\.js$/g, '');

/** What a file imports statically, and what that imports. */
function imported({imports}, chunks, found = new Set()) {
  for (const file of imports) {
    if (found.has(file) || isRuntime(file)) continue;
    found.add(file);
    imported(chunks[file], chunks, found);
  }
  return found;
}

function callOf(load, target, from, chunks) {
  const name = nameOf(target.fileName);
  const ran = new Set([from.fileName, ...imported(from, chunks)]);
  if (ran.has(target.fileName)) return `import("./${name}.js")`;
  const canRun = [...imported(target, chunks)].every((file) => ran.has(file));
  if (canRun && isOneOfMany.test(target.facadeModuleId ?? '')) return `${load}("${name.padEnd(pinLength, '~')}")`;
  const isEntry = load === 'loadFile';
  if (isEntry && !canRun) throw new Error(`What opens the chat must be one file, and ${name} imports others.`);
  const isFromBeginning = Object.keys(from.modules).some((id) => id.endsWith(beginning));
  const isAtOnce = Object.keys(target.modules).some((id) => isNeededAtOnce.test(id));
  return isEntry || (canRun && isFromBeginning && isAtOnce)
    ? `${load}("${name}", "${place}")`
    : `${load}("${name}", 0)`;
}

/**
 * Fills what `pinChunks` left open in the files of `folder`, and keeps the note of the build in step.
 *
 * @param {string} folder the build's, with the script in it
 * @param {string} noteFile which file loads which: see `chunkGraph` in vite.config.ts
 */
export function fillPins(folder, noteFile) {
  const note = JSON.parse(readFileSync(noteFile, 'utf8'));
  for (const file of Object.keys(note).filter(isRuntime)) {
    rmSync(`${folder}/${file}`);
    delete note[file];
  }
  const files = Object.keys(note);
  const texts = new Map(files.map((file) => [nameOf(file), readFileSync(`${folder}/${file}`, 'utf8')]));
  const importsOf = (name) =>
    note[files.find((file) => nameOf(file) === name)].imports.filter((file) => !isRuntime(file)).map(nameOf);

  // Files named by their pins, leaves first.
  const padded = /(["'`])([\w.-]+)(~+)\1/g;
  const renamed = new Map();
  const isPadded = (name, dots) => texts.has(name) && name.length + dots.length === pinLength;
  const named = (text, on = []) =>
    text.replace(padded, (whole, quote, name, dots) =>
      isPadded(name, dots) ? quote + pinned(name, on) + quote : whole,
    );
  function pinned(name, on) {
    if (on.includes(name)) throw new Error(`These load each other, so none can name the other: ${on.join(', ')}.`);
    if (!renamed.has(name)) {
      const text = named(texts.get(name), [...on, name]);
      texts.set(name, text);
      renamed.set(name, pinOf(text));
    }
    return renamed.get(name);
  }
  for (const [name, text] of texts) if (!renamed.has(name)) texts.set(name, named(text));

  // The table: what is called without a pin, with what it imports.
  const [script] = files.filter((file) => note[file].facade === entry.slice(1)).map(nameOf);
  const begins = new RegExp(`(["'\`])([\\w.-]+)\\1,(["'\`])${place.replaceAll('?', '\\?')}\\3`, 'g');
  const elements = nameOf(files.find((file) => note[file].modules.some(({id}) => id === beginning.slice(1))));
  if (![...texts.get(script).matchAll(begins)].some(([, , name]) => name === elements))
    throw new Error('The script does not load the elements through src/pinned.');
  const listed = new Set();
  const list = (name) => {
    if (listed.has(name) || name === elements) return;
    listed.add(name);
    importsOf(name).forEach(list);
  };
  for (const text of texts.values())
    for (const [, , name] of text.matchAll(/(["'`])([\w.-]+)\1,0\)/g)) if (texts.has(name)) list(name);
  const rows = [...listed].sort().map((name) => {
    const text = texts.get(name);
    if (text.includes(place)) throw new Error(`${name} holds a pin, and so could not be pinned itself.`);
    return [name, [pinOf(text), ...importsOf(name).filter((other) => other !== elements)].join(' ')];
  });
  const table = `export default ${JSON.stringify(Object.fromEntries(rows))};\n`;
  const tableName = pinOf(table);
  texts.set(tableName, table);

  // The elements, and then the script.
  for (const name of [elements, script]) {
    const text = texts.get(name).replace(tablePlace, tableName);
    texts.set(
      name,
      text.replace(begins, (whole, _quote, target) => whole.replace(place, pinOf(texts.get(target)))),
    );
  }
  for (const [name, text] of texts) {
    const isOpen = [place, tablePlace].some((open) => text.includes(open)) || /["'`][\w.-]+~{3,}["'`]/.test(text);
    if (isOpen) throw new Error(`${name} has no pin where one belongs.`);
  }

  const finalNameOf = (file) => {
    const name = renamed.get(nameOf(file));
    return name === undefined ? file : `chunks/${name}.js`;
  };
  for (const file of files) {
    for (const ending of ['', '.map']) {
      const [from, to] = [file, finalNameOf(file)].map((name) => `${folder}/${name}${ending}`);
      if (from !== to && existsSync(from)) renameSync(from, to);
    }
    writeFileSync(`${folder}/${finalNameOf(file)}`, texts.get(nameOf(file)));
  }
  writeFileSync(`${folder}/chunks/${tableName}.js`, table);

  const described = files.map((file) => {
    const {imports, dynamicImports, ...rest} = note[file];
    const all = (names) => names.filter((name) => !isRuntime(name)).map(finalNameOf);
    const more = nameOf(file) === elements ? [`chunks/${tableName}.js`] : [];
    return [finalNameOf(file), {...rest, imports: all(imports), dynamicImports: [...all(dynamicImports), ...more]}];
  });
  const tableNote = {facade: 'src/pinned/table', imports: [], dynamicImports: [], modules: []};
  const whole = Object.fromEntries([...described, [`chunks/${tableName}.js`, tableNote]]);
  writeFileSync(noteFile, JSON.stringify(whole, null, 2));
}
