import type { Instant, LearnerId } from '@watchledger/rules';

/** Who makes a change, when and why (R8). */
export interface Authorship {
  readonly actor: string;
  readonly at: Instant;
  readonly reason: string | null;
}

/** What an entry is about. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

export const subjectKinds = [
  'courseware',
  'policy',
  'organisation',
  'learner',
  'activity',
  'training',
  'enrolment',
  'exam',
  'year',
  'session',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export type AuditedValue = string | number | boolean | null;

export interface AuditedChange {
  readonly field: string;
  readonly from: AuditedValue;
  readonly to: AuditedValue;
}

/** A change that is to be told in the audit trail. */
export interface TracedChange {
  readonly subject: Subject;
  /** Whose hours it is about; absent: nobody's in particular. */
  readonly learnerId?: LearnerId;
  readonly action: string;
  readonly changes: readonly AuditedChange[];
  readonly by: Authorship;
}

/** One entry of the audit trail; entries are only ever added, and `sequence` is their order. */
export interface AuditEntry extends Authorship {
  readonly sequence: number;
  readonly action: string;
  readonly changes: readonly AuditedChange[];
}
