import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {createServer, request as httpRequest} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text as readAll} from 'node:stream/consumers';
import {after, afterEach, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {runCommand} from '../../demo/backend/commands.js';
import {readSetup} from '../../demo/backend/config.js';
import {migrate} from '../../demo/backend/database.js';
import {serveFile, type Mount} from '../../demo/backend/static.js';
import {accept, allEvents, ask, json, problemOf, readEvents, textOf, type Call} from './support/backend.js';
import {copyEmpty, openFresh} from './support/embedded.js';
import {freePort} from './support/postgres.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillit-server-'));
  await copyEmpty(join(folder, 'data/postgres'));
});
after(() => rm(folder, {recursive: true, force: true}));

/** What a failed test leaves running must not meet the next one. */
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

function run(script: 'main' | 'cli', args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', `demo/backend/${script}.ts`, ...args], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      TSX_TSCONFIG_PATH: 'tsconfig.node.json',
      TILLIT_DATA: join(folder, 'data'),
      TILLIT_PACE_MS: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const exit = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  const out = readAll(child.stdout);
  const err = readAll(child.stderr);
  return {child, exit, out, err};
}

/** Starts the demo and waits for its line. */
async function start(args: readonly string[] = [], env: Record<string, string> = {}) {
  const port = await freePort();
  const started = run('main', args, {PORT: String(port), ...env});
  const line = await firstLine(started.child);
  const url = `http://127.0.0.1:${port}`;
  const call: Call = (path, init) => fetch(`${url}/api${path}`, init);
  async function stop(signal: NodeJS.Signals = 'SIGTERM') {
    const since = performance.now();
    started.child.kill(signal);
    const code = await started.exit;
    return {code, ms: performance.now() - since, out: await started.out, err: await started.err};
  }
  return {...started, port, url, line, call, stop};
}

