import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {cite} from '../../demo/backend/answers/search.js';
import {migrate, type Database} from '../../demo/backend/database.js';
import {readFrontMatter} from '../../demo/backend/front-matter.js';
import {negotiate} from '../../demo/backend/locale.js';
import {parseArticle, passagesOf, readArticles} from '../../demo/backend/search/articles.js';
import {createSearch, type Search} from '../../demo/backend/search/find.js';
import {indexArticles} from '../../demo/backend/search/index-articles.js';
import {articleHref, blocksOf, plainText, withLinks} from '../../demo/backend/search/markdown.js';
import {isProbablyMeant, slips} from '../../demo/backend/search/misspelling.js';
import {answerable, unanswerable, type AskedQuestion} from './help-centre-questions.js';
import {onEachDatabase} from './support/databases.js';
import {openFresh} from './support/embedded.js';

const helpCenter = fileURLToPath(new URL('../../demo/help-center', import.meta.url));

describe('the search, asked what people ask', () => {
  let database: Database;
  let search: Search;
  before(async () => {
    database = await openFresh();
    await migrate(database);
    await indexArticles(database, await readArticles(helpCenter));
    search = createSearch(database);
  });
  after(() => database.close());

  const slugsFor = async ({lang, question}: Pick<AskedQuestion, 'lang' | 'question'>) => {
    const {passages} = await search.find(question, [lang, lang === 'sv' ? 'en' : 'sv']);
    return [...new Set(passages.map(({slug}) => slug))];
  };

  it('finds the right article first for 9 of 10 questions, and among the first three for 19 of 20', async () => {
    const missed: string[] = [];
    let first = 0;
    let firstThree = 0;
    for (const asked of answerable) {
      const slugs = await slugsFor(asked);
      const isExpected = (slug: string | undefined) => slug !== undefined && asked.expected.includes(slug);
      if (isExpected(slugs[0])) first += 1;
      else missed.push(`${asked.question} → ${slugs[0] ?? 'nothing'}`);
      if (slugs.slice(0, 3).some(isExpected)) firstThree += 1;
    }
    const share = (n: number) => n / answerable.length;
    console.log(
      `${answerable.length} questions: first ${(100 * share(first)).toFixed(1)} %, ` +
        `first three ${(100 * share(firstThree)).toFixed(1)} %\nnot first:\n  ${missed.join('\n  ')}`,
    );
    assert.ok(share(first) >= 0.9);
    assert.ok(share(firstThree) >= 0.95);
  });

  it('says honestly that it found nothing; at most one question of these tricks it', async () => {
    const tricked: string[] = [];
    for (const asked of unanswerable) {
      const slugs = await slugsFor(asked);
      if (slugs.length > 0) tricked.push(`${asked.question} → ${slugs[0]}`);
    }
    console.log(
      `${unanswerable.length} questions without an answer: ${tricked.length} answered\n  ${tricked.join('\n  ')}`,
    );
    assert.ok(tricked.length <= 1);
  });

  for (const question of [
    'Kan jag betala leverantörer i dollar?',
    'What is the weather in Oslo?',
    '',
    '?!',
    '   ',
    '12345',
    'och det',
  ]) {
    it(`finds nothing for ${JSON.stringify(question)}`, async () => {
      assert.deepEqual((await search.find(question, ['sv', 'en'])).passages, []);
    });
  }

  for (const question of [
    `moms' | 'utlägg`,
    `moms & !utlägg <-> (`,
    `'; drop table passages; --`,
    'moms:*',
    '\\',
    '%_%',
    'a'.repeat(2000),
    'moms '.repeat(400),
    'åäö ÅÄÖ \u{1f600} \ud800',
  ]) {
    it(`takes ${JSON.stringify(question.slice(0, 30))} as words`, async () => {
      await search.find(question, ['sv', 'en']);
    });
  }

  it('uses the index, also when the planner has statistics', async () => {
    const plan = await database.query<{'QUERY PLAN': string}>(
      `explain select id, ts_rank_cd(tsv, $1::tsquery) as rank from passages where tsv @@ $1::tsquery and lang = 'sv'`,
      [`'karensavdrag'`],
    );
    assert.match(plan.map((row) => row['QUERY PLAN']).join('\n'), /passages_tsv/);
  });
});

