import { randomUUID } from 'node:crypto';
import type { Activity, ActivityState } from '@watchledger/contract';
import { evidenceAnswer, inSandbox } from '../../evidence/evidence-answer.ts';
import { allOf } from '../../parts/all-of.ts';
import { listPage } from '../../parts/list-page.ts';
import type { Ask } from '../../site/ask.ts';
import { answered, type Outcome, refusedBecause } from '../../site/faults.ts';
import type { LearnerForm, LearnerSite, LearnerVisit } from '../learner-site.tsx';
import { ActivityPage } from './activity-page.tsx';
import { ChoosePage } from './choose-page.tsx';
import { declarationIn, declarationOf, declared, emptyDeclaration, isCategory } from './declaration.ts';
import { EditPage } from './edit-page.tsx';
import { formFaults } from './faults.ts';
import { fileNames } from './file-names.ts';
import { ListPage } from './list-page.tsx';
import { NewPage } from './new-page.tsx';
import { uploadAll } from './uploads.ts';
import { WithdrawPage } from './withdraw-page.tsx';

const onAPage = 30;

export function activitiesPages(site: LearnerSite): void {
  site.show('/me/activities', async ({ page, who, ask }) => {
    const all = await allOf<Activity>(ask.items({ path: ['activities'], query: { learnerId: who.sub } }));
    const counts = new Map<ActivityState, number>();
    for (const { state } of all) counts.set(state, (counts.get(state) ?? 0) + 1);
    const asked = page.query.get('state');
    const state = asked !== null && Object.hasOwn(page.texts.me.activities.states, asked) ? asked : null;
    const found = all.filter((each) => state === null || each.state === state).toReversed();
    const { items, nextCursor } = listPage(found, page.query.get('cursor'), onAPage);
    return (
      <ListPage
        page={page}
        state={state as ActivityState | null}
        items={items}
        counts={counts}
        nextCursor={nextCursor}
      />
    );
  });

  site.show('/me/activities/new', async ({ page, ask, today }) => {
    const like = page.query.get('like');
    const category = page.query.get('category');
    if (like === null && !isCategory(category)) return <ChoosePage page={page} />;
    const declaration =
      like !== null
        ? await before({ page, ask }, (await one(ask, like)).body)
        : emptyDeclaration(isCategory(category) ? category : 'online');
    return <NewPage page={page} declaration={declaration} faults={{}} today={today} formKey={randomUUID()} />;
  });

  site.take('/me/activities/new', async (sent) => {
    const { page, form, ask, today, goTo } = sent;
    const category = page.query.get('category');
    if (!isCategory(category)) return <ChoosePage page={page} />;
    const { declaration, faults: uploads } = await withUploads(sent, declarationIn(form, category));
    const draft = form.text('as') === 'draft';
    const formKey = form.text('key') ?? randomUUID();
    const outcome =
      uploads.length > 0
        ? null
        : await answered(
            ask.json<Activity>({
              method: 'POST',
              path: ['activities'],
              query: { draft },
              body: declared(declaration),
              headers: { 'idempotency-key': formKey },
            }),
          );
    if (outcome?.ok) {
      const { submitted, saved } = page.texts.me.activities;
      return goTo(`/me/activities/${outcome.result.activityId}`, {
        kind: 'good',
        text: draft ? saved : submitted,
      });
    }
    const { refusal } = outcome ?? {};
    const faults = formFaults(page, declaration, refusal, uploads);
    // What this form has declared before is there; who sends it again means another one.
    const nextKey = refusal?.code === 'idempotency-conflict' ? randomUUID() : formKey;
    return <NewPage page={page} declaration={declaration} faults={faults} today={today} formKey={nextKey} />;
  });

  site.show('/me/activities/:id', async ({ page, ask, part }) => {
    const { body, etag } = await one(ask, part('id'));
    const fileName = await fileNames({ page, ask }, body);
    return <ActivityPage page={page} activity={body} etag={etag} fileName={fileName} />;
  });

  site.show('/me/activities/:id/edit', async ({ page, ask, part, today, goTo }) => {
    const { body, etag } = await one(ask, part('id'));
    if (body.state !== 'draft' && body.state !== 'submitted')
      return goTo(`/me/activities/${body.activityId}`);
    return (
      <EditPage
        page={page}
        activity={body}
        etag={etag}
        declaration={await before({ page, ask }, body)}
        faults={{}}
        today={today}
      />
    );
  });

  site.take('/me/activities/:id/edit', async (sent) => {
    const { page, form, ask, part, today, goTo } = sent;
    const { activities: texts } = page.texts.me;
    const path = ['activities', part('id')];
    const found = await one(ask, part('id'));
    const seen = form.text('etag') ?? found.etag;
    const { declaration, faults: uploads } = await withUploads(
      sent,
      declarationIn(form, found.body.category),
    );
    const outcome: Outcome<{ etag: string }> | null =
      uploads.length > 0
        ? null
        : await answered(
            ask.tagged<Activity>({
              method: 'PATCH',
              path,
              body: wholePatch(declared(declaration)),
              headers: { 'if-match': seen },
            }),
          );
    const submitted =
      outcome?.ok && form.text('as') === 'submit'
        ? await answered(
            ask.tagged({
              method: 'POST',
              path: [...path, 'submit'],
              headers: { 'if-match': outcome.result.etag },
            }),
          )
        : outcome;
    if (submitted?.ok) {
      const text = { submit: texts.submitted, draft: texts.saved }[form.text('as') ?? ''] ?? texts.changed;
      return goTo(`/me/activities/${part('id')}`, { kind: 'good', text });
    }
    const latest = await one(ask, part('id'));
    // Only who is told that it was changed meanwhile goes on from there.
    const isStale = submitted?.ok === false && submitted.refusal.code === 'precondition-failed';
    return (
      <EditPage
        page={page}
        activity={latest.body}
        etag={isStale ? latest.etag : outcome?.ok ? outcome.result.etag : seen}
        declaration={declaration}
        faults={formFaults(page, declaration, submitted?.refusal, uploads)}
        today={today}
      />
    );
  });

  site.take('/me/activities/:id/submit', async ({ page, form, ask, part, goTo }) => {
    const outcome = await answered(
      ask.json({
        method: 'POST',
        path: ['activities', part('id'), 'submit'],
        headers: { 'if-match': form.text('etag') ?? '*' },
      }),
    );
    const path = `/me/activities/${part('id')}`;
    if (outcome.ok) return goTo(path, { kind: 'good', text: page.texts.me.activities.submitted });
    // What is missing or wrong is mended in the form.
    const { faults } = outcome.refusal;
    return faults.length > 0
      ? goTo(`${path}/edit`, { kind: 'bad', text: page.texts.me.activities.faults.heading })
      : goTo(path, { kind: 'bad', text: refusedBecause(outcome.refusal, page.language) });
  });

  site.show('/me/activities/:id/withdraw', async ({ page, ask, part }) => {
    const { body, etag } = await one(ask, part('id'));
    return <WithdrawPage page={page} activity={body} etag={etag} />;
  });

  site.take('/me/activities/:id/withdraw', async ({ page, form, ask, part, goTo }) => {
    const outcome = await answered(
      ask.send({
        method: 'DELETE',
        path: ['activities', part('id')],
        headers: { 'if-match': form.text('etag') ?? '*' },
      }),
    );
    const path = `/me/activities/${part('id')}`;
    if (outcome.ok) return goTo(path, { kind: 'good', text: page.texts.me.activities.withdrawing.done });
    return goTo(path, { kind: 'bad', text: refusedBecause(outcome.refusal, page.language) });
  });

  site.show('/me/evidence/:id', evidenceAnswer, inSandbox);
}

const one = (ask: Ask, id: string) => ask.tagged<Activity>({ path: ['activities', id] });

const before = async (visit: Pick<LearnerVisit, 'ask' | 'page'>, activity: Activity) =>
  declarationOf(activity, visit.page.format.exactDuration, await fileNames(visit, activity));

/** What is blank in the form is missing, and not as it was before. */
const wholePatch = (changes: ReturnType<typeof declared>) => ({
  ...changes,
  title: changes.title ?? '',
  from: changes.from ?? '',
  to: changes.to ?? '',
  seconds: changes.seconds ?? null,
});

/** Uploads what is new first, so that no file has to be chosen again because something else is wrong. */
async function withUploads({ page, form, ask }: LearnerForm, declaration: ReturnType<typeof declarationIn>) {
  const { kept, faults } = await uploadAll(ask, page, form.files('files'));
  // Chosen again, a file that was uploaded before is the same one.
  const files = new Map([...declaration.files, ...kept].map((file) => [file.fileId, file]));
  return { declaration: { ...declaration, files: [...files.values()] }, faults };
}
