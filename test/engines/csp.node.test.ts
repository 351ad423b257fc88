/**
 * Content Security Policy and Trusted Types, in three engines: the chat works under the policy that `npx tillit-chat csp`
 * prints, and where a policy refuses what it needs, it says so or shows plain text. Prints the table.
 */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {cspDirectives, cspOf} from '../../bin/csp.mjs';
import {serve} from '../../scripts/serve.mjs';
import {engines, type Engine} from './engines.js';
import {personIn} from './person-in.js';
import {scriptTag, startVendorSite, type VendorSite} from './vendor-site.js';

let demo: Awaited<ReturnType<typeof serve>>;
let site: VendorSite;
/** Serves the script where it is not on the page's own origin. */
let cdn: VendorSite;
before(async () => {
  demo = await serve();
  [site, cdn] = await Promise.all([startVendorSite(), startVendorSite()]);
});
after(async () => {
  await Promise.all([site.stop(), cdn.stop()]);
  await demo.stop();
});

const nonce = 'MTIzNDU2Nzg5MDEyMzQ1Ng';
const failed = 'Chatten kunde inte laddas. Tryck för att försöka igen.';

interface Row {
  readonly what: string;
  /** Of the page; made when the addresses are known. */
  readonly policy: () => string;
  readonly from?: 'cdn';
  readonly file?: string;
  readonly hasNonce?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a person gets: the whole journey, a sentence of the launcher or the panel, terms in HTML with or without their form. */
  readonly gets: 'all of it' | 'a sentence' | 'a refusal' | 'HTML' | 'plain text';
}

const setup = () => ({endpoint: `${demo.url}api`});
/** The policy with other values for one directive. */
const but = (policy: string, name: string, values: string) =>
  policy.replace(new RegExp(`(^|; )${name} [^;]*`), values && `$1${name} ${values}`);

const rows: readonly Row[] = [
  {what: 'no policy', policy: () => '', gets: 'all of it'},
  {what: "nonce and 'strict-dynamic'", policy: () => cspOf({...setup(), nonce}), hasNonce: true, gets: 'all of it'},
  {
    what: 'the same, classic script',
    policy: () => cspOf({...setup(), nonce}),
    file: 'tillit-chat.classic.js',
    hasNonce: true,
    gets: 'all of it',
  },
  {
    what: 'the same, script from elsewhere',
    policy: () => cspOf({...setup(), nonce}),
    from: 'cdn',
    hasNonce: true,
    gets: 'all of it',
  },
  {
    what: 'nonce alone',
    policy: () => but(cspOf({...setup(), nonce}), 'script-src', `'nonce-${nonce}'`),
    hasNonce: true,
    gets: 'all of it',
  },
  {what: 'the own origin', policy: () => cspOf(setup()), gets: 'all of it'},
  {
    what: 'a folder elsewhere',
    policy: () => cspOf({...setup(), script: `${cdn.origin}/cdn/tillit-chat.js`}),
    from: 'cdn',
    gets: 'all of it',
  },
  {
    what: 'cross-origin isolated',
    policy: () => cspOf({...setup(), script: `${cdn.origin}/cdn/tillit-chat.js`}),
    from: 'cdn',
    headers: {'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp'},
    gets: 'all of it',
  },
  {what: 'no name for our policies', policy: () => but(cspOf(setup()), 'trusted-types', 'host'), gets: 'a sentence'},
  {what: 'no name for tillit-chat', policy: () => but(cspOf(setup()), 'trusted-types', 'lit-html'), gets: 'a sentence'},
  {what: 'no name for lit-html', policy: () => but(cspOf(setup()), 'trusted-types', 'tillit-chat'), gets: 'a sentence'},
  {
    what: 'the script alone allowed',
    policy: () => but(cspOf(setup()), 'script-src', `${site.origin}/cdn/tillit-chat.js ${site.origin}/violations.js`),
    gets: 'a sentence',
  },
  {what: 'the backend not allowed', policy: () => but(cspOf(setup()), 'connect-src', "'none'"), gets: 'a refusal'},
  {what: 'terms in HTML', policy: () => cspOf({htmlTerms: true}), gets: 'HTML'},
  {what: 'terms in HTML, no name for dompurify', policy: () => cspOf({}), gets: 'plain text'},
];

/** A backend whose terms are HTML. */
const config = {
  enabled: true,
  terms: {
    id: 't',
    version: '1',
    updated: '2026-01-01',
    title: 'Villkor',
    html: '<p>Första <b>stycket</b>.</p><p>Andra.</p>',
    dataTable: [],
  },
  answerer: {kind: 'search'},
};

const watch = `document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI, sample}) =>
  // An icon is what the browser asks for.
  blockedURI.endsWith('/favicon.ico') || (window.violations ??= []).push([effectiveDirective, blockedURI, sample].join(' ')));`;

const table: string[][] = [];
after(() => {
  const names = [...new Set(table.map(([, engine]) => engine!))];
  const line = (cells: readonly string[]) => cells.map((cell, at) => cell.padEnd(at === 0 ? 40 : 11)).join(' ');
  const of = (what: string) =>
    names.map((name) => table.find(([row, engine]) => row === what && engine === name)?.[2] ?? '–');
  console.log([line(['policy', ...names]), ...rows.map(({what}) => line([what, ...of(what)]))].join('\n'));
});

