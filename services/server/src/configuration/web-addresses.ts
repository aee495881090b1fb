import { isIPv4 } from 'node:net';
import { Unreadable, withoutPassword } from './environment.ts';

/** `*` lets every page call: who watches is said by a bearer token, never by a cookie. @throws Unreadable */
export function corsOrigins(text: string): string[] {
  if (text === '*') return ['*'];
  const origins = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  for (const origin of origins) {
    const url = URL.canParse(origin) ? new URL(origin) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol) || url.origin !== origin) {
      throw new Unreadable(
        `must list origins such as https://learn.example.org, not ${withoutPassword(origin)}`,
      );
    }
  }
  return origins;
}

/** @throws Unreadable */
export function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Unreadable(`must be an http:// or https:// URL, not ${withoutPassword(text)}`);
  }
  return text;
}

/** An address that nobody on the way may change: https, but for this machine and for trying out. @throws Unreadable */
export function safeUrl(text: string, production: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Unreadable(`must be an https:// URL, not ${withoutPassword(text)}`);
  }
  if (production && url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Unreadable('must be an https:// URL in production');
  }
  return text;
}

/** Where people reach the pages, without a slash at its end. @throws Unreadable */
export function publicUrl(text: string, production: boolean): string {
  const { origin, href } = new URL(safeUrl(text, production));
  if (href !== `${origin}/`) {
    throw new Unreadable(
      `must be scheme and host alone, such as https://hours.example.org, not ${withoutPassword(text)}`,
    );
  }
  return origin;
}

export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))
  );
}
