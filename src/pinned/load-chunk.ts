/** What an `import()` in the elements is in the pasted build: see load-file.ts. */
import type {LoadFile} from './load-file.js';

/** The pin of the file with the pins of all that is not needed at once, filled in by the build. */
const tableFile = '(the pin of the table of pins, SHA-256)----';

let loadFile: LoadFile;
export const take = (given: LoadFile) => {
  loadFile = given;
};

/** @param pin 0 for a file whose pin is in the table */
export const loadChunk = async (name: string, pin?: string | 0): ReturnType<LoadFile> => {
  if (pin !== 0) return loadFile(name, pin);
  const table = (await loadFile(tableFile))['default'] as Readonly<Record<string, string>>;
  const [own, ...imported] = table[name]!.split(' ');
  for (const file of imported) await loadChunk(file, 0);
  return loadFile(name, own);
};
