import { expect, test } from 'vitest';
import { Closing } from './closing.ts';

test('what was opened last is closed first, each once, one after the other', async () => {
  const closed: string[] = [];
  const closing = new Closing();
  closing.add(() => void closed.push('file'));
  closing.add(async () => {
    await Promise.resolve();
    closed.push('queue');
  });
  await closing.run();
  await closing.run();
  expect(closed).toEqual(['queue', 'file']);
});

test('what fails to close keeps nothing else open', async () => {
  const closed: string[] = [];
  const closing = new Closing();
  closing.add(() => void closed.push('file'));
  closing.add(() => Promise.reject(new Error('stuck')));
  await expect(closing.run()).rejects.toThrow('stuck');
  expect(closed).toEqual(['file']);
});