onEachDatabase('the index', (database) => {
  const article = (slug: string, title: string, body: string, lang = 'sv') =>
    parseArticle([lang, `${slug}.md`], `---\ntitle: ${title}\n---\n${body}`, '2026-01-01');
  const a = article('a', 'Karensavdrag', 'Avdraget görs första dagen.\n\n## Undantag\n\nSärskilt högriskskydd.');
  const b = article('b', 'Traktamente', 'Skattefritt belopp per dag.');

  it('takes only what changed, and forgets what is gone', async () => {
    assert.deepEqual(await indexArticles(database(), [a, b]), {added: 2, removed: 0});
    assert.deepEqual(await indexArticles(database(), [b, a]), {added: 0, removed: 0});
    const changed = article('a', 'Karensavdrag', 'Avdraget görs en gång per sjukperiod.');
    assert.deepEqual(await indexArticles(database(), [changed, b]), {added: 1, removed: 1});
    const search = createSearch(database());
    assert.equal((await search.find('sjukperiod', ['sv'])).passages[0]?.slug, 'a');
    assert.deepEqual((await search.find('högriskskydd', ['sv'])).passages, []);
    assert.deepEqual(await indexArticles(database(), [b]), {added: 0, removed: 1});
    assert.deepEqual((await search.find('karensavdrag', ['sv'])).passages, []);
  });

  it('finds inflected, misspelt and compound words', async () => {
    await indexArticles(database(), [
      article('sjuk', 'Registrera sjukfrånvaro', 'Välj frånvaro och sjuk.'),
      article('kvitto', 'Spara kvitton', 'Fotografera kvittot för ditt utlägg.'),
      article('tabell', 'Skattetabeller', 'Skattetabellen hämtas varje år.'),
      article('en', 'Export files', 'Choose export.', 'en'),
    ]);
    const search = createSearch(database());
    for (const [question, slug] of [
      ['sjukfrånvaron', 'sjuk'],
      ['registrerade sjukfrånvaro', 'sjuk'],
      ['sjukfrånvarp', 'sjuk'],
      ['SJUKFRÅNVARO', 'sjuk'],
      ['sjkufrånvaro', 'sjuk'],
      ['utläggskvitto', 'kvitto'],
      ['kvitton', 'kvitto'],
      ['skattetabel', 'tabell'],
      ['exporting', 'en'],
    ] as const) {
      assert.equal((await search.find(question, ['sv', 'en'])).passages[0]?.slug, slug, question);
    }
  });
});

