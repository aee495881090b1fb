import { type CoursewareId, type Coverage, instant, type LearnerId, milliseconds } from '@watchledger/rules';
import { expect, test } from 'vitest';
import type { CoverageLedger } from './port.ts';

const learner = 'u1' as LearnerId;
const film = 'film' as CoursewareId;

/** A report at a moment, of a page that stands where it has played to. */
const report = (toldAt: number, fromMs: number, toMs: number): Coverage => ({
  ranges: [[milliseconds(fromMs), milliseconds(toMs)]],
  place: { positionMs: milliseconds(toMs), toldAt: instant(toldAt) },
});

/** An empty ledger. */
export interface CoverageLedgerUnderTest {
  readonly ledger: CoverageLedger;
  /** The same ledger, as another process has it. */
  readonly peer: CoverageLedger;
}

/** What every durable store of coverage must do. */
export function coverageContract(open: () => Promise<CoverageLedgerUnderTest>): void {
  test('of what nobody has played nothing is covered', async () => {
    const { ledger } = await open();
    expect(await ledger.get(learner, film)).toEqual({ ranges: [], place: null });
  });

  test('what reports tell is kept as one, with the place of the latest', async () => {
    const { ledger, peer } = await open();
    expect(await ledger.add(learner, film, report(1, 0, 1_000))).toEqual(report(1, 0, 1_000));
    expect(await ledger.add(learner, film, report(3, 60_000, 61_000))).toMatchObject({
      ranges: [
        [0, 1_000],
        [60_000, 61_000],
      ],
      place: { positionMs: 61_000, toldAt: 3 },
    });
    const late = await ledger.add(learner, film, report(2, 1_000, 2_000));
    expect(late).toEqual({
      ranges: [
        [0, 2_000],
        [60_000, 61_000],
      ],
      place: { positionMs: 61_000, toldAt: 3 },
    });
    expect(await peer.get(learner, film)).toEqual(late);
  });

  test('the end, and that no place was told, are kept as such', async () => {
    const { ledger } = await open();
    const { ranges } = report(1, 0, 1_000);
    await ledger.add(learner, film, { ranges, place: null });
    expect(await ledger.get(learner, film)).toEqual({ ranges, place: null });
    const ended = { ranges, place: { positionMs: null, toldAt: instant(2) } };
    await ledger.add(learner, film, ended);
    expect(await ledger.get(learner, film)).toEqual(ended);
  });

  test('a repeated report changes nothing', async () => {
    const { ledger, peer } = await open();
    const first = await ledger.add(learner, film, report(1, 0, 1_000));
    expect(await peer.add(learner, film, report(1, 0, 1_000))).toEqual(first);
  });

  test('each learner and each courseware has its own', async () => {
    const { ledger } = await open();
    await ledger.add(learner, film, report(1, 0, 1_000));
    await ledger.add('u2' as LearnerId, film, report(1, 0, 2_000));
    await ledger.add(learner, 'book' as CoursewareId, report(1, 0, 3_000));
    expect(await ledger.get(learner, film)).toEqual(report(1, 0, 1_000));
    expect(await ledger.get('u2' as LearnerId, film)).toEqual(report(1, 0, 2_000));
    expect(await ledger.get(learner, 'book' as CoursewareId)).toEqual(report(1, 0, 3_000));
  });

  test('of reports that come at once to several processes none is lost, the first of all neither', async () => {
    const { ledger, peer } = await open();
    const learners = ['u1', 'u2', 'u3'] as LearnerId[];
    const told = Array.from({ length: 60 }, (_, nth) => ({
      to: nth % 2 === 0 ? ledger : peer,
      of: learners[nth % 3] ?? learner,
      said: report(nth, nth * 10_000, nth * 10_000 + 1_000),
    }));
    const answers = await Promise.all(
      told.map(async ({ to, of, said }) => ({ said, all: await to.add(of, film, said) })),
    );
    for (const { said, all } of answers) expect(all.ranges).toContainEqual(said.ranges[0]);
    for (const [nth, of] of learners.entries()) {
      const { ranges, place } = await ledger.get(of, film);
      expect(ranges).toEqual(told.filter((each) => each.of === of).flatMap(({ said }) => said.ranges));
      expect(place?.toldAt).toBe(57 + nth);
    }
  });

  test('the widest numbers and the most ranges fit', async () => {
    const { ledger } = await open();
    const widest = report(2 ** 53 - 1, 0, 1e12);
    expect(await ledger.add(learner, film, widest)).toEqual(widest);
    const ranges = Array.from(
      { length: 500 },
      (_, nth) => [milliseconds(nth * 1e9), milliseconds(nth * 1e9 + 1_000)] as const,
    );
    await ledger.add('u2' as LearnerId, film, { ranges, place: null });
    expect((await ledger.get('u2' as LearnerId, film)).ranges).toEqual(ranges);
  });
}
