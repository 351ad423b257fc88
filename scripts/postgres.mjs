// Where Debian and others put the Postgres server: seldom on PATH. Plain Node: bootstrap.mjs needs it before the install.
import {existsSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';

import {onPath} from './browsers.mjs';

const debian = '/usr/lib/postgresql';

/** The folder with `initdb` and `postgres`, newest version first, or `undefined`. */
export function findPostgres() {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => join(debian, version, 'bin'));
  const initdb = onPath('initdb');
  if (initdb) folders.push(dirname(initdb));
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}
