import type { Requests } from '@watchledger/client';
import type { SignIn } from '../sign-in/signed-cookie.ts';

/** The API as seen by one person: pages may do what its tokens could, and no more. */
export type Ask = Requests;

/** Asks the API on behalf of whoever is signed in, without a network between. */
export type AskAs = (who: SignIn) => Ask;
