/*
 * Unit and component tests in real browsers. Which ones: TEST_BROWSERS=chromium,firefox,webkit (default: chromium).
 * One file: npx wtr --files test/core/session.test.ts. Debugging: npx wtr --watch --open.
 */
import {fileURLToPath} from 'node:url';

import {esbuildPlugin} from '@web/dev-server-esbuild';
import {chromeLauncher, defaultReporter} from '@web/test-runner';
import {a11ySnapshotPlugin} from '@web/test-runner-commands/plugins';
import puppeteer from 'puppeteer-core';

import {chromeArgs, findChrome, findFirefox, findWebKit} from './scripts/browsers.mjs';
import {catalogParts} from './scripts/catalog-parts.mjs';
import {testCommands} from './scripts/test-commands.mjs';
import {countReporter} from './scripts/test-reporter.mjs';
import {webkitLauncher} from './scripts/webkit-launcher.mjs';

const launchers = {
  chromium: () =>
    chromeLauncher({
      // A tab behind another one gets no animation frames, and everything that waits for one hangs.
      createPage: ({context}) => context.newPage({type: 'window'}),
      launchOptions: {executablePath: found(findChrome()), args: chromeArgs},
    }),
  // Firefox through WebDriver BiDi. One page at a time: a page in the background gets no focus and no animation frames.
  firefox: () =>
    chromeLauncher({
      puppeteer,
      concurrency: 1,
      launchOptions: {browser: 'firefox', executablePath: found(findFirefox())},
    }),
  webkit: () => webkitLauncher(found(findWebKit())),
};

function found(browser) {
  if (!browser)
    throw new Error('A browser of TEST_BROWSERS is not installed: run node scripts/bootstrap.mjs --browsers');
  return browser;
}

const {TEST_BROWSERS = 'chromium', TEST_COUNTS} = process.env;

export default {
  files: ['test/**/*.test.ts', '!test/**/*.node.test.ts'],
  nodeResolve: true,
  concurrency: 2,
  concurrentBrowsers: 2,
  browsers: TEST_BROWSERS.split(',').map((name) => launchers[name]()),
  plugins: [
    catalogParts(),
    esbuildPlugin({
      ts: true,
      json: true,
      target: 'es2022',
      // The plug-in does not follow "extends", so this file must be whole: without verbatimModuleSyntax, an import used
      // only as a type would be dropped together with its side effect.
      tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
    }),
    a11ySnapshotPlugin(),
    testCommands(),
  ],
  reporters: [
    defaultReporter({reportTestProgress: !TEST_COUNTS}),
    ...(TEST_COUNTS ? [countReporter(TEST_COUNTS)] : []),
  ],
  filterBrowserLogs: ({args}) => !String(args[0]).includes('Lit is in dev mode'),
  // A test that waits for nothing is done in milliseconds; WebKitGTK beside two other browsers is not that fast.
  testFramework: {config: {timeout: 20_000}},
  coverageConfig: {
    include: ['src/**/*.ts'],
    reporters: ['lcov', 'text-summary'],
    reportDir: 'coverage',
  },
};
