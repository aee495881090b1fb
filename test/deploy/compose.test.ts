import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { forcedAfterMs } from '../../services/server/src/stopping.ts';
import {
  api,
  freePort,
  locate,
  nginx,
  redisServer,
  startChild,
  startService,
  type TestService,
  temporaryFolder,
} from '../harness/index.ts';
import { pageOf } from '../viewing/site.ts';
import { readCompose, readEnvFile } from './compose/compose.ts';
import { faultsInCompose } from './compose/schema.ts';
import { configured, imageSettings, version } from './settings/settings.ts';

const deploy = new URL('../../deploy/', import.meta.url);
const example = readEnvFile(new URL('compose.env.example', deploy));
const secrets = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'AUTH_SECRET'] as const;
const filled = {
  ...example,
  ...Object.fromEntries(secrets.map((name) => [name, name.toLowerCase().repeat(4)])),
};
const compose = readCompose(filled);
const apps = Object.entries(compose.services).filter(([name]) => name.startsWith('app-'));

test('the file is one of the compose specification, and what is misspelt in it would be found', () => {
  expect(faultsInCompose(compose)).toEqual([]);
  expect(faultsInCompose({ services: { app: { image: 'x', helthcheck: {} } } })).toEqual([
    expect.stringContaining('helthcheck'),
  ]);
});

test.each(secrets)('without %s nothing starts', (name) => {
  expect(() => readCompose({ ...filled, [name]: '' })).toThrow(`${name} is set in deploy/.env`);
});

test('the example leaves all secrets to be made', () => {
  for (const name of secrets) expect(example[name], name).toBe('');
});

test('three processes start from it, and the service knows all that they are told', () => {
  expect(apps.map(([name]) => name)).toEqual(['app-1', 'app-2', 'app-3']);
  for (const [name, app] of apps) {
    expect(app.image, name).toBe(`watchledger:${version()}`);
    expect(configured({ ...imageSettings(), ...app.environment }), name).toMatchObject({
      production: true,
      host: '0.0.0.0',
      port: 8787,
      database: { kind: 'postgres' },
    });
  }
});

test('who stops is waited for longer than a stop can take', () => {
  for (const [, app] of apps) {
    expect(Number.parseInt(app.stop_grace_period, 10) * 1_000).toBeGreaterThan(forcedAfterMs);
  }
});

test('files that it mounts are there', () => {
  const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes);
  for (const mount of mounts.filter((each) => each.startsWith('./'))) {
    expect(existsSync(new URL(mount.split(':', 1)[0] ?? '', deploy)), mount).toBe(true);
  }
});

/** Redis as the file has it, but for its address. */
async function startItsRedis(): Promise<string> {
  const [program, ...args] = compose.services.redis?.command?.trim().split(/\s+/) ?? [];
  expect(program).toBe('redis-server');
  const port = await freePort();
  const redis = startChild(locate(redisServer), [
    ...args,
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    temporaryFolder(),
  ]);
  await redis.says(/Ready to accept connections/, 10_000);
  return String(apps[0]?.[1].environment?.REDIS_URL).replace('redis:6379', `127.0.0.1:${port}`);
}

/** nginx as the file has it, but for the addresses. */
async function startItsBalancer(services: readonly TestService[]): Promise<string> {
  const folder = temporaryFolder();
  const port = await freePort();
  const written = readFileSync(new URL('nginx.conf', deploy), 'utf8');
  const conf = services
    .reduce((text, { port }, n) => text.replace(`app-${n + 1}:8787`, `127.0.0.1:${port}`), written)
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('/tmp/nginx.pid', join(folder, 'nginx.pid'));
  expect(conf).not.toMatch(/app-\d/);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    conf.replace(
      'http {',
      `http {\n${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}`,
    ),
  );
  const balancer = startChild(locate(nginx), [
    '-c',
    file,
    '-p',
    folder,
    '-g',
    'daemon off; master_process off;',
  ]);
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      () =>
        fetch(`${url}/healthz`).then(
          ({ status }) => status,
          () => balancer.stderr(),
        ),
      { timeout: 10_000 },
    )
    .toBe(200);
  return url;
}

test('behind its balancer, with its Redis, no learner notices that a process is killed and another one drained', async () => {
  const env = {
    REDIS_URL: await startItsRedis(),
    DATABASE_URL: `file:${join(temporaryFolder(), 'ledger.db')}`,
  };
  const services = [await startService({ env })];
  services.push(...(await Promise.all([1, 2].map(() => startService({ env })))));
  const url = await startItsBalancer(services);
  const [killed, drained] = services;

  const statuses = new Map<number, number>();
  let over = false;
  const learners = Array.from({ length: 12 }, async (_, n) => {
    const token = killed?.token({ sub: `u${n}`, scope: 'watch' }) ?? '';
    const viewing = await pageOf(`u${n}`, api(url, token)).watch('demo-video', { clientId: 'tab' });
    let last: Session | null = null;
    while (!over) {
      await pause(100);
      const { status, body } = await viewing.beat(viewing.elapsedMs());
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 200) last = body;
    }
    return { viewing, last };
  });
  await pause(1_000);
  await killed?.kill();
  await pause(500);
  expect(await drained?.stop()).toEqual({ code: 0, signal: null });
  await pause(500);
  over = true;
  for (const { viewing, last } of await Promise.all(learners)) {
    expect(last?.watchedMs).toBeGreaterThan(1_900);
    expect(last?.watchedMs).toBeLessThanOrEqual(viewing.elapsedMs());
  }
  expect([...statuses.keys()]).toEqual([200]);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});
