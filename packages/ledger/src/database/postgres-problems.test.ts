import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { explainedPostgres, isPassing, sparesConnection } from './postgres-problems.ts';

function said(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('as PostgreSQL says it', 1, 'error');
  error.code = code;
  return error;
}

const thrown = (fields: object) => Object.assign(new Error('as Node says it'), fields);

describe('the store is away, and nobody is told 500', () => {
  test.each([
    ['a server that turned read-only', said('25006'), 'failed'],
    ['a transaction that stood idle too long', said('25P03'), 'failed'],
    ['a server that shuts down', said('57P01'), 'failed'],
    ['a database that is gone', said('3D000'), 'failed'],
    ['rights that were taken away', said('42501'), 'failed'],
    ['a statement that was prepared for another table', said('0A000'), 'failed'],
    ['a full disk', said('53100'), 'full'],
    ['a deadlock', said('40P01'), 'busy'],
    ['a slow statement', said('57014'), 'busy'],
    ['a name that does not resolve for a moment', thrown({ code: 'EAI_AGAIN' }), 'failed'],
    ['a certificate that has run out', thrown({ code: 'CERT_HAS_EXPIRED' }), 'failed'],
    ['a certificate of nobody known', thrown({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'failed'],
    ['a refused connection', thrown({ code: 'ECONNREFUSED' }), 'failed'],
    ['a connection that ended', new Error('Connection terminated unexpectedly'), 'failed'],
    ['a pool that is exhausted', new Error('timeout exceeded when trying to connect'), 'failed'],
    ['the same through drizzle', new DrizzleQueryError('select', [], said('25006')), 'failed'],
    ['a wire that broke under drizzle', new DrizzleQueryError('select', [], new Error('broken')), 'failed'],
  ])('%s', (_, error, reason) => {
    expect(explainedPostgres(error)).toMatchObject({ name: 'LedgerUnavailable', reason });
  });
});

test.each([
  ['data that a constraint refuses', said('23514')],
  ['text that no type takes', said('22P02')],
  ['a table that this program does not know', said('42P01')],
  ['a fault of ours between two statements', new RangeError('too large')],
])('%s stays what it is, and the connection is good', (_, error) => {
  expect(explainedPostgres(error)).toBe(error);
  expect(sparesConnection(error)).toBe(true);
});

test('only what passes is tried again, and only a good connection is kept', () => {
  const codes = ['40001', '40P01', '55P03', '23505', '57014', '25006', '57P01', '23514'];
  expect(codes.filter((code) => isPassing(said(code)))).toEqual(['40001', '40P01', '55P03', '23505']);
  expect(codes.filter((code) => !sparesConnection(said(code)))).toEqual(['25006', '57P01']);
});
