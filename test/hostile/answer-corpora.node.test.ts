/**
 * Runs attack corpora and answers that must still render against the answer element in Chromium: whole, in eight
 * pieces, and character by character. The corpora and their checker are not part of the project.
 */
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {build} from 'esbuild';

import {findChrome} from '../../scripts/browsers.mjs';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const root = path('../..');
const data = path('../../../shared/data');
const checker = join(data, 'tools/xss-check.mjs');
const corpora = ['xss-html.dev.jsonl', 'xss-markdown.dev.jsonl', 'benign.jsonl'].map((name) =>
  join(data, 'security', name),
);

const chrome = findChrome() as string | undefined;
const skip = !existsSync(checker) ? `the attack corpora are not at ${data}` : !chrome ? 'there is no Chromium' : false;

interface Verdict {
  readonly summary: {
    readonly cases: number;
    readonly hard_pass: number;
    readonly strict_pass: number;
    readonly cases_with_script: number;
    readonly cases_with_foreign_request_or_navigation: number;
  };
  readonly fails: readonly {readonly id: string; readonly input: string; readonly f: readonly unknown[]}[];
}

describe('attack corpora', {skip}, () => {
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tillit-attacks-'));
    await build({
      entryPoints: [path('answer-page.ts')],
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      outdir: folder,
      logLevel: 'error',
    });
    copyFileSync(path('answer-page.html'), join(folder, 'answer-page.html'));
  });

  after(() => rmSync(folder, {recursive: true, force: true}));

  for (const [mode, pieces] of [
    ['whole', 0],
    ['in eight pieces', 8],
    ['character by character', 1_000_000],
  ] as const) {
    it(`change nothing when they arrive ${mode}`, async () => {
      const {summary, fails} = await check(join(folder, `verdict-${pieces}.json`), pieces);
      assert.deepEqual(fails.slice(0, 5), []);
      assert.equal(summary.hard_pass, summary.cases);
      assert.equal(summary.cases_with_script, 0);
      assert.equal(summary.cases_with_foreign_request_or_navigation, 0);
      assert.ok(
        summary.strict_pass / summary.cases >= 0.99,
        `strict verdicts: ${summary.strict_pass} of ${summary.cases}`,
      );
    });
  }

  async function check(out: string, pieces: number): Promise<Verdict> {
    const args = [
      '--serve',
      folder,
      '--page',
      'answer-page.html',
      '--corpus',
      corpora.join(),
      '--stream',
      String(pieces),
      '--settle',
      '40',
      '--out',
      out,
    ];
    const child = spawn(process.execPath, [checker, ...args], {
      cwd: root,
      env: {...process.env, CHROME_PATH: chrome},
      stdio: 'ignore',
    });
    const status = await new Promise((done) => child.on('close', done));
    assert.ok(existsSync(out), `the checker ended with status ${String(status)} and no verdict`);
    return JSON.parse(readFileSync(out, 'utf8')) as Verdict;
  }
});