for (const {name, isThere, start} of engines) {
  describe(`under a policy in ${name}`, {skip: !isThere}, () => {
    let engine: Engine;
    let person: ReturnType<typeof personIn>;
    before(async () => {
      engine = await start();
      person = personIn(engine);
      site.files.set('/violations.js', watch);
    });
    after(() => engine.close());

    const violations = () => engine.evaluate<readonly string[]>('window.violations ?? []');

    async function journey() {
      await person.openChat();
      await person.accept();
      await person.ask('Hur registrerar jag sjukfrånvaro?');
      await person.see('[part~=source]');
    }

    for (const {what, policy, from, file, hasNonce, headers, gets} of rows) {
      it(`gives ${gets}: ${what}`, async () => {
        const attributes = hasNonce ? `nonce="${nonce}"` : '';
        const tag = scriptTag(from === 'cdn' ? cdn : site, {...(file !== undefined && {file}), attributes});
        const isHtml = gets === 'HTML' || gets === 'plain text';
        site.config = config;
        const csp = policy();
        site.page = {
          body: `<!doctype html><html lang="sv"><title>x</title><script src="/violations.js" ${attributes}></script>${tag}<tillit-chat endpoint="${isHtml ? '/tillit' : `${demo.url}api`}"></tillit-chat></html>`,
          headers: {...(csp && {'content-security-policy': csp}), ...headers},
        };
        await engine.goto(`${site.origin}/empty`);
        await engine.evaluate('sessionStorage.clear()');
        await engine.goto(site.origin);
        if (headers) assert.equal(await engine.evaluate('crossOriginIsolated'), true);
        table.push([what, name, 'FAILS']);
        if (gets === 'all of it') await journey();
        else if (gets === 'a sentence') {
          await person.press('.launcher');
          await engine.until(
            `document.querySelector('tillit-chat').shadowRoot.querySelector('.launcher').ariaLabel === ${JSON.stringify(failed)}`,
            'the launcher says so',
          );
        } else if (gets === 'a refusal') {
          await person.press('.launcher');
          await engine.until(
            `document.querySelector('tillit-chat').shadowRoot.textContent.includes('Chatten går inte att använda just nu')`,
            'the panel says so',
          );
        } else {
          await person.openChat();
          await engine.until(`document.querySelector('tillit-chat').shadowRoot.textContent.includes('Andra.')`);
          assert.equal(await person.isThere('[part~=terms] b'), gets === 'HTML');
        }
        if (gets === 'all of it' || gets === 'HTML') assert.deepEqual(await violations(), []);
        table.at(-1)![2] = gets;
      });
    }
  });
}

describe('npx tillit-chat csp', () => {
  const program = fileURLToPath(new URL('../../bin/tillit-chat.mjs', import.meta.url));
  const run = (...args: string[]) => spawnSync(process.execPath, [program, 'csp', ...args], {encoding: 'utf8'});

  it('prints the policy of a page that has everything on its own origin', () => {
    const {status, stdout} = run();
    assert.equal(status, 0);
    assert.equal(
      stdout,
      "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'none'; " +
        "base-uri 'none'; require-trusted-types-for 'script'; trusted-types tillit-chat lit-html\n",
    );
  });

  it('prints what a configuration adds, and what each directive is for', () => {
    const {stdout, stderr} = run(
      '--nonce',
      '{nonce}',
      '--endpoint',
      'https://help.example.com/api',
      '--images',
      'https://img.example.com',
      '--images',
      'https://pics.example.com/x',
      '--speech',
      'wss://speech.example.com',
      '--html-terms',
    );
    const directives = new Map(
      stdout
        .trim()
        .replace('Content-Security-Policy: ', '')
        .split('; ')
        .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
    );
    assert.deepEqual(Object.fromEntries(directives), {
      'default-src': "'none'",
      'script-src': "'nonce-{nonce}' 'strict-dynamic'",
      'style-src': "'self'",
      'connect-src': 'https://help.example.com wss://speech.example.com',
      'img-src': 'https://img.example.com https://pics.example.com',
      'media-src': 'blob:',
      'base-uri': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'tillit-chat lit-html dompurify',
    });
    for (const name of directives.keys()) assert.match(stderr, new RegExp(`^${name} +\\S`, 'm'));
    assert.match(stderr, /Permissions-Policy: microphone=\(self\)/);
  });

  it('allows the folder of the script, since the others lie beside it', () => {
    const {stdout} = run('--script', 'https://cdn.example.com/tillit/0.1.0/tillit-chat.js');
    assert.match(stdout, /script-src https:\/\/cdn\.example\.com\/tillit\/0\.1\.0\/;/);
  });

  it('refuses what is no address, what could end a directive, and what it does not know', () => {
    for (const args of [['--endpoint', 'help'], ['--endpoint', 'x; script-src *'], ['--nonce', "a' *"], ['--eval']]) {
      const {status, stdout, stderr} = run(...args);
      assert.equal(status, 1, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, /^(--|Unknown option)/);
    }
  });

  it('never needs unsafe-inline or eval', () => {
    const all = cspDirectives({
      nonce: 'x',
      images: ['https://a.example'],
      htmlTerms: true,
      speech: ['https://b.example'],
    });
    assert.doesNotMatch(all.flatMap(({values}) => values).join(' '), /unsafe|eval|\*|data:/);
  });
});
