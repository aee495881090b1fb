import type { Activity } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Facts } from '../../parts/facts.tsx';
import { MePage } from '../me-page.tsx';
import type { FileNames } from './file-names.ts';
import { StateTag } from './state-tag.tsx';

interface ActivityPageProps {
  page: Page;
  activity: Activity;
  etag: string;
  fileName: FileNames;
}

/** One declaration: what became of it and why, what was declared, and what can be done about it now. */
export function ActivityPage({ page, activity, etag, fileName }: ActivityPageProps) {
  const { format, texts } = page;
  const { activities: words } = texts.me;
  const { fields } = words;
  const { state, category, comment, grantedSeconds, decidedAt, submittedAt } = activity;
  return (
    <MePage page={page} title={activity.title} aside={<StateTag page={page} state={state} />}>
      <p>
        <a href={page.link('/me/activities')}>‹ {words.back}</a>
      </p>
      <div class={`note ${state === 'approved' ? 'good' : state === 'rejected' ? 'bad' : ''}`}>
        <p>{words.follow[state]}</p>
        {grantedSeconds !== null && (
          <p>
            {words.declaredAndGranted(format.duration(activity.seconds), format.duration(grantedSeconds))}
          </p>
        )}
        {comment !== null && <p>{words.reason(comment)}</p>}
      </div>
      <Steps page={page} activity={activity} etag={etag} />
      <div class="sheet">
        <Facts
          facts={[
            [fields.category, words.categories[category]],
            [fields.kind, activity.kind === null ? null : words.kinds[activity.kind]],
            [fields.provider[category], activity.provider],
            [fields.place, activity.place],
            [fields.country, activity.country],
            [fields.from, format.day(activity.from)],
            [fields.to, format.day(activity.to)],
            [fields.hours, format.exactDuration(activity.seconds)],
            [fields.note[category], activity.note === null ? null : <p class="written">{activity.note}</p>],
            [fields.evidence, <Evidence page={page} activity={activity} fileName={fileName} />],
            [words.createdAt, format.moment(activity.createdAt)],
            [words.submittedAt, submittedAt === null ? null : format.moment(submittedAt)],
            [words.decidedAt, decidedAt === null ? null : format.moment(decidedAt)],
          ]}
        />
      </div>
    </MePage>
  );
}

function Steps({ page, activity, etag }: { page: Page; activity: Activity; etag: string }) {
  const { activities: words } = page.texts.me;
  const { state, activityId } = activity;
  const path = `/me/activities/${activityId}`;
  const isOpen = state === 'draft' || state === 'submitted';
  return (
    <div class="steps">
      {state === 'draft' && (
        <form method="post" action={page.link(`${path}/submit`)}>
          <input type="hidden" name="etag" value={etag} />
          <button type="submit">{words.submit}</button>
        </form>
      )}
      {isOpen && (
        <>
          <a class="button second" href={page.link(`${path}/edit`)}>
            {words.edit}
          </a>
          <a class="button second" href={page.link(`${path}/withdraw`)}>
            {state === 'draft' ? words.discard : words.withdraw}
          </a>
        </>
      )}
      {(state === 'rejected' || state === 'withdrawn') && (
        <a class="button second" href={page.link(`/me/activities/new?like=${activityId}`)}>
          {words.again}
        </a>
      )}
    </div>
  );
}

/** Links lead outside; files are handed over to be saved, never shown as a page of ours. */
function Evidence({ page, activity, fileName }: Omit<ActivityPageProps, 'etag'>) {
  if (activity.evidence.length === 0) return null;
  return (
    <ul class="plain">
      {activity.evidence.map((each) => (
        <li>
          {'url' in each ? (
            <a href={each.url} rel="noreferrer noopener">
              {each.url}
            </a>
          ) : (
            <a href={page.link(`/me/evidence/${each.fileId}`)} download="">
              {fileName(each.fileId)}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
