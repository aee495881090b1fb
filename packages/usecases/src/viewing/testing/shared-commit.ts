/** Lets two commands reach the ledger in the same turn, however long their ways there are. */
export class SharedCommit {
  #missing = 0;
  #gathering: (() => void)[] = [];
  #watchers: (() => void)[] = [];

  /** From now on the first command that comes waits for the second. */
  gather(): void {
    this.#missing = 2;
  }

  /** Resolves when a command has come and waits. */
  async firstIsHere(): Promise<void> {
    if (this.#gathering.length > 0) return;
    await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** For a command that is about to be committed. */
  async join(): Promise<void> {
    if (this.#missing === 0) return;
    this.#missing -= 1;
    const together = new Promise<void>((resolve) => this.#gathering.push(resolve));
    for (const notice of this.#watchers.splice(0)) notice();
    if (this.#missing === 0) this.goOn();
    await together;
  }

  /** Nobody else is waited for. */
  goOn(): void {
    this.#missing = 0;
    for (const go of this.#gathering.splice(0)) go();
  }
}
