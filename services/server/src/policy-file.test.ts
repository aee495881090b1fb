import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPolicy } from '@watchledger/rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPolicyFile } from './policy-file.ts';
import { StartFault } from './start-fault.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchledger-policy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function readText(text: string) {
  const file = join(folder, 'policy.json');
  writeFileSync(file, text);
  return () => readPolicyFile(file);
}

test('without a file the default policy is in force', () => {
  expect(readPolicyFile(null)).toBe(defaultPolicy);
});

test('a file changes what it names', () => {
  expect(readText('{ "heartbeat": "10s" }')()).toEqual({ ...defaultPolicy, heartbeat: 10_000 });
});

test('a faulty policy stops the start with the file and each key', () => {
  const read = readText('{ "hartbeat": "10s", "lock": "30s" }');
  expect(read).toThrow(StartFault);
  expect(read).toThrow(/policy\.json: hartbeat: .*\n.*policy\.json: lock: /);
});

test('a file that is no JSON or is not there stops the start', () => {
  expect(readText('{')).toThrow(/POLICY_FILE .* is not JSON/);
  expect(() => readPolicyFile(join(folder, 'none.json'))).toThrow(/POLICY_FILE .* cannot be read \(ENOENT\)/);
});
