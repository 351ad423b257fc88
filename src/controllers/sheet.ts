import type {ReactiveController, ReactiveControllerHost} from 'lit';

/**
 * A panel that covers the window, which it does on phones: it follows what the keyboard leaves, the page behind stands
 * still, and going back closes it. Loaded when such a panel opens; everything is put back when it closes.
 */
type Host = ReactiveControllerHost & {
  readonly open: boolean;
  /** `back-closes`: the host lets the chat add to the browser's history, where nothing else tells of going back. */
  hasAttribute(name: string): boolean;
  /** The person closes it. */
  shut(): void;
};

/** Marks our entry in the browser's history. */
const mark = 'tillit-chat';

export function holdSheet(host: Host, panel: HTMLElement) {
  // One that stands in the page covers nothing.
  if (!host.open || !panel.matches('[popover]')) return;
  const closing = new AbortController();
  const undo = [
    followViewport(panel, closing.signal),
    holdPage(),
    watchBack(() => host.shut(), host.hasAttribute('back-closes'), closing.signal),
  ];
  const letGo = () => {
    host.removeController(holding);
    closing.abort();
    for (const step of undo) step();
  };
  const holding: ReactiveController = {
    hostUpdated() {
      if (!host.open) letGo();
    },
    hostDisconnected: letGo,
  };
  host.addController(holding);
}

/** What the keyboard leaves of the window. Who zooms in pans over the whole panel; a page that is too wide is zoomed out. */
function followViewport(panel: HTMLElement, signal: AbortSignal) {
  const viewport = window.visualViewport;
  if (!viewport) return () => {};
  const fit = () => {
    const {height, offsetTop, scale} = viewport;
    const isZoomed = scale > 1.01;
    panel.style.setProperty('--_top', `${isZoomed ? 0 : offsetTop}px`);
    panel.style.setProperty('--_height', `${height * Math.max(1, scale)}px`);
  };
  viewport.addEventListener('resize', fit, {signal});
  viewport.addEventListener('scroll', fit, {signal});
  fit();
  return () => {
    panel.style.removeProperty('--_top');
    panel.style.removeProperty('--_height');
  };
}

function holdPage() {
  const page = document.documentElement;
  const had = page.getAttribute('style');
  const was = page.style.overflow;
  page.style.overflow = 'hidden';
  return () => {
    // Unless the page has thought of something else meanwhile.
    if (page.style.overflow !== 'hidden') return;
    page.style.overflow = was;
    if (had === null && page.getAttribute('style') === '') page.removeAttribute('style');
  };
}

function watchBack(close: () => void, backCloses: boolean, signal: AbortSignal) {
  // Where there is a keyboard, Escape is heard already, by what is on top.
  if (typeof CloseWatcher === 'function') {
    if (!matchMedia('(pointer: coarse)').matches) return () => {};
    const watcher = new CloseWatcher();
    watcher.addEventListener('close', close, {signal});
    return () => watcher.destroy();
  }
  return backCloses ? pushEntry(close, signal) : () => {};
}

/** A step in the history that going back takes away: of the same address, with the state that was there. */
function pushEntry(close: () => void, signal: AbortSignal) {
  const state: unknown = history.state;
  history.pushState({...(typeof state === 'object' ? state : {}), [mark]: true}, '');
  window.addEventListener('popstate', close, {signal, once: true});
  // Closed some other way, the step is taken back; not if the page has gone on to another since.
  return () => {
    if ((history.state as Record<string, unknown> | null)?.[mark] === true) history.back();
  };
}

declare global {
  /** Not in TypeScript's library yet: https://html.spec.whatwg.org/#the-closewatcher-interface */
  var CloseWatcher: (new () => EventTarget & {destroy(): void; requestClose(): void}) | undefined;
}
