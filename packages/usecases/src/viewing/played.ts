import {
  type CoursewareId,
  type Coverage,
  type Instant,
  type LearnerId,
  type Milliseconds,
  milliseconds,
  type Place,
} from '@watchledger/rules';
import type { ViewingContext } from './context.ts';

/** What a page tells of the media itself, beside its claim. It earns nothing. */
export interface Playback {
  /** Seconds into the media. */
  readonly position?: number | undefined;
  /** Parts that were played and not acknowledged yet, in seconds into the media. Absent: nothing is kept. */
  readonly played?: readonly (readonly [from: number, to: number])[] | undefined;
}

interface Told {
  readonly learnerId: LearnerId;
  readonly coursewareId: CoursewareId;
  readonly played: NonNullable<Playback['played']>;
  readonly place: Place | null;
}

/** Keeps what a page has played beside all that was played before, and answers with all of it, on disk. */
export function keepPlayed(
  { coverage }: ViewingContext,
  { learnerId, coursewareId, played, place }: Told,
): Promise<Coverage> {
  const ranges = played.map(([from, to]) => [mediaMs(from), mediaMs(to)] as const);
  return coverage.add(learnerId, coursewareId, { ranges, place });
}

/**
 * Where a page stood when it reported; null: it does not say.
 * @param position seconds into the media
 * @param state what the page presented
 */
export function placeOf(position: number | undefined, state: string, toldAt: Instant): Place | null {
  if (state === 'ended') return { positionMs: null, toldAt };
  return position === undefined ? null : { positionMs: mediaMs(position), toldAt };
}

const mediaMs = (seconds: number): Milliseconds => milliseconds(Math.round(seconds * 1_000));
