import {
  type Coverage,
  instant,
  type MediaRange,
  milliseconds,
  nothingCovered,
  type Place,
} from '@watchledger/rules';

/** What a row says beside whose it is, as every database gives it. */
export interface CoverageRow {
  readonly ranges: readonly MediaRange[];
  readonly positionMs: number | null;
  readonly toldAt: number | null;
}

export function toCoverage(row: CoverageRow | undefined): Coverage {
  return row === undefined ? nothingCovered : { ranges: row.ranges, place: placeIn(row) };
}

export function toRow({ ranges, place }: Coverage): CoverageRow {
  return { ranges, positionMs: place?.positionMs ?? null, toldAt: place?.toldAt ?? null };
}

function placeIn({ positionMs, toldAt }: CoverageRow): Place | null {
  if (toldAt === null) return null;
  return { positionMs: positionMs === null ? null : milliseconds(positionMs), toldAt: instant(toldAt) };
}
