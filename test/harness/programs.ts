import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { postgresPrograms } from '@watchledger/ledger/testing/postgres-programs';
import { swiftPython } from '@watchledger/server/testing/swift';

/** A program that the tests run but npm does not install. */
export interface Program {
  readonly name: string;
  /** Environment variable that names it outright. */
  readonly variable: string;
  readonly candidates: readonly string[];
  /** What Debian and Ubuntu call its package. */
  readonly package: string;
  /** Without it the tests take longer, and are the same. */
  readonly optional?: true;
  /** For a program that is not found by its name alone: its path; throws where it is not installed. */
  readonly search?: () => string;
}

export const chromium: Program = {
  name: 'Chromium',
  variable: 'CHROMIUM',
  candidates: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    '/snap/bin/chromium',
    '/opt/google/chrome/chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  package: 'chromium',
};

/** Chromium without the windows around its pages, which cost more than the pages; it has no back-forward cache. */
export const headlessShell: Program = {
  name: 'Chromium’s headless shell',
  variable: 'CHROMIUM_HEADLESS_SHELL',
  candidates: ['chromium-headless-shell'],
  package: 'chromium-headless-shell',
  optional: true,
};

export const redisServer: Program = {
  name: 'Redis',
  variable: 'REDIS_SERVER',
  candidates: [
    'redis-server',
    'valkey-server',
    '/usr/sbin/redis-server',
    '/usr/local/bin/redis-server',
    '/opt/homebrew/bin/redis-server',
  ],
  package: 'redis-server',
};

/** The server; its folder holds the other programs, such as initdb and pg_dump. */
export const postgres: Program = {
  name: 'PostgreSQL',
  variable: 'POSTGRES_BIN',
  candidates: [],
  package: 'postgresql',
  search: () => join(postgresPrograms(), 'postgres'),
};

export const openssl: Program = {
  name: 'OpenSSL',
  variable: 'OPENSSL',
  candidates: ['openssl'],
  package: 'openssl',
};

export const nginx: Program = {
  name: 'nginx',
  variable: 'NGINX',
  candidates: ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'],
  package: 'nginx-light',
};

/** An object store that speaks S3; it is a library of Python, and the program the Python that has it. */
export const swift: Program = {
  name: 'OpenStack Swift',
  variable: 'SWIFT_PYTHON',
  candidates: [],
  package: 'python3-swift',
  search: swiftPython,
};

/** Everything that the tests need beside npm's packages. */
export const programs: readonly Program[] = [
  redisServer,
  postgres,
  openssl,
  nginx,
  swift,
  chromium,
  headlessShell,
];

/** The path of a program: the environment's word first, then PATH, then the common places; or null. */
export function find(program: Program): string | null {
  if (program.search !== undefined) return found(program.search);
  const named = process.env[program.variable];
  if (named) return executable(named) ? named : null;
  for (const candidate of program.candidates) {
    for (const path of placesOf(candidate)) {
      if (executable(path)) return path;
    }
  }
  return null;
}

/** The path of a program that `npm test` has made sure of. */
export function locate(program: Program): string {
  const path = find(program);
  if (path === null) throw new Error(`${program.name} is not installed: run "node test/prepare.js"`);
  return path;
}

function found(search: () => string): string | null {
  try {
    return search();
  } catch {
    return null;
  }
}

function placesOf(candidate: string): string[] {
  if (candidate.startsWith('/')) return [candidate];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, candidate));
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
