const here = 'http://here.invalid';

/**
 * A path of our own pages, as it may follow a sign-in; null for what leads elsewhere, or back to signing in.
 * @example localPath('//evil.example') // null
 */
export function localPath(text: string | undefined): string | null {
  if (text === undefined || !text.startsWith('/') || text.length > 1_000) return null;
  if (/[\p{Cc}\\]/u.test(text) || !URL.canParse(text, here)) return null;
  const { origin, pathname, search } = new URL(text, here);
  if (origin !== here || pathname.startsWith('//') || /^\/sign-(?:in|out)(?:\/|$)/.test(pathname))
    return null;
  return pathname + search;
}
