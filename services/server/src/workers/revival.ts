const leastMs = 100;
const mostMs = 10_000;
/** A worker that has lived for so long did not die of its start. */
const longLifeMs = 30_000;

/** How long to wait before the next worker takes the place of one that has died. */
export class Revival {
  #nextMs = leastMs;

  waitMs(livedMs: number): number {
    if (livedMs >= longLifeMs) this.#nextMs = leastMs;
    const ms = this.#nextMs;
    this.#nextMs = Math.min(2 * ms, mostMs);
    return ms;
  }
}
