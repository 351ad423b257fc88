// Writes the table of what is kept on the device into SECURITY.md, from src/storage/kept-things.ts and the English
// catalog; with --check it only tells whether that is needed.
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import {build} from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}/SECURITY.md`;
const says = JSON.parse(readFileSync(`${root}/locales/en.json`, 'utf8'));

/** The table is made of what runs, and not of a copy of it. */
const {outputFiles} = await build({
  stdin: {
    contents: "export * from './src/storage/kept-things.ts'; export * from './src/storage/keys.ts';",
    resolveDir: root,
  },
  bundle: true,
  format: 'esm',
  write: false,
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const {keptThings, storageName} = await import(`data:text/javascript;base64,${code}`);

const head = ['Key', 'What and what for', 'Kept when', '`storage="session"`', '`storage="local"`'];
const when = {
  acceptance: 'the terms are accepted',
  device: 'the person lets the conversation be kept',
};
const rows = keptThings.map(({name, key, needs}) => [
  `\`${key(storageName('…'))}\``,
  says[`dataKept_${name}`],
  when[needs],
  says.dataUntilTab,
  says.dataUntilDeleted,
]);
const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const current = readFileSync(target, 'utf8');
const [before, , after] = current.split(/<!-- storage table(?: ends)? -->/);
const text = `${before}<!-- storage table -->\n\n${table}\n\n<!-- storage table ends -->${after}`;
if (current === text) process.exit(0);
if (process.argv.includes('--check')) {
  console.error('The storage table in SECURITY.md is not up to date: run `npm run manifest`.');
  process.exit(1);
}
writeFileSync(target, text);
