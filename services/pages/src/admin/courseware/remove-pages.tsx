import { WatchLedgerError } from '@watchledger/client';
import type { Courseware } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { AskFirst } from '../ask-first.tsx';
import { Hidden } from '../hidden.tsx';
import { typedOf } from './courseware-page.tsx';
import { pathOfCourseware, pathOfList } from './paths.ts';
import type { Typed } from './typed-courseware.ts';

/** Asks before a courseware is deleted, and carries along what would put it back. */
export function RemovePage(props: { page: Page; courseware: Courseware; etag: string }) {
  const { page, courseware, etag } = props;
  const { courseware: texts } = page.texts.admin;
  const path = pathOfCourseware(courseware.coursewareId);
  return (
    <AskFirst
      page={page}
      title={texts.removeTitle(courseware.title)}
      texts={texts.removeTexts}
      action={`${path}/delete`}
      go={texts.remove}
      back={path}
    >
      <Hidden fields={{ version: etag, ...keeping(typedOf(page, courseware)) }} />
    </AskFirst>
  );
}

/** Says that it is deleted; the page itself keeps what puts it back. */
export function RemovedPage({ page, id, kept }: { page: Page; id: string; kept: Typed }) {
  const { courseware: texts } = page.texts.admin;
  return (
    <Layout page={page} title={texts.removedTitle} styles={['/assets/admin.css']}>
      <section class="blank" aria-labelledby="removed">
        <h1 id="removed">{texts.removedTitle}</h1>
        <p role="status">{texts.removed(kept.title)}</p>
        <form method="post" action={page.link(`${pathOfCourseware(id)}/restore`)} class="choices">
          <Hidden fields={keeping(kept)} />
          <button type="submit" class="second">
            {texts.putBack}
          </button>
          <a class="button" href={page.link(pathOfList)}>
            {texts.toList}
          </a>
        </form>
      </section>
    </Layout>
  );
}

const keeping = ({ title, kind, hours, media, creator, open }: Typed) => ({
  ...{ title, kind, hours, media, creator },
  open: open ? 'yes' : undefined,
});

/** Who presses twice has deleted it with the first. */
export async function removed(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!(error instanceof WatchLedgerError) || error.code !== 'courseware-not-found') throw error;
  }
}
