import { LedgerUnavailable } from '@watchledger/ledger';

type Fault = 'fail' | 'unknown' | 'stall';

/** Lets the next commits fail, answer without saying what became of them, or wait. */
export class CommitFaults {
  #next: Fault[] = [];
  #gates: (() => void)[] = [];
  #watchers: (() => void)[] = [];
  stalled = 0;

  next(fault: Fault): void {
    this.#next.push(fault);
  }

  release(): void {
    for (const open of this.#gates) open();
    this.#gates = [];
  }

  /** No more faults: everything goes on. */
  heal(): void {
    this.#next = [];
    this.release();
  }

  /** Resolves once more commands are stalled than before. */
  async stallsBeyond(before: number): Promise<void> {
    if (this.stalled > before) return;
    await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Lets a commit meet the next fault, if there is one. */
  async meet<Result>(commit: () => Promise<Result>): Promise<Result> {
    const fault = this.#next.shift();
    if (fault === 'fail') throw new LedgerUnavailable('failed');
    if (fault === 'stall') await this.#stall();
    const result = await commit();
    if (fault === 'unknown') throw new LedgerUnavailable('failed');
    return result;
  }

  async #stall(): Promise<void> {
    this.stalled += 1;
    const gate = new Promise<void>((resolve) => this.#gates.push(resolve));
    for (const notice of this.#watchers) notice();
    this.#watchers = [];
    await gate;
  }
}