const firstLine = (child: ChildProcess) =>
  new Promise<string>((resolve, reject) => {
    let read = '';
    child.stdout!.on('data', (piece: Buffer) => {
      read += piece.toString();
      if (read.includes('\n')) resolve(read.split('\n')[0]!);
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code} before it was ready`)));
  });

/** Without `fetch`, which would tidy the path up. */
const statusOfPath = (url: string, path: string) =>
  new Promise<number>((resolve, reject) => {
    const {hostname, port} = new URL(url);
    httpRequest({hostname, port, path}, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('the demo server', () => {
  it('says one line when it is ready, serves everything on one port, and ends at Ctrl-C within two seconds', async () => {
    const server = await start();
    assert.equal(server.line, `Tillit Chat demo: http://localhost:${server.port}/`);

    const frames = await allEvents(await ask(server.call, await accept(server.call)));
    const source = frames.find(({type}) => type === 'source')?.data.source as {url: string};
    assert.equal(source.url, `${server.url}/help-center/sv/register-sick-leave`);
    const page = await fetch(source.url);
    assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.match(await page.text(), /<h1>Registrera sjukfrånvaro<\/h1>/);
    assert.match(await (await fetch(`${server.url}/help-center/`)).text(), /sv\/register-sick-leave/);
    assert.equal((await fetch(`${server.url}/help-center/sv/nothing`)).status, 404);
    assert.equal((await problemOf(await server.call('/nothing'))).code, 'unsupported');
    for (const path of [
      '/demo/backend/main.ts',
      '/backend/main.ts',
      '/backend/terms/sv.md',
      '/help-center/sv/register-sick-leave.md',
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/dist/cdn/../../package.json',
      '/dist/cdn/..%2f..%2fpackage.json',
      '/.gitignore',
      '/%2egitignore',
      '//etc/passwd',
      '/package.json',
      '/src/index.ts',
      '/spa/../backend/main.ts',
      '/%00',
    ]) {
      assert.equal(await statusOfPath(server.url, path), 404, path);
    }

    // A slow answer is open while it ends.
    const {code, ms, out, err} = await server.stop('SIGINT');
    assert.equal(code, 0);
    assert.ok(ms < 2000, `${ms} ms`);
    assert.equal(out, `${server.line}\n`);
    assert.equal(err, '');
  });

  it('tells open readers when it ends', async () => {
    const server = await start([], {TILLIT_PACE_MS: '200'});
    const reader = readEvents(await ask(server.call, await accept(server.call)));
    while ((await reader.next())?.type !== 'text');
    const stopping = server.stop('SIGINT');
    assert.deepEqual((await reader.rest()).at(-1)?.data.error, {code: 'interrupted', retryable: true});
    const {code, ms} = await stopping;
    assert.equal(code, 0);
    assert.ok(ms < 2000, `${ms} ms`);
  });

  it('keeps everything over a restart, also when it was killed', async () => {
    const first = await start();
    const receiptId = await accept(first.call);
    const clientMessageId = randomUUID();
    const frames = await allEvents(await ask(first.call, receiptId, {clientMessageId}));
    const ticket = {name: 'Test Testsson', email: 'test@example.com', description: 'Hej'};
    const sent = await first.call('/tickets', json(ticket, {'idempotency-key': 'k', 'tillit-receipt': receiptId}));
    const {id} = (await sent.json()) as {id: string};
    await first.stop('SIGKILL');

    const second = await start();
    const again = await allEvents(await ask(second.call, receiptId, {clientMessageId}));
    assert.equal(again[0]?.data.mode, 'replay');
    assert.equal(textOf(again), textOf(frames));
    const resent = await second.call('/tickets', json(ticket, {'idempotency-key': 'k', 'tillit-receipt': receiptId}));
    assert.deepEqual(await resent.json(), {id, duplicate: true});
    await second.stop();
  });

  it('keeps its data to itself: others ask it, and a second server says in one line that it may not', async () => {
    const server = await start();
    const second = run('main', [], {PORT: String(await freePort())});
    assert.equal(await second.exit, 1);
    assert.match(await second.err, /^\S+ is used by another process;[^\n]*\n$/);
    const receiptId = await accept(server.call);
    const suspended = run('cli', ['suspend', receiptId, '--reason', 'Du har stört tjänsten.']);
    assert.deepEqual([await suspended.exit, (await suspended.out).trim()], [0, 'suspended']);
    assert.equal((await problemOf(await ask(server.call, receiptId))).display, 'Du har stört tjänsten.');
    await server.stop();

    const unsuspended = run('cli', ['unsuspend', receiptId]);
    assert.deepEqual([await unsuspended.exit, (await unsuspended.out).trim()], [0, 'unsuspended']);
    const tickets = run('cli', ['tickets']);
    assert.match(await tickets.out, /T-1001 .*Test Testsson <test@example\.com>/);
  });

  it('says in one line that its port is taken', async () => {
    const taken = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => {
      taken.listen(port, '127.0.0.1', resolve);
    });
    const {exit, out, err} = run('main', [], {PORT: String(port)});
    assert.equal(await exit, 1);
    assert.equal(await out, '');
    assert.equal(await err, `Port ${port} is already in use. Set PORT to use another one, such as PORT=${port + 1}.\n`);
    taken.close();
  });

  for (const [what, args, env, message] of [
    ['articles that are not there', ['--articles', '/nowhere'], {}, /^cannot read the articles/],
    [
      'a database that cannot be reached',
      [],
      {DATABASE_URL: 'postgres://x@127.0.0.1:1/x'},
      /^cannot reach the database/,
    ],
  ] as const) {
    it(`says in one line what is wrong with ${what}`, async () => {
      const {exit, err} = run('main', args, {PORT: String(await freePort()), ...env});
      assert.equal(await exit, 1);
      assert.match(await err, message);
      assert.equal((await err).trim().split('\n').length, 1);
    });
  }

  it('indexes another folder of articles', async () => {
    const articles = join(folder, 'articles');
    await mkdir(articles);
    await writeFile(join(articles, 'kaffe.md'), '# Brygga kaffe\n\nTa två skopor per kopp.');
    await writeFile(
      join(articles, 'coffee.md'),
      '---\nlang: en\ntitle: Make coffee\nurl: https://example.com/coffee\n---\nTwo spoons a cup.',
    );
    const server = await start(['--articles', articles]);
    const receiptId = await accept(server.call);
    const swedish = await allEvents(await ask(server.call, receiptId, {text: 'Hur brygger jag kaffe?'}));
    assert.match(textOf(swedish), /två skopor/);
    const english = await allEvents(
      await ask(server.call, receiptId, {text: 'How do I make coffee?'}, {'accept-language': 'en'}),
    );
    assert.equal((english[1]?.data.source as {url: string}).url, 'https://example.com/coffee');
    const config = (await (await server.call('/config')).json()) as {suggestions: unknown};
    assert.deepEqual(config.suggestions, [{text: 'Brygga kaffe'}]);
    await server.stop();
  });
});

describe('commands', () => {
  it('count, and say what they need', async () => {
    const database = await openFresh();
    await migrate(database);
    const say = (...words: string[]) =>
      runCommand({words, options: {}}, {database, retentionMonths: 12, now: new Date()});
    assert.match(await say('stats'), /^articles +0$/m);
    assert.match(await say('retention'), /^messages +0 deleted$/m);
    assert.equal(await say('tickets'), 'no tickets');
    assert.match(await say('suspend'), /needs an id/);
    assert.match(await say('suspend', randomUUID()), /needs --reason/);
    assert.equal(await say('unsuspend', randomUUID()), 'No one has this id.');
    assert.match(await say('proof', randomUUID()), /^No acceptance/);
    assert.match(await say('proof', 'nonsense'), /^No acceptance/);
    assert.match(await say('nonsense'), /^usage:/);
    await database.close();
  });
});

