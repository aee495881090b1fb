import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EnvironmentReader } from './environment.ts';
import { readEvidencePlace } from './evidence-place.ts';

const sqlite = { kind: 'sqlite', file: '/var/lib/hours.db' } as const;
const postgres = { kind: 'postgres', url: 'postgres://db/hours' } as const;
const credentials = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'hunter2/+=' };

function read(environment: Record<string, string>, production = false) {
  const reader = new EnvironmentReader(environment);
  return { place: readEvidencePlace(reader, { database: sqlite, production }), faults: reader.faults };
}

const faultsOf = (environment: Record<string, string>) => read(environment).faults;

test('files are kept in a folder, unless told otherwise beside the database', () => {
  expect(read({}).place).toEqual({ kind: 'folder', folder: '/var/lib/hours.db.files' });
  expect(readEvidencePlace(new EnvironmentReader({}), { database: postgres, production: false })).toEqual({
    kind: 'folder',
    folder: resolve('data/files'),
  });
  expect(read({ EVIDENCE_FOLDER: 'files' }).place).toEqual({ kind: 'folder', folder: resolve('files') });
});

test('or in a bucket, with the credentials that every program for such stores knows', () => {
  const bucket = { kind: 'bucket', accessKeyId: 'AKIA', secretAccessKey: 'hunter2/+=' };
  expect(read({ ...credentials, EVIDENCE_URL: 'https://s3.example.org/evidence/' })).toEqual({
    place: { ...bucket, url: 'https://s3.example.org/evidence', region: 'us-east-1', sessionToken: null },
    faults: [],
  });
  expect(
    read({
      ...credentials,
      EVIDENCE_URL: 'http://127.0.0.1:9000/evidence/hours/2026',
      AWS_SESSION_TOKEN: 'for/an/hour==',
      AWS_REGION: 'cn-north-1',
    }),
  ).toEqual({
    place: {
      ...bucket,
      url: 'http://127.0.0.1:9000/evidence/hours/2026',
      region: 'cn-north-1',
      sessionToken: 'for/an/hour==',
    },
    faults: [],
  });
});

test.each([
  ['http://s3.example.org/evidence', ['EVIDENCE_URL must be an https:// URL in production']],
  ['https://s3.example.org/evidence', []],
  ['http://127.0.0.1:9000/evidence', []],
])('in production nobody on the way reads what is kept at %s', (url, faults) => {
  expect(read({ ...credentials, EVIDENCE_URL: url }, true).faults).toEqual(faults);
  expect(read({ ...credentials, EVIDENCE_URL: url }).faults).toEqual([]);
});

test('credentials that are there for other programs, faulty ones too, do not matter to a folder', () => {
  expect(read({ ...credentials, AWS_SESSION_TOKEN: 'a b', AWS_REGION: '?' })).toEqual({
    place: { kind: 'folder', folder: '/var/lib/hours.db.files' },
    faults: [],
  });
});

describe('each fault is one line that names its variable', () => {
  const bucket = { ...credentials, EVIDENCE_URL: 'https://s3.example.org/evidence' };

  test.each([
    ['EVIDENCE_URL', 's3://evidence'],
    ['EVIDENCE_URL', 's3.example.org/evidence'],
    ['EVIDENCE_URL', 'https://s3.example.org'],
    ['EVIDENCE_URL', 'https://s3.example.org/'],
    ['EVIDENCE_URL', 'https://s3.example.org//evidence'],
    ['EVIDENCE_URL', 'https://s3.example.org/evidence/a b'],
    ['EVIDENCE_URL', 'https://s3.example.org/evidence/a+b'],
    ['EVIDENCE_URL', 'https://s3.example.org/evidence?region=a'],
    ['EVIDENCE_URL', 'https://s3.example.org/evidence#a'],
    ['EVIDENCE_URL', 'https://AKIA:hunter2@s3.example.org/evidence'],
    ['AWS_REGION', 'eu central'],
    ['AWS_ACCESS_KEY_ID', ''],
    ['AWS_ACCESS_KEY_ID', 'AKIA hunter2'],
    ['AWS_SECRET_ACCESS_KEY', ' '],
    ['AWS_SECRET_ACCESS_KEY', 'hunter2\nhunter2'],
    ['AWS_SESSION_TOKEN', 'hunter2 and more'],
    ['EVIDENCE_FOLDER', '/srv/evidence'],
  ])('%s=%s', (variable, value) => {
    const faults = faultsOf({ ...bucket, [variable]: value });
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${variable} [^\\n]+$`))]);
    expect(faults.join()).not.toContain('hunter2');
  });

  test('and all are told at once', () => {
    expect(
      faultsOf({ EVIDENCE_URL: 's3://evidence', EVIDENCE_FOLDER: 'x' }).map((line) => line.split(' ')[0]),
    ).toEqual(['EVIDENCE_FOLDER', 'EVIDENCE_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);
  });
});
