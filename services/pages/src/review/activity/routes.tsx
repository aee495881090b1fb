import type { Activity, ActivityDetails, ReviewActivity } from '@watchledger/contract';
import type { Notice } from '../../layout/notice.ts';
import type { Page } from '../../layout/page.ts';
import { answered, faultOf, type Refusal } from '../../site/faults.ts';
import type { SentForm, Site } from '../../site/site.tsx';
import { faultIn } from '../../texts/faults.ts';
import { decisionOf, short } from '../decision-words.ts';
import { withSearch } from '../queue/search.ts';
import { ActivityPage } from './activity-page.tsx';
import { isDecidedSo } from './decided-so.ts';
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
    const { page, ask, form, who } = sent;
    const view = asSeen(sent, await activityView(sent));
    const { activity, etag } = view;
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
        headers: { 'if-match': etag },
      }),
    );
    if (!outcome.ok) {
      const now = await activityView(sent);
      const { refusal } = outcome;
      // Sent twice in haste, it is one decision.
      if (refusal.code === 'precondition-failed' && isDecidedSo(now.activity, who.sub, review))
        return decided(sent, now, { body: now.activity, etag: now.etag }, review);
      const hours = faultOf(refusal, '/grantedSeconds');
      const comment = faultOf(refusal, '/comment');
      const faults = {
        ...(hours !== undefined && { hours: faultIn(page.language, hours) }),
        ...(comment !== undefined && { comment: faultIn(page.language, comment) }),
      };
      const conflict = conflictOf(page, now, refusal);
      // Only who is told what happened meanwhile decides about that.
      const shown = conflict === undefined ? asSeen(sent, now) : now;
      return <ActivityPage {...{ page, view: shown, draft, faults, conflict }} effect={null} />;
    }
    return decided(sent, view, outcome.result, review);
  });
}

/** At the version that the reviewer decides about, whatever it has become since. */
const asSeen = ({ form }: SentForm, view: ActivityView): ActivityView => ({
  ...view,
  etag: form.text('etag') ?? view.etag,
});

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
  { activity: before, etag: seen, person, search, waiting }: ActivityView,
  { body: after, etag }: { readonly body: Activity; readonly etag: string },
  review: ReviewActivity,
): Response {
  const { activity: texts } = page.texts.review;
  const here = withSearch(`/review/${after.activityId}`, search);
  const what = decisionOf(page, after);
  if (form.has('correcting')) {
    const text = texts.corrected(what, short(after.title));
    // Of what was sent twice, what it was before is not known any more.
    const isUndoable = !form.has('undo') && seen !== etag;
    const undo = isUndoable ? undoOf(page, here, before, etag) : undefined;
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
      correcting: 'yes',
      undo: 'yes',
      decision: state === 'rejected' ? 'reject' : 'fewer',
      hours: `${grantedSeconds ?? 0}s`,
      comment: comment ?? '',
    },
  };
}
