import type { Courseware } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Hidden } from '../hidden.tsx';
import { pathOfCourseware } from './paths.ts';
import { type NamedPreview, PreviewTable } from './preview-table.tsx';
import type { Typed } from './typed-courseware.ts';

interface PreviewPageProps {
  page: Page;
  courseware: Courseware;
  limitSeconds: number;
  preview: NamedPreview;
  typed: Typed;
  etag: string;
}

/** New hours that somebody would gain or lose by, before they are saved. */
export function PreviewPage({ page, courseware, limitSeconds, preview, typed, etag }: PreviewPageProps) {
  const { preview: texts } = page.texts.admin.courseware;
  const { format } = page;
  const path = pathOfCourseware(courseware.coursewareId);
  const { open, id: _, ...fields } = typed;
  return (
    <Layout page={page} title={texts.title} styles={['/assets/admin.css']}>
      <section class="sheet" aria-labelledby="preview">
        <h1 id="preview">{texts.title}</h1>
        <p class="lead">
          {texts.change(
            courseware.title,
            format.exactDuration(courseware.limitSeconds),
            format.exactDuration(limitSeconds),
          )}
        </p>
        <PreviewTable page={page} preview={preview} />
        <form method="post" action={page.link(path)}>
          <Hidden fields={{ ...fields, version: etag, open: open ? 'yes' : undefined, confirmed: 'yes' }} />
          <p class="choices">
            <button type="submit">{texts.confirm}</button>
            <button type="submit" class="second" name="back" value="yes">
              {texts.back}
            </button>
          </p>
        </form>
      </section>
    </Layout>
  );
}
