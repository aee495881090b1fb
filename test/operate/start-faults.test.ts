import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort, runCommand, startRedis, startService, temporaryFolder } from '../harness/index.ts';

const secret = 'a secret of at least thirty-two bytes';

/** Starts the service, which must fail, and returns what it says. */
async function refusal(env: Record<string, string>, args: readonly string[] = []): Promise<string[]> {
  const { stderr, ...rest } = await runCommand(args, { PORT: '0', ...env });
  expect(rest, stderr).toEqual({ code: 1, signal: null, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at /m);
  return stderr.trimEnd().split('\n');
}

async function whileTaken<Result>(port: number, run: () => Promise<Result>): Promise<Result> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
  try {
    return await run();
  } finally {
    holder.close();
  }
}

function policyFile(policy: object): string {
  const file = join(temporaryFolder(), 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  return file;
}

describe('a start that cannot succeed says why in one line and exits with 1', () => {
  test('an unknown policy key', async () => {
    const lines = await refusal({ POLICY_FILE: policyFile({ hartbeat: '10s' }) });
    expect(lines).toEqual([expect.stringMatching(/^watchledger: POLICY_FILE .*: hartbeat: unknown key$/)]);
  });

  test('a lock shorter than two heartbeats', async () => {
    const lines = await refusal({ POLICY_FILE: policyFile({ heartbeat: '60s' }) });
    expect(lines).toEqual([
      expect.stringMatching(/POLICY_FILE .*: lock: 1m30s is shorter than two heartbeats/),
    ]);
  });

  test('a database path that cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const lines = await refusal({ DATABASE_URL: `file:${file}/ledger.db` });
    expect(lines).toEqual([expect.stringMatching(/DATABASE_URL: .*cannot be written/)]);
  });

  test('a database that is none', async () => {
    const file = join(temporaryFolder(), 'letter.txt');
    writeFileSync(file, 'Dear Sir or Madam, this is no database at all.'.repeat(100));
    const lines = await refusal({ DATABASE_URL: `file:${file}` });
    expect(lines).toEqual([expect.stringMatching(/DATABASE_URL: .*not a database/)]);
  });

  test('an unreachable Redis', async () => {
    const lines = await refusal({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    expect(lines).toEqual([expect.stringMatching(/REDIS_URL: .*ECONNREFUSED/)]);
  });

  test('production without a secret', async () => {
    expect(await refusal({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(/AUTH_SECRET or AUTH_JWKS_URL must be set in production/),
    ]);
  });

  test('an address that others can reach, without a secret', async () => {
    expect(await refusal({ HOST: '0.0.0.0' })).toEqual([
      expect.stringMatching(/AUTH_SECRET .*HOST=0\.0\.0\.0/),
    ]);
  });

  test('a port that is taken', async () => {
    const port = await freePort();
    const file = join(temporaryFolder(), 'ledger.db');
    const lines = await whileTaken(port, () =>
      refusal({ PORT: String(port), DATABASE_URL: `file:${file}` }, ['--adopt-policy']),
    );
    expect(existsSync(file)).toBe(false);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`PORT ${port} on 127.0.0.1 is taken`))]);
  });

  test('T22: a second process on one database file with locks in the process', async () => {
    const { databaseUrl } = await startService();
    const lines = await refusal({ DATABASE_URL: databaseUrl });
    expect(lines).toEqual([expect.stringMatching(/DATABASE_URL: .*must own .* alone/)]);
  });

  test('T22: a process with locks of its own beside processes that share theirs', async () => {
    const redis = await startRedis();
    const { databaseUrl } = await startService({ env: { REDIS_URL: redis.url } });
    expect(await refusal({ DATABASE_URL: databaseUrl })).toHaveLength(1);
    const alone = await startService();
    expect(await refusal({ DATABASE_URL: alone.databaseUrl, REDIS_URL: redis.url })).toHaveLength(1);
  });

  test('several faults, one line each', async () => {
    const lines = await refusal({ PORT: 'http', DATABASE_URL: 'postgres://db/x', AUTH_SECRET: 'short' });
    expect(lines).toEqual([
      expect.stringMatching(/^watchledger: PORT /),
      expect.stringMatching(/^watchledger: AUTH_SECRET /),
      expect.stringMatching(/^watchledger: REDIS_URL must be set with PostgreSQL/),
    ]);
  });

  test('an unknown option', async () => {
    expect(await refusal({}, ['--adopt'])).toEqual([expect.stringMatching(/--adopt.*; see --help/)]);
  });
});

test('a start that failed leaves the database to the next one', async () => {
  const service = await startService();
  await service.stop();
  await refusal({
    DATABASE_URL: service.databaseUrl,
    PORT: '0',
    HOST: '192.0.2.1',
    AUTH_SECRET: secret,
  });
  await service.restart();
});

describe('a policy that differs from the one in force (R9)', () => {
  test('stops the start, unless the operator adopts it by a start that succeeds', async () => {
    const service = await startService({ policy: { lock: '80s' } });
    await service.stop();
    const changed = {
      DATABASE_URL: service.databaseUrl,
      POLICY_FILE: policyFile({ lock: '70s' }),
    };
    const lines = await refusal(changed);
    expect(lines).toEqual([
      expect.stringMatching(/POLICY_FILE: .*lock is 1m20s there and 1m10s here.*--adopt-policy/),
    ]);
    const { stderr } = await whileTaken(service.port, () =>
      runCommand(['--adopt-policy'], { ...changed, PORT: String(service.port) }),
    );
    expect(stderr).toMatch(/is taken/);
    await service.restart();
    await service.stop();
    await service.restart({ env: { POLICY_FILE: changed.POLICY_FILE }, args: ['--adopt-policy'] });
    await service.stop();
    await service.restart({ env: { POLICY_FILE: changed.POLICY_FILE } });
  });
});
