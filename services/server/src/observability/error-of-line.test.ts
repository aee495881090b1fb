import { LedgerUnavailable } from '@watchledger/ledger';
import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { errorOfLine } from './error-of-line.ts';

const told = (error: unknown) => JSON.stringify(errorOfLine(error));

test('an error keeps its name, its message, its code and where it came from', () => {
  const error = Object.assign(new TypeError('no'), { code: 'ECONNREFUSED' });
  expect(errorOfLine(error)).toEqual({
    type: 'TypeError',
    message: 'no',
    stack: expect.stringMatching(/^TypeError: no \(ECONNREFUSED\)\n\s+at .*error-of-line\.test\.ts/),
  });
});

test('causes are told, each once', () => {
  const error = new Error('outer', { cause: new Error('inner') });
  (error.cause as Error).cause = error;
  expect(errorOfLine(error)).toMatchObject({
    message: 'outer: inner',
    stack: expect.stringContaining('caused by Error: inner'),
  });
});

test('a failed query names no parameter, whoever quotes it', () => {
  const conflict = Object.assign(new Error('duplicate key value violates unique constraint'), {
    detail: 'Key (learner_id)=(u-17) already exists.',
  });
  const query = new DrizzleQueryError('select $1', ['u-17'], conflict);
  expect(query.message).toContain('u-17');
  for (const error of [query, new LedgerUnavailable('failed', query)]) {
    expect(told(error)).toContain('select $1');
    expect(told(error)).toContain('duplicate key');
    expect(told(error)).not.toContain('u-17');
  }
});

test('a refused command of Redis names no key', () => {
  const reply = Object.assign(new Error('OOM command not allowed'), {
    command: { name: 'evalsha', args: ['wl:{17}:u-17'] },
  });
  expect(told(reply)).not.toContain('u-17');
});

test('what is no error is told as it is', () => {
  expect(errorOfLine('words')).toBe('words');
});
