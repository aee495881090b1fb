import { instant, milliseconds } from '@watchledger/rules';
import { expect, test } from 'vitest';
import { createOneTimeCodes } from './one-time-codes.ts';

const hour = milliseconds(3_600_000);
const grant = { sub: 'u1', scope: 'watch', page: '/demo/video' };

function codesAt(start: number) {
  let now = start;
  const codes = createOneTimeCodes({ clock: () => instant(now), ttl: hour });
  return { codes, pass: (ms: number) => (now += ms) };
}

test('a code lets in once', () => {
  const { codes } = codesAt(0);
  const code = codes.issue(grant);
  expect(codes.redeem(code)).toEqual({ outcome: 'accepted', grant });
  expect(codes.redeem(code)).toEqual({ outcome: 'used' });
});

test('a code expires after its time', () => {
  const { codes, pass } = codesAt(0);
  const early = codes.issue(grant);
  const late = codes.issue(grant);
  pass(hour - 1);
  expect(codes.redeem(early).outcome).toBe('accepted');
  pass(1);
  expect(codes.redeem(late)).toEqual({ outcome: 'expired' });
});

test('codes are random: 128 bits, none like another, none guessed', () => {
  const { codes } = codesAt(0);
  const made = Array.from({ length: 100 }, () => codes.issue(grant));
  expect(new Set(made).size).toBe(100);
  for (const code of made) expect(Buffer.from(code, 'base64url')).toHaveLength(16);
  expect(codes.redeem('AAAAAAAAAAAAAAAAAAAAAA')).toEqual({ outcome: 'unknown' });
});
