import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { CoursewareFieldset } from './courseware-fields.tsx';
import { pathOfList, pathOfNew } from './paths.ts';
import type { Faults, Typed } from './typed-courseware.ts';

const nothingYet: Typed = {
  id: '',
  title: '',
  kind: 'video',
  hours: '',
  media: '',
  creator: '',
  open: true,
  reason: '',
};

export function NewCoursewarePage(props: { page: Page; typed?: Typed; faults?: Faults }) {
  const { page, typed = nothingYet, faults = {} } = props;
  const { admin } = page.texts;
  return (
    <Layout page={page} title={admin.courseware.add} styles={['/assets/admin.css']}>
      <h1>{admin.courseware.add}</h1>
      <form class="sheet" method="post" action={page.link(pathOfNew)}>
        <CoursewareFieldset page={page} typed={typed} faults={faults} isNew />
        <p class="choices">
          <button type="submit">{admin.courseware.create}</button>
          <a class="button second" href={page.link(pathOfList)}>
            {admin.cancel}
          </a>
        </p>
      </form>
    </Layout>
  );
}
