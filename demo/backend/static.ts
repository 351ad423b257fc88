/**
 * Files of a few folders, and nothing else: never a dotfile, never a folder that is closed, never a place outside of
 * its own folder, whatever the address says and wherever a link in the folder points.
 */
import {createHash} from 'node:crypto';
import {readFile, realpath, stat} from 'node:fs/promises';
import {extname, join, sep} from 'node:path';

import {matches} from './routes/config.js';

export interface Mount {
  /** Where it is served: begins and ends with `/`. */
  readonly at: string;
  readonly folder: string;
  /** First folders below it that are not served. */
  readonly closed?: readonly string[];
  /** Whether pages of other sites may load its files. */
  readonly isShared?: boolean;
  /** Served for addresses that name no file: the start page of a single-page app. */
  readonly fallback?: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** @returns `undefined` when no file has this address */
export async function serveFile(mounts: readonly Mount[], request: Request): Promise<Response | undefined> {
  const path = decoded(new URL(request.url).pathname);
  const mount = path === undefined ? undefined : mounts.find(({at}) => path.startsWith(at));
  if (!mount || path === undefined) return undefined;
  const file = await findFile(mount, path.slice(mount.at.length));
  return file === undefined ? undefined : respond(file, mount, request);
}

/** @returns `undefined` for what no honest link contains */
function decoded(path: string) {
  try {
    const plain = decodeURIComponent(path);
    return /[\0\\]/.test(plain) ? undefined : plain;
  } catch {
    return undefined;
  }
}

async function findFile({folder, closed = [], fallback}: Mount, path: string): Promise<string | undefined> {
  const parts = path.split('/');
  if (parts.some((part, index) => part.startsWith('.') || (part === '' && index < parts.length - 1))) return undefined;
  if (closed.includes(parts[0] ?? '')) return undefined;
  const name = parts.at(-1) === '' ? [...parts.slice(0, -1), 'index.html'] : parts;
  const exact = await insideOf(folder, name.join(sep));
  if (exact !== undefined) return exact;
  return fallback !== undefined && extname(path) === '' ? insideOf(folder, fallback) : undefined;
}

async function insideOf(folder: string, name: string): Promise<string | undefined> {
  if (types[extname(name)] === undefined) return undefined;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, name));
    return file.startsWith(root + sep) && (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

async function respond(file: string, {isShared = false}: Mount, request: Request): Promise<Response> {
  const bytes = await readFile(file);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const headers = new Headers({
    etag,
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    // The build names chunks by their content; everything else is asked for again each time.
    'cache-control':
      isShared && file.includes(`${sep}chunks${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': isShared ? 'cross-origin' : 'same-origin',
    ...(isShared && {'access-control-allow-origin': '*'}),
  });
  if (matches(request.headers.get('if-none-match') ?? undefined, etag))
    return new Response(null, {status: 304, headers});
  headers.set('content-length', String(bytes.length));
  return new Response(request.method === 'HEAD' ? null : bytes, {headers});
}
