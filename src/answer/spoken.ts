/** An answer as a screen reader should say it: words and punctuation without Markdown's signs or `[n]` markers. */
export function spokenText(markdown: string): string {
  return markdown
    .replace(/```[^\n]*\n?|^\s*\|?[\s:|-]+\|?\s*$/gm, '')
    .replace(/!?\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)/g, '$1')
    .replace(/\[\d{1,3}\]/g, '')
    .replace(/^\s{0,3}(#{1,6}|>|[-*+])\s+/gm, '')
    .replace(/[*_`~|]+/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
}
