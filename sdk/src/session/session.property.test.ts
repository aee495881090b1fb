import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { ViewingState } from '../protocol.ts';
import type { Fate } from '../testing/model-service.ts';
import { setStage } from '../testing/stage.ts';

const states = fc.constantFrom<ViewingState>(
  'playing',
  'playing',
  'playing',
  'paused',
  'buffering',
  'hidden',
  'ended',
);
const fates = fc.constantFrom<Fate>('answered', 'answered', 'lost', 'reply-lost', 'unavailable');

/** A learner, a network and a page, one turn after another. */
const turns = fc.array(
  fc.record({
    state: states,
    fate: fates,
    latencyMs: fc.constantFrom(0, 30, 400),
    page: fc.constantFrom('stays', 'stays', 'stays', 'leaves', 'freezes', 'goes online'),
    forMs: fc.integer({ min: 0, max: 40_000 }),
  }),
  { minLength: 1, maxLength: 25 },
);

test('whatever learner, network and page do: claims are honest, and what is claimed is accepted', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  await fc.assert(
    fc.asyncProperty(turns, async (story) => {
      const stage = setStage();
      const { clock, service, source, watching } = stage;
      let truth = 0;
      let away = false;
      await clock.pass(0);
      for (const { state, fate, latencyMs, page, forMs } of story) {
        service.fate = () => fate;
        service.latencyMs = latencyMs;
        if (page === 'leaves' || page === 'freezes') {
          if (page === 'leaves') stage.page.leave();
          else stage.page.freeze();
          away = true;
          await clock.pass(forMs);
          if (page === 'leaves') stage.page.restore();
          else stage.page.resume();
          away = false;
        }
        if (page === 'goes online') stage.page.online();
        source.show(state);
        if (state === 'playing' && !away) truth += forMs;
        // What a page does between events: samples far more often than the longest believed gap.
        await clock.pass(forMs);
        expect(watching.watchedMs).toBeLessThanOrEqual(truth);
      }
      // The network comes back and the page is left in peace.
      service.fate = () => 'answered';
      service.latencyMs = 0;
      source.show('paused');
      await clock.pass(120_000);
      await Promise.all([watching.stop(), clock.pass(300_000)]);

      expect(watching.watchedMs).toBeLessThanOrEqual(truth);
      expect(service.accepted).toBeLessThanOrEqual(watching.watchedMs);
      // One of this page, and one that an earlier life of it left behind.
      expect(service.mostInFlight).toBeLessThanOrEqual(2);
      const claims = new Map<string, number>();
      for (const { path, body } of service.heard.filter(({ path }) => path.endsWith('/heartbeats'))) {
        const claim = Number(body.watchedMs);
        expect(claim).toBeGreaterThanOrEqual(claims.get(path) ?? 0);
        claims.set(path, claim);
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('with a sound network every watched millisecond is accepted, up to jitter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ state: states, forMs: fc.integer({ min: 0, max: 40_000 }) }), {
        minLength: 1,
        maxLength: 25,
      }),
      async (story) => {
        const { clock, service, source, watching } = setStage();
        let truth = 0;
        await clock.pass(0);
        for (const { state, forMs } of story) {
          source.show(state);
          if (state === 'playing') truth += forMs;
          await clock.pass(forMs);
        }
        source.show('paused');
        await Promise.all([watching.stop(), clock.pass(1_000)]);
        expect(watching.watchedMs).toBe(truth);
        expect(service.accepted).toBe(truth);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
