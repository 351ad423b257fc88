/**
 * The pasted script. Draws the launcher of every `<tillit-chat>`, or the frame of one that stands in the page, without
 * Lit, and loads nothing more until a person means to open it; then the element takes over what is drawn. Through
 * `window.tillit` a page says what is to be done, also before this script is there.
 */
import type {TillitChat} from './elements/tillit-chat.js';
import {takeData} from './elements/take-data.js';
import {launcherLabel} from './i18n/launcher-label.js';
import {iconPaths} from './theme/icons.js';
import {launcherCss} from './theme/launcher.js';
import {version} from './version.js';

/** A command and what goes with it, as it was called. */
type Call = ArrayLike<unknown> & Iterable<unknown>;

interface Tillit {
  (...call: unknown[]): void;
  /** What was called before this script came. */
  readonly q?: readonly Call[];
  readonly version?: string;
}

declare global {
  interface Window {
    tillit?: Tillit;
  }
}

const tag = 'tillit-chat';
/** The elements draw the launcher on with the same. */
const drawn = {cssText: launcherCss, label: launcherLabel, takeData};

const isDefined = () => customElements.get(tag) !== undefined;

let elements: Promise<typeof import('./elements/define-elements.js')> | undefined;
/** Fetched on hover, focus or touch; a fetch that failed is tried again at the next press. */
const load = () =>
  (elements ??= import('./elements/define-elements.js').catch((error: unknown) => {
    elements = undefined;
    throw error;
  }));

/** Makes the host the element, and has it act. Defining upgrades in place. */
async function begin(host: HTMLElement, act?: (chat: TillitChat) => unknown) {
  const button = buttonOf(host);
  if (button) button.ariaBusy = 'true';
  const chat = host as TillitChat;
  try {
    if (!isDefined()) (await load()).defineElements(drawn);
    act?.(chat);
    // A page may have taken away what the first drawing needs.
    await chat.updateComplete;
  } catch {
    fail(host);
  }
}

/** Says so where it was pressed, or is to be pressed: the button tries again. */
function fail(host: HTMLElement) {
  const button = buttonOf(host) ?? drawLauncher(host);
  button.ariaBusy = null;
  if (button.dataset['failed'] !== undefined) return;
  button.dataset['failed'] = '';
  button.append(make('span', {}, (button.ariaLabel = launcherLabel(localeOf(host), true))));
}

const buttonOf = (host: Element) => host.shadowRoot?.querySelector('button');

const localeOf = (host: Element) =>
  host.getAttribute('locale') ?? host.closest('[lang]')?.getAttribute('lang') ?? navigator.language;

/** Hosts that need no press. Asked for once each: a page that changes all the time must not ask all the time. */
const begun = new WeakSet<Element>();

function draw(host: HTMLElement) {
  takeData(host, ['locale', 'mode', 'place', 'open', 'disabled', 'theme']);
  if (host.hasAttribute('disabled')) return;
  const mode = host.getAttribute('mode') ?? '';
  const isInline = mode === 'inline';
  if (!host.shadowRoot) {
    if (isInline) drawRoot(host).append(make('div', {class: 'frame', 'data-drawn': ''}));
    // Drawn for an open chat too: if the rest cannot be fetched, it is the way to try again.
    else if (!/^(side|fullscreen)$/.test(mode)) drawLauncher(host);
  }
  if ((isInline || host.hasAttribute('open')) && !begun.has(host)) {
    begun.add(host);
    void begin(host);
  }
}

/** An element of HTML, or of SVG. */
function make(name: string, attributes: Readonly<Record<string, string>>, ...children: (Node | string)[]) {
  const space = /svg|path/.test(name) ? '2000/svg' : '1999/xhtml';
  const element = document.createElementNS(`http://www.w3.org/${space}`, name) as HTMLElement;
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

function drawRoot(host: Element) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherCss);
  const root = host.attachShadow({mode: 'open'});
  root.adoptedStyleSheets = [sheet];
  return root;
}

function drawLauncher(host: HTMLElement) {
  const button = make(
    'button',
    {
      class: 'launcher',
      part: 'launcher',
      type: 'button',
      'data-drawn': '',
      'aria-label': launcherLabel(localeOf(host)),
      'aria-haspopup': 'dialog',
      'aria-expanded': 'false',
    },
    make(
      'slot',
      {name: 'launcher'},
      make('svg', {viewBox: '0 0 24 24', 'aria-hidden': 'true'}, make('path', {d: iconPaths.chat})),
    ),
  );
  for (const intent of ['pointerenter', 'focus', 'touchstart']) {
    button.addEventListener(intent, () => void load().catch(() => {}), {passive: true, once: true});
  }
  button.addEventListener('click', () => void begin(host, (chat) => chat.press()));
  const root = host.shadowRoot ?? drawRoot(host);
  (root.querySelector('.frame') ?? root).append(button);
  // The host's own words beside the launcher. Where they cannot be fetched, nothing is missing.
  if (host.getAttribute('teaser'))
    import('./elements/teaser.js').then(
      ({waitToTease}) => waitToTease(host, () => void begin(host, (chat) => chat.press())),
      () => {},
    );
  return button;
}

/** A page without a `<tillit-chat>` gets one, if the script has the endpoint. */
function place() {
  const script = document.querySelector('script[src*=tillit][data-endpoint]');
  if (!script || document.querySelector(tag)) return;
  const host = document.createElement(tag);
  for (const {name, value} of script.attributes) if (name.startsWith('data-')) host.setAttribute(name, value);
  document.body.append(host);
}

function start() {
  let queue = [...(window.tillit?.q ?? [])];
  let commands: Promise<typeof import('./commands.js')> | undefined;
  function update() {
    if (!isDefined()) document.querySelectorAll<HTMLElement>(tag).forEach(draw);
    if (queue.length === 0) return;
    (commands ??= import('./commands.js')).then(
      ({obey}) => {
        // What is for a chat that has not come waits for it.
        queue = queue.filter((call) => !obey(call, begin, isDefined() || elements !== undefined));
      },
      () => {},
    );
  }
  // Elements may come later, and `disabled` or `open` may change before the element is there to notice.
  const observer = new MutationObserver(() => (isDefined() && queue.length === 0 ? observer.disconnect() : update()));
  const watch = () => {
    update();
    observer.observe(document, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['disabled', 'open', 'mode'],
    });
  };
  window.tillit = Object.assign(
    (...call: unknown[]) => {
      queue.push(call);
      watch();
    },
    {version},
  );
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', place);
  else place();
  watch();
}

const isSecond = window.tillit?.version !== undefined;
const other = isSecond ? window.tillit : customElements.get(tag);
if (other)
  import('./commands.js').then(
    ({tellTaken}) => tellTaken(tag, version, other),
    () => {},
  );
// What a browser cannot draw stays as the page has it: the content of the element, such as a link to the help centre.
if (!isSecond && 'popover' in HTMLElement.prototype && 'adoptedStyleSheets' in Document.prototype) start();
