/*
 * Serves one of these applications, once it is built, with the demo's backend behind it:
 *
 *   node ../serve.mjs        in the folder of the application; PORT and TILLIT_BACKEND change the addresses
 *
 * Where the build left a module that renders on the server, every page is rendered anew.
 */
import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';
import {Readable} from 'node:stream';
import {fileURLToPath, pathToFileURL} from 'node:url';

const types = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css'};

/**
 * @param {string} folder of the application
 * @param {{backend: string, port?: number}} options `backend` is the address that `/api` stands for
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 */
export async function serveApp(folder, {backend, port = 0}) {
  const renderer = join(folder, 'dist/server/server.js');
  const render = existsSync(renderer) ? (await import(pathToFileURL(renderer).href)).render : () => '';

  const server = createServer(async (request, response) => {
    try {
      const {pathname} = new URL(request.url, 'http://localhost');
      if (pathname.startsWith('/api/')) return await forward(request, response, new URL(request.url, backend));
      const path = normalize(pathname === '/' ? '/index.html' : pathname);
      const file = await readFile(join(folder, 'dist', path));
      response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
      response.end(path.endsWith('.html') ? file.toString().replace('<!--app-->', render()) : file);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(port, ready));
  return {
    url: `http://localhost:${server.address().port}/`,
    stop: () =>
      new Promise((stopped) => {
        server.close(stopped);
        server.closeAllConnections();
      }),
  };
}

/** As it comes, so that an answer streams. */
async function forward(request, response, url) {
  const abort = new AbortController();
  response.once('close', () => abort.abort());
  const headers = {...request.headers};
  delete headers.host;
  delete headers.connection;
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const answer = await fetch(url, {
    method: request.method,
    headers,
    ...(hasBody && {body: Readable.toWeb(request), duplex: 'half'}),
    signal: abort.signal,
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body)
    Readable.fromWeb(answer.body)
      .on('error', () => response.destroy())
      .pipe(response);
  else response.end();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {PORT = '5180', TILLIT_BACKEND = 'http://localhost:5173'} = process.env;
  const {url} = await serveApp(process.cwd(), {backend: TILLIT_BACKEND, port: Number(PORT)});
  console.log(url);
}
