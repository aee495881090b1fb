import { resolve } from 'node:path';
import type { DatabaseAddress } from './database-address.ts';
import { type EnvironmentReader, Unreadable, withoutPassword } from './environment.ts';
import { safeUrl } from './web-addresses.ts';

/** Where uploaded files are kept. Several processes, or machines, must share it. */
export type EvidencePlace = { readonly kind: 'folder'; readonly folder: string } | Bucket;

/** A bucket of an S3-compatible store, and who signs the requests to it. */
export interface Bucket {
  readonly kind: 'bucket';
  /** `https://host/bucket`, perhaps with a prefix after it; no slash at its end. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of credentials that last for a while only. */
  readonly sessionToken: string | null;
}

type Variable = 'EVIDENCE_FOLDER' | keyof typeof bucketVariables;

/** Reads EVIDENCE_FOLDER, or EVIDENCE_URL and what belongs to it; a folder beside the database where neither is set. */
export function readEvidencePlace(
  reader: EnvironmentReader<Variable>,
  { database, production }: { readonly database: DatabaseAddress; readonly production: boolean },
): EvidencePlace {
  const { faults } = reader;
  const folder = reader.parsed('EVIDENCE_FOLDER', (path) => resolve(path));
  if (reader.text('EVIDENCE_URL') === null) return { kind: 'folder', folder: folder ?? besides(database) };
  if (folder !== null) {
    faults.push('EVIDENCE_FOLDER and EVIDENCE_URL are both set: files can be kept in one place only');
  }
  const url = reader.parsed('EVIDENCE_URL', (text) => bucketUrl(text, production)) ?? '';
  const region = reader.parsed('AWS_REGION', regionName) ?? 'us-east-1';
  const sessionToken = reader.parsed('AWS_SESSION_TOKEN', headerValue);
  const demanded = (variable: 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY') => {
    if (reader.text(variable) === null) faults.push(`${variable} must be set with EVIDENCE_URL`);
    return reader.parsed(variable, headerValue) ?? '';
  };
  const accessKeyId = demanded('AWS_ACCESS_KEY_ID');
  const secretAccessKey = demanded('AWS_SECRET_ACCESS_KEY');
  return { kind: 'bucket', url, region, accessKeyId, secretAccessKey, sessionToken };
}

/** What `--help` says of them. Those of AWS are read with EVIDENCE_URL only: machines set them for other programs, too. */
export const bucketVariables = {
  EVIDENCE_URL: 'bucket of an S3-compatible store for them instead, https://host/bucket or …/bucket/prefix',
  AWS_ACCESS_KEY_ID: 'who signs requests to that store',
  AWS_SECRET_ACCESS_KEY: 'the secret of that key',
  AWS_SESSION_TOKEN: 'its session token, where it has one',
  AWS_REGION: 'region of the bucket (us-east-1)',
} as const;

/** Of the path only characters that every store signs alike. */
const PATH = /^(\/[\w.-]+)+\/?$/;

function bucketUrl(text: string, production: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.href !== url.origin + url.pathname) {
    throw new Unreadable(`must be https://host/bucket or https://host/bucket/prefix, ${not(text)}`);
  }
  if (!PATH.test(url.pathname)) {
    throw new Unreadable(
      `must name a bucket of letters, digits and ".-_": https://host/bucket, ${not(text)}`,
    );
  }
  return safeUrl(url.href, production).replace(/\/$/, '');
}

const not = (text: string) => `not ${withoutPassword(text)}`;

function regionName(text: string): string {
  if (!/^[\w-]+$/.test(text)) throw new Unreadable(`must be a region such as eu-central-1, not "${text}"`);
  return text;
}

/** What it holds is secret, so a fault quotes nothing. */
function headerValue(text: string): string {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new Unreadable('must be ASCII characters without spaces');
  return text;
}

const besides = (database: DatabaseAddress): string =>
  database.kind === 'sqlite' ? `${database.file}.files` : resolve('data/files');
