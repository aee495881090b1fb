import { clusterRights, neededRights } from '@watchledger/lock';

/** Why Redis cannot be reached, with what to do about it where its own words do not say that. */
export function redisFault(message: string): string {
  const advice = advices.find(([pattern]) => pattern.test(message))?.[1];
  return advice === undefined ? message : `${message}: ${advice}`;
}

const advices: readonly [RegExp, string][] = [
  [/WRONGPASS|invalid password/, 'the user or password is wrong (percent-encode what is special in a URL)'],
  [/NOAUTH|without any password configured/, 'it demands a password, as in redis://user:password@host'],
  [/NOPERM/, `its user needs ${neededRights}, on a cluster also ${clusterRights}`],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET)|self.signed certificate|unable to (verify|get)/i,
    'name the authority that signed its certificate by REDIS_CA_FILE',
  ],
  [/ALTNAME|does not match certificate/, 'use the name that its certificate is for'],
  [/CERT_HAS_EXPIRED|certificate has expired/, 'renew its certificate'],
  [/certificate.required|handshake.failure/i, 'it demands a certificate: REDIS_CERT_FILE and REDIS_KEY_FILE'],
  [/wrong version number|packet length too long/i, 'it does not speak TLS: use redis://'],
  [/Connection is closed|ECONNRESET|socket hang up/i, 'perhaps it speaks TLS: then use rediss://'],
  [/No such master/, 'no Sentinel knows a primary of the name at the end of the URL'],
  [/cluster support disabled/, 'it is no cluster: name one host, or use redis+sentinel:// for Sentinels'],
  [/SELECT is not allowed in cluster mode/, 'a cluster has no database but 0'],
  [/DB index is out of range/, 'it has fewer databases'],
];
