import { SignInFault, type SignInFaultReason } from './provider.ts';

/**
 * What a failure at the provider means to whoever wanted to sign in. Codes are told apart by their words, since the
 * library is loaded late.
 */
export function faultOf(error: unknown, reason: SignInFaultReason = meaningOf(error)): SignInFault {
  return new SignInFault(reason, reasonIn(error));
}

/** A failure in one line; nothing of it names a person or holds a token. */
export function reasonIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const word = wordOf(error);
  const { code: inner } = (error.cause ?? {}) as { code?: unknown };
  const codes = [word ?? codeOf(error), inner].filter((code) => typeof code === 'string');
  return codes.length === 0 ? error.message : `${error.message} (${codes.join(', ')})`;
}

function meaningOf(error: unknown): SignInFaultReason {
  const word = wordOf(error);
  if (word !== undefined) return words[word] ?? 'misconfigured';
  // A network that fails is a TypeError to `fetch`.
  if (error instanceof TypeError) return 'unavailable';
  return codes[codeOf(error) ?? ''] ?? 'distrusted';
}

/** The `error` of an answer by OAuth. */
function wordOf(error: unknown): string | undefined {
  const { error: word } = error as { error?: unknown };
  return typeof word === 'string' && /^[\w.:-]{1,64}$/.test(word) ? word : undefined;
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

const words: Readonly<Record<string, SignInFaultReason>> = {
  access_denied: 'denied',
  login_required: 'interrupted',
  interaction_required: 'interrupted',
  account_selection_required: 'interrupted',
  consent_required: 'interrupted',
  temporarily_unavailable: 'unavailable',
  server_error: 'unavailable',
  // A code that was used before, or not in time.
  invalid_grant: 'expired',
};

const codes: Readonly<Record<string, SignInFaultReason>> = {
  OAUTH_TIMEOUT: 'unavailable',
  OAUTH_ABORT: 'unavailable',
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'unavailable',
  OAUTH_RESPONSE_IS_NOT_JSON: 'unavailable',
  OAUTH_PARSE_ERROR: 'unavailable',
  OAUTH_HTTP_REQUEST_FORBIDDEN: 'misconfigured',
  OAUTH_REQUEST_PROTOCOL_FORBIDDEN: 'misconfigured',
  OAUTH_MISSING_SERVER_METADATA: 'misconfigured',
  OAUTH_UNSUPPORTED_OPERATION: 'misconfigured',
  OAUTH_WWW_AUTHENTICATE_CHALLENGE: 'misconfigured',
};
