import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { cleanUp } from './cleanup.ts';
import { startRedis } from './redis.ts';

/** Says one line to Redis and returns its first answer. */
function ask(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${line}\r\n`));
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().trim());
    });
  });
}

test('a Redis of the test remembers, and is empty after its restart at the same address', async () => {
  const redis = await startRedis();
  expect(await ask(redis.port, 'SET a 1')).toBe('+OK');
  await redis.restartEmpty();
  expect(await ask(redis.port, 'EXISTS a')).toBe(':0');
  await redis.stop();
  await expect(ask(redis.port, 'PING')).rejects.toThrow('ECONNREFUSED');
});

test('what a test leaves running is ended', async () => {
  const { pid } = await startRedis();
  process.kill(pid, 0);
  await cleanUp();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
