/** What became of a closing: it is closed, or why not. */
export type Closed = { readonly ok: true } | { readonly ok: false; readonly why: unknown };

/**
 * Closings that this process has begun and that may take minutes: nobody's request waits for them longer than a
 * moment. One that has failed meanwhile is told until another one is begun.
 */
export class Closings {
  readonly #failed = new Map<number, unknown>();

  /** What has come of it within some milliseconds; null: it goes on. */
  async begin(year: number, closing: Promise<unknown>, patienceMs: number): Promise<Closed | null> {
    this.#failed.delete(year);
    let told = false;
    const settled = closing.then(
      (): Closed => ({ ok: true }),
      (why: unknown): Closed => {
        if (!told) return { ok: false, why };
        this.#failed.set(year, why);
        return { ok: false, why };
      },
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        told = true;
        resolve(null);
      }, patienceMs);
    });
    return Promise.race([settled, late]).finally(() => clearTimeout(timer));
  }

  /** Why the last closing has failed, until another one is begun. */
  failureOf(year: number): unknown {
    return this.#failed.get(year);
  }
}
