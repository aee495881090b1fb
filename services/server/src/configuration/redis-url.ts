import { Unreadable, withoutPassword } from './environment.ts';

/** @throws Unreadable */
export function redisUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new Unreadable(`must be redis://host:port or rediss://host:port, not "${withoutPassword(text)}"`);
  }
  return text;
}
