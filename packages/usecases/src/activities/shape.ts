import type { Activity, DeclareActivity } from '@watchledger/contract';
import type { ActivityFields, StoredActivity } from '@watchledger/ledger';
import { formatDay, type Instant, milliseconds, parseDay, wholeSeconds } from '@watchledger/rules';
import { entityTag } from '../access/entity-tag.ts';
import { rfc3339 } from '../moments/rfc3339.ts';

/** An activity as the contract shows it, with the tag that a writer may answer with. */
export interface TaggedActivity {
  readonly activity: Activity;
  readonly etag: string;
}

export const activityShape = (stored: StoredActivity): Activity => ({
  activityId: stored.activityId,
  learnerId: stored.learnerId,
  category: stored.category,
  kind: stored.kind,
  title: stored.title,
  from: formatDay(stored.fromDay),
  to: formatDay(stored.toDay),
  seconds: wholeSeconds(stored.declaredMs),
  provider: stored.provider,
  place: stored.place,
  country: stored.country,
  note: stored.note,
  evidence: [...stored.evidence],
  state: stored.state,
  grantedSeconds: stored.grantedMs === null ? null : wholeSeconds(stored.grantedMs),
  comment: stored.comment,
  decidedBy: stored.decidedBy,
  decidedAt: momentOf(stored.decidedAt),
  submittedAt: momentOf(stored.submittedAt),
  createdAt: rfc3339(stored.createdAt),
  updatedAt: rfc3339(stored.updatedAt),
});

const momentOf = (moment: Instant | null): string | null => (moment === null ? null : rfc3339(moment));

export const taggedActivity = (stored: StoredActivity): TaggedActivity => ({
  activity: activityShape(stored),
  etag: entityTag(stored.version),
});

export const storedFields = (declared: DeclareActivity): ActivityFields => ({
  category: declared.category,
  kind: declared.kind ?? (declared.category === 'offline' ? 'training' : null),
  title: declared.title,
  fromDay: parseDay(declared.from),
  toDay: parseDay(declared.to),
  declaredMs: milliseconds(declared.seconds * 1_000),
  provider: declared.provider ?? null,
  place: declared.place ?? null,
  country: declared.country ?? null,
  note: declared.note ?? null,
  evidence: declared.evidence ?? [],
});

/** What was declared, as it would be declared again. */
export const declaredAgain = ({ activity }: TaggedActivity): DeclareActivity => {
  const { category, kind, title, from, to, seconds, provider, place, country, note, evidence } = activity;
  return { category, kind, title, from, to, seconds, provider, place, country, note, evidence };
};
