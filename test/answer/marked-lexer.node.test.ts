/** The lexer that the pasted build is cut down to reads as the whole one does, through our own reader. */
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {build, type Plugin} from 'esbuild';

import {markedLexer} from '../../scripts/marked-lexer.mjs';
import type * as Lex from '../../src/answer/lex.js';
import {corpus} from './corpus.js';
import {Chance, randomAnswer} from './random-answer.js';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const published = createRequire(import.meta.url).resolve('marked');
const security = path('../../../shared/data/security');

const cutting: Plugin = {
  name: 'marked-lexer',
  setup({onLoad}) {
    onLoad({filter: /marked\.esm\.js$/}, ({path}) => ({contents: markedLexer(readFileSync(path, 'utf8'))}));
  },
};

async function load(plugins: Plugin[]) {
  const {outputFiles} = await build({
    entryPoints: [path('../../src/answer/lex.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    plugins,
  });
  const code = outputFiles[0]!.text;
  const {lexMarkdown} = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as typeof Lex;
  return {code, read: (markdown: string) => read(lexMarkdown, markdown)};
}

function read(lexMarkdown: typeof Lex.lexMarkdown, markdown: string) {
  const definitions: Lex.Definitions = Object.create(null) as Lex.Definitions;
  return {blocks: lexMarkdown(markdown, definitions), definitions};
}

const [whole, cut] = await Promise.all([load([]), load([cutting])]);

/** Corners of each rule, which combine into more when they are put under one another. */
const corners = [
  'a line  \nbroken, and a \\\nsecond',
  '    indented\n\ttabbed\n\n    on',
  '```js a="b"\ncode\n\n```\n~~~\nopen',
  '# one #\n####### seven\n#none\nSetext\n===\nSetext\n---',
  '> quote\nlazy\n> > deeper\n>\tcode\n> - list\n> 1. item',
  '- a\n- b\n\n  loose\n* c\n+ d\n1) e\n2. f\n10. g\n-\n  h',
  '- [ ] open\n- [x] done\n- [X] DONE\n  - nested\n\n    text\n      more',
  '- item\n# heading\n- item\n***\n- item\n```\ncode\n```\n- <div>\n  html\n- > quote',
  'text\n* not a list\n2. nor this\n1. but this',
  '| a | b |\n|:-|-:|\n| 1 | 2 | 3 |\n| \\| | `|` |\nend',
  'a | b\n--|:-:\n1',
  '[a]: https://a.example "title"\n[b]: <https://b.example> (t)\n[a][b] [b][] [a] ![a][b] [none] [c](x "y") ![d](<e f>)',
  '[x](javascript:alert(1)) [y](a(b)c) [z](\\)) [[n](m)](o) [`](p)`',
  'https://a.example/x_(y). www.a.example, mailto:a@b.example a.b@c.example ftp://d.example <e@f.example> <https://g.example>',
  '*a* **b** ***c*** _d_ __e__ a*b*c a_b_c **"f"**g *(h)* **i*j*k** *l **m*n** ~o~ ~~p~~ ~~~q~~~ a~b~c *å*ö',
  '* a * ** b ** _ c _ *d\ne* **f `*` g** \\*h\\* *i [j*](k) *l <m n="*"> o*',
  '`a` ``b`c`` ` d ` `e\nf` `` ` `` `g',
  '<div>\n*a*\n\n</div>\n<!-- *b* --> <kbd>c</kbd> <pre>\n&lt;\n</pre> <a href="*">d</a> <script>*e*</script>',
  '&amp; &#65; &#x42; &nope; &#0; &#x110000; & &copy;',
  '***\n---\n_ _ _\n- - -\n* * *',
  '\r\n\r\na\rb\r\n \t\n\u00a0c\u2028d',
];

describe('the lexer that is cut out of marked', () => {
  it('is much smaller than the whole', () => {
    assert.ok(cut.code.length < whole.code.length * 0.75, `${cut.code.length} of ${whole.code.length} characters`);
  });

  it('refuses a module that is written in another way', () => {
    const source = readFileSync(published, 'utf8');
    assert.throws(() => markedLexer(source.replaceAll('this.options.pedantic', 'this.options.strict')), /pedantic/);
    assert.throws(() => markedLexer('export {};'), /another way/);
  });

  it('reads every sample alike, from every beginning of it', () => {
    for (const {markdown} of corpus) {
      alike(markdown);
      for (let end = 0; end < Math.min(markdown.length, 1000); end++) alike(markdown.slice(0, end));
    }
  });

  it('reads the corners of each rule alike, one under another', () => {
    for (const first of corners) {
      alike(first);
      for (const second of corners)
        for (const between of ['\n', '\n\n', ' ', '\n> ', '\n  ']) alike(first + between + second);
    }
  });

  it('reads made-up answers and their ruins alike', () => {
    const chance = new Chance(7);
    for (let round = 0; round < 1500; round++) {
      const answer = randomAnswer(chance);
      alike(answer);
      const signs = [...answer].filter(() => chance.next() > 0.08);
      alike(signs.join(''));
      alike(chance.many(5, 60, () => chance.pick([...'*_~`[]()<>!#-+=|:\\&;1.) \n\t"\'aå@/w'])).join(''));
    }
  });

  const files = ['benign.jsonl', 'xss-html.dev.jsonl', 'xss-markdown.dev.jsonl'];
  it('reads hostile texts alike', {skip: !existsSync(security) && `the corpora are not at ${security}`}, () => {
    for (const file of files) {
      for (const line of readFileSync(`${security}/${file}`, 'utf8').trim().split('\n')) {
        for (const text of texts(JSON.parse(line))) alike(text);
      }
    }
  });
});

function alike(markdown: string) {
  assert.deepEqual(cut.read(markdown), whole.read(markdown), JSON.stringify(markdown.slice(0, 300)));
}

/** Every text of a record, whatever it is called. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}
