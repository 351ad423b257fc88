/**
 * Makes Markdown whose end has not arrived look finished, so that nobody sees raw syntax for a moment: what cannot be
 * understood yet is held back, what is open (emphasis, code, a link's text) is closed. Only for display while the
 * answer arrives; the finished answer is read as it is.
 */
import {closeRun} from './open-run.js';

const CONTAINERS = /^(?:[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|[ \t]*>[ \t]?)+/;
const TABLE_RULE = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
/** A line that is nothing but a sign so far, or the beginning of a fence, a task's box or a definition. */
const UNCLEAR =
  /^(?:[-*+_=>:| \t]*|\d{1,9}[.)]?|#{1,6}[ \t]*|\${1,2}|\\\[?|`{1,2}|`{3}[^`]*|~{3}.*|\[[ xX]?\]?[ \t]*|\[[^\]^\n][^\]\n]*\]:.*)$/;

/**
 * @param source one open segment, up to the last character that arrived
 * @returns Markdown to show now
 */
export function completeTail(source: string): string {
  if (endsInIndentedCode(source)) return source;
  const lineStart = source.lastIndexOf('\n') + 1;
  const before = source.slice(0, lineStart);
  const line = source.slice(lineStart);
  if (endsInFence(before)) return /^[ \t>]*[`~]+[ \t]*$/.test(line) ? before : source;
  const isUnclear = UNCLEAR.test(line.slice(containerEnd(line)));
  const lines = before.split('\n').slice(0, -1);
  if (endsInTable(lines)) return isUnclear ? before : before + closeRun(line, line.lastIndexOf('|') + 1);
  // The line before may be a table's head, as long as this one may be the rule under it.
  const head = lines.at(-1) ?? '';
  const shown =
    head.includes('|') && isUnclear
      ? withoutCells(before.slice(0, -head.length - 1), head)
      : isUnclear
        ? before
        : withoutCells(before, line);
  // A box is one only with words behind it.
  return closeRun(shown, runStart(shown)).replace(
    /(?<=^|\n)([ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX]\][ \t]*$/,
    '$1',
  );
}

const containerEnd = (line: string) => CONTAINERS.exec(line)?.[0].length ?? 0;

function endsInIndentedCode(source: string): boolean {
  const paragraph = source.slice(source.lastIndexOf('\n\n') + 1).replace(/^\n/, '');
  return /^(?: {4}|\t)/.test(paragraph) && !/^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/m.test(source);
}

function endsInFence(source: string): boolean {
  if (!/`{3}|~{3}/.test(source)) return false;
  let fence = '';
  for (const line of source.split('\n')) {
    const mark = /^[ \t]*(`{3,}|~{3,})/.exec(line.slice(containerEnd(line)))?.[1];
    if (mark === undefined) continue;
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
  }
  return fence !== '';
}

function endsInTable(lines: readonly string[]): boolean {
  for (let at = lines.length - 1; at > 0 && lines[at]!.trim() !== ''; at--) {
    if (TABLE_RULE.test(lines[at]!) && lines[at - 1]!.includes('|')) return true;
  }
  return false;
}

/** `line` as far as the first `|`, behind which there may be cells. */
function withoutCells(before: string, line: string): string {
  const pipe = /(?<!\\)\|/.exec(line.replace(/`[^`]*`/g, (code) => '`'.repeat(code.length)));
  return before + (pipe ? line.slice(0, pipe.index) : line);
}

/** Where the last run of inline text begins. */
function runStart(source: string): number {
  let lineEnd = source.endsWith('\n') ? source.length - 1 : source.length;
  for (;;) {
    const lineStart = source.lastIndexOf('\n', lineEnd - 1) + 1;
    const line = source.slice(lineStart, lineEnd);
    if (/^[ \t>]*$/.test(line)) return Math.min(lineEnd + 1, source.length);
    const content = containerEnd(line) || /^ {0,3}#{1,6}[ \t]+/.exec(line)?.[0].length;
    if (content || lineStart === 0) return lineStart + (content ?? 0);
    lineEnd = lineStart - 1;
  }
}
