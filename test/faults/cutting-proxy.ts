import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { leaveForCleanup } from '../harness/cleanup.ts';
import { type CommitKind, createCommitWatch } from './commit-watch.ts';
import { createFraming } from './wire-messages.ts';

/** Where a commit is cut: nobody who asked for it can tell the one from the other. */
export interface Cut {
  /** `request`: the server never hears of it. `answer`: it has done it, and the client never hears of that. */
  readonly at: 'request' | 'answer';
  readonly of: CommitKind;
}

/** A wire to a PostgreSQL that can be cut in the middle of a commit. */
export interface CuttingProxy {
  readonly port: number;
  /** Cuts the connection of the next commit of the kind, and no other; resolves once it is cut. */
  cut(where: Cut): Promise<void>;
}

interface Scissors extends Cut {
  readonly resolve: () => void;
}

/** Listens on a loopback port and passes everything on to another one. */
export async function startCuttingProxy(targetPort: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let scissors: Scissors | null = null;

  /** Whether this very commit is the one to cut; then `near` hears nothing any more. */
  function cuts(at: Cut['at'], of: CommitKind | null, near: Socket): boolean {
    if (scissors === null || scissors.at !== at || scissors.of !== of) return false;
    near.resetAndDestroy();
    scissors.resolve();
    scissors = null;
    return true;
  }

  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    const [fromClient, fromServer] = [createFraming('client'), createFraming('server')];
    const watch = createCommitWatch();
    let held: Buffer[] = [];
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
      const messages = fromClient(data);
      for (const message of messages) if (cuts('request', watch.asked(message), near)) return;
      far.write(Buffer.concat(messages.map(({ bytes }) => bytes)));
    });
    far.on('data', (data) => {
      const passing: Buffer[] = [];
      for (const message of fromServer(data)) {
        if (cuts('answer', watch.answered(message), near)) return;
        held.push(message.bytes);
        if (watch.answering) continue;
        passing.push(...held);
        held = [];
      }
      near.write(Buffer.concat(passing));
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
    cut: (where) =>
      new Promise((resolve) => {
        scissors = { ...where, resolve };
      }),
  };
}
