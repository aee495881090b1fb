import type { Page } from '../layout/page.ts';

/** Where to sign in, and come back to this page from; null where nobody can do so by themselves. */
export function signInLink({ signInPath, path, query }: Page): string | null {
  if (signInPath === null) return null;
  const here = query.size === 0 ? path : `${path}?${query}`;
  // A page about signing in knows itself what it was for.
  return signInLinkTo(signInPath, path.startsWith('/sign-in/') ? (query.get('to') ?? '/') : here);
}

export function signInLinkTo(signInPath: string, to: string): string {
  return `${signInPath}?to=${encodeURIComponent(to)}`;
}
