/** A page of a test's own on the origin of the demo, before its backend and the built files. */
import {createServer, request as ask} from 'node:http';
import type {AddressInfo} from 'node:net';

import type {HostilePage} from '../hostile/hosts.js';

export interface HostSite {
  readonly origin: string;
  /** What is served at `/host.html` from now on. */
  page: HostilePage;
  stop(): Promise<void>;
}

/** @param demo address of the demo, with `/` at its end */
export async function startHostSite(demo: string): Promise<HostSite> {
  const server = createServer((incoming, outgoing) => {
    const {pathname} = new URL(incoming.url ?? '/', demo);
    const {csp, sandbox} = site.page;
    const html = (body: string, headers = {}) =>
      outgoing.writeHead(200, {'content-type': 'text/html; charset=utf-8', ...headers}).end(body);
    if (pathname === '/host.html' && sandbox !== undefined)
      return html(
        `<!doctype html><title>x</title><iframe sandbox="${sandbox}" src="/inner.html" width="1000" height="700"></iframe>`,
      );
    if (pathname === '/host.html' || pathname === '/inner.html')
      return html(hostPage(site.page, site.origin), csp === undefined ? {} : {'content-security-policy': csp});
    const {hostname, port} = new URL(demo);
    const {host: _, ...headers} = incoming.headers;
    const onward = ask(
      {hostname, port, path: incoming.url, method: incoming.method, headers: {...headers, host: `${hostname}:${port}`}},
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
    return undefined;
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const site: HostSite = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    page: {id: 'plain'},
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
  return site;
}

/** What is seen of it afterwards: errors nobody caught, what the console was told, and what the chat told the page. */
const watch = `
  window.seen = {errors: [], events: []};
  addEventListener('error', ({message}) => seen.errors.push(String(message)));
  addEventListener('unhandledrejection', ({reason}) => seen.errors.push(String(reason)));
  for (const name of ['tillit-rate', 'tillit-ticket', 'tillit-answer']) document.addEventListener(name, () => seen.events.push(name));`;

const hostPage = ({init = '', head = '', csp}: HostilePage, origin: string) => `<!doctype html><html lang="sv"><head>
  <meta charset="utf-8"><title>x</title><link rel="icon" href="data:,">
  <script nonce="N">${watch}</script><script nonce="N">${init}</script>${csp === undefined ? head : head.replaceAll('<style', '<style nonce="N"')}
  </head><body><main><h1>En sida</h1><p id="own">Med text <a href="#x">och en länk</a>.</p>
  <tillit-chat endpoint="${origin}/api" locale="sv"><a href="/help">Hjälpcentret</a></tillit-chat></main>
  <script nonce="N" type="module" src="${origin}/dist/cdn/tillit-chat.js"></script></body></html>`;
