import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Beyond the limit so many more are held, only to be told so; what comes then is cut off without a word. */
const toBeTold = 256;

/**
 * The connections of a server, of which some are beyond its limit. When there is no room, whoever has been silent
 * longest goes for the newcomer: nobody can keep others out by holding connections on which they ask nothing.
 */
export class Connections {
  readonly #limit: number;
  readonly #ordinary = new Set<Socket>();
  readonly #surplus = new Set<Socket>();
  /** Those that have not sent a whole head yet, by age. */
  readonly #silent = new Set<Socket>();

  constructor(server: Server, limit: number) {
    this.#limit = limit;
    server.on('connection', (socket: Socket) => this.#take(socket));
    server.on('request', ({ socket }) => this.#silent.delete(socket));
  }

  isSurplus(socket: Socket): boolean {
    return this.#surplus.has(socket);
  }

  #take(socket: Socket): void {
    if (this.#hasRoom(this.#ordinary, this.#limit)) this.#ordinary.add(socket);
    else if (this.#hasRoom(this.#surplus, toBeTold)) this.#surplus.add(socket);
    else {
      socket.destroy();
      return;
    }
    this.#silent.add(socket);
    socket.once('close', () => this.#forget(socket));
  }

  /** Whether there is room for one more, if need be after the most silent one has gone. */
  #hasRoom(among: Set<Socket>, limit: number): boolean {
    if (among.size < limit) return true;
    for (const socket of this.#silent) {
      if (!among.has(socket)) continue;
      this.#forget(socket);
      socket.destroy();
      return true;
    }
    return false;
  }

  #forget(socket: Socket): void {
    for (const set of [this.#ordinary, this.#surplus, this.#silent]) set.delete(socket);
  }
}
