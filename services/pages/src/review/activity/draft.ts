import type { Activity, ReviewActivity } from '@watchledger/contract';
import { hoursTyped } from '../../format/hours-typed.ts';
import type { Page } from '../../layout/page.ts';
import type { Form } from '../../site/form.ts';

/** A decision as it stands in the form. */
export interface DecisionDraft {
  readonly decision: 'full' | 'fewer' | 'reject';
  readonly hours: string;
  /** Which of the common reasons are ticked, in their words. */
  readonly reasons: readonly string[];
  readonly comment: string;
}

export interface DraftFaults {
  readonly hours?: string;
  readonly comment?: string;
}

/** What the form holds at first: what was decided, or what the address asks for, or full approval. */
export function firstDraft({ format, query, texts }: Page, activity: Activity): DecisionDraft {
  const { state, grantedSeconds, seconds, comment } = activity;
  const isFewer = grantedSeconds !== null && grantedSeconds !== seconds;
  const decided = state === 'rejected' ? 'reject' : isFewer ? 'fewer' : 'full';
  const { between, activity: words } = texts.review;
  const said = comment === null ? [] : comment.split(between);
  const isCommon = (part: string) => words.reasonList.includes(part);
  const asked = query.get('do');
  return {
    decision: asked === 'reject' ? 'reject' : asked === 'approve' ? 'full' : decided,
    hours: isFewer ? format.exactDuration(grantedSeconds) : '',
    reasons: said.filter(isCommon),
    comment: said.filter((part) => !isCommon(part)).join(between),
  };
}

/** What was sent. */
export const sentDraft = (form: Form): DecisionDraft => ({
  decision:
    form.text('decision') === 'reject' ? 'reject' : form.text('decision') === 'fewer' ? 'fewer' : 'full',
  hours: form.text('hours') ?? '',
  reasons: form.all('reason'),
  comment: form.text('comment') ?? '',
});

/** The decision that a form says, or what of it is at fault. */
export function decisionIn(
  { format, texts }: Page,
  draft: DecisionDraft,
  declaredSeconds: number,
): { readonly review: ReviewActivity } | { readonly faults: DraftFaults } {
  const { activity } = texts.review;
  const reasons = draft.decision === 'full' ? [] : draft.reasons;
  const comment =
    [...reasons, draft.comment].filter((part) => part !== '').join(texts.review.between) || null;
  if (draft.decision === 'reject')
    return comment === null
      ? { faults: { comment: activity.commentFault } }
      : { review: { decision: 'reject', comment } };
  if (draft.decision === 'full') return { review: { decision: 'approve', comment } };
  const grantedSeconds = hoursTyped(draft.hours);
  if (grantedSeconds === null) return { faults: { hours: activity.hoursFault } };
  if (grantedSeconds === 0) return { faults: { hours: activity.hoursZero } };
  if (grantedSeconds > declaredSeconds)
    return { faults: { hours: activity.hoursMore(format.exactDuration(declaredSeconds)) } };
  return { review: { decision: 'approve', grantedSeconds, comment } };
}
