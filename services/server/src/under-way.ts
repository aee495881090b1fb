import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** The answers that are not yet sent whole. */
export class UnderWay {
  readonly #answers = new Set<ServerResponse>();
  #finish: (() => void) | null = null;

  get size(): number {
    return this.#answers.size;
  }

  add(answer: ServerResponse): void {
    this.#answers.add(answer);
    answer.once('close', () => {
      this.#answers.delete(answer);
      if (this.#answers.size === 0) this.#finish?.();
    });
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
}
