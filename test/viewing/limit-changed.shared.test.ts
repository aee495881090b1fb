import { expect, test } from 'vitest';
import { startStores } from '../stores/stores.ts';
import { startSite } from './site.ts';

test('a limit changed through one process is known to all others by their next heartbeat or two', async () => {
  const stores = await startStores();
  const changing = await startSite({ stores });
  const others = await Promise.all([startSite({ stores }), startSite({ stores })]);
  await changing.put('film', 7_200);
  const viewings = await Promise.all(others.map((site, n) => site.page(`u${n}`).watch('film')));
  for (const viewing of viewings) await viewing.play(400);

  for (const [limitSeconds, change] of [
    [60, (seconds: number) => changing.put('film', seconds)],
    [0, (limit: number) => changing.admin.patch('/v1/courseware/film', { limitSeconds: limit })],
    [3_600, (seconds: number) => changing.put('film', seconds)],
  ] as const) {
    await change(limitSeconds);
    for (const viewing of viewings) {
      await viewing.play(200);
      const { courseware, crediting, reason } = await viewing.play(200);
      expect(courseware.limitSeconds).toBe(limitSeconds);
      expect([crediting, reason]).toEqual(
        limitSeconds === 0 ? [false, 'courseware-limit-reached'] : [true, null],
      );
    }
  }
});
