import { WatchLedgerError } from '@watchledger/client';
import { Problem, PutTraining, readMessage, type Training } from '@watchledger/contract';
import { answered } from '../../../site/faults.ts';
import type { Form } from '../../../site/form.ts';
import type { Site } from '../../../site/site.tsx';
import { short } from '../../decision-words.ts';
import { saySame } from '../fields.ts';
import { trainingPath } from '../paths.ts';
import { RemovedPage, RemovePage } from './remove-pages.tsx';

/** Deletes trainings, and puts them back. */
export function removeRoutes(site: Site): void {
  site.show('/review/trainings/:id/delete', 'review', async ({ page, ask, part }) => {
    const { body, etag } = await ask.tagged<Training>({ path: ['trainings', part('id')] });
    return <RemovePage page={page} training={body} etag={etag} />;
  });

  site.take('/review/trainings/:id/delete', 'review', async ({ page, ask, part, form }) => {
    const trainingId = part('id');
    const fields = keptIn(form);
    const headers = { 'if-match': form.text('etag') ?? '"0"' };
    try {
      await ask.send({ method: 'DELETE', path: ['trainings', trainingId], headers });
    } catch (error) {
      // Sent twice in haste, it is deleted, and can be put back all the same.
      if (!(error instanceof WatchLedgerError) || error.code !== 'training-not-found') throw error;
    }
    return <RemovedPage {...{ page, trainingId, fields }} />;
  });

  site.take('/review/trainings/:id/put-back', 'review', async ({ page, ask, part, form, goTo }) => {
    const { remove } = page.texts.review;
    const path = ['trainings', part('id')];
    const body = keptIn(form);
    const headers = { 'if-none-match': '*' };
    const outcome = await answered(ask.json<Training>({ method: 'PUT', path, body, headers }));
    // One that is there already is not overwritten; put back twice in haste, it is back.
    const isBack = outcome.ok || saySame(await ask.json<Training>({ path }), body);
    return goTo(
      trainingPath(part('id')),
      isBack
        ? { kind: 'good', text: remove.restored(short(body.title)) }
        : { kind: 'bad', text: remove.taken },
    );
  });
}

/** A training as the page of its deletion kept it. */
function keptIn(form: Form): PutTraining {
  const reading = readMessage(PutTraining, parsed(form.text('training') ?? ''));
  if (!reading.ok) throw new Problem('malformed-json', 'The form does not hold a training.');
  return reading.value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}
