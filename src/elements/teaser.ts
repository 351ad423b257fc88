/**
 * A sentence of the host beside the launcher, some time after the page has loaded. Nobody is asked for anything, focus
 * stays where it is, and nothing is heard. Who closes it does not see it again: that is kept in `sessionStorage`, which
 * is read when the sentence is due and written by that press alone. Without Lit, for the pasted script's launcher.
 */
import {closeWords} from '../i18n/close-words.js';

/** `teaser-after-seconds`, when the host has not set it. */
const usualSeconds = 5;
const storageKey = 'tillit-chat:teaser';
const svgNamespace = 'http://www.w3.org/2000/svg';

const css = `
.teaser{all:initial;color-scheme:light dark;box-sizing:border-box;position:fixed;inset-block-end:calc(var(--tillit-offset-block,var(--tillit-offset,1.25rem)) + var(--tillit-launcher-size,3.625rem) + .75rem);inset-inline-end:var(--tillit-offset-inline,var(--tillit-offset,1.25rem));z-index:var(--tillit-z-index,2147483000);display:flex;align-items:start;max-inline-size:min(18rem,calc(100vi - 2.5rem));border-radius:var(--tillit-radius,1.125rem);background:var(--tillit-color-surface,light-dark(#fffefb,#151a19));color:var(--tillit-color-text,light-dark(#1c2422,#e8efec));box-shadow:var(--tillit-shadow,0 1px 2px rgb(0 0 0/.08),0 12px 40px rgb(0 0 0/.18));font:var(--tillit-font-size,.9375rem)/1.45 var(--tillit-font,system-ui,sans-serif);overflow-wrap:anywhere}
:host([place^=top]) .teaser{inset-block:calc(var(--tillit-offset-block,var(--tillit-offset,1.25rem)) + var(--tillit-launcher-size,3.625rem) + .75rem) auto}
:host([place$=start]) .teaser{inset-inline:var(--tillit-offset-inline,var(--tillit-offset,1.25rem)) auto}
:host([theme=light]) .teaser{color-scheme:light}
:host([theme=dark]) .teaser{color-scheme:dark}
.teaser button{all:unset;box-sizing:border-box;cursor:pointer}
.teaser button:focus-visible{outline:2px solid;outline-offset:-4px;border-radius:inherit}
.teaser [part=teaser-text]{flex:1;padding:.75rem 0 .75rem 1rem;border-radius:inherit}
.teaser [part=teaser-text]:dir(rtl){padding:.75rem 1rem .75rem 0}
.teaser [part=teaser-close]{flex:none;display:grid;place-items:center;inline-size:2.5rem;block-size:2.75rem}
.teaser svg{inline-size:1.125rem;block-size:1.125rem;fill:none;stroke:currentcolor;stroke-width:1.75;stroke-linecap:round}
@media(prefers-reduced-motion:no-preference){.teaser{transition:opacity var(--tillit-motion,150ms)}@starting-style{.teaser{opacity:0}}}
@media(forced-colors:active){.teaser{border:1px solid}}
@media print{.teaser{display:none}}
`;

/** Closed on this page, where nothing can be stored. */
let isDismissed = false;

const wasDismissed = () => {
  try {
    return isDismissed || sessionStorage.getItem(storageKey) !== null;
  } catch {
    return isDismissed;
  }
};

function dismiss(host: Element) {
  isDismissed = true;
  if (host.getAttribute('storage') === 'none') return;
  try {
    sessionStorage.setItem(storageKey, '1');
  } catch {
    // For this page, then.
  }
}

/** Shows the sentence when it is due. */
export function waitToTease(host: Element, open: () => void): () => void {
  if (!host.getAttribute('teaser')) return () => {};
  const timer = setTimeout(
    () => tease(host, open),
    Number(host.getAttribute('teaser-after-seconds') ?? usualSeconds) * 1000,
  );
  return () => clearTimeout(timer);
}

/** @param open what a press on the sentence does */
function tease(host: Element, open: () => void): void {
  const root = host.shadowRoot;
  const sentence = host.getAttribute('teaser')?.trim();
  const isQuiet = () => host.hasAttribute('open') || host.hasAttribute('disabled') || !host.isConnected;
  // Who has opened the chat knows of it.
  const isKnown = (host as {readonly chat?: unknown}).chat !== undefined;
  if (
    !root ||
    !sentence ||
    isKnown ||
    isQuiet() ||
    (host.getAttribute('mode') ?? 'launcher') !== 'launcher' ||
    wasDismissed()
  )
    return;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  const teaser = document.createElement('div');
  teaser.className = 'teaser';
  teaser.setAttribute('part', 'teaser');
  const observer = new MutationObserver(() => isQuiet() && remove());
  const remove = () => {
    observer.disconnect();
    teaser.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  };
  observer.observe(host, {attributes: true, attributeFilter: ['open', 'disabled', 'mode']});

  const text = button('teaser-text', () => {
    remove();
    open();
  });
  text.dir = 'auto';
  text.append(sentence);
  const close = button('teaser-close', () => {
    const hadFocus = teaser.contains(root.activeElement);
    dismiss(host);
    remove();
    if (hadFocus) root.querySelector<HTMLElement>('.launcher')?.focus({preventScroll: true});
  });
  const language = host.getAttribute('locale') ?? host.closest('[lang]')?.getAttribute('lang') ?? navigator.language;
  close.setAttribute('aria-label', closeWord(language));
  close.append(cross());
  teaser.addEventListener('keydown', ({key}) => key === 'Escape' && close.click());
  teaser.append(text, close);
  root.append(teaser);
}

const words = new Map(closeWords.split('|').map((entry) => entry.split('~') as [string, string]));

function closeWord(language: string) {
  const own = language.toLowerCase().split('-')[0]!;
  return words.get(own === 'no' ? 'nb' : own) ?? words.get('en')!;
}

function button(part: string, press: () => void) {
  const made = document.createElement('button');
  made.type = 'button';
  made.setAttribute('part', part);
  made.addEventListener('click', press);
  return made;
}

function cross() {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svgNamespace, 'path');
  // As in theme/icons.ts. What the script loads by itself is one file, so that it can be pinned: it shares nothing.
  path.setAttribute('d', 'M6 6l12 12M18 6L6 18');
  svg.append(path);
  return svg;
}
