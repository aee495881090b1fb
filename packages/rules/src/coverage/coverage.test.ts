import { describe, expect, it } from 'vitest';
import { instant, milliseconds } from '../quantities.ts';
import { type Coverage, nothingCovered, placeToGoOn, withMore } from './coverage.ts';

const hour = milliseconds(3_600_000);

/** A report that played the second before where its page then stood. */
const report = (toldAt: number, positionMs: number | null): Coverage => ({
  ranges: [[milliseconds((positionMs ?? hour) - 1_000), milliseconds(positionMs ?? hour)]],
  place: { positionMs: positionMs === null ? null : milliseconds(positionMs), toldAt: instant(toldAt) },
});

describe('a learner goes on', () => {
  it('where the latest report stood', () => {
    const known = withMore(report(1, 60_000), report(2, 30_000));
    expect(placeToGoOn(known, hour)).toBe(30_000);
  });

  it('not where a report stood that is late, though what it played counts as covered', () => {
    const known = withMore(report(2, 30_000), report(1, 60_000));
    expect(placeToGoOn(known, hour)).toBe(30_000);
    expect(known.ranges).toHaveLength(2);
  });

  it('as before where a report tells no place', () => {
    const { ranges } = report(3, 90_000);
    expect(placeToGoOn(withMore(report(2, 30_000), { ranges, place: null }), hour)).toBe(30_000);
    expect(placeToGoOn(withMore({ ranges, place: null }, report(2, 30_000)), hour)).toBe(30_000);
  });

  it('nowhere once it has ended, until it is played again', () => {
    const ended = withMore(report(1, 60_000), report(2, null));
    expect(placeToGoOn(ended, hour)).toBeNull();
    expect(placeToGoOn(withMore(ended, report(3, 10_000)), hour)).toBe(10_000);
  });

  it('nowhere within 5 s of the end, where that is known', () => {
    expect(placeToGoOn(report(1, 3_594_999), hour)).toBe(3_594_999);
    expect(placeToGoOn(report(1, 3_595_000), hour)).toBeNull();
    expect(placeToGoOn(report(1, 3_700_000), hour)).toBeNull();
    expect(placeToGoOn(report(1, 3_700_000), null)).toBe(3_700_000);
  });

  it('nowhere as long as nothing was played', () => {
    expect(placeToGoOn(nothingCovered, hour)).toBeNull();
    const { place } = report(1, 60_000);
    expect(placeToGoOn({ ranges: [], place }, hour)).toBeNull();
  });
});
