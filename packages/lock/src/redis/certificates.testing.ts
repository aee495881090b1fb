import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedisCertificates } from './address.ts';

/** A private authority, made for one test, with a certificate for 127.0.0.1 and one for a client. */
export interface Certificates {
  readonly caFile: string;
  /** What a client needs; without its own certificate where the server demands none. */
  readonly ca: RedisCertificates;
  readonly client: RedisCertificates;
  /** Settings of a Redis that speaks TLS. */
  readonly settings: readonly string[];
  remove(): void;
}

export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'watchledger-certificates-'));
  const file = (name: string) => join(folder, name);
  const text = (name: string) => readFileSync(file(name), 'utf8');
  const openssl = (...args: string[]) =>
    execFileSync(process.env.OPENSSL || 'openssl', args, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const issue = (name: string, extensions: string) => {
    writeFileSync(file(`${name}.ext`), extensions);
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-days', '2', '-out', `${name}.pem`);
  };

  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=authority',
  );
  issue('server', 'subjectAltName=IP:127.0.0.1\n');
  issue('client', 'extendedKeyUsage=clientAuth\n');
  const ca = { ca: text('ca.pem') };
  return {
    caFile: file('ca.pem'),
    ca,
    client: { ...ca, cert: text('client.pem'), key: text('client.key') },
    settings: [
      ...['--tls-cert-file', file('server.pem'), '--tls-key-file', file('server.key')],
      ...['--tls-ca-cert-file', file('ca.pem')],
    ],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
