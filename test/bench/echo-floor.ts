import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/** The least that an HTTP service in Hono costs: read JSON, answer JSON of a session's size. */
const answer = JSON.parse(process.env.BENCH_ANSWER ?? '{}');
const app = new Hono();
app.get('/healthz', (c) => c.json({ status: 'ok' }));
app.post('/v1/sessions/:id/heartbeats', async (c) => {
  const { watchedMs } = await c.req.json<{ watchedMs: number }>();
  return c.json({ ...answer, watchedMs });
});
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
