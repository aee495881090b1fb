import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { forcedAfterMs } from '../../services/server/src/stopping.ts';
import { filled, readCompose, readEnvFile, secrets } from './compose/compose.ts';
import { faultsInCompose } from './compose/schema.ts';
import { configured, imageSettings, imageVolumes, version } from './settings/settings.ts';

const deploy = new URL('../../deploy/', import.meta.url);
const example = readEnvFile(new URL('compose.env.example', deploy));
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

test('no process gets a volume that nobody named', () => {
  for (const [name, { tmpfs = [] }] of apps) expect(tmpfs, name).toEqual(imageVolumes());
});

test('files that it mounts are there', () => {
  const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes);
  for (const mount of mounts.filter((each) => each.startsWith('./'))) {
    expect(existsSync(new URL(mount.split(':', 1)[0] ?? '', deploy)), mount).toBe(true);
  }
});
