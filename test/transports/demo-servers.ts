/** Starts the small servers of `demo/transports` for a test, on a port that is free. Node only. */
import type {Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after} from 'node:test';

/** @returns its address; the server ends with the tests of the file */
export async function running(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
