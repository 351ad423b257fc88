/**
 * The applications of demo/frameworks, each as its reader would have it: copied to a folder of its own, the packed
 * archive installed from there with everything else from the registry, type-checked, built, served and used in Chromium.
 */
import assert from 'node:assert/strict';
import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, it, type TestContext} from 'node:test';
import {stripVTControlCharacters} from 'node:util';

import type {Browser} from 'playwright-core';

import {serveApp} from '../../demo/frameworks/serve.mjs';
import {serve} from '../../scripts/serve.mjs';
import {startBrowser, visit} from '../e2e/person.js';
import {emptyProject, install, pack, root, runScript} from './packed.js';

interface App {
  readonly name: string;
  /** What is written in place of `was` must not pass the type check. */
  readonly mistake?: {readonly file: string; readonly was: string; readonly becomes: string};
  /** Markup that the server sends before any script has run. */
  readonly fromServer?: RegExp;
  /** The script that builds it to be debugged. */
  readonly inDevelopment?: string;
}

const apps: readonly App[] = [
  {name: 'html'},
  {
    name: 'react',
    mistake: {file: 'src/app.tsx', was: 'open={isOpen}', becomes: 'open={isOpen} mode="popup"'},
    inDevelopment: 'build:development',
    fromServer:
      /<tillit-chat [^>]*locale="en"[^>]* ticket-url="\/support" stale-after-days="365"[^>]*><span slot="header">Payroll help<\/span><\/tillit-chat>/,
  },
  {name: 'vue', mistake: {file: 'src/app.vue', was: ':open="isOpen"', becomes: ':open="isOpen" mode="popup"'}},
  {
    name: 'svelte',
    mistake: {file: 'src/app.svelte', was: 'open={isOpen}', becomes: 'open={isOpen} mode="popup"'},
  },
  // Angular's schema for custom elements lets everything pass; what the handlers take is checked.
  {
    name: 'angular',
    mistake: {file: 'src/app.ts', was: 'detail.outcome', becomes: 'detail.popup'},
  },
];

