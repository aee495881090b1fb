import type { TokenClaims } from './token.ts';

/** The product as its callers see it: one process, or several that serve the same. */
export interface Deployment {
  readonly urls: readonly string[];
  /** A token signed with the deployment's secret. */
  token(claims: TokenClaims): string;
}
