/**
 * What is different between two texts of the terms, section by section, as `termsText` writes them: one may be kept by a
 * backend that stores nothing but the text. Loaded when the terms have changed.
 *
 * A section begins with a heading, of Markdown or HTML. What is before the first is the summary; rows of the data table,
 * which `termsText` writes with tabs at the end, are a section of their own. A section that was renamed is one that was
 * removed and one that was added.
 */

/** Of one section: words that stand in both texts, only in the old, or only in the new. */
export interface Piece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

export interface SectionChange {
  /** A heading as it is written, or a name for what has none. */
  readonly heading: {readonly text: string} | 'summary' | 'table';
  readonly kind: 'changed' | 'removed' | 'added';
  readonly pieces: readonly Piece[];
}

interface Section {
  readonly heading: SectionChange['heading'];
  /** By which it is found in the other text; the second of one name has another key. */
  readonly key: string;
  readonly body: string;
}

/** So much of both sections is compared word by word; of longer ones, all that lies between what is the same is replaced. */
const mostCells = 1_000_000;

export function termsChanges(before: string, after: string): readonly SectionChange[] {
  const [old, now] = [sectionsOf(before), sectionsOf(after)];
  const oldOf = new Map(old.map((section) => [section.key, section]));
  const kept = new Set(now.map(({key}) => key));
  const changes = now.flatMap(({heading, key, body}): readonly SectionChange[] => {
    const was = oldOf.get(key);
    if (!was) return [{heading, kind: 'added', pieces: [{kind: 'added', text: body}]}];
    if (was.body === body) return [];
    return [{heading, kind: 'changed', pieces: piecesOf(was.body, body)}];
  });
  const gone = old
    .filter(({key}) => !kept.has(key))
    .map(({heading, body}): SectionChange => ({heading, kind: 'removed', pieces: [{kind: 'removed', text: body}]}));
  return [...changes, ...gone];
}

function sectionsOf(text: string): readonly Section[] {
  const [title = '', _version, ...lines] = asLines(text);
  const isRow = (line: string) => line.split('\t').length === 3;
  const rows = lines.filter(isRow);
  const sections: {heading: SectionChange['heading']; lines: string[]}[] = [{heading: 'summary', lines: [title]}];
  for (const line of lines.filter((line) => !isRow(line))) {
    const heading = /^#{1,6}\s+(.*?)[\s#]*$/.exec(line)?.[1];
    if (heading === undefined) sections.at(-1)!.lines.push(line);
    else sections.push({heading: {text: heading}, lines: []});
  }
  if (rows.length > 0) sections.push({heading: 'table', lines: rows.map((row) => row.replaceAll('\t', ' · '))});
  const seen = new Map<string, number>();
  return sections.map(({heading, lines}) => {
    const name = typeof heading === 'string' ? heading : `# ${heading.text}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return {
      heading,
      key: `${name} ${nth}`,
      body: lines
        .join('\n')
        .replace(/\n{2,}/g, '\n')
        .trim(),
    };
  });
}

/** HTML as lines of text, with its headings as Markdown writes them; nothing of it is ever drawn as HTML. */
function asLines(text: string): readonly string[] {
  if (!/<(?:p|h[1-6]|div|section|ul|ol|table)\b/i.test(text)) return text.split('\n');
  return text
    .replace(/<h[1-6]\b[^>]{0,1000}>/gi, '\n# ')
    .replace(/<\/?(?:p|h[1-6]|div|section|article|ul|ol|li|table|tr|br|hr|blockquote|pre)\b[^>]{0,1000}>/gi, '\n')
    .replace(/<\/?[a-z][^>]{0,1000}>/gi, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => characters[name]!)
    .split('\n')
    .map((line) => line.trim());
}

const characters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

/** Line by line, and where as many lines took the place of others, word by word in each. */
function piecesOf(before: string, after: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let [removed, added]: [string[], string[]] = [[], []];
  const flush = () => {
    const isPaired = removed.length === added.length;
    pieces.push(
      ...(isPaired
        ? removed.flatMap((line, at) => joined(difference(wordsOf(line), wordsOf(added[at]!))))
        : replaced(removed, added)),
    );
    [removed, added] = [[], []];
  };
  for (const piece of difference(linesOf(before), linesOf(after))) {
    if (piece.kind === 'removed') removed.push(piece.text);
    else if (piece.kind === 'added') added.push(piece.text);
    else {
      flush();
      pieces.push(piece);
    }
  }
  flush();
  return joined(pieces);
}

/** By the longest common run, in order. */
function difference(old: readonly string[], now: readonly string[]): readonly Piece[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const [from, to] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  return [
    ...now.slice(0, start).map((text): Piece => ({kind: 'same', text})),
    ...(from.length * to.length > mostCells ? replaced(from, to) : compared(from, to)),
    ...now.slice(now.length - end).map((text): Piece => ({kind: 'same', text})),
  ];
}

/** Each with its end, so that the pieces make the text again. */
const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => `${line}\n`);

const wordsOf = (text: string): readonly string[] => text.match(/\s*\S+|\s+$/g) ?? [];

const replaced = (from: readonly string[], to: readonly string[]): readonly Piece[] => [
  ...from.map((text): Piece => ({kind: 'removed', text})),
  ...to.map((text): Piece => ({kind: 'added', text})),
];

function compared(from: readonly string[], to: readonly string[]): readonly Piece[] {
  const width = to.length + 1;
  const common = new Uint32Array((from.length + 1) * width);
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      common[i * width + j] =
        from[i] === to[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      pieces.push({kind: 'same', text: to[j++]!});
      i++;
    } else if (j >= to.length || (i < from.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) {
      pieces.push({kind: 'removed', text: from[i++]!});
    } else {
      pieces.push({kind: 'added', text: to[j++]!});
    }
  }
  return pieces;
}

/** Neighbours of one kind as one piece; what was removed goes before what was added in its place. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (let at = 0; at < pieces.length;) {
    const isSame = pieces[at]!.kind === 'same';
    let end = at;
    while (end < pieces.length && (pieces[end]!.kind === 'same') === isSame) end++;
    const run = pieces.slice(at, end);
    for (const kind of ['same', 'removed', 'added'] as const) {
      const text = run
        .filter((piece) => piece.kind === kind)
        .map((piece) => piece.text)
        .join('');
      if (text !== '') result.push({kind, text});
    }
    at = end;
  }
  return result;
}
