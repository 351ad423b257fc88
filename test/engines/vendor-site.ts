/** A vendor's site of one page, which serves the built files itself: with headers of its own, and with files a test has changed. */
import {createServer} from 'node:http';
import {readFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import {fileURLToPath} from 'node:url';

export interface VendorPage {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface VendorSite {
  readonly origin: string;
  /** The page that is served from now on, at `/`. */
  page: VendorPage;
  /** Scripts of the vendor's own, by path. */
  readonly files: Map<string, string>;
  /** What `GET /tillit/config` of the site itself answers, for pages whose backend must say one thing. */
  config: unknown;
  /** Changes a file of the build on its way, by its path below `dist/cdn`; `undefined` is not found. */
  change: (file: string, text: string) => string | undefined;
  /** Paths of all requests since it was last emptied, oldest first. */
  readonly requests: string[];
  stop(): Promise<void>;
}

const cdn = fileURLToPath(new URL('../../dist/cdn/', import.meta.url));

export async function startVendorSite(): Promise<VendorSite> {
  const server = createServer((request, response) => {
    const {pathname} = new URL(request.url ?? '/', 'http://site');
    site.requests.push(pathname);
    const answer = (status: number, type: string, body: string, headers: object = {}) =>
      response
        .writeHead(status, {'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers})
        .end(body);
    if (pathname === '/') return answer(200, 'text/html', site.page.body, site.page.headers);
    if (pathname === '/tillit/config') return answer(200, 'application/json', JSON.stringify(site.config));
    const own = site.files.get(pathname);
    if (own !== undefined) return answer(200, 'text/javascript', own);
    const file = /^\/cdn\/([\w./-]+\.js)$/.exec(pathname)?.[1];
    const text = file !== undefined && !file.includes('..') ? site.change(file, read(file)) : undefined;
    if (text === undefined) return answer(404, 'text/plain', 'not found');
    return answer(200, 'text/javascript', text, {
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const site: VendorSite = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    page: {body: ''},
    files: new Map(),
    config: {},
    change: (_, text) => text,
    requests: [],
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
  return site;
}

const read = (file: string) => readFileSync(cdn + file, 'utf8');

/** As the vendor's page would have it: the script with its pin, from `sri.json`. */
export function scriptTag(site: VendorSite, {file = 'tillit-chat.js', attributes = ''} = {}): string {
  const pins = JSON.parse(read('sri.json')) as Readonly<Record<string, string>>;
  const kind = file.includes('classic') ? 'async' : 'type="module"';
  return `<script ${kind} src="${site.origin}/cdn/${file}" integrity="${pins[file]}" crossorigin ${attributes}></script>`;
}
