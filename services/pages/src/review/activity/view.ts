import type { ActivityDetails, AuditEntry, AuditPage, Credits, EvidenceFile } from '@watchledger/contract';
import { evidenceFile } from '../../evidence/evidence-file.ts';
import { type Person, peopleOf } from '../../people/people.ts';
import { may } from '../../site/roles.ts';
import type { Visit } from '../../site/site.tsx';
import { unlessGone } from '../../site/unless-gone.ts';
import { type QueueSearch, queueSearch, type Waiting, waiting } from '../queue/search.ts';

/** A piece of evidence as it is shown; `missing`: a file that cannot be read any more. */
export type ShownEvidence = { readonly url: string } | EvidenceFile | 'missing';

/** All that a reviewer is shown of one activity. */
export interface ActivityView {
  readonly activity: ActivityDetails;
  readonly etag: string;
  readonly person: Person;
  readonly isOwn: boolean;
  readonly evidence: readonly ShownEvidence[];
  /** Null: this reviewer may not see learners' figures. */
  readonly credits: Credits | null;
  /** What was decided before, oldest first; null: for other eyes. */
  readonly trail: readonly AuditEntry[] | null;
  readonly search: QueueSearch;
  readonly waiting: Waiting;
}

/** Reads it anew; throws where there is no such activity for this reviewer. */
export async function activityView(visit: Visit): Promise<ActivityView> {
  const { ask, who, page } = visit;
  const id = visit.part('id');
  const search = queueSearch(page.query);
  const { body: activity, etag } = await ask.tagged<ActivityDetails>({ path: ['activities', id] });
  const { learnerId } = activity;
  const [personOf, evidence, credits, trail, others] = await Promise.all([
    peopleOf(visit, [learnerId]),
    Promise.all(activity.evidence.map((each) => shown(visit, each))),
    may(who, 'credits:read') ? creditsOf(visit, activity) : null,
    may(who, 'admin') && who.org === undefined ? trailOf(visit, id) : null,
    waiting(ask, search, { reviewer: who.sub, after: id }),
  ]);
  return {
    activity,
    etag,
    person: personOf(learnerId),
    isOwn: learnerId === who.sub,
    evidence,
    credits,
    trail,
    search,
    waiting: others,
  };
}

const yearOf = ({ to }: ActivityDetails): number => Number(to.slice(0, 4));

const creditsOf = ({ ask }: Visit, activity: ActivityDetails) =>
  unlessGone(
    ask.json<Credits>({
      path: ['learners', activity.learnerId, 'credits'],
      query: { year: yearOf(activity) },
    }),
  );

async function trailOf({ ask }: Visit, id: string) {
  return (await ask.json<AuditPage>({ path: ['audit'], query: { kind: 'activity', id } })).items;
}

async function shown({ ask }: Visit, evidence: ActivityDetails['evidence'][number]): Promise<ShownEvidence> {
  return 'url' in evidence ? evidence : ((await evidenceFile(ask, evidence.fileId)) ?? 'missing');
}
