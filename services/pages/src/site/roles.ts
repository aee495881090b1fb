import { readScopes, type Scope } from '@watchledger/contract';
import type { SignIn } from '../sign-in/signed-cookie.ts';

/** Whether somebody may do what needs this scope. */
export const may = (who: SignIn | null, scope: Scope): boolean =>
  who !== null && readScopes(who.scope).has(scope);
