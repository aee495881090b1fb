import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { leaveForCleanup } from '../harness/cleanup.ts';

/** A wire to a server that can be cut. */
export interface CuttingProxy {
  readonly port: number;
  /**
   * Cuts the connection of the next request that is sent after its answer has begun: the server has done what it
   * was asked, and nobody hears of it. Resolves with how many bytes of answer were lost.
   */
  cutNextAnswer(): Promise<number>;
}

/** Listens on a loopback port and passes everything on to another one. */
export async function startCuttingProxy(targetPort: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let cutting: ((lostBytes: number) => void) | null = null;
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    let asked = false;
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (data) => {
      asked = cutting !== null;
      far.write(data);
    });
    far.on('data', (data) => {
      if (asked && cutting !== null) {
        cutting(data.length);
        cutting = null;
        near.resetAndDestroy();
      } else near.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  leaveForCleanup({ undo: close, atOnce: close });
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cutNextAnswer: () =>
      new Promise((resolve) => {
        cutting = resolve;
      }),
  };
}
