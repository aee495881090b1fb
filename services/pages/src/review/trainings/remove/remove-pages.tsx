import type { PutTraining, Training } from '@watchledger/contract';
import { Layout } from '../../../layout/layout.tsx';
import type { Page } from '../../../layout/page.ts';
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
export function RemovedPage({ page, training }: { page: Page; training: Training }) {
  const { remove } = page.texts.review;
  return (
    <Layout page={page} title={remove.doneTitle} styles={['/assets/review.css']}>
      <section class="blank" aria-labelledby="removed">
        <h1 id="removed">{remove.doneTitle}</h1>
        <p role="status">{remove.done(training.title)}</p>
        <form
          method="post"
          action={page.link(trainingPath(training.trainingId, '/put-back'))}
          class="choices"
        >
          <input type="hidden" name="training" value={JSON.stringify(fieldsOf(training))} />
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

/** What its organiser decided about it. */
function fieldsOf(training: Training): PutTraining {
  const { title, kind, type, form, category, method, classification, organiser, contact } = training;
  const { goal, content, place, capacity, onlineSeconds, offlineSeconds } = training;
  const { startsAt, endsAt, enrolFrom, enrolUntil, coursewareIds } = training;
  return {
    ...{ title, kind, type, form, category, method, classification, organiser, contact },
    ...{ goal, content, place, capacity, onlineSeconds, offlineSeconds },
    ...{ startsAt, endsAt, enrolFrom, enrolUntil, coursewareIds },
  };
}