let demo: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
let folder: string;
before(async () => {
  const {tarball} = await pack();
  folder = await emptyProject();
  cpSync(join(root, 'demo/frameworks'), folder, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist|compiled)$/.test(path),
  });
  cpSync(tarball, join(folder, 'tillit-chat.tgz'));
  [demo, browser] = await Promise.all([serve(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const {name, mistake, fromServer, inDevelopment} of apps) {
  describe(`the demo for ${name}`, () => {
    let app: string;
    let unreachable: string | undefined;
    let site: Awaited<ReturnType<typeof serveApp>> | undefined;
    before(async () => {
      app = join(folder, name);
      unreachable = await install(app, 'ci');
    });
    after(() => site?.stop());

    function installed(what: string, test: () => Promise<void>) {
      it(what, async (context: TestContext) => {
        if (unreachable === undefined) await test();
        else context.skip(unreachable);
      });
    }

    async function start() {
      if (!site) {
        await runScript(app, 'build');
        site = await serveApp(app, {backend: demo.url});
      }
      return site.url;
    }

    it('asks for the versions that the package asks for', () => {
      const dependencies = (file: string, read: (content: never) => unknown) =>
        read(JSON.parse(readFileSync(file, 'utf8')) as never);
      assert.deepEqual(
        dependencies(
          join(root, `demo/frameworks/${name}/package-lock.json`),
          (lock: {packages: Record<string, {dependencies: unknown}>}) =>
            lock.packages['node_modules/tillit-chat']!.dependencies,
        ),
        dependencies(join(root, 'package.json'), ({dependencies}: {dependencies: unknown}) => dependencies),
      );
    });

    if (mistake) {
      installed('passes its type check, but for a mistake that is put in', async () => {
        const file = join(app, mistake.file);
        const right = readFileSync(file, 'utf8');
        assert.ok(right.includes(mistake.was));
        writeFileSync(file, right.replace(mistake.was, mistake.becomes));
        const complaints = await runScript(app, 'check').then(
          () => [],
          ({message}: Error) => stripVTControlCharacters(message).match(/\berror\W+TS\d+.*|^Error: .*/gim),
        );
        writeFileSync(file, right);
        assert.equal(complaints?.length, 1, complaints?.join('\n') ?? 'nothing that looks like a complaint');
        assert.match(complaints[0], /popup/);
      });
    }

    if (fromServer) {
      installed('sends markup from the server, without what only a browser can use', async () => {
        const html = await (await fetch(await start())).text();
        assert.match(html, fromServer);
        assert.doesNotMatch(html, /\[object|transport=|getToken|onTillit/i);
      });
    }

    if (inDevelopment) {
      installed('mounts twice under StrictMode without a word of warning, and hears each event once', async () => {
        await runScript(app, inDevelopment);
        const site = await serveApp(app, {backend: demo.url});
        try {
          const {page, problems, openChat, accept, ask, answered} = await visit(browser, site.url);
          assert.equal(await page.getByText('ready function').count(), 2);
          await openChat();
          await accept();
          await ask('How do I turn on two-factor login?');
          await answered();
          await page.getByText(/^answer done/).waitFor();
          assert.equal(await page.getByText(/^answer /).count(), 1);
          assert.deepEqual(problems, []);
        } finally {
          await site.stop();
        }
      });
    }

    installed('leads from the launcher to an answer, with its own header, token, languages and events', async () => {
      const {page, part, notice, requests, problems, openChat, accept, ask, answered, close, chat} = await visit(
        browser,
        await start(),
        {locale: 'en-GB'},
      );
      const tokens = new Set<string | undefined>();
      page.on('request', (request) => {
        if (request.url().includes('/api/')) tokens.add(request.headers()['authorization']);
      });
      await part('launcher').waitFor();
      assert.deepEqual(
        requests.filter((request) => request.includes('/api/')),
        [],
      );

      await openChat();
      await page.getByText('The chat is open.').waitFor();
      // The vendor's own title is in the header's slot; the notice is ours.
      assert.ok(await page.getByText('Payroll help').isVisible());
      assert.match((await notice.textContent())!, /AI/);
      await accept();
      await ask('How do I turn on two-factor login?');
      await answered();
      await page.getByText(/^answer done with [1-9]\d* sources$/).waitFor();
      assert.deepEqual([...tokens], ['Bearer demo-token']);

      // The language changes, and is the page's again when it is no longer given; the conversation stays.
      for (const [locale, closeButton] of [
        ['sv', 'Stäng'],
        ['', 'Close'],
      ] as const) {
        await page.getByLabel('Language').selectOption(locale);
        await chat.getByRole('button', {name: closeButton}).first().waitFor();
      }
      assert.equal(await part('turn').count(), 1);

      await close();
      await page.getByText('The chat is closed.').waitFor();
      assert.deepEqual(problems, []);
    });

    installed('takes the chat away and puts it back, with what was said', async () => {
      const {page, part, problems, openChat, accept, ask, answered, close, chat} = await visit(browser, await start());
      await openChat();
      await accept();
      await ask('How do I turn on two-factor login?');
      await answered();
      await close();
      await page.getByRole('button', {name: 'Remove the chat'}).click();
      await chat.waitFor({state: 'detached'});
      await page.getByRole('button', {name: 'Show the chat'}).click();
      await part('launcher').click();
      await part('turn').waitFor();
      await page.getByText('The chat is open.').waitFor();
      assert.deepEqual(problems, []);
    });

    installed('asks for the page', async () => {
      const {page, part, problems, accept} = await visit(browser, await start());
      await page.getByRole('button', {name: 'Ask about two-factor login'}).click();
      // Nothing leaves before the terms; the question waits in the composer.
      await accept();
      assert.equal(await part('input').inputValue(), 'How do I turn on two-factor login?');
      assert.deepEqual(problems, []);
    });
  });
}
