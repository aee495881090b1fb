import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** The answers that are not yet sent whole. */
export class UnderWay {
  readonly #answers = new Set<ServerResponse>();
  readonly #mostComing: number;
  /** Those whose requests may still be coming, by age. */
  readonly #coming = new Set<ServerResponse>();
  #finish: (() => void) | null = null;

  /** `mostComing`: so many senders may take their time with a body; one more, and the oldest is cut off. */
  constructor(mostComing: number) {
    this.#mostComing = mostComing;
  }

  get size(): number {
    return this.#answers.size;
  }

  add(answer: ServerResponse): void {
    this.#answers.add(answer);
    answer.once('close', () => {
      this.#answers.delete(answer);
      this.#coming.delete(answer);
      if (this.#answers.size === 0) this.#finish?.();
    });
    if (!announcesBody(answer.req)) return;
    this.#coming.add(answer);
    if (this.#coming.size > this.#mostComing) this.#cutOldest();
  }

  hasBegunOn(socket: Duplex): boolean {
    return [...this.#answers].some((answer) => answer.socket === socket && answer.headersSent);
  }

  announceClosing(): void {
    for (const answer of this.#answers) answer.shouldKeepAlive = false;
  }

  /** Cuts off whoever has not yet sent a request whole: nothing was done for them. */
  cutUnread(): void {
    for (const answer of this.#answers) if (!answer.req.complete) answer.req.destroy();
  }

  /** Resolves when every answer is sent, and after `ms` anyway. */
  finished(ms: number): Promise<void> {
    if (this.#answers.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#finish = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #cutOldest(): void {
    // Node says nothing when a body has come whole that nobody has read yet.
    for (const answer of this.#coming) if (answer.req.complete) this.#coming.delete(answer);
    if (this.#coming.size <= this.#mostComing) return;
    for (const oldest of this.#coming) {
      this.#coming.delete(oldest);
      oldest.req.destroy();
      return;
    }
  }
}

function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
