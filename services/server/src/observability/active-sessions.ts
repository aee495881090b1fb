const slotMs = 5_000;
const slots = 12;
const windowMs = slotMs * slots;

/**
 * How many sessions are under way, told from their reports: each covers the time since the one before, so the
 * time covered in a minute, divided by that minute, is their number on average. It needs no look at a store, and
 * adds up over processes, whichever of them answers which report.
 */
export class ActiveSessions {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #covered: number[] = Array(slots).fill(0);
  #slot: number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
    this.#slot = this.#slotNow();
  }

  /** A report that came `ms` after the one before, or after the opening. */
  covered(ms: number): void {
    this.#forget();
    this.#covered[this.#slot % slots] = (this.#covered[this.#slot % slots] ?? 0) + ms;
  }

  /** Over the last minute, or since the start. */
  count(): number {
    this.#forget();
    const inSlot = this.#now() - this.#slot * slotMs;
    const seen = Math.min(this.#now() - this.#startedAt, windowMs - slotMs + inSlot);
    const total = this.#covered.reduce((sum, ms) => sum + ms, 0);
    return total / Math.max(seen, slotMs);
  }

  #slotNow(): number {
    return Math.floor(this.#now() / slotMs);
  }

  /** Empties the slots that have passed since the last look. */
  #forget(): void {
    const slot = this.#slotNow();
    const passed = Math.min(slot - this.#slot, slots);
    for (let nth = 0; nth < passed; nth += 1) this.#covered[(slot - nth) % slots] = 0;
    this.#slot = slot;
  }
}
