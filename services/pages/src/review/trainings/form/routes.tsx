import { randomUUID } from 'node:crypto';
import type { Preview, Training, TrainingFields } from '@watchledger/contract';
import { peopleOf } from '../../../people/people.ts';
import { answered, refusedBecause } from '../../../site/faults.ts';
import type { SentForm, Site } from '../../../site/site.tsx';
import { short } from '../../decision-words.ts';
import { saySame } from '../fields.ts';
import { trainingPath } from '../paths.ts';
import { draftOf, faultsIn, sentTraining, trainingIn } from './draft.ts';
import { TrainingFormPage } from './training-form.tsx';

/** Registers trainings, and changes them. */
export function formRoutes(site: Site): void {
  site.show('/review/trainings/new', 'review', ({ page }) => (
    <TrainingFormPage
      page={page}
      // Sent twice, it is registered once.
      trainingId={`t-${randomUUID()}`}
      etag={null}
      draft={{ kind: 'training', onlineSeconds: '0' }}
    />
  ));

  site.take('/review/trainings/new', 'review', (sent) =>
    save(sent, sent.form.text('trainingId') ?? `t-${randomUUID()}`, null),
  );

  site.show('/review/trainings/:id/edit', 'review', async ({ page, ask, part }) => {
    const trainingId = part('id');
    const { body, etag } = await ask.tagged<Training>({ path: ['trainings', trainingId] });
    return <TrainingFormPage {...{ page, trainingId, etag }} draft={draftOf(page, body)} />;
  });

  site.take('/review/trainings/:id/edit', 'review', async (sent) => {
    const { form, part } = sent;
    return save(sent, part('id'), form.text('etag') ?? '');
  });
}

async function save(sent: SentForm, trainingId: string, etag: string | null) {
  const { page, ask, form } = sent;
  const { form: texts, trainings } = page.texts.review;
  const draft = sentTraining(form);
  const again = { page, trainingId, etag, draft };
  const read = trainingIn(page, draft);
  if ('faults' in read) return <TrainingFormPage {...again} faults={read.faults} />;
  const call = { method: 'PUT', path: ['trainings', trainingId] } as const;
  const { fields } = read;
  const isPreview = etag !== null && form.has('preview');
  const outcome = isPreview
    ? await answered(ask.json<Preview>({ ...call, query: { preview: true }, body: fields }))
    : await answered(
        ask.json<Training>({
          ...call,
          body: { ...fields, reason: draft.reason || undefined },
          headers: etag === null ? { 'if-none-match': '*' } : { 'if-match': etag },
        }),
      );
  if (!outcome.ok) {
    const { code, faults } = outcome.refusal;
    const isStale = code === 'precondition-failed';
    // What somebody else saved is not overwritten by who has not seen it; what was typed stays.
    const now = isStale ? await ask.tagged<Training>({ path: call.path }) : null;
    if (now !== null && etag === null && saySame(now.body, fields))
      return saved(sent, trainingId, true, fields);
    const isTaken = isStale && etag === null;
    const because = trainings.problems[code] ?? refusedBecause(outcome.refusal, page.language);
    return (
      <TrainingFormPage
        {...again}
        etag={now?.etag ?? etag}
        faults={faultsIn(page, faults)}
        trouble={isTaken ? texts.taken : faults.length > 0 ? texts.faulty : because}
      />
    );
  }
  const { result } = outcome;
  if ('preview' in result) {
    const ids = result.items.slice(0, 20).map(({ learnerId }) => learnerId);
    const preview = { sums: result, personOf: await peopleOf(sent, ids) };
    return <TrainingFormPage {...again} preview={preview} />;
  }
  return saved(sent, trainingId, etag === null, fields);
}

function saved({ page, goTo }: SentForm, trainingId: string, isNew: boolean, { title }: TrainingFields) {
  const { form: texts } = page.texts.review;
  const text = isNew ? texts.created(short(title)) : texts.saved(short(title));
  return goTo(trainingPath(trainingId), { kind: 'good', text });
}
