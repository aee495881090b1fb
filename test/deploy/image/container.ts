import { chmodSync, chownSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from '../../harness/index.ts';
import type { Image } from './build-by-hand.ts';

/** Whom a container's user is on a machine where we are root and may become anybody. */
const nobody = 65_534;

/** Runs commands of an image on this machine as its user, who owns its volumes and nothing else. */
export interface Container {
  /** Where a path of the container is on this machine. */
  path(inContainer: string): string;
  run(command: readonly string[], env?: Readonly<Record<string, string>>): Child;
}

export function containerOf(image: Image): Container {
  const path = (inContainer: string) => join(image.root, inContainer);
  const programs = path('/usr/local/bin');
  mkdirSync(programs, { recursive: true });
  cpSync(process.execPath, join(programs, 'node'));
  const root = process.getuid?.() === 0;
  for (const volume of image.volumes) {
    if (root && image.user !== 'root') chownSync(path(volume), nobody, nobody);
    chmodSync(path(volume), 0o700);
  }
  const asUser =
    root && image.user !== 'root'
      ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
      : [];
  return {
    path,
    run(command, env = {}) {
      const [program = '', ...args] = [...asUser, ...command];
      const below = Object.entries(image.env).map(([name, value]) => [
        name,
        value.replace('file:/', `file:${image.root}/`),
      ]);
      return startChild(program, args, {
        cwd: path(image.workFolder),
        env: {
          HOME: '/nonexistent',
          ...Object.fromEntries(below),
          PATH: `${programs}:/usr/bin:/bin`,
          ...env,
        },
      });
    },
  };
}
