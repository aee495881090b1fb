import { dayNumber, instant, milliseconds, type SessionId } from '@watchledger/rules';
import { describe, expect, test } from 'vitest';
import { LedgerUnavailable } from '../database/problems.ts';
import { sessionIdOf } from '../testing/session-id.ts';
import type { Progress } from './port.ts';
import { createProgressWriter, type ProgressWriterOptions, type Settlement } from './progress-writer.ts';

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

/** A writer whose batches are stored when, and as, the test says. */
function bench(options: Partial<ProgressWriterOptions> = {}) {
  const batches: {
    progresses: readonly Progress[];
    finish(settled?: ReadonlyMap<SessionId, Settlement>): void;
    fail(error: Error): void;
  }[] = [];
  const writer = createProgressWriter(
    (progresses) =>
      new Promise((resolve, reject) => {
        const all = new Map(progresses.map(({ sessionId }) => [sessionId, recorded]));
        batches.push({ progresses, finish: (settled = all) => resolve(settled), fail: reject });
      }),
    { maxWaiting: 100, lanes: 1, ...options },
  );
  /** What was settled is heard of in one turn, and the next batch is stored at the end of the other. */
  const turn = async () => {
    for (const _ of [1, 2]) await new Promise((resolve) => setImmediate(resolve));
  };
  const sizes = () => batches.map(({ progresses }) => progresses.length);
  return { writer, batches, turn, sizes };
}

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

  test('share no failure of one another, unless the store itself fails', async () => {
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

    const all = [writer.record(totals('a', 10, 20)), writer.record(totals('b', 0, 20))];
    await turn();
    batches[1]?.fail(new LedgerUnavailable('failed'));
    for (const each of all) await expect(each).rejects.toMatchObject({ reason: 'failed' });
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
