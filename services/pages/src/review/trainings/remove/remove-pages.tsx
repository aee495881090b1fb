import type { Training, TrainingFields } from '@watchledger/contract';
import { Layout } from '../../../layout/layout.tsx';
import type { Page } from '../../../layout/page.ts';
import { fieldsOf } from '../fields.ts';
import { trainingPath } from '../paths.ts';

/** Asks before a training is deleted. */
export function RemovePage({ page, training, etag }: { page: Page; training: Training; etag: string }) {
  const { remove } = page.texts.review;
  const { trainingId, title, confirmed } = training;
  return (
    <Layout page={page} title={remove.title(title)} styles={['/assets/review.css']}>
      <section class="blank" aria-labelledby="remove">
        <h1 id="remove">{remove.title(title)}</h1>
        <p>{remove.lead(confirmed)}</p>
        <form method="post" action={page.link(trainingPath(trainingId, '/delete'))} class="choices">
          <input type="hidden" name="etag" value={etag} />
          <Kept fields={training} />
          <button type="submit" class="danger">
            {remove.confirm}
          </button>
          <a class="button second" href={page.link(trainingPath(trainingId))}>
            {remove.cancel}
          </a>
        </form>
      </section>
    </Layout>
  );
}

/** Says that it is deleted; the page itself keeps what puts it back. */
export function RemovedPage(props: { page: Page; trainingId: string; fields: TrainingFields }) {
  const { page, trainingId, fields } = props;
  const { remove } = page.texts.review;
  return (
    <Layout page={page} title={remove.doneTitle} styles={['/assets/review.css']}>
      <section class="blank" aria-labelledby="removed">
        <h1 id="removed">{remove.doneTitle}</h1>
        <p role="status">{remove.done(fields.title)}</p>
        <form method="post" action={page.link(trainingPath(trainingId, '/put-back'))} class="choices">
          <Kept fields={fields} />
          <button type="submit" class="second">
            {remove.putBack}
          </button>
          <a class="button" href={page.link('/review/trainings')}>
            {remove.toList}
          </a>
        </form>
      </section>
    </Layout>
  );
}

/** What puts it back. */
function Kept({ fields }: { fields: TrainingFields }) {
  return <input type="hidden" name="training" value={JSON.stringify(fieldsOf(fields))} />;
}
