import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../../../node_modules/.cache/postgres', import.meta.url));

/**
 * Fills a data folder with what `make` makes, from a copy of what it has made before under the same name: initdb takes
 * a second of a processor, and a run of the tests starts fifty servers.
 */
export async function copyOfTemplate(
  name: string,
  dataFolder: string,
  user: { readonly uid: number; readonly gid: number } | null,
  make: () => Promise<void>,
): Promise<void> {
  const template = join(cache, name);
  if (existsSync(template)) {
    cpSync(template, dataFolder, { recursive: true, preserveTimestamps: true });
    // PostgreSQL starts in no folder that others can look into.
    chmodSync(dataFolder, 0o700);
    if (user !== null) giveTo(dataFolder, user);
    return;
  }
  await make();
  keep(dataFolder, template);
}

/** Whole or not at all: several processes may come to it at once. */
function keep(dataFolder: string, template: string): void {
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(join(cache, 'half-'));
  cpSync(dataFolder, copy, { recursive: true, preserveTimestamps: true });
  try {
    renameSync(copy, template);
  } catch {
    // Another process was faster, and its copy is as good.
    rmSync(copy, { recursive: true, force: true });
  }
}

function giveTo(folder: string, { uid, gid }: { readonly uid: number; readonly gid: number }): void {
  chownSync(folder, uid, gid);
  for (const { name, parentPath } of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chownSync(join(parentPath, name), uid, gid);
}
