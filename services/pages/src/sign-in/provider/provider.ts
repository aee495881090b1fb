import type { Language } from '../../texts/language.ts';

/** Who vouches for people outside of this service: an OpenID provider, as the sign-in pages see it. */
export interface SignInProvider {
  /** Begins a sign-in. @throws SignInFault */
  begin(language: Language): Promise<Beginning>;
  /**
   * Checks what came back to the redirect address, and asks who it is.
   * @param answer the query of that address
   * @throws SignInFault
   */
  finish(answer: URLSearchParams, secrets: Secrets): Promise<Vouched>;
  /**
   * Where the browser is to go to be signed out there, too; null where that is not offered or not known.
   * @param hint as `finish` gave it
   */
  end(hint: string, language: Language): Promise<URL | null>;
  /** Whether a sign-in can begin now. */
  reachable(): Promise<boolean>;
}

/** What ties the answer of a provider to the browser that asked, each random. */
export interface Secrets {
  readonly state: string;
  readonly nonce: string;
  /** PKCE's code verifier. */
  readonly verifier: string;
}

export interface Beginning {
  readonly goTo: URL;
  readonly secrets: Secrets;
}

export interface Vouched {
  /** What the provider says of the person. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Tells the provider later who signs out: its ID token. */
  readonly hint: string;
}

/** Why nobody was signed in; each is told on a page of its own. */
export const signInFaults = [
  'denied',
  'interrupted',
  'unavailable',
  'misconfigured',
  'distrusted',
  'expired',
  'unusable-account',
  'unusable-institute',
] as const;
export type SignInFaultReason = (typeof signInFaults)[number];

/** Nobody was signed in. The message is for operators, and names nobody. */
export class SignInFault extends Error {
  readonly reason: SignInFaultReason;

  constructor(reason: SignInFaultReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
