import type { CoursewareId, DayNumber, Milliseconds } from '../quantities.ts';
import type { Counted } from './context.ts';

/** What a category's cap leaves; `null` is no cap. */
export type Capped = {
  /** Time before limits and caps. */
  readonly ms: Milliseconds;
  readonly creditedMs: Milliseconds;
  readonly capMs: Milliseconds | null;
  readonly remainingMs: Milliseconds | null;
};

/** A learner's credits in one accounting year. */
export type YearCredits = {
  readonly year: number;
  readonly closed: boolean;
  readonly online: Capped & {
    readonly watchedMs: Milliseconds;
    readonly declaredMs: Milliseconds;
    readonly trainingMs: Milliseconds;
  };
  readonly selfStudy: Capped;
  readonly offline: Capped & { readonly externalMs: Milliseconds; readonly trainingMs: Milliseconds };
  readonly total: {
    readonly ms: Milliseconds;
    readonly creditedMs: Milliseconds;
    readonly goalMs: Milliseconds;
    /** Goal minus credited, both in whole seconds as shown, so that a head line adds up (R12). */
    readonly missingMs: Milliseconds;
  };
  /** Each courseware watched or frozen in this year, in the order of first watching. */
  readonly courseware: readonly CoursewareCredits[];
  /** The online parts of those trainings that name courseware. */
  readonly trainings: readonly (Counted & { readonly id: string })[];
};

/** What one courseware earned a learner in one accounting year. */
export type CoursewareCredits = {
  readonly coursewareId: CoursewareId;
  readonly watchedMs: Milliseconds;
  readonly creditedMs: Milliseconds;
  /** Watched time that counts through a training which names this courseware (R11); it uses up the limit too. */
  readonly setOffMs: Milliseconds;
  readonly limitMs: Milliseconds;
  /** Credited in the limit's scope: with `lifetime`, in this year and all before it (R4). */
  readonly creditedInScopeMs: Milliseconds;
  /** What the limit leaves at the end of this year. */
  readonly remainingMs: Milliseconds;
  /** The last day it was watched in this year; null if only the frozen year names it. */
  readonly lastDay: DayNumber | null;
};
