import { hoursTyped } from '../../format/hours-typed.ts';
import type { Visit } from '../../site/site.tsx';
import { ConflictPage } from '../conflict-page.tsx';
import { lastChange } from '../last-change.ts';
import { typedOf } from './courseware-page.tsx';
import { courseware } from './known.ts';
import { pathOfCourseware } from './paths.ts';
import type { Typed } from './typed-courseware.ts';

/** Somebody else was quicker: both versions of a courseware, and the choice. */
export async function conflictOver(visit: Visit, typed: Typed) {
  const { page, ask, part } = visit;
  const id = part('id');
  const [{ body, etag }, last] = await Promise.all([
    courseware(ask, id),
    lastChange(visit, 'courseware', id),
  ]);
  const { admin } = page.texts;
  const { courseware: texts } = admin;
  const now = typedOf(page, body);
  const kind = (name: string) => (name === 'document' ? texts.kinds.document : texts.kinds.video);
  const yesNo = (open: boolean) => (open ? texts.open : texts.closed);
  /** As the pages write hours, however they were typed. */
  const written = (hours: string) => {
    const seconds = hoursTyped(hours);
    return seconds === null ? hours : page.format.exactDuration(seconds);
  };
  const or = (text: string) => text || '—';
  const { open, id: _, ...sent } = typed;
  return (
    <ConflictPage
      page={page}
      last={last}
      fields={[
        { label: texts.titleField, theirs: now.title, yours: typed.title },
        { label: texts.kind, theirs: kind(now.kind), yours: kind(typed.kind) },
        { label: texts.hours, theirs: now.hours, yours: written(typed.hours) },
        { label: texts.media, theirs: or(now.media), yours: or(written(typed.media)) },
        { label: texts.creator, theirs: or(now.creator), yours: or(typed.creator) },
        { label: texts.state, theirs: yesNo(now.open), yours: yesNo(open) },
      ]}
      action={pathOfCourseware(id)}
      sent={{ ...sent, open: open ? 'yes' : undefined, version: etag }}
      back={pathOfCourseware(id)}
    />
  );
}
