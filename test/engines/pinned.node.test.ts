/**
 * The pasted script pins every file it loads: whatever is changed on its way does not run, in any engine, and the chat says
 * that it could not be loaded or does without. Also: nothing comes from anywhere but the vendor's own addresses.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import {serve} from '../../scripts/serve.mjs';
import {engines, type Engine} from './engines.js';
import {personIn} from './person-in.js';
import {scriptTag, startVendorSite, type VendorSite} from './vendor-site.js';

let demo: Awaited<ReturnType<typeof serve>>;
let site: VendorSite;
before(async () => {
  demo = await serve();
  site = await startVendorSite();
});
after(async () => {
  await site.stop();
  await demo.stop();
});

const page = (script: string, endpoint = `${demo.url}api`) => ({
  body: `<!doctype html><html lang="sv"><link rel="icon" href="data:,"><title>x</title>${script}<tillit-chat endpoint="${endpoint}"></tillit-chat></html>`,
});
const question = 'Hur registrerar jag sjukfrånvaro?';
const failed = 'Chatten kunde inte laddas. Tryck för att försöka igen.';
/** What a backend says to somebody it has suspended; what draws it imports the file that conversations are drawn with. */
const suspended = {
  enabled: true,
  terms: {id: 't', version: '1', updated: '2026-01-01', title: 'Villkor', markdown: 'Text.', dataTable: []},
  answerer: {kind: 'ai'},
  suspension: {display: 'Du har stängts av.', appealUrl: 'https://example.com/appeal', until: '2030-01-01T00:00:00Z'},
};

/** What the untouched journey loads, stage by stage: what each is asked for by runs in the one before. */
let stages: readonly (readonly string[])[] = [];
const filesOf = (requests: readonly string[]) =>
  requests.filter((path) => path.includes('/chunks/')).map((path) => path.slice('/cdn/'.length));

