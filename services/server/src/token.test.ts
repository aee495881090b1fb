import { instant, milliseconds } from '@watchledger/rules';
import { jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { StartFault } from './start-fault.ts';
import { readTokenOptions, signToken } from './token.ts';

const secret = 'a secret of at least thirty-two bytes';
const key = new TextEncoder().encode(secret);
const hour = milliseconds(3_600_000);

test('a token carries its claims and is valid for its time', async () => {
  const now = instant(Date.UTC(2026, 2, 1));
  const signer = { secret, issuer: 'https://login.example.org', audience: 'watchledger' };
  const token = await signToken({ sub: 'u1', scope: 'watch', courseware: ['cw-1'] }, signer, {
    now,
    ttl: hour,
  });
  const { payload, protectedHeader } = await jwtVerify(token, key, { currentDate: new Date(now) });
  expect(protectedHeader.alg).toBe('HS256');
  expect(payload).toEqual({
    sub: 'u1',
    scope: 'watch',
    courseware: ['cw-1'],
    iss: 'https://login.example.org',
    aud: 'watchledger',
    iat: now / 1_000,
    exp: now / 1_000 + 3_600,
  });
});

describe('the options of a token', () => {
  test('are read', () => {
    expect(
      readTokenOptions({ sub: 'u1', scope: 'watch,review', courseware: 'a, b', org: 'o', ttl: '90s' }),
    ).toEqual({
      claims: { sub: 'u1', scope: 'watch review', courseware: ['a', 'b'], org: 'o' },
      ttl: 90_000,
    });
    expect(readTokenOptions({ sub: 'u1', scope: 'watchledger:watch' }).ttl).toBe(hour);
  });

  test.each([
    [{ scope: 'watch' }, /--sub/],
    [{ sub: 'a b', scope: 'watch' }, /--sub/],
    [{ sub: 'u1' }, /--scope/],
    [{ sub: 'u1', scope: 'watch everything' }, /"everything" is unknown/],
    [{ sub: 'u1', scope: 'watch', courseware: 'a,,b' }, /--courseware/],
    [{ sub: 'u1', scope: 'watch', ttl: '1 hour' }, /--ttl/],
    [{ sub: 'u1', scope: 'watch', ttl: '0s' }, /--ttl/],
    [{ sub: 'u1', scope: 'watch', org: '/' }, /--org/],
  ])('are refused: %j', (options, line) => {
    expect(() => readTokenOptions(options)).toThrow(StartFault);
    expect(() => readTokenOptions(options)).toThrow(line);
  });
});
