/**
 * The pasted script. Draws the launcher of every `<tillit-chat>` without Lit and loads nothing more until a person
 * means to open it; then the element takes the drawn launcher over.
 */
import {launcherLabel} from './i18n/launcher-label.js';
import {iconPaths} from './theme/icons.js';
import {launcherCss} from './theme/launcher.js';

const tag = 'tillit-chat';
/** The elements draw the launcher on with the same. */
const drawn = {css: launcherCss, label: launcherLabel};
const svgNamespace = 'http://www.w3.org/2000/svg';

let elements: Promise<typeof import('./elements/define-elements.js')> | undefined;
/** Fetched on hover, focus or touch; a fetch that failed is tried again at the next press. */
const load = () =>
  (elements ??= import('./elements/define-elements.js').catch((error: unknown) => {
    elements = undefined;
    throw error;
  }));

async function open(host: Element, button: HTMLElement) {
  try {
    const {defineElements} = await load();
    defineElements(drawn);
    // Defining upgrades in place: from here on the host is the element.
    (host as HTMLElement & {press(): void}).press();
  } catch {
    const label = launcherLabel(localeOf(host), true);
    button.setAttribute('aria-label', label);
    button.title = label;
  }
}

const localeOf = (host: Element) =>
  host.getAttribute('locale') ?? host.closest('[lang]')?.getAttribute('lang') ?? navigator.language;

/** Hosts that need no press. Asked for once each: a page that changes all the time must not ask all the time. */
const begun = new WeakSet<Element>();

function draw(host: Element) {
  if (host.hasAttribute('disabled')) return;
  const isLauncher = (host.getAttribute('mode') ?? 'launcher') === 'launcher';
  // Drawn for an open chat too: if the rest cannot be fetched, it is the way to try again.
  if (isLauncher && !host.shadowRoot) drawLauncher(host);
  if ((isLauncher && !host.hasAttribute('open')) || begun.has(host)) return;
  begun.add(host);
  void load().then(
    ({defineElements}) => defineElements(drawn),
    () => {},
  );
}

function drawLauncher(host: Element) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherCss);
  const root = host.attachShadow({mode: 'open'});
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.className = 'launcher';
  button.type = 'button';
  button.dataset['drawn'] = '';
  button.setAttribute('part', 'launcher');
  button.setAttribute('aria-label', launcherLabel(localeOf(host)));
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  const slot = document.createElement('slot');
  slot.name = 'launcher';
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', iconPaths.chat);
  svg.append(path);
  slot.append(svg);
  button.append(slot);
  for (const intent of ['pointerenter', 'focus', 'touchstart']) {
    button.addEventListener(intent, () => void load().catch(() => {}), {passive: true, once: true});
  }
  button.addEventListener('click', () => void open(host, button));
  root.append(button);
}

function drawAll() {
  if (!customElements.get(tag)) document.querySelectorAll(tag).forEach(draw);
}

drawAll();
// Elements may come later, and `disabled` or `open` may change before the element is there to notice.
const observer = new MutationObserver(() => (customElements.get(tag) ? observer.disconnect() : drawAll()));
observer.observe(document, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ['disabled', 'open', 'mode'],
});
