import type { Instant } from '@watchledger/rules';
import type { Progress, StoredSession, StoredTurn } from './port.ts';

/** A session's row, as every database gives it. */
export type SessionRow = Omit<
  { readonly [Field in keyof StoredSession]: StoredSession[Field] extends number ? number : unknown },
  'seal'
> & { readonly sealedAt: number | null; readonly sealedAs: 'ended' | 'superseded' | null };

export function toSession({ sealedAt, sealedAs, ...row }: SessionRow): StoredSession {
  const seal = sealedAt === null || sealedAs === null ? null : { at: sealedAt as Instant, as: sealedAs };
  return { ...row, seal } as StoredSession;
}

/** A turn's row, as every database gives it. */
export const toTurn = ({ sessionId: _, ...turn }: TurnRow): StoredTurn => turn as StoredTurn;

type TurnRow = { readonly sessionId: string } & {
  readonly [Field in keyof StoredTurn]: StoredTurn[Field] extends number ? number : string;
};

export interface EarlierDay {
  readonly day: number;
  readonly watchedMs: number;
}

/** What moves from a session's row to beside it when its totals are from a later day. */
export function daysThatAreOver(
  session: StoredSession,
  { day, previousDayMs }: Progress,
): readonly EarlierDay[] {
  const over = session.day < day - 1 ? [{ day: session.day, watchedMs: session.dayMs }] : [];
  return [...over, { day: day - 1, watchedMs: previousDayMs }].filter(({ watchedMs }) => watchedMs > 0);
}
