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
