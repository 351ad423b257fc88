/** The built package, as Node resolves it for a vendor: by the names in package.json's `exports`. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {build, outdated} from '../../scripts/build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a module in a Node of its own: this one resolves `tillit-chat/…` to the source. */
function run<Result>(code: string): Result {
  const {NODE_OPTIONS: _, ...env} = process.env;
  const {status, stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Result;
}

const {exports} = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  exports: Readonly<Record<string, string | {readonly types: string}>>;
};

/** Every module a vendor can import, `*` written out. That the declarations are there, publint sees to. */
const modules = Object.entries(exports).flatMap(([name, target]) => {
  if (typeof target === 'string') return [];
  const [folder = '', ending] = target.types.replace('./dist/types/', 'src/').split('*.d.ts');
  const stems = ending === undefined ? [''] : readdirSync(root + folder).map((file) => file.replace('.ts', ''));
  return stems.map((stem) => name.replace(/^\./, 'tillit-chat').replace('*', stem));
});

describe('the built package', () => {
  before(() => build(outdated()));

  it('can be imported by Node, export by export', () => {
    // The one has effects alone, the other types alone.
    const names = modules.filter((name) => name !== 'tillit-chat/define' && name !== 'tillit-chat/svelte');
    const empty = run<string[]>(`
      const empty = [];
      for (const name of ${JSON.stringify(names)}) if (Object.keys(await import(name)).length === 0) empty.push(name);
      console.log(JSON.stringify(empty));
    `);
    assert.ok(names.includes('tillit-chat/privacy/packs/de'));
    assert.deepEqual(empty, []);
  });

  it('finds a personnummer without a pack, and a German tax id with one, which Node brings along', () => {
    const found = run<Record<string, string[]>>(`
      import {findPii, screen} from 'tillit-chat/privacy';
      import {loadAllPacks, loadPacks} from 'tillit-chat/privacy/packs';
      import {pack} from 'tillit-chat/privacy/packs/de';

      const subtypes = (text, options) => findPii(text, options).map(({subtype}) => subtype);
      const german = 'Die Nummer 86 095 742 719 wird abgelehnt.';
      const packs = await loadPacks(['de']);
      console.log(JSON.stringify({
        swedish: subtypes('Varför är lönen fel för 811228-9874?'),
        without: subtypes(german, {packs: []}),
        inNode: subtypes(german),
        chosen: subtypes(german, {locales: ['de-AT']}),
        notChosen: subtypes(german, {locales: ['pl']}),
        screened: [screen(german, 'question').verdict],
        loaded: subtypes(german, {packs}),
        imported: subtypes(german, {packs: [pack]}),
        all: subtypes(german, {packs: await loadAllPacks()}),
        same: packs.map((loaded) => String(loaded === pack)),
      }));
    `);
    assert.deepEqual(found, {
      swedish: ['se-personnummer'],
      without: [],
      inNode: ['de-steuer-id'],
      chosen: ['de-steuer-id'],
      notChosen: [],
      screened: ['stop'],
      loaded: ['de-steuer-id'],
      imported: ['de-steuer-id'],
      all: ['de-steuer-id'],
      same: ['true'],
    });
  });

  it('says which rules it has', () => {
    const rules = run<{type: string; subtype: string; source: string}[]>(`
      import {ruleCatalog} from 'tillit-chat/privacy/catalog';
      console.log(JSON.stringify(ruleCatalog));
    `);
    assert.ok(rules.some(({type, subtype}) => type === 'PERSON_ID' && subtype === 'de-steuer-id'));
    assert.deepEqual(
      rules.filter(({source}) => source === ''),
      [],
    );
  });
});
