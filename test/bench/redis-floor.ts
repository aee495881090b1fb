import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { Redis } from 'ioredis';

/** The least that a lock in Redis costs: the JSON echo, and one script that reads and writes one hash. */
const answer = JSON.parse(process.env.BENCH_ANSWER ?? '{}');
const redis = new Redis(process.env.REDIS_URL ?? '', { enableAutoPipelining: true });
redis.defineCommand('touch_row', {
  numberOfKeys: 1,
  lua: `local row = redis.call('HMGET', KEYS[1], 'w', 'l')
        redis.call('HSET', KEYS[1], 'w', ARGV[1], 'l', redis.call('TIME')[1])
        return { row[1] or '0', row[2] or '0' }`,
});
const commands = redis as unknown as { touch_row(key: string, watchedMs: number): Promise<string[]> };
const app = new Hono();
app.get('/healthz', (c) => c.json({ status: 'ok' }));
app.post('/v1/sessions/:id/heartbeats', async (c) => {
  const { watchedMs } = await c.req.json<{ watchedMs: number }>();
  await commands.touch_row(`floor:${c.req.param('id')}`, watchedMs);
  return c.json({ ...answer, watchedMs });
});
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
