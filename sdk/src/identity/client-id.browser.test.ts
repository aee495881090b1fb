import { afterEach, expect, test, vi } from 'vitest';
import { wait } from '../testing/player.ts';
import * as here from './client-id.ts';

/** Another page of the same tab or a twin of it: it sees the same sessionStorage, and is a realm of its own. */
async function otherPage(): Promise<typeof here> {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<!doctype html>';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  const module = new URL('./client-id.ts', import.meta.url).href;
  const { eval: run } = frame.contentWindow as Window & { eval(code: string): Promise<typeof here> };
  return run(`import(${JSON.stringify(module)})`);
}

afterEach(() => {
  here.releaseClientId();
  document.body.replaceChildren();
});

test('a tab keeps its name', async () => {
  const name = await here.clientId();
  expect(name).toMatch(/^[a-z0-9]{8,64}$/);
  expect(await here.clientId()).toBe(name);
});

test('a reloaded page finds the name that its former self let go', async () => {
  const name = await here.clientId();
  here.releaseClientId();
  expect(await (await otherPage()).clientId()).toBe(name);
});

test('a reloaded page waits a moment for a former self that is slow to let go', async () => {
  const name = await here.clientId();
  const next = (await otherPage()).clientId();
  setTimeout(here.releaseClientId, 100);
  expect(await next).toBe(name);
});

test('a duplicated tab, whose twin lives on, becomes a new client', async () => {
  const name = await here.clientId();
  const twin = await (await otherPage()).clientId();
  expect(twin).not.toBe(name);
  expect(await here.clientId()).toBe(name);
});

test('a browser that is slow to give the lock leaves no tab without it', async () => {
  sessionStorage.clear();
  const request = navigator.locks.request.bind(navigator.locks) as (...asked: unknown[]) => Promise<unknown>;
  const slow = vi.spyOn(navigator.locks, 'request').mockImplementation(async (...asked: unknown[]) => {
    await wait(1_300);
    return request(...asked);
  });
  const name = await here.clientId();
  slow.mockRestore();
  await wait(1_400);
  expect(await (await otherPage()).clientId()).not.toBe(name);
});
