export { principalOf } from './access/claims.ts';
export type { Principal, VerifyToken } from './access/principal.ts';
export { createTokenVerifier, type TokenTrust } from './access/token-verifier.ts';
export { createApi } from './create-api.ts';
export type * from './deps.ts';
export { createMeters, type Meters } from './operations/meters.ts';
