import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The secret by which a page that is going away ends its session without a token; only its hash is kept. */
export function createEndToken(): { readonly endToken: string; readonly endTokenHash: string } {
  const endToken = randomBytes(24).toString('base64url');
  return { endToken, endTokenHash: hashOf(endToken) };
}

export function fitsEndToken(endToken: string, endTokenHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(endToken)), Buffer.from(endTokenHash));
}

function hashOf(endToken: string): string {
  return createHash('sha256').update(endToken).digest('base64url');
}
