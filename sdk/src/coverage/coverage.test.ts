import { expect, test, vi } from 'vitest';
import type { Session } from '../protocol.ts';
import { setStage } from '../testing/stage.ts';
import { resume } from './resume.ts';
import { withCoverage } from './with-coverage.ts';

const SECOND = 1_000;

/** A puppet's viewing, with its coverage. */
async function covered() {
  const stage = setStage({}, { cover: withCoverage });
  await stage.clock.pass(0);
  return {
    ...stage,
    async plays(seconds: number) {
      stage.source.show('playing');
      for (let n = 0; n < seconds; n += 1) {
        await stage.clock.pass(SECOND);
        stage.source.position += 1;
      }
    },
  };
}

test('heartbeats carry what is new, and the end carries the rest', async () => {
  const { plays, source, clock, service, watching } = await covered();
  await plays(41);
  source.show('paused');
  await clock.pass(2 * SECOND);
  const told = service.heartbeats.flatMap(({ played = [] }) => played);
  expect(told[0]?.[0]).toBe(0);
  for (const [n, [from]] of told.slice(1).entries()) expect(from).toBe(told[n]?.[1]);
  expect(told.at(-1)?.[1]).toBe(41);
  await plays(3);
  await watching.stop();
  expect(service.ends).toMatchObject([{ state: 'playing', position: 44, played: [[41, 44]] }]);
});

test('what a lost heartbeat carried comes with the next', async () => {
  const { plays, service } = await covered();
  await plays(2);
  service.fate = () => 'lost';
  await plays(20);
  service.fate = () => 'answered';
  await plays(20);
  const last = service.heartbeats.at(-1)?.played ?? [];
  expect(last[0]?.[0]).toBeLessThanOrEqual(2);
});

test('without it, reports carry nothing of the kind', async () => {
  const { source, clock, service } = setStage();
  await clock.pass(0);
  source.show('playing');
  await clock.pass(41 * SECOND);
  expect(service.heartbeats.every((heartbeat) => !('played' in heartbeat))).toBe(true);
});

/** The service's first answer, as far as it matters here. */
function answering(resumeAt: number | null | undefined) {
  const listeners = new Set<(session: Session) => void>();
  const on = vi.fn((_: string, listener: (session: Session) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  return {
    watching: { on } as unknown as Parameters<typeof resume>[1],
    answer: () => {
      for (const hear of [...listeners]) hear({ courseware: { resumeAt } } as Session);
    },
  };
}

test.each<[string, number | null | undefined, number, number]>([
  ['goes to where the learner left off', 84.5, 0.3, 84.5],
  ['leaves a player that has been taken elsewhere', 84.5, 30, 30],
  ['leaves a player where nothing was played yet', null, 0.3, 0.3],
  ['leaves a player where the service knows of none', undefined, 0.3, 0.3],
])('resume %s', (_, resumeAt, currentTime, expected) => {
  const player = { currentTime };
  const { watching, answer } = answering(resumeAt);
  resume(player, watching);
  answer();
  expect(player.currentTime).toBe(expected);
});

test('resume does so once, and can be called off', () => {
  const player = { currentTime: 0 };
  const first = answering(50);
  resume(player, first.watching);
  first.answer();
  player.currentTime = 0;
  first.answer();
  expect(player.currentTime).toBe(0);
  const second = answering(60);
  resume(player, second.watching)();
  second.answer();
  expect(player.currentTime).toBe(0);
});
