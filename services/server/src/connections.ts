import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Beyond the limit so many more are held, only to be told so; what comes then is cut off without a word. */
const toBeTold = 256;

/** Counts the connections of a server and knows which of them are beyond its limit. */
export class Connections {
  readonly #surplus = new WeakSet<Socket>();
  #open = 0;

  constructor(server: Server, limit: number) {
    server.on('connection', (socket: Socket) => {
      this.#open += 1;
      socket.once('close', () => {
        this.#open -= 1;
      });
      if (this.#open > limit + toBeTold) socket.destroy();
      else if (this.#open > limit) this.#surplus.add(socket);
    });
  }

  isSurplus(socket: Socket): boolean {
    return this.#surplus.has(socket);
  }
}
