/**
 * The head of a Markdown file between two `---` lines: `key: value`, and lists of `- item` lines under a bare `key:`.
 * A small, strict subset of YAML; lines of any other shape are ignored. Keys are compared in lower case.
 */
export interface FrontMatter {
  readonly fields: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** The file without its head. */
  readonly body: string;
}

export function readFrontMatter(file: string): FrontMatter {
  const text = file.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const fields = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const head = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(text);
  let list: string[] | undefined;
  for (const line of head?.[1]?.split('\n') ?? []) {
    const item = /^\s*- (.+)$/.exec(line)?.[1];
    if (item !== undefined) {
      list?.push(unquoted(item));
      continue;
    }
    const [, key, value = ''] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (key === undefined) continue;
    list = undefined;
    if (value.trim() !== '') fields.set(key.toLowerCase(), unquoted(value));
    else lists.set(key.toLowerCase(), (list = []));
  }
  return {fields, lists, body: text.slice(head?.[0].length ?? 0).trim()};
}

function unquoted(value: string) {
  const text = value.trim();
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
