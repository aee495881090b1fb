import type { ActivityFact, Calendar, LearnerId, TrainingFact } from '@watchledger/rules';
import type { OfficeLedger } from '../office/office.ts';

/** What a command is about, and with it all facts that the command may change. */
export interface Rehearsing {
  readonly kind: 'training' | 'activity';
  readonly id: string;
}

/** Whose fact of the subject becomes another one. */
export interface ChangedFact {
  readonly learnerId: LearnerId;
  /** Null: it is no fact any more. */
  readonly fact: TrainingFact | ActivityFact | null;
}

/** Commands that are run and then undone, for previews: they refuse what they would refuse. */
export interface RehearsalsLedger {
  /**
   * Hands out an office whose commands are all undone before anybody sees them, and tells what the last one would have
   * made of the facts, in the order of learner ids. Rejects with what `perform` rejects with.
   */
  rehearse<Result>(
    about: Rehearsing,
    calendar: Pick<Calendar, 'startOf'>,
    perform: (office: RehearsedOffice) => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly changed: readonly ChangedFact[] }>;
}

export type RehearsedOffice = Pick<OfficeLedger, 'activities' | 'trainings' | 'enrolments'>;
