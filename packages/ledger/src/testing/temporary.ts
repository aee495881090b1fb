import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const clearings: (() => unknown)[] = [];

/** What `clear-after-tests.ts` does after each test. */
export async function clearAfterThisTest(): Promise<void> {
  for (const clear of clearings.splice(0).reverse()) await clear();
}

/** For tests: runs `clear`, and waits for it, when the present test ends; the last one asked for first. */
export function afterThisTest(clear: () => unknown): void {
  clearings.push(clear);
}

/** For tests: an empty folder that is gone when the present test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'watchledger-'));
  afterThisTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
