/**
 * One process at a time may use an embedded database: two would destroy it. The server that has it listens on a local
 * socket beside the data; that is the lock, and the way in which the command line reaches the running server.
 */
import {createHash} from 'node:crypto';
import {mkdir, rm} from 'node:fs/promises';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';

/** The longest path that every system takes for a socket. */
const LONGEST_PATH = 100;
const MOST_REQUEST_CHARS = 10_000;

export interface CommandRequest {
  readonly words: readonly string[];
  readonly options: CommandOptions;
}

/** What follows `--`. */
export type CommandOptions = Readonly<Partial<Record<'reason' | 'until' | 'appeal' | 'as', string | undefined>>>;

export interface Claim {
  /** From now on commands are answered; before, they wait. */
  serve(run: (request: CommandRequest) => Promise<string>): void;
  release(): Promise<void>;
}

function socketPath(dataFolder: string) {
  const name = `tillit-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const beside = join(dataFolder, 'control.sock');
  return beside.length <= LONGEST_PATH ? beside : join(tmpdir(), `${name}.sock`);
}

/** @returns `undefined` when another process has the data */
export async function claim(dataFolder: string): Promise<Claim | undefined> {
  await mkdir(dataFolder, {recursive: true});
  const path = socketPath(dataFolder);
  if (await isAlive(path)) return undefined;
  // What a process that was killed has left behind.
  if (process.platform !== 'win32') await rm(path, {force: true});

  let ready!: (run: (request: CommandRequest) => Promise<string>) => void;
  const runner = new Promise<(request: CommandRequest) => Promise<string>>((resolve) => {
    ready = resolve;
  });
  const server = createServer({allowHalfOpen: true}, (socket) => {
    socket.on('error', () => socket.destroy());
    void (async () => {
      const request = await readAll(socket);
      if (request === '' || request.length > MOST_REQUEST_CHARS) return socket.end();
      const run = await runner;
      const {words, options} = JSON.parse(request) as CommandRequest;
      socket.end(await run({words, options}));
    })().catch(() => socket.destroy());
  });
  if (!(await listens(server, path))) return undefined;
  server.unref();
  return {
    serve: ready,
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

/** @returns what the running server answers, or `undefined` when there is none */
export async function askRunning(dataFolder: string, request: CommandRequest): Promise<string | undefined> {
  const path = socketPath(dataFolder);
  if (!(await isAlive(path))) return undefined;
  const socket = connect(path);
  socket.end(JSON.stringify(request));
  return text(socket);
}

/** Not by iterating over the socket, which would close it before it is answered. */
const readAll = (socket: Socket) =>
  new Promise<string>((resolve) => {
    let request = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      if (request.length <= MOST_REQUEST_CHARS) request += piece;
    });
    socket.on('end', () => resolve(request));
  });

const isAlive = (path: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const listens = (server: Server, path: string) =>
  new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(path, () => resolve(true));
  });