describe('files', () => {
  let mounts: readonly Mount[];
  before(async () => {
    for (const [name, text] of [
      ['site/index.html', '<p>hej'],
      ['site/open/a.js', 'a'],
      ['site/open/chunks/b-Abc12345.js', 'b'],
      ['site/closed/c.js', 'c'],
      ['site/open/.hidden.js', 'h'],
      ['site/open/secret.ts', 's'],
      ['site/spa/index.html', 'spa'],
      ['outside.js', 'o'],
    ] as const) {
      await mkdir(join(folder, name, '..'), {recursive: true});
      await writeFile(join(folder, name), text);
    }
    await symlink(join(folder, 'outside.js'), join(folder, 'site/open/link.js'));
    mounts = [
      {at: '/spa/', folder: join(folder, 'site/spa'), fallback: 'index.html'},
      {at: '/open/', folder: join(folder, 'site/open'), isShared: true},
      {at: '/', folder: join(folder, 'site'), closed: ['closed']},
    ];
  });
  const get = (path: string, headers: Record<string, string> = {}) =>
    serveFile(mounts, new Request(`http://x${path}`, {headers}));

  it('are served with type, origin policy and a tag to ask again with', async () => {
    const page = await get('/');
    assert.equal(page?.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(page.headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.equal(page.headers.get('access-control-allow-origin'), null);
    const script = await get('/open/a.js');
    assert.equal(script?.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.equal(script.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(script.headers.get('access-control-allow-origin'), '*');
    assert.equal(script.headers.get('cache-control'), 'no-cache');
    assert.equal((await get('/open/a.js', {'if-none-match': script.headers.get('etag') ?? ''}))?.status, 304);
    assert.match((await get('/open/chunks/b-Abc12345.js'))?.headers.get('cache-control') ?? '', /immutable/);
    assert.equal(await (await get('/spa/some/place'))?.text(), 'spa');
  });

  for (const path of [
    '/closed/c.js',
    '/open/.hidden.js',
    '/open/secret.ts',
    '/open/link.js',
    '/open/',
    '/open',
    '/open/%2e%2e/closed/c.js',
    '/open/..%2f..%2foutside.js',
    '/open/..%5c..%5coutside.js',
    '/%00',
    '/%',
    '//open/a.js',
    '/spa/missing.js',
    '/nothing.html',
  ]) {
    it(`at ${path} are not served`, async () => assert.equal(await get(path), undefined));
  }
});

describe('what the operator decides', () => {
  it('has a default for everything', () => {
    const {port, host, perMinute, retentionMonths, paceMs, origins, openai} = readSetup([], {});
    assert.deepEqual(
      {port, host, perMinute, retentionMonths, paceMs, origins, openai},
      {
        port: 5173,
        host: '127.0.0.1',
        perMinute: 60,
        retentionMonths: 12,
        paceMs: 12,
        origins: [],
        openai: undefined,
      },
    );
  });

  for (const [what, args, env, message] of [
    ['a port that is none', [], {PORT: 'http'}, /^PORT must be a whole number/],
    [
      'a retention longer than twelve months',
      [],
      {TILLIT_RETENTION_MONTHS: '13'},
      /^TILLIT_RETENTION_MONTHS is 13: nothing may be kept for more than 12 months$/,
    ],
    ['no retention at all', [], {TILLIT_RETENTION_MONTHS: '0'}, /^TILLIT_RETENTION_MONTHS must be a whole number/],
    ['a policy that is no JSON', [], {TILLIT_PII_POLICY: 'off'}, /^TILLIT_PII_POLICY cannot be used: it is no JSON/],
    ['a policy of an unknown type', [], {TILLIT_PII_POLICY: '{"NAMES": "off"}'}, /unknown type "NAMES"/],
    ['a policy with another decision', [], {TILLIT_PII_POLICY: '{"NAME": "ask"}'}, /NAME must be block, warn or off/],
    ['a sign-in for nobody', [], {TILLIT_OIDC_ISSUER: 'https://login.example.com'}, /belong together/],
    [
      'a sign-in over an open connection',
      [],
      {TILLIT_OIDC_ISSUER: 'http://login.example.com', TILLIT_OIDC_AUDIENCE: 'chat'},
      /^TILLIT_OIDC_ISSUER must be an https address/,
    ],
    ['an unknown option', ['--nonsense'], {}, /--nonsense/],
    ['a database of another kind', [], {DATABASE_URL: 'mysql://x'}, /^DATABASE_URL must/],
    ['a site that is no address', [], {TILLIT_SITE_URL: 'example.se'}, /^TILLIT_SITE_URL must/],
  ] as const) {
    it(`is refused when it is ${what}`, () => {
      assert.throws(() => readSetup(args, env), {name: 'SetupError', message});
    });
  }

  it('needs both an address and a key before anything is sent to a model', () => {
    assert.equal(readSetup([], {OPENAI_API_KEY: 'k'}).openai, undefined);
    assert.equal(readSetup([], {OPENAI_BASE_URL: 'http://x'}).openai, undefined);
    assert.equal(readSetup([], {OPENAI_BASE_URL: 'http://x', OPENAI_API_KEY: 'k'}).openai?.apiKey, 'k');
  });
});
