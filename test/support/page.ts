/** A page of its own, in a frame: nothing is defined or loaded there yet, and modules can be kept from it. */
export interface Page {
  readonly window: Window & typeof globalThis;
  readonly document: Document;
  /** Where the frame's corner lies in the window: what a mouse needs to be told. */
  readonly corner: {readonly x: number; readonly y: number};
  /** The paths of what the page has requested. */
  requests(): readonly string[];
}

export interface PageSetup {
  readonly head?: string;
  readonly body: string;
  /** Modules, by their path from the project's root, that cannot be fetched. */
  readonly missing?: readonly string[];
  readonly width?: number;
  readonly height?: number;
}

const frames = new Set<HTMLIFrameElement>();

export async function openPage({head = '', body, missing = [], width = 700, height = 500}: PageSetup): Promise<Page> {
  const imports = Object.fromEntries(missing.map((path) => [path, '/no-such-file.js']));
  const frame = document.createElement('iframe');
  frames.add(frame);
  Object.assign(frame, {title: 'A page', width: `${width}`, height: `${height}`});
  frame.srcdoc = `<!doctype html><html lang="en"><head><title>A page</title>
    <script type="importmap">${JSON.stringify({imports})}</script>${head}</head><body>${body}</body></html>`;
  const loaded = new Promise((done) => frame.addEventListener('load', done, {once: true}));
  document.body.append(frame);
  await loaded;
  const {x, y} = frame.getBoundingClientRect();
  const window = frame.contentWindow as Window & typeof globalThis;
  return {
    window,
    document: window.document,
    corner: {x: x + frame.clientLeft, y: y + frame.clientTop},
    requests: () => window.performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname),
  };
}

export function closePages() {
  for (const frame of frames) frame.remove();
  frames.clear();
}