describe('reading articles', () => {
  it('takes the front matter, or what stands in its place', () => {
    const full = parseArticle(
      ['en', 'x.md'],
      '---\ntitle: "A: b"\nslug: My Slug\nupdated: 2026-02-03\nurl: https://example.com/x\n---\nText',
      '2026-01-01',
    );
    assert.deepEqual(
      [full.lang, full.title, full.slug, full.updated, full.url],
      ['en', 'A: b', 'my-slug', '2026-02-03', 'https://example.com/x'],
    );
    const plain = parseArticle(['Åka bil.md'], '# Åka bil\n\nText', '2026-01-01');
    assert.deepEqual(
      [plain.lang, plain.title, plain.slug, plain.updated, plain.body],
      ['sv', 'Åka bil', 'aka-bil', '2026-01-01', 'Text'],
    );
    assert.equal(parseArticle(['x.md'], '---\nlang: en-GB\nurl: javascript:alert(1)\n---\nText', '').lang, 'en');
    assert.equal(parseArticle(['x.md'], '---\nurl: javascript:alert(1)\n---\nText', '').url, undefined);
  });

  it('reads lists, quotes and Windows line ends in front matter', () => {
    const {fields, lists, body} = readFrontMatter(
      '\uFEFF---\r\nTitle: \'x\'\r\nlist:\r\n  - one: 1\r\n  - "two"\r\nnot yaml\r\n---\r\n\r\nText\r\n---\r\n',
    );
    assert.deepEqual([...fields], [['title', 'x']]);
    assert.deepEqual([...lists], [['list', ['one: 1', 'two']]]);
    assert.equal(body, 'Text\n---');
  });

  it('cuts at headings, but not at those inside of code', () => {
    const passages = passagesOf({
      body: 'Intro\n\n## Ett\n\n```\n## inte\n```\n\n### Under\n\nmer\n\n## Två\n\n## Tre\n\nText',
    });
    assert.deepEqual(
      passages.map(({heading}) => heading),
      ['', 'Ett', 'Tre'],
    );
    assert.match(passages[1]?.body ?? '', /## inte[\s\S]*### Under/);
  });

  it('cuts long sections at their sub-headings', () => {
    const passages = passagesOf({body: `## Ett\n\n${'ord '.repeat(400)}\n\n### Under\n\n${'mer '.repeat(400)}`});
    assert.deepEqual(
      passages.map(({heading}) => heading),
      ['Ett', 'Ett: Under'],
    );
  });

  for (const [markdown, plain] of [
    ['**Fet** och [länk](x.md) med `kod`', 'Fet och länk med kod'],
    ['- ett\n- **två**', 'ett\ntvå'],
    ['| A | B |\n|---|---|\n| 1 | 2 |', 'A, B\n1, 2'],
    ['a &amp; b <b>c</b>', 'a & b c'],
  ] as const) {
    it(`reads ${JSON.stringify(markdown)} as plain text`, () => assert.equal(plainText(blocksOf(markdown)), plain));
  }

  for (const [href, url] of [
    ['karens.md', 'https://h.se/sv/karens'],
    ['./karens.md#dag-1', 'https://h.se/sv/karens#dag-1'],
    ['karens', 'https://h.se/sv/karens'],
    ['https://x.se/a', 'https://x.se/a'],
    ['mailto:a@b.se', 'mailto:a@b.se'],
    ['../../../etc/passwd', undefined],
    ['javascript:alert(1)', undefined],
    ['//evil.se', undefined],
  ] as const) {
    it(`leads ${href} to ${url ?? 'nowhere'}`, () => assert.equal(articleHref(href, 'https://h.se/sv/'), url));
  }

  it('keeps the words of links that lead nowhere, and drops images', () => {
    assert.equal(
      withLinks('[a](javascript:x) ![bild](https://x.se/i.png) [b](c.md)', (href) => articleHref(href, '/')),
      'a bild [b](/c)',
    );
  });
});

describe('citing a passage', () => {
  for (const [what, markdown, cited] of [
    ['a paragraph', 'En mening.\n\nEn till.', 'En mening. [1]\n\nEn till.'],
    ['steps', '1. Ett\n2. Två', '1. Ett\n2. Två [1]'],
    ['steps with a lead', 'Gör så här:\n\n- ett\n- två\n\nKlart.', 'Gör så här:\n\n- ett\n- två [1]\n\nKlart.'],
    ['a table', '| A |\n|---|\n| 1 |', '| A |\n|---|\n| 1 |\n\n[1]'],
    ['steps that end with code', '1. Kör\n\n   ```\n   x\n   ```', '1. Kör\n\n   ```\n   x\n   ```\n\n[1]'],
  ] as const) {
    it(`marks ${what}`, () => assert.equal(cite(markdown, 1), cited));
  }
});

describe('misspelling', () => {
  for (const [written, known, expected] of [
    ['sjukfrånvarp', 'sjukfrånvaro', true],
    ['sjukfarnvaro', 'sjukfrånvaro', true],
    ['utläg', 'utlägg', true],
    ['moms', 'mums', false],
    ['vädret', 'värdet', true],
    ['lön', 'lån', false],
    ['xarens', 'karens', false],
    ['arbetsgivare', 'arbetstagare', false],
  ] as const) {
    it(`${expected ? 'takes' : 'does not take'} ${written} for ${known}`, () =>
      assert.equal(isProbablyMeant(written, known), expected));
  }

  it('counts slips, two letters that changed places as one', () => {
    assert.deepEqual(
      [slips('abcd', 'abcd', 3), slips('abcd', 'abdc', 3), slips('abcd', 'abc', 3), slips('', 'ab', 3)],
      [0, 1, 1, 2],
    );
  });
});

describe('choosing a language', () => {
  for (const [header, expected] of [
    [undefined, 'sv'],
    ['', 'sv'],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['sv;q=0.1, en;q=0.2', 'en'],
    ['de, fr', 'sv'],
    ['en;q=0', 'sv'],
    ['*', 'sv'],
    [';;;q=,', 'sv'],
    ['nb, sv;q=0.8, en;q=0.7', 'sv'],
  ] as const) {
    it(`answers ${JSON.stringify(header)} in ${expected}`, () => assert.equal(negotiate(header), expected));
  }
});
