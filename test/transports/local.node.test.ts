import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {indexArticle} from '../../bin/tillit-chat.mjs';
import {searchIn} from '../../src/transports/local-search.js';
import {answerable, unanswerable, type AskedQuestion} from '../backend/help-centre-questions.js';

const program = fileURLToPath(new URL('../../bin/tillit-chat.mjs', import.meta.url));
const helpCenter = fileURLToPath(new URL('../../demo/help-center', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tillit-index-'));
after(() => {
  rmSync(folder, {recursive: true});
});

describe('the index of a folder', () => {
  it('has a section for every heading, with what the front matter says', () => {
    const file =
      '---\ntitle: "A: b"\nslug: a\nupdated: 2026-02-03\n---\n\nIntro [x](b.md) [y](https://y.example)\n\n## Ett\n\n```\n## inte\n```\n\n## Tomt\n';
    assert.deepEqual(indexArticle(['sv', 'z.md'], file, 'https://h.example/{lang}/{slug}'), [
      {
        title: 'A: b',
        url: 'https://h.example/sv/a',
        updated: '2026-02-03',
        lang: 'sv',
        heading: undefined,
        text: 'Intro x [y](https://y.example)',
      },
      {
        title: 'A: b',
        url: 'https://h.example/sv/a',
        updated: '2026-02-03',
        lang: 'sv',
        heading: 'Ett',
        text: '```\n## inte\n```',
      },
    ]);
  });

  it('takes the first heading or the file’s name where there is no front matter, and no address that is none', () => {
    const [bil] = indexArticle(['Åka bil.md'], '\uFEFF# Bil\r\n\r\nText', undefined);
    assert.deepEqual([bil?.title, bil?.text, bil?.url, bil?.lang], ['Bil', 'Text', undefined, undefined]);
    assert.equal(indexArticle(['a.md'], '---\nurl: javascript:alert(1)\n---\nText', undefined)[0]?.title, 'a');
    assert.equal(indexArticle(['a.md'], '---\nurl: javascript:alert(1)\n---\nText', undefined)[0]?.url, undefined);
  });

  it('is made from the command line, the same each time', () => {
    const out = join(folder, 'help.json');
    const args = ['index', helpCenter, '--url', 'https://help.example.com/{lang}/{slug}'];
    execFileSync(process.execPath, [program, ...args, '--out', out], {stdio: 'pipe'});
    assert.equal(readFileSync(out, 'utf8'), execFileSync(process.execPath, [program, ...args], {encoding: 'utf8'}));
  });

  it('says what is wrong', () => {
    for (const args of [[], ['index'], ['index', join(folder, 'missing')]]) {
      const {status, stderr} = spawnSync(process.execPath, [program, ...args], {encoding: 'utf8'});
      assert.equal(status, 1);
      assert.ok(stderr.trim() !== '' && !stderr.includes('    at '));
    }
    writeFileSync(join(folder, 'README.md'), 'x');
    assert.match(
      spawnSync(process.execPath, [program, 'index', folder], {encoding: 'utf8'}).stderr,
      /no Markdown article/,
    );
  });
});

describe('the search in the page, asked what people ask', () => {
  const json = execFileSync(
    process.execPath,
    [program, 'index', helpCenter, '--url', 'https://h.example/{lang}/{slug}'],
    {encoding: 'utf8'},
  );
  const find = searchIn(JSON.parse(json));
  const slugsFor = ({question, lang}: Pick<AskedQuestion, 'question' | 'lang'>) => [
    ...new Set(find(question, lang).map(({url}) => url?.split('/').at(-1) ?? '')),
  ];

  it('finds the right article first for 9 of 10 questions, and among the first three as often', () => {
    const missed: string[] = [];
    let first = 0;
    let firstThree = 0;
    for (const asked of answerable) {
      const slugs = slugsFor(asked);
      if (asked.expected.includes(slugs[0] ?? '')) first++;
      else missed.push(`${asked.question} → ${slugs[0] ?? 'nothing'}`);
      if (slugs.slice(0, 3).some((slug) => asked.expected.includes(slug))) firstThree++;
    }
    const share = (count: number) => (100 * count) / answerable.length;
    console.log(
      `${answerable.length} questions: first ${share(first).toFixed(1)} %, first three ${share(firstThree).toFixed(1)} %\n` +
        `not first:\n  ${missed.join('\n  ')}`,
    );
    assert.ok(share(first) >= 90);
    assert.ok(share(firstThree) >= 90);
  });

  it('says honestly that it found nothing; at most two questions of these trick it', () => {
    const tricked = unanswerable.filter((asked) => slugsFor(asked).length > 0).map(({question}) => question);
    console.log(
      `${unanswerable.length} questions without an answer: ${tricked.length} answered\n  ${tricked.join('\n  ')}`,
    );
    assert.ok(tricked.length <= 2);
  });
});
