import { Problem, type PutTraining, type Training } from '@watchledger/contract';
import type { Site } from '../../../site/site.tsx';
import { short } from '../../decision-words.ts';
import { trainingPath } from '../paths.ts';
import { RemovedPage, RemovePage } from './remove-pages.tsx';

/** Deletes trainings, and puts them back. */
export function removeRoutes(site: Site): void {
  site.show('/review/trainings/:id/delete', 'review', async ({ page, ask, part }) => {
    const { body, etag } = await ask.tagged<Training>({ path: ['trainings', part('id')] });
    return <RemovePage page={page} training={body} etag={etag} />;
  });

  site.take('/review/trainings/:id/delete', 'review', async ({ page, ask, part, form }) => {
    const path = ['trainings', part('id')];
    const training = await ask.json<Training>({ path });
    await ask.send({ method: 'DELETE', path, headers: { 'if-match': form.text('etag') ?? '"0"' } });
    return <RemovedPage page={page} training={training} />;
  });

  site.take('/review/trainings/:id/put-back', 'review', async ({ page, ask, part, form, goTo }) => {
    const trainingId = part('id');
    const body = readAgain(form.text('training') ?? '');
    const { title } = await ask.json<Training>({ method: 'PUT', path: ['trainings', trainingId], body });
    const text = page.texts.review.remove.restored(short(title));
    return goTo(trainingPath(trainingId), { kind: 'good', text });
  });
}

/** A training as the page of its deletion kept it; the API looks at what it says. */
function readAgain(text: string): PutTraining {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem('malformed-json', 'The form does not hold a training.');
  }
}
