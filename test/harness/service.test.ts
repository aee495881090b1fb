import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { api, cleanUp, fileOf, runCommand, startService } from './index.ts';

test('a service that is killed comes back at the same address with the same facts', async () => {
  const service = await startService();
  const admin = api(service.url, service.token({ sub: 'admin', scope: 'admin' }));
  const courseware = { title: 'A', kind: 'video', limitSeconds: 20 };
  expect((await admin.put('/v1/courseware/a', courseware)).status).toBe(201);
  expect(await service.kill()).toEqual({ code: null, signal: 'SIGKILL' });
  await service.restart();
  expect((await admin.get('/v1/courseware/a')).body).toMatchObject(courseware);
});

test('its links and its made secret are known', async () => {
  const service = await startService({ env: { AUTH_SECRET: '' } });
  expect(service.links()).toHaveLength(10);
  const watcher = api(service.url, service.token({ sub: 'u1', scope: 'watch' }));
  expect((await watcher.get('/v1/courseware')).status).toBe(200);
});

test('a token of the command line opens the service that runs on the same database', async () => {
  const service = await startService({ env: { AUTH_SECRET: '' } });
  const { code, stdout } = await runCommand(['token', '--sub', 'u1', '--scope', 'watch'], {
    DATABASE_URL: service.databaseUrl,
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  expect((await api(service.url, stdout.trim()).get('/v1/courseware')).status).toBe(200);
  expect((await api(service.url, null).get('/v1/courseware')).body.code).toBe('unauthenticated');
});

test('nothing of it is left behind', async () => {
  const { pid, databaseUrl } = await startService();
  await cleanUp();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(existsSync(fileOf(databaseUrl))).toBe(false);
});
