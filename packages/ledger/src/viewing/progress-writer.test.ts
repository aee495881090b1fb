import { dayNumber, instant, milliseconds, type SessionId } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { LedgerUnavailable } from '../database/problems.ts';
import { sessionIdOf } from '../testing/session-id.ts';
import type { Progress } from './port.ts';
import {
  createProgressWriter,
  type ProgressWriterOptions,
  type Settlement,
  type Settlements,
} from './progress-writer.ts';

const totals = (name: string, baseAt: number, at: number): Progress => ({
  sessionId: sessionIdOf(name),
  baseAt: instant(baseAt),
  lastReportAt: instant(at),
  grewAt: instant(at),
  watchedMs: milliseconds(at),
  forfeitedMs: milliseconds(0),
  day: dayNumber(1),
  dayMs: milliseconds(at),
  previousDayMs: milliseconds(0),
  state: 'playing',
  seal: null,
});

const recorded = { outcome: 'recorded', factsRevision: 0, sharedRevision: 0 } as const;

interface Batch {
  readonly way: 'advance' | 'resolve';
  readonly progresses: readonly Progress[];
  /** All of it is recorded, unless told otherwise. */
  finish(settled?: Settlements): void;
}

/** A writer whose batches are stored when, and as, the test says. */
function bench(options: Partial<ProgressWriterOptions> = {}) {
  const batches: Batch[] = [];
  let now = 0;
  const sleepers: (() => void)[] = [];
  const store = (way: Batch['way']) => (progresses: readonly Progress[]) =>
    new Promise<Settlements>((resolve) => {
      const all = new Map(progresses.map(({ sessionId }) => [sessionId, recorded]));
      batches.push({ way, progresses, finish: (settled = all) => resolve(settled) });
    });
  const writer = createProgressWriter(
    { advance: store('advance'), resolve: store('resolve') },
    {
      maxWaiting: 100,
      lanes: 1,
      clock: { now: () => now, after: (_, resume) => sleepers.push(resume) },
      ...options,
    },
  );
  /** What was settled is heard of in one turn, and the next batch is stored at the end of the other. */
  const turn = async () => {
    for (const _ of [1, 2]) await new Promise((resolve) => setImmediate(resolve));
  };
  const wake = async (ms: number) => {
    now += ms;
    for (const resume of sleepers.splice(0)) resume();
    await turn();
  };
  const sizes = () => batches.map(({ progresses }) => progresses.length);
  return { writer, batches, turn, wake, sizes };
}

const nothing: Settlements = new Map();

