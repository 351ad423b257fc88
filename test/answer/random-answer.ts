/** Answers made by chance, the same at each run, so that a failure can be run again. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 or more, less than 1. */
  next(): number {
    this.#state = (this.#state * 1103515245 + 12345) & 0x7fffffff;
    return this.#state / 0x80000000;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  many<Item>(from: number, to: number, make: (index: number) => Item): Item[] {
    return Array.from({length: from + this.below(to - from + 1)}, (_, index) => make(index));
  }
}

const WORDS =
  'Öppna menyn Inställningar och välj period spara den som gäller, annars (se nedan) visas 12 kr: ja! nej? "citat" it’s 50 % å–ö'.split(
    ' ',
  );

/** Well-formed Markdown: each sign in it is syntax, so that none may ever be seen. */
export function randomAnswer(chance: Chance): string {
  const words = () => chance.many(1, 5, () => chance.pick(WORDS)).join(' ');
  const inline = (): string =>
    chance.pick([
      words,
      words,
      words,
      () => `**${words()} *${words()}* x**`,
      () => `*${words()} **${words()}** x*`,
      () => `***${words()}***`,
      () => `__${words().replace(/[^a-z ]/g, 'x')}__`,
      () => `~~${words()}~~`,
      () => `\`${words()}\``,
      () => `[${words()}](https://docs.example.com/${chance.below(99)}?a=b_c&d=e)`,
      () => `${words()}[${1 + chance.below(4)}]`,
      () => 'https://example.com/a_b/c',
      () => '<https://example.com/x>',
      () => `<kbd>${words()}</kbd>`,
      () => `![${words()}](https://example.com/x.png)`,
    ])();
  const run = () => chance.many(1, 4, inline).join(' ');
  const block = (): string =>
    chance.pick([
      run,
      run,
      () => `${run()}\n${run()}`,
      () => `${'#'.repeat(1 + chance.below(6))} ${run()}`,
      () => chance.many(1, 4, (index) => `${index + 1}. ${run()}`).join('\n'),
      () =>
        chance
          .many(1, 4, () => `${chance.pick(['-', '-', '  -'])} ${run()}`)
          .join('\n')
          .trimStart(),
      () => chance.many(1, 3, () => `- [${chance.pick([' ', 'x'])}] ${run()}`).join('\n'),
      () =>
        `| ${words()} | ${words()} |\n|---|:-:|\n${chance.many(1, 3, () => `| ${inline()} | ${words()} |`).join('\n')}`,
      () => `\`\`\`js\n${words()}\n\n${words()}\n\`\`\``,
      () => `> ${run()}\n> ${run()}`,
      () => '---',
    ])();
  return chance.many(1, 5, block).join('\n\n') + chance.pick(['', '\n', '\n\n']);
}

const SIGNS = [
  ...'*_`~[]()!<>#|-+\\\n\n\n  \t1.2)a b:"&;$=^{}\r【】',
  '```',
  '**',
  '- ',
  '> ',
  '| a |\n|---|\n',
  '[a]: https://example.com/\n',
  '    ',
  '~~~\n',
  '$$\n',
  '👍',
  '\u202e',
];

/** Signs in any order. */
export const randomSigns = (chance: Chance): string => chance.many(5, 120, () => chance.pick(SIGNS)).join('');
