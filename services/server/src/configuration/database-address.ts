import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Unreadable, withoutPassword } from './environment.ts';

/** Where the facts are: a file of this machine, or a PostgreSQL server. */
export type DatabaseAddress =
  | {
      readonly kind: 'sqlite';
      /** Absolute path. */
      readonly file: string;
    }
  | { readonly kind: 'postgres'; readonly url: string };

/** Reads `file:<path>` or `postgres://…`. @throws Unreadable */
export function databaseAddress(text: string): DatabaseAddress {
  if (/^postgres(ql)?:/.test(text)) return { kind: 'postgres', url: postgresUrl(text) };
  return { kind: 'sqlite', file: databaseFile(text) };
}

/** @throws Unreadable */
export function postgresUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  // After the host an @ ends a password that was cut at its first / or ?, whose rest would be told as a database.
  const cut = url !== null && /@/.test(url.pathname + url.search + url.hash);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2 || cut) {
    throw new Unreadable(`must be postgres://user:password@host:port/database, not ${withoutPassword(text)}`);
  }
  return text;
}

function databaseFile(text: string): string {
  if (!text.startsWith('file:')) {
    throw new Unreadable(`must be file:<path> or postgres://…, not ${withoutPassword(text)}`);
  }
  if (/[?#]/.test(text)) throw new Unreadable('takes no options: give file:<path> alone');
  const path = text.startsWith('file://') ? pathOfUrl(text) : text.slice('file:'.length);
  if (path === '' || path.endsWith('/')) throw new Unreadable('names no file: give file:<path>');
  if (path === ':memory:') throw new Unreadable('names memory, which forgets: give file:<path>');
  return resolve(path);
}

function pathOfUrl(text: string): string {
  try {
    return fileURLToPath(text);
  } catch {
    throw new Unreadable('names another machine or no path: use file:<path> or file:///<path>');
  }
}
