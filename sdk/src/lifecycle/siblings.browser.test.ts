import { afterEach, expect, test, vi } from 'vitest';
import { wait } from '../testing/player.ts';
import { createSiblings } from './siblings.ts';

afterEach(() => vi.restoreAllMocks());

/** Two pages of a browser, as far as hints go; what the second hears. */
function pages() {
  const heard = vi.fn();
  const [one, other] = [createSiblings(() => {}), createSiblings(heard)];
  one.open();
  other.open();
  return { one, other, heard };
}

test('a page hears what another one tells', async () => {
  const { one, other, heard } = pages();
  one.tell();
  await expect.poll(() => heard.mock.calls.length).toBe(1);
  one.close();
  other.close();
});

test('one that is away hears nothing, and hears again when it is back', async () => {
  const { one, other, heard } = pages();
  other.close();
  one.tell();
  await wait(50);
  expect(heard).not.toHaveBeenCalled();
  other.open();
  one.tell();
  await expect.poll(() => heard.mock.calls.length).toBe(1);
  one.close();
  other.close();
});

test('where the browser forbids them, there are no hints and nothing else is lost', () => {
  vi.spyOn(globalThis, 'BroadcastChannel').mockImplementation(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  const siblings = createSiblings(() => {});
  siblings.open();
  siblings.tell();
  siblings.close();
});
