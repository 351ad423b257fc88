/**
 * The journey on pages that make it hard, in each engine there is: it works, or the person is left with a sentence. Our own
 * pages, and those of the shared list where it is there.
 */
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {serve} from '../../scripts/serve.mjs';
import {engines, type Engine} from '../engines/engines.js';
import {startHostSite, type HostSite} from '../e2e/host-site.js';
import {hostilePages, mayClose, type HostilePage} from './hosts.js';
import {errorsIn, journeyIn} from '../e2e/journey-in.js';

const shared = fileURLToPath(new URL('../../../shared/data/security/hostile-hosts.json', import.meta.url));
/** What is done to a page while it is used, which other tests do: test/elements/instances.test.ts, leaving.node.test.ts. */
const isDoneLater = ({init, head, csp, sandbox}: HostilePage) =>
  [init, head, csp, sandbox].every((part) => part === undefined);

function sharedPages(): readonly HostilePage[] {
  if (!existsSync(shared)) {
    console.log(`Without the shared list of hostile pages: ${shared} is not there.`);
    return [];
  }
  const pages = JSON.parse(readFileSync(shared, 'utf8')) as readonly HostilePage[];
  return pages
    .filter((page) => !isDoneLater(page))
    .map((page) => ({
      ...page,
      // The tag that an older version of the list's own widget has.
      ...(page.init && {init: page.init.replaceAll('help-center-chat', 'tillit-chat')}),
      ...(mayClose[page.id] && {closes: mayClose[page.id]!}),
    }));
}

const table: (readonly [engine: string, page: string, outcome: string])[] = [];
let demo: Awaited<ReturnType<typeof serve>>;
let site: HostSite;
before(async () => {
  demo = await serve();
  site = await startHostSite(demo.url);
});
after(async () => {
  await site.stop();
  await demo.stop();
  if (process.env['HOSTS_TABLE']) for (const row of table) console.log(`| ${row.join(' | ')} |`);
});

for (const {name, isThere, start} of engines) {
  describe(`on a hostile page, in ${name}`, {skip: !isThere && `${name} is not installed`}, () => {
    let engine: Engine;
    before(async () => {
      engine = await start();
    });
    after(() => engine.close());

    for (const page of [...hostilePages, ...sharedPages()]) {
      it(`${page.closes ? 'says what is the matter' : 'works'} where ${page.id}`, async () => {
        // Nobody has been here before.
        await engine.goto(`${site.origin}/favicon.ico`);
        await engine.evaluate('sessionStorage.clear()');
        site.page = page;
        await engine.goto(`${site.origin}/host.html`);
        const outcome = await journeyIn(engine, page.closes !== undefined).catch((error: unknown) => {
          table.push([name, page.id, `FAILS: ${(error as Error).message}`]);
          throw error;
        });
        table.push([name, page.id, outcome]);
        if (page.closes && outcome !== 'works') assert.match(outcome, page.closes);
        if (outcome === 'works') assert.deepEqual(await errorsIn(engine), []);
      });
    }
  });
}
