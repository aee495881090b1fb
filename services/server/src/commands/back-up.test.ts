import { expect, test } from 'vitest';
import { readErrand } from '../command-line.ts';
import { StartFault } from '../start-fault.ts';

async function refusal(args: readonly string[], DATABASE_URL: string): Promise<string> {
  const error = await readErrand(args)
    .run({ DATABASE_URL })
    .then(
      () => null,
      (error: unknown) => error,
    );
  expect(error).toBeInstanceOf(StartFault);
  const { message } = error as StartFault;
  expect(message).not.toContain('\n');
  return message;
}

const postgres = 'postgres://watchledger:hush@db.example.org/watchledger';

test('PostgreSQL is backed up and restored by its own programs, and their call is told', async () => {
  expect(await refusal(['backup', '--to', 'x.dump'], postgres)).toBe(
    'DATABASE_URL is PostgreSQL, which has its own: pg_dump --format=custom --dbname="$DATABASE_URL" --file=x.dump',
  );
  expect(await refusal(['restore', '--from', 'x.dump'], postgres)).toBe(
    'DATABASE_URL is PostgreSQL, which has its own: ' +
      'pg_restore --exit-on-error --single-transaction --no-owner --dbname=<empty database> x.dump',
  );
});

test('a missing or a wrong word is said', async () => {
  expect(await refusal(['backup'], 'file:x.db')).toBe('backup needs --to <file>; see --help');
  expect(await refusal(['restore'], 'file:x.db')).toBe('restore needs --from <file>; see --help');
  expect(await refusal(['backup', '--to', 'x.db'], 'mysql://u:hush@db')).toBe(
    'DATABASE_URL must be file:<path> or postgres://…, not "mysql://…@db"',
  );
});
