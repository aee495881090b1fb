import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { workersStopWithinMs } from '../../services/server/src/commands/serve.ts';
import { startService, temporaryFolder } from '../harness/index.ts';
import { readEnvFile } from './compose/compose.ts';
import { configured } from './settings/settings.ts';
import { readUnit } from './systemd/unit.ts';

const repository = new URL('../../', import.meta.url);
const unit = readUnit(new URL('deploy/systemd/watchledger.service', repository));
const example = readEnvFile(new URL('deploy/systemd/watchledger.env.example', repository));
const [program = '', script = ''] = unit.one('Service', 'ExecStart').split(' ');

const analyser = '/usr/bin/systemd-analyze';
const analysed = (...args: string[]) => spawnSync(analyser, args, { encoding: 'utf8' });

/** The unit where its program is: on this machine nothing is in /opt. */
function unitHere(text: string): string {
  const file = join(temporaryFolder(), 'watchledger.service');
  writeFileSync(
    file,
    text.replace(`ExecStart=${program}`, `ExecStart=${process.execPath}`).replace(/^Documentation=.*\n/m, ''),
  );
  return file;
}

test.skipIf(!existsSync(analyser))(
  'systemd takes the unit without a word, and finds little that it is exposed to',
  () => {
    const { status, stderr } = analysed('verify', unitHere(unit.text));
    expect([status, stderr]).toEqual([0, '']);
    expect(analysed('verify', unitHere(unit.text.replace('KillMode', 'KilMode'))).stderr).toContain(
      'KilMode',
    );
    expect(
      analysed('security', '--offline=true', '--threshold=20', '--no-pager', unitHere(unit.text)).status,
    ).toBe(0);
  },
);

test('it starts what is there, by the Node that is installed with it', () => {
  const folder = unit.one('Service', 'WorkingDirectory');
  expect(existsSync(new URL(script, repository))).toBe(true);
  expect(program).toBe(`${folder}/node_modules/.bin/node`);
  expect(unit.one('Unit', 'Documentation')).toBe(`file://${folder}/deploy/README.md`);
});

test('its settings are ones that the service knows, and its database is in the one folder that it may write', () => {
  const settings = {
    ...Object.fromEntries(unit.all('Service', 'Environment').map((each) => each.split('=', 2))),
    ...example,
  };
  expect(() => configured(settings)).toThrow('AUTH_SECRET or AUTH_JWKS_URL must be set in production');
  const { production, database } = configured({
    ...settings,
    AUTH_SECRET: 'made by openssl rand -base64 32 for this test',
  });
  expect(production).toBe(true);
  expect(database.kind === 'sqlite' && dirname(database.file)).toBe(
    `/var/lib/${unit.one('Service', 'StateDirectory')}`,
  );
});

test('a stop is waited for longer than workers can take', () => {
  expect(Number(unit.one('Service', 'TimeoutStopSec')) * 1_000).toBeGreaterThan(workersStopWithinMs);
});

test('a reload stops a single process gracefully, and it is started again', async () => {
  expect(unit.one('Service', 'ExecReload')).toBe('/bin/kill -HUP $MAINPID');
  expect(unit.one('Service', 'Restart')).toBe('always');
  const service = await startService();
  service.signal('SIGHUP');
  await service.restart();
  expect(service.logs()).toMatch(/SIGHUP: finishing what is under way[\s\S]* stopped\n[\s\S]*listening on/);
});
