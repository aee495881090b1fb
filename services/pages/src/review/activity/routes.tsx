import type { Activity, ActivityDetails, ReviewActivity } from '@watchledger/contract';
import type { Notice } from '../../layout/notice.ts';
import type { Page } from '../../layout/page.ts';
import { answered, faultOf, type Refusal } from '../../site/faults.ts';
import type { SentForm, Site } from '../../site/site.tsx';
import { faultIn } from '../../texts/faults.ts';
import { decisionOf, short } from '../decision-words.ts';
import { withSearch } from '../queue/search.ts';
import { ActivityPage } from './activity-page.tsx';
import { decisionIn, firstDraft, sentDraft } from './draft.ts';
import { effectOf } from './effect.ts';
import { type ActivityView, activityView } from './view.ts';

/** One activity: its evidence beside the decision. */
export function activityRoutes(site: Site): void {
  site.show('/review/:id', 'review', async (visit) => {
    const { page, ask } = visit;
    const view = await activityView(visit);
    const { activity, isOwn } = view;
    const draft = firstDraft(page, activity);
    const isToDecide = !isOwn && activity.state === 'submitted';
    const effect =
      isToDecide && draft.decision === 'full'
        ? await effectOf(ask, activity.activityId, { decision: 'approve' })
        : null;
    return <ActivityPage page={page} view={view} draft={draft} effect={effect} />;
  });

  site.take('/review/:id', 'review', async (sent) => {
    const { page, ask, form } = sent;
    const view = await activityView(sent);
    const { activity } = view;
    const draft = sentDraft(form);
    const decision = decisionIn(page, draft, activity.seconds);
    if ('faults' in decision)
      return <ActivityPage page={page} view={view} draft={draft} faults={decision.faults} effect={null} />;
    const { review } = decision;
    if (form.has('preview')) {
      const effect = await effectOf(ask, activity.activityId, review);
      return <ActivityPage page={page} view={view} draft={draft} effect={effect} />;
    }
    const outcome = await answered(
      ask.tagged<Activity>({
        method: 'POST',
        path: ['activities', activity.activityId, 'review'],
        body: review,
        headers: { 'if-match': form.text('etag') ?? view.etag },
      }),
    );
    if (!outcome.ok) {
      const now = await activityView(sent);
      const { refusal } = outcome;
      const hours = faultOf(refusal, '/grantedSeconds');
      const comment = faultOf(refusal, '/comment');
      const faults = {
        ...(hours !== undefined && { hours: faultIn(page.language, hours) }),
        ...(comment !== undefined && { comment: faultIn(page.language, comment) }),
      };
      const conflict = conflictOf(page, now, refusal);
      return <ActivityPage {...{ page, view: now, draft, faults, conflict }} effect={null} />;
    }
    return decided(sent, view, outcome.result, review);
  });
}

/** What happened while the reviewer was looking. */
function conflictOf(page: Page, { activity }: ActivityView, { code, faults }: Refusal): string | undefined {
  const { activity: texts } = page.texts.review;
  if (faults.length > 0) return undefined;
  if (code === 'year-closed') return texts.yearClosed;
  if (activity.state === 'withdrawn') return texts.conflictWithdrawn;
  if (activity.decidedBy !== null)
    return texts.conflictDecided(activity.decidedBy, decisionOf(page, activity));
  return texts.conflictAmended;
}

function decided(
  { page, form, goTo }: SentForm,
  { activity: before, person, search, waiting }: ActivityView,
  { body: after, etag }: { readonly body: Activity; readonly etag: string },
  review: ReviewActivity,
): Response {
  const { activity: texts } = page.texts.review;
  const here = withSearch(`/review/${after.activityId}`, search);
  const what = decisionOf(page, after);
  if (before.decidedBy !== null) {
    const text = texts.corrected(what, short(after.title));
    const undo = form.has('undo') ? undefined : undoOf(page, here, before, etag);
    return goTo(here, { kind: 'good', text, undo });
  }
  const [path, onward] =
    waiting.next === null
      ? [withSearch('/review', { ...search, cursor: undefined }), texts.noNext]
      : [withSearch(`/review/${waiting.next}`, search), texts.next];
  return goTo(path, {
    kind: review.decision === 'approve' ? 'good' : 'bad',
    text: `${texts.done(what, short(after.title), person.name)} ${onward}`,
    link: { path: here, label: texts.toCorrect },
  });
}

/** A correction is undone by deciding as it was before. */
function undoOf(page: Page, action: string, before: ActivityDetails, etag: string): Notice['undo'] {
  const { state, grantedSeconds, comment } = before;
  // What a notice can carry.
  if ((comment ?? '').length > 300) return undefined;
  return {
    action: page.link(action),
    label: page.texts.review.activity.undo,
    fields: {
      etag,
      undo: 'yes',
      decision: state === 'rejected' ? 'reject' : 'fewer',
      hours: `${grantedSeconds ?? 0}s`,
      comment: comment ?? '',
    },
  };
}
