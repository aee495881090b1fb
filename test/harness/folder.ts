import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaveForCleanup } from './cleanup.ts';

/** A folder of its own for a test; it is gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'watchledger-test-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  leaveForCleanup({ undo: remove, atOnce: remove });
  return folder;
}
