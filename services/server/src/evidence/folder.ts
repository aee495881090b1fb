import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EvidenceStore } from '@watchledger/usecases';
import { orUnavailable } from './or-unavailable.ts';

/** Files in a folder, each under its id alone: no name that a learner gave reaches the disk. */
export function folderEvidence(folder: string): EvidenceStore {
  return {
    put: (name, bytes) =>
      orUnavailable(async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const path = join(folder, name);
        const half = `${path}.half`;
        const file = await open(half, 'w', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        // Whole or not at all, also after a power cut.
        await rename(half, path);
        await syncFolder(dirname(path));
      }),

    remove: (name) => orUnavailable(() => rm(join(folder, name), { force: true })),

    get: (name) =>
      orUnavailable(async () => {
        try {
          return await readFile(join(folder, name));
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
          throw error;
        }
      }),
  };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
