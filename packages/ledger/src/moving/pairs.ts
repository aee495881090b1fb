/** What two ordered sequences hold of one key. */
export interface Pair<Item> {
  readonly from: Item | null;
  readonly to: Item | null;
}

/**
 * Brings two sequences in the same order together by their keys. Each side's next items are being read while the
 * present ones are looked at.
 */
export async function* pairs<Item>(
  from: AsyncIterable<readonly Item[]>,
  to: AsyncIterable<readonly Item[]>,
  compare: (left: Item, right: Item) => number,
): AsyncGenerator<Pair<Item>> {
  const left = new Queue(from);
  const right = new Queue(to);
  await Promise.all([left.fill(), right.fill()]);
  for (;;) {
    const [a, b] = [left.first, right.first];
    if (a === undefined && b === undefined) return;
    const order = a === undefined ? 1 : b === undefined ? -1 : compare(a, b);
    yield { from: order <= 0 ? (a ?? null) : null, to: order >= 0 ? (b ?? null) : null };
    if (order <= 0) left.drop();
    if (order >= 0) right.drop();
    if (left.first === undefined || right.first === undefined) await Promise.all([left.fill(), right.fill()]);
  }
}

class Queue<Item> {
  readonly #chunks: AsyncIterator<readonly Item[]>;
  #ahead: Promise<IteratorResult<readonly Item[]>>;
  #items: readonly Item[] = [];
  #position = 0;

  constructor(chunks: AsyncIterable<readonly Item[]>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#ahead = this.#read();
  }

  get first(): Item | undefined {
    return this.#items[this.#position];
  }

  drop(): void {
    this.#position += 1;
  }

  /** Resolves when there is a first item, or there will never be one. */
  async fill(): Promise<void> {
    while (this.first === undefined) {
      const { done, value } = await this.#ahead;
      if (done) return;
      this.#items = value;
      this.#position = 0;
      this.#ahead = this.#read();
    }
  }

  #read(): Promise<IteratorResult<readonly Item[]>> {
    const reading = this.#chunks.next();
    // Whoever comes for it is told; if nobody comes any more, nobody need know.
    reading.catch(() => {});
    return reading;
  }
}
