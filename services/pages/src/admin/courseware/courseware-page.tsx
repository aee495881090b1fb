import type { Courseware, CoursewareChange } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Tag } from '../../parts/tag.tsx';
import { wordOf } from '../../texts/word-of.ts';
import { Hidden } from '../hidden.tsx';
import { CoursewareFieldset } from './courseware-fields.tsx';
import { pathOfCourseware, pathOfList } from './paths.ts';
import type { Faults, Typed } from './typed-courseware.ts';

interface CoursewarePageProps {
  page: Page;
  courseware: Courseware;
  etag: string;
  /** The newest first. */
  changes: readonly CoursewareChange[];
  typed?: Typed;
  faults?: Faults;
}

/** One courseware: all that is decided about it, and how its hours came to be. */
export function OneCoursewarePage({
  page,
  courseware,
  etag,
  changes,
  typed,
  faults = {},
}: CoursewarePageProps) {
  const { admin } = page.texts;
  const { courseware: texts } = admin;
  const { coursewareId: id, title, open, createdAt, updatedAt } = courseware;
  const path = pathOfCourseware(id);
  return (
    <Layout page={page} title={title} styles={['/assets/admin.css']}>
      <p class="eyebrow">
        <a href={page.link(pathOfList)}>{texts.title}</a> · {id}
      </p>
      <header class="page-head">
        <h1>{title}</h1>
        {open ? <Tag tone="good" text={texts.open} /> : <Tag tone="waiting" text={texts.closed} />}
      </header>
      <form class="sheet" method="post" action={page.link(path)}>
        <CoursewareFieldset
          page={page}
          typed={typed ?? typedOf(page, courseware)}
          faults={faults}
          isNew={false}
        />
        <Hidden fields={{ version: etag }} />
        <p class="choices">
          <button type="submit">{texts.saveAll}</button>
          <a class="button second" href={page.link(pathOfList)}>
            {admin.cancel}
          </a>
          <a class="aside" href={page.link(`${path}/delete`)}>
            {texts.remove}
          </a>
        </p>
        <p class="small muted">{texts.since(page.format.moment(createdAt), page.format.moment(updatedAt))}</p>
      </form>
      <section class="sheet" aria-labelledby="history">
        <h2 id="history">{admin.history}</h2>
        <History page={page} changes={changes} />
      </section>
    </Layout>
  );
}

export const typedOf = ({ format }: Page, courseware: Courseware): Typed => ({
  id: courseware.coursewareId,
  title: courseware.title,
  kind: courseware.kind,
  hours: format.exactDuration(courseware.limitSeconds),
  media: courseware.mediaSeconds === null ? '' : format.exactDuration(courseware.mediaSeconds),
  creator: courseware.creator ?? '',
  open: courseware.open,
  reason: '',
});

function History({ page, changes }: { page: Page; changes: readonly CoursewareChange[] }) {
  const { admin } = page.texts;
  const { courseware: texts } = admin;
  const hours = (seconds: number | null) => (seconds === null ? '—' : page.format.exactDuration(seconds));
  if (changes.length === 0) return <p class="muted">{texts.noHistory}</p>;
  return (
    <table class="rows stacked">
      <thead>
        <tr>
          <th scope="col">{admin.when}</th>
          <th scope="col">{admin.who}</th>
          <th scope="col">{texts.hours}</th>
          <th scope="col">{admin.why}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ changedAt, actor, action, fromLimitSeconds, toLimitSeconds, reason }) => (
          <tr>
            <td data-label={admin.when}>
              <time datetime={changedAt}>{page.format.moment(changedAt)}</time>
            </td>
            <td data-label={admin.who}>{actor}</td>
            <td data-label={texts.hours}>
              {texts.actions[action]}{' '}
              {action === 'created'
                ? hours(toLimitSeconds)
                : action === 'updated' && `${hours(fromLimitSeconds)} → ${hours(toLimitSeconds)}`}
            </td>
            <td data-label={admin.why}>
              {reason === null ? '—' : (wordOf(admin.audit.reasons, reason) ?? reason)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
