import type { BackupProgress } from './back-up.ts';

/** Where progress is shown: a terminal; anything else would only fill a log. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One line that is written over as a backup goes on, and is gone in the end. */
export function progressLine(screen: Screen): { show(progress: BackupProgress): void; clear(): void } {
  if (!screen.isTTY) return { show: () => {}, clear: () => {} };
  let shown = '';
  return {
    show({ copiedBytes, totalBytes }) {
      const percent = totalBytes === 0 ? 100 : Math.floor((copiedBytes / totalBytes) * 100);
      const line = `${percent} % of ${megabytes(totalBytes)}`;
      if (line === shown) return;
      shown = line;
      screen.write(`\r${line}\x1b[K`);
    },
    clear() {
      if (shown !== '') screen.write('\r\x1b[K');
    },
  };
}

/** Decimal, as disks are sold. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
