import type {holdSheet} from '../controllers/sheet.js';
import {tokenNames} from '../theme/token-names.js';
import type {TillitComposer} from './composer.js';

type Host = Parameters<typeof holdSheet>[0] & HTMLElement & {readonly mode: string};

/** Panels that are tended already. */
const tended = new WeakSet<HTMLElement>();

/** What the frame does besides being drawn. Loaded when it comes into sight; each part of it where it applies. */
export function tendFrame(host: Host, panel: HTMLElement) {
  const seen = getComputedStyle(panel);
  if (tokenNames.some((name) => seen.getPropertyValue(name)))
    import('../theme/check-theme.js').then(({checkTheme}) => checkTheme(panel.parentElement!), ignore);
  // As in the panel's sheet: what it covers the whole of.
  if (host.mode === 'fullscreen' || matchMedia('(max-width: 30rem), (max-height: 30rem)').matches)
    import('../controllers/sheet.js').then((sheet) => sheet.holdSheet(host, panel), ignore);
  if (tended.has(panel)) return;
  tended.add(panel);
  for (const type of ['paste', 'drop', 'dragover'] as const) panel.addEventListener(type, refuseFiles);
  panel.addEventListener('keydown', (event) => breakLines(host, event), {capture: true});
}

/**
 * Nothing takes files, and one that is dropped beside the field must not take the page's place. A text that is copied
 * with its picture is a text.
 */
function refuseFiles(this: HTMLElement, event: ClipboardEvent | DragEvent) {
  const {types} = ('dataTransfer' in event ? event.dataTransfer : event.clipboardData)!;
  if (!types.includes('Files') || types.includes('text/plain')) return;
  event.preventDefault();
  const composer = this.querySelector<TillitComposer>('tillit-composer');
  if (composer) composer.isRefused = event.type !== 'dragover';
}

/** Where Enter with Ctrl or Command sends, the composer does not hear of Enter alone. */
function breakLines(host: Host, event: KeyboardEvent) {
  if (host.getAttribute('send-on') !== 'mod-enter' || event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
  if ((event.target as Element).matches('[part~="input"]')) event.stopPropagation();
}

const ignore = () => {};
