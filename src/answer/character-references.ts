/**
 * Reads the character references of Markdown text: all numeric ones (`&#233;`, `&#xe9;`), and the names that models
 * and help texts use. The other two thousand names stay as they were written, which harms nobody.
 */

const NAMED =
  'amp& lt< gt> quot" apos\' nbsp\u00a0 shy\u00ad copy© reg® trade™ hellip… mdash— ndash– lsquo‘ rsquo’ ldquo“ ' +
  'rdquo” laquo« raquo» bull• middot· times× divide÷ minus− plusmn± deg° sect§ para¶ euro€ pound£ larr← rarr→ ' +
  'ne≠ le≤ ge≥ aringå Aring\u00c5 aumlä AumlÄ oumlö OumlÖ oslashø OslashØ aeligæ AEligÆ eacuteé Eacute\u00c9 uumlü UumlÜ szligß';

const names = new Map(NAMED.split(' ').map((entry) => [entry.slice(0, -1), entry.slice(-1)]));

export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]\w{1,9}));/g,
    (written: string, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return names.get(name) ?? written;
      const code = parseInt(decimal ?? hex ?? '', decimal ? 10 : 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
