import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlayedRanges, type PlayedRange } from './played-ranges.ts';

/** Plays from one position to another at normal speed, told four times a second. */
function player() {
  const coverage = createPlayedRanges();
  let at = 0;
  const tell = (position: number, state: 'playing' | 'paused' | 'buffering', rate = 1) =>
    coverage.sample(at, { state, until: 0, position, rate });
  return {
    ...coverage,
    plays(from: number, to: number, rate = 1) {
      const step = 0.25 * rate;
      for (let position = from; position < to; position += step, at += 250) tell(position, 'playing', rate);
      tell(to, 'paused', rate);
    },
    seeks(to: number) {
      tell(to, 'buffering');
    },
    passes(ms: number) {
      at += ms;
    },
    tell,
  };
}

describe('coverage', () => {
  test('what plays on is one range', () => {
    const { plays, report } = player();
    plays(0, 2);
    plays(2, 5);
    expect(report()?.ranges).toEqual([[0, 5]]);
  });

  test('a seek is not played, neither forwards nor back', () => {
    const { plays, seeks, report } = player();
    plays(0, 2);
    seeks(10);
    plays(10, 11);
    seeks(1);
    plays(1, 3);
    expect(report()?.ranges).toEqual([
      [0, 2],
      [10, 11],
      [1, 3],
    ]);
  });

  test('a seek that no event told, in the midst of playing, is none either', () => {
    const { tell, passes, report } = player();
    tell(0, 'playing');
    passes(250);
    tell(0.25, 'playing');
    passes(250);
    tell(30, 'playing');
    passes(250);
    tell(30.25, 'playing');
    expect(report()?.ranges).toEqual([
      [0, 0.25],
      [30, 30.25],
    ]);
  });

  test('at any speed', () => {
    const { plays, report } = player();
    plays(0, 16, 4);
    expect(report()?.ranges).toEqual([[0, 16]]);
  });

  test('what was played is reported until the service has it', () => {
    const { plays, report } = player();
    expect(report()).toBeUndefined();
    plays(0, 2);
    expect(report()?.ranges).toEqual([[0, 2]]);
    plays(2, 3);
    const second = report();
    expect(second?.ranges).toEqual([[0, 3]]);
    plays(3, 4);
    second?.kept();
    const third = report();
    expect(third?.ranges).toEqual([[3, 4]]);
    third?.kept();
    expect(report()).toBeUndefined();
  });

  test('an answer that comes late acknowledges what its own report carried, and no more', () => {
    const { plays, seeks, report } = player();
    plays(0, 10);
    const end = report();
    seeks(100);
    plays(100, 110);
    report();
    end?.kept();
    expect(report()?.ranges).toEqual([[100, 110]]);
  });

  test('a player without a position covers nothing', () => {
    const coverage = createPlayedRanges();
    for (let at = 0; at < 5_000; at += 250) coverage.sample(at, { state: 'playing', until: Infinity });
    expect(coverage.report()).toBeUndefined();
  });

  test('whatever is lost on the way, all is told, and nothing that was not played', () => {
    const turn = fc.oneof(
      fc.record({ plays: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ seeks: fc.integer({ min: 0, max: 400 }) }),
      fc.record({ lost: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
        const { plays, seeks, report } = player();
        const truth = new Set<number>();
        const told = new Set<number>();
        let position = 0;
        const tell = (arrives: boolean) => {
          const reported = report();
          if (!arrives || !reported) return;
          for (const range of reported.ranges) for (const quarter of quarters(range)) told.add(quarter);
          reported.kept();
        };
        for (const each of turns) {
          if ('plays' in each) {
            const to = position + each.plays / 4;
            plays(position, to);
            for (const quarter of quarters([position, to])) truth.add(quarter);
            position = to;
          } else if ('seeks' in each) {
            position = each.seeks / 4;
            seeks(position);
          } else tell(!each.lost);
        }
        tell(true);
        expect([...told].sort()).toEqual([...truth].sort());
      }),
    );
  });

  test('a report carries at most a hundred ranges: the latest', () => {
    const { plays, seeks, report } = player();
    for (let n = 0; n < 130; n += 1) {
      seeks(n * 10);
      plays(n * 10, n * 10 + 1);
    }
    const ranges = report()?.ranges;
    expect(ranges).toHaveLength(100);
    expect(ranges?.at(-1)).toEqual([1290, 1291]);
  });
});

const quarters = ([from, to]: PlayedRange) =>
  Array.from({ length: Math.round((to - from) * 4) }, (_, n) => from * 4 + n);
