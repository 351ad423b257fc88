/** Prints the terms whole, and nothing of the page around them: a copy in a frame of its own, without controls. */

/** For paper: no colours of the screen, everything at its full length. */
const paper = `
body { font: 11pt/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.visually-hidden { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
.icon, button { display: none; }
table { border-collapse: collapse; inline-size: 100%; }
th, td { border-block-end: 1px solid; padding: 0.25rem 0.75rem 0.25rem 0; text-align: start; vertical-align: top; }
del::before { content: '[−'; } del::after { content: ']'; }
ins::before { content: '[+'; } ins::after { content: ']'; }
`;

/**
 * @param content is copied as it stands
 * @param frame is in the document, and empty
 */
export async function printCopy(content: Element, frame: HTMLIFrameElement, title: string) {
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  const page = frame.contentDocument;
  if (!view || !page) return;
  const root = content.closest('.root');
  page.title = title;
  page.documentElement.lang = root?.getAttribute('lang') ?? '';
  page.documentElement.dir = root?.getAttribute('dir') ?? '';
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(paper);
  page.adoptedStyleSheets = [sheet];
  const copy = page.importNode(content, true);
  for (const control of copy.querySelectorAll('button, iframe, input')) control.remove();
  for (const hidden of copy.querySelectorAll('[hidden]')) hidden.removeAttribute('hidden');
  page.body.replaceChildren(...copy.childNodes);
  view.focus();
  view.print();
}