describe('totals that wait for a database across the network', () => {
  test('of one turn are stored together, and what comes meanwhile shares the next batch', async () => {
    const { writer, batches, turn, sizes } = bench();
    const early = ['a', 'b', 'c'].map((name) => writer.record(totals(name, 0, 10)));
    await turn();
    const late = ['d', 'e'].map((name) => writer.record(totals(name, 0, 10)));
    await turn();
    expect(sizes()).toEqual([3]);
    batches[0]?.finish();
    expect(await Promise.all(early)).toEqual([recorded, recorded, recorded]);
    await turn();
    expect(sizes()).toEqual([3, 2]);
    batches[1]?.finish();
    expect(await Promise.all(late)).toEqual([recorded, recorded]);
  });

  test('of one session are never under way twice, and are stored in the order they came', async () => {
    const { writer, batches, turn } = bench({ lanes: 2 });
    const first = writer.record(totals('a', 0, 10));
    await turn();
    const second = writer.record(totals('a', 10, 20));
    const other = writer.record(totals('b', 0, 10));
    await turn();
    expect(batches.map(({ progresses }) => progresses)).toEqual([[totals('a', 0, 10)], [totals('b', 0, 10)]]);
    batches[0]?.finish();
    batches[1]?.finish();
    await Promise.all([first, other]);
    await turn();
    expect(batches[2]?.progresses).toEqual([totals('a', 10, 20)]);
    batches[2]?.finish();
    expect(await second).toEqual(recorded);
  });

  test('join waiting ones that they contain; those that do not, as two retries of one report, wait their turn', async () => {
    const { writer, batches, turn } = bench();
    const answers = [
      writer.record(totals('a', 0, 10)),
      writer.record(totals('a', 10, 20)),
      writer.record(totals('a', 10, 20)),
    ];
    await turn();
    expect(batches[0]?.progresses).toEqual([totals('a', 10, 20)]);
    batches[0]?.finish();
    await turn();
    expect(batches[1]?.progresses).toEqual([totals('a', 10, 20)]);
    batches[1]?.finish();
    expect(await Promise.all(answers)).toEqual([recorded, recorded, recorded]);
  });

  test('are refused beyond a number, so that memory stays bounded; joining costs none', async () => {
    const { writer, batches, turn } = bench({ maxWaiting: 2 });
    const waiting = [writer.record(totals('a', 0, 10)), writer.record(totals('b', 0, 10))];
    await expect(writer.record(totals('c', 0, 10))).rejects.toMatchObject({ reason: 'crowded' });
    waiting.push(writer.record(totals('a', 10, 20)));
    await turn();
    batches[0]?.finish();
    await Promise.all(waiting);
    const again = writer.record(totals('c', 0, 10));
    await turn();
    batches[1]?.finish();
    expect(await again).toEqual(recorded);
  });

  test('share no failure of one another', async () => {
    const { writer, batches, turn } = bench();
    const [good, bad] = [writer.record(totals('a', 0, 10)), writer.record(totals('b', 0, 10))];
    await turn();
    const failure = new Error('this row is impossible');
    batches[0]?.finish(
      new Map<SessionId, Settlement>([
        [sessionIdOf('a'), recorded],
        [sessionIdOf('b'), { failure }],
      ]),
    );
    expect(await good).toEqual(recorded);
    await expect(bad).rejects.toBe(failure);
  });

  test('are all told at once that the store is away, those of the batch and those that wait', async () => {
    const { writer, batches, turn } = bench();
    const underWay = writer.record(totals('a', 0, 10));
    await turn();
    const waiting = [writer.record(totals('b', 0, 10)), writer.record(totals('c', 0, 10))];
    const failure = new LedgerUnavailable('failed');
    batches[0]?.finish(new Map([[sessionIdOf('a'), { failure }]]));
    for (const each of [underWay, ...waiting]) await expect(each).rejects.toBe(failure);
    await turn();
    expect(batches).toHaveLength(1);
    const again = writer.record(totals('a', 0, 10));
    await turn();
    batches[1]?.finish();
    expect(await again).toEqual(recorded);
  });

  test('of one session that all wait when the store goes away are each told once, and leave their places', async () => {
    const { writer, batches, turn } = bench({ maxWaiting: 3 });
    const underWay = writer.record(totals('a', 0, 10));
    await turn();
    const waiting = [writer.record(totals('b', 0, 10)), writer.record(totals('b', 0, 10))];
    const failure = new LedgerUnavailable('failed');
    batches[0]?.finish(new Map([[sessionIdOf('a'), { failure }]]));
    for (const each of [underWay, ...waiting]) await expect(each).rejects.toBe(failure);
    await turn();
    expect(batches).toHaveLength(1);
    const places = ['c', 'd', 'e'].map((name) => writer.record(totals(name, 0, 10)));
    await expect(writer.record(totals('f', 0, 10))).rejects.toMatchObject({ reason: 'crowded' });
    await turn();
    batches[1]?.finish();
    expect(await Promise.all(places)).toEqual([recorded, recorded, recorded]);
  });

  test('that do not simply advance go the other way, and nobody waits for them', async () => {
    const { writer, batches, turn } = bench();
    const [simple, late] = [writer.record(totals('a', 0, 10)), writer.record(totals('b', 0, 10))];
    await turn();
    batches[0]?.finish(new Map([[sessionIdOf('a'), recorded]]));
    expect(await simple).toEqual(recorded);
    const other = writer.record(totals('c', 0, 10));
    await turn();
    expect(batches.map(({ way, progresses }) => [way, progresses.length])).toEqual([
      ['advance', 2],
      ['resolve', 1],
      ['advance', 1],
    ]);
    batches[2]?.finish();
    expect(await other).toEqual(recorded);
    batches[1]?.finish();
    expect(await late).toEqual(recorded);
  });

  test('of a session that another transaction holds are tried again, and given up after two seconds', async () => {
    const { writer, batches, turn, wake } = bench();
    const held = writer.record(totals('a', 0, 10));
    await turn();
    batches[0]?.finish(nothing);
    await turn();
    batches[1]?.finish(nothing);
    await turn();
    expect(batches).toHaveLength(2);
    await wake(100);
    expect(batches[2]?.way).toBe('resolve');
    batches[2]?.finish(nothing);
    await turn();
    await wake(1_950);
    batches[3]?.finish(nothing);
    await expect(held).rejects.toMatchObject({ reason: 'busy' });
  });

  test('tell when nothing waits any more, and how large each batch was', async () => {
    const commits: number[] = [];
    const { writer, batches, turn } = bench({ maxBatch: 2, onCommit: ({ size }) => commits.push(size) });
    await writer.idle();
    const all = ['a', 'b', 'c'].map((name) => writer.record(totals(name, 0, 10)));
    let idle = false;
    const whenIdle = writer.idle().then(() => {
      idle = true;
    });
    await turn();
    batches[0]?.finish();
    await turn();
    expect(idle).toBe(false);
    batches[1]?.finish();
    await Promise.all([...all, whenIdle]);
    expect(commits).toEqual([2, 1]);
  });
});
