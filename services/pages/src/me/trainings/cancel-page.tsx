import type { Training } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { MePage } from '../me-page.tsx';

/** Asks before an enrolment is given up that cannot be had again. */
export function CancelPage({ page, training }: { page: Page; training: Training }) {
  const { cancelling } = page.texts.me.trainings;
  const path = `/me/trainings/${encodeURIComponent(training.trainingId)}`;
  return (
    <MePage page={page} title={cancelling.title(training.title)}>
      <p class="note warn">{cancelling.final}</p>
      <form method="post" action={page.link(`${path}/cancel`)} class="steps">
        <button type="submit" class="danger">
          {cancelling.yes}
        </button>
        <a class="button second" href={page.link(path)}>
          {cancelling.no}
        </a>
      </form>
    </MePage>
  );
}
