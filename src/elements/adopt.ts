/** Brings sheets into the shadow root, with lengths a page cannot shrink. */

/** What `css` of Lit gives, or a sheet as text. */
interface Styles {
  readonly cssText: string;
}

/** One sheet for all widgets. */
const sheets = new WeakMap<Styles, CSSStyleSheet>();

/** The font size a person has set in their browser, which no page's CSS changes: `medium`, computed. */
let own: string | undefined;

function ownSize(root: ShadowRoot | Document): string {
  const probe = document.createElement('i');
  probe.style.font = 'medium serif';
  ('body' in root ? root.body : root).append(probe);
  const size = getComputedStyle(probe).fontSize;
  probe.remove();
  return size;
}

/**
 * Adopts a sheet once. Its `rem` is the page's or the person's, whichever is larger: `html {font-size: 62.5%}` is a way
 * of counting and no wish for small text, while larger text on the page, or in the browser, enlarges ours too. In the
 * conditions of at-rules `rem` is the person's anyhow.
 */
export function adopt(root: ShadowRoot | Document, css: Styles) {
  let sheet = sheets.get(css);
  if (!sheet) {
    sheets.set(css, (sheet = new CSSStyleSheet()));
    const rem = `max(1rem,${(own ??= ownSize(root))})`;
    sheet.replaceSync(
      css.cssText.replace(
        /(@[^{]+)|(-?[\d.]+)rem/g,
        (_, condition?: string, n?: string) => condition ?? `calc(${n}*${rem})`,
      ),
    );
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