for (const {name, isThere, start} of engines) {
  describe(`the pasted script in ${name}`, {skip: !isThere}, () => {
    let engine: Engine;
    let person: ReturnType<typeof personIn>;
    before(async () => {
      engine = await start();
      person = personIn(engine);
    });
    after(() => engine.close());

    async function visit(script: string, endpoint?: string) {
      site.page = page(script, endpoint);
      // What an earlier visit has accepted must not open this one.
      await engine.goto(`${site.origin}/empty`);
      await engine.evaluate('sessionStorage.clear()');
      site.requests.length = 0;
      await engine.goto(site.origin);
    }

    for (const file of ['tillit-chat.js', 'tillit-chat.classic.js'])
      it(`leads through the journey as ${file}, with requests to nobody but the vendor`, async () => {
        site.change = (_, text) => text;
        await visit(scriptTag(site, {file}));
        await person.see('.launcher');
        assert.deepEqual(
          site.requests.filter((path) => path !== '/' && path !== '/favicon.ico'),
          [`/cdn/${file}`],
        );
        await person.openChat();
        const first = filesOf(site.requests);
        await person.accept();
        await person.ask(question);
        await person.type('Mitt personnummer är 811228-9874');
        await person.see('[part~=finding]');
        const all = filesOf(site.requests);
        assert.equal(new Set(all).size, all.length, 'nothing is fetched twice');
        stages = [first.slice(0, 1), first.slice(1), all.slice(first.length)];

        const origins = await engine.evaluate<string[]>(
          `[...new Set(performance.getEntries().filter(({entryType}) => entryType === 'resource' || entryType === 'navigation').map(({name}) => name.startsWith('data:') ? location.origin : new URL(name).origin))]`,
        );
        assert.deepEqual(origins.toSorted(), [site.origin, new URL(demo.url).origin].toSorted());
        assert.equal(await engine.evaluate('document.querySelectorAll("script").length'), 1, 'no script stays behind');
      });

    /** Everything is changed on its way but these. */
    const changeAllBut = (files: readonly string[]) => {
      site.change = (file, text) =>
        files.includes(file) || !file.startsWith('chunks/')
          ? text
          : `${text};(window.changedFiles??=[]).push('${file}');`;
    };
    const ran = () => engine.evaluate<readonly string[]>('window.changedFiles ?? []');
    const launcherSays = (text: string) =>
      engine.until(
        `document.querySelector('tillit-chat').shadowRoot.querySelector('.launcher').ariaLabel === ${JSON.stringify(text)}`,
        `the launcher says: ${text}`,
      );
    const nothingIsSent = async () =>
      assert.deepEqual(
        await engine.evaluate(
          `performance.getEntriesByType('resource').filter(({name}) => name.endsWith('/messages')).length`,
        ),
        0,
      );
    const arrives = async (files: readonly string[]) => {
      for (const file of files) await engine.until(isRequested(file), `${file} is requested`);
    };
    const isRequested = (file: string) => `performance.getEntriesByName('${site.origin}/cdn/${file}').length`;

    it('would run a changed file if the script did not ask for its pin', async () => {
      changeAllBut([]);
      const {change} = site;
      site.change = (file, text) =>
        file === 'tillit-chat.js' ? text.replace('.integrity=', '.notIntegrity=') : change(file, text);
      await visit('<script type="module" src="/cdn/tillit-chat.js"></script>');
      await person.openChat();
      assert.ok((await ran()).includes(stages[0]![0]!));
    });

    it('runs no elements that were changed: the launcher says that the chat could not be loaded', async () => {
      changeAllBut([]);
      await visit(scriptTag(site));
      await person.press('.launcher');
      await launcherSays(failed);
      assert.deepEqual(filesOf(site.requests), stages[0]);
      assert.deepEqual(await ran(), []);
      assert.equal(await engine.evaluate('customElements.get("tillit-chat") === undefined'), true);
    });

    it('runs no catalog that was changed: the launcher says the same', async () => {
      changeAllBut(stages[0]!);
      await visit(scriptTag(site));
      await person.press('.launcher');
      await launcherSays(failed);
      assert.ok(filesOf(site.requests).length > stages[0]!.length, 'a catalog was asked for');
      assert.deepEqual(await ran(), []);
    });

    it('runs nothing that was changed of what comes with the first key, and sends nothing', async () => {
      changeAllBut([...stages[0]!, ...stages[1]!]);
      await visit(scriptTag(site));
      await person.openChat();
      await person.accept();
      await person.type(question);
      await person.see('[part~=retry], .button');
      await engine.until(`[${stages[2]!.map(isRequested).join(', ')}].some(Boolean)`, 'what comes next is requested');
      assert.match(await person.text('.root'), /Chatten går inte att använda just nu/);
      await nothingIsSent();
      assert.deepEqual(await ran(), []);
    });

    it('runs no pack of the guard that was changed, and sends nothing', async () => {
      // What is named by its pin alone is one of many: here the packs.
      const isOneOfMany = (file: string) => /^chunks\/[\w-]{43}\.js$/.test(file);
      const packs = stages[2]!.filter(isOneOfMany);
      changeAllBut([...stages[0]!, ...stages[1]!, ...stages[2]!.filter((file) => !isOneOfMany(file))]);
      await visit(scriptTag(site));
      await person.openChat();
      await person.accept();
      await person.type(question);
      await engine.until(`[${packs.map(isRequested).join(', ')}].filter(Boolean).length > 1`, 'packs are requested');
      await nothingIsSent();
      assert.deepEqual(await ran(), []);
    });

    it('does not run a changed file that another imports', async () => {
      const conversation = stages.flat().find((file) => /^chunks\/conversation-(?!rating)/.test(file))!;
      site.config = suspended;
      site.change = (file, text) =>
        file === conversation ? `${text};(window.changedFiles??=[]).push('${file}');` : text;
      await visit(scriptTag(site), '/tillit');
      await person.press('.launcher');
      await arrives([conversation]);
      await engine.until(
        `${JSON.stringify(suspended.suspension.display)} && document.querySelector('tillit-chat').shadowRoot.textContent.includes(${JSON.stringify(suspended.suspension.display)})`,
      );
      assert.deepEqual(await ran(), []);
    });
  });
}
