/** A Postgres server of its own for a test: Debian's, in a temporary folder, on a free port. */
import {execFile, spawnSync} from 'node:child_process';
import {rmSync} from 'node:fs';
import {chown, mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';

import {findPostgres} from '../../../scripts/postgres.mjs';

const run = promisify(execFile);

export type Started =
  | {readonly url: string; stop(): Promise<void>}
  /** Why there is none. */
  | {readonly missing: string};

export async function startPostgres(): Promise<Started> {
  const bin = findPostgres();
  if (bin === undefined) return {missing: 'no Postgres server is installed (initdb not found)'};
  const asOther = process.getuid?.() === 0 ? await userIds('postgres') : undefined;
  if (process.getuid?.() === 0 && !asOther)
    return {missing: 'Postgres refuses to run as root and there is no user "postgres"'};

  const folder = await mkdtemp(join(tmpdir(), 'tillit-postgres-'));
  if (asOther) await chown(folder, asOther.uid, asOther.gid);
  const data = join(folder, 'data');
  const call = (tool: string, ...args: string[]) => run(join(bin, tool), args, {...asOther, cwd: folder});
  // When the test run is ended from outside, too: a server that is left behind stays for ever.
  const stopNow = () => {
    spawnSync(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], {...asOther, cwd: folder});
    rmSync(folder, {recursive: true, force: true});
  };
  const endRun = () => process.exit(1);
  process.once('exit', stopNow).once('SIGTERM', endRun).once('SIGINT', endRun);
  const remove = async () => {
    process.off('exit', stopNow).off('SIGTERM', endRun).off('SIGINT', endRun);
    await rm(folder, {recursive: true, force: true});
  };
  try {
    await call('initdb', '-D', data, '-U', 'tillit', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync');
    const port = await freePort();
    const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
    await call('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-o', options, '-w', 'start');
    return {
      url: `postgres://tillit@127.0.0.1:${port}/postgres`,
      async stop() {
        await call('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
        await remove();
      },
    };
  } catch (error) {
    await remove();
    return {
      missing: `Postgres does not start here (${error instanceof Error ? error.message.split('\n')[0] : 'unknown'})`,
    };
  }
}

async function userIds(name: string) {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    );
    return {uid: uid!, gid: gid!};
  } catch {
    return undefined;
  }
}

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
