import type { Courseware, CoursewareChange, CoursewarePage, Preview } from '@watchledger/contract';
import { allOf } from '../../parts/all-of.ts';
import { answered, type Refusal, refusedBecause } from '../../site/faults.ts';
import type { SentForm, Site, Visit } from '../../site/site.tsx';
import { bulkRoutes } from './bulk-routes.tsx';
import { conflictOver } from './conflict.tsx';
import { OneCoursewarePage } from './courseware-page.tsx';
import { courseware } from './known.ts';
import { CoursewareListPage } from './list-page.tsx';
import { NewCoursewarePage } from './new-page.tsx';
import { pathOfCourseware, pathOfList, pathOfNew } from './paths.ts';
import { PreviewPage } from './preview-page.tsx';
import { RemovedPage, RemovePage, removed } from './remove-pages.tsx';
import { rowRoutes } from './row-routes.tsx';
import { coursewareTyped, type Faults, fieldOf, type Typed, typedIn } from './typed-courseware.ts';
import { withNames } from './with-names.ts';

const scope = 'courseware:write';
const shownAtOnce = 25;

/** Where admins keep courseware and its hours. */
export function coursewareRoutes(site: Site): void {
  site.show(pathOfList, scope, async ({ page, ask }) => {
    const query = {
      query: page.query.get('query')?.trim() || undefined,
      kind: page.query.get('kind') || undefined,
      cursor: page.query.get('cursor') ?? undefined,
      limit: shownAtOnce,
    };
    const found = await ask.json<CoursewarePage>({ path: ['courseware'], query });
    return <CoursewareListPage page={page} found={found} />;
  });
  bulkRoutes(site);

  site.show(pathOfNew, scope, ({ page }) => <NewCoursewarePage page={page} />);
  site.take(pathOfNew, scope, async ({ page, ask, form, goTo }) => {
    const typed = typedIn(form);
    const { fields, faults } = coursewareTyped(typed);
    const again = (faults: Faults) => <NewCoursewarePage page={page} typed={typed} faults={faults} />;
    if (Object.keys(faults).length > 0) return again(faults);
    if (typed.id === '') return again({ id: 'is required' });
    const body = { ...fields, reason: typed.reason || undefined };
    const call = { method: 'PUT', path: ['courseware', typed.id], body, headers: neverOverwrites } as const;
    const outcome = await answered(ask.json(call));
    if (!outcome.ok) return again(isTaken(outcome.refusal) ? { id: taken } : faultsOf(outcome.refusal));
    const text = page.texts.admin.courseware.created(fields.title);
    return goTo(pathOfCourseware(typed.id), { kind: 'good', text });
  });

  rowRoutes(site);

  site.show('/admin/courseware/:id', scope, (visit) => one(visit));
  site.take('/admin/courseware/:id', scope, async (sent) => {
    const { page, ask, form, part, goTo } = sent;
    const id = part('id');
    const version = form.text('version') ?? '';
    const typed = { ...typedIn(form), id };
    const { fields, faults } = coursewareTyped(typed);
    if (form.has('back') || Object.keys(faults).length > 0) return again(sent, typed, faults);
    const present = await courseware(ask, id);
    if (!form.has('confirmed') && fields.limitSeconds !== present.body.limitSeconds) {
      const { limitSeconds } = fields;
      const asked = { method: 'PATCH', path: ['courseware', id], query: { preview: true } } as const;
      const outcome = await answered(ask.json<Preview>({ ...asked, body: { limitSeconds } }));
      if (!outcome.ok) return again(sent, typed, faultsOf(outcome.refusal));
      const { result } = outcome;
      if (result.gaining + result.losing > 0) {
        const preview = await withNames(sent, result);
        const shown = { courseware: present.body, limitSeconds, preview, typed, etag: version };
        return <PreviewPage page={page} {...shown} />;
      }
    }
    const body = { ...fields, reason: typed.reason || undefined };
    const headers = { 'if-match': version };
    const outcome = await answered(ask.json({ method: 'PATCH', path: ['courseware', id], body, headers }));
    if (outcome.ok) {
      return goTo(pathOfCourseware(id), {
        kind: 'good',
        text: page.texts.admin.courseware.updated(fields.title),
      });
    }
    if (outcome.refusal.code !== 'precondition-failed') return again(sent, typed, faultsOf(outcome.refusal));
    return conflictOver(sent, typed);
  });

  site.show('/admin/courseware/:id/delete', scope, async ({ page, ask, part }) => {
    const { body, etag } = await courseware(ask, part('id'));
    return <RemovePage page={page} courseware={body} etag={etag} />;
  });
  site.take('/admin/courseware/:id/delete', scope, async (sent) => {
    const { page, ask, form, part, goTo } = sent;
    const id = part('id');
    const headers = { 'if-match': form.text('version') ?? '' };
    const outcome = await answered(
      removed(ask.send({ method: 'DELETE', path: ['courseware', id], headers })),
    );
    if (outcome.ok) return <RemovedPage page={page} id={id} kept={typedIn(form)} />;
    return goTo(pathOfCourseware(id), { kind: 'bad', text: page.texts.admin.conflict.title });
  });
  site.take('/admin/courseware/:id/restore', scope, async ({ page, ask, form, part, goTo }) => {
    const id = part('id');
    const { fields: body } = coursewareTyped(typedIn(form));
    const call = { method: 'PUT', path: ['courseware', id], body, headers: neverOverwrites } as const;
    const outcome = await answered(ask.json<Courseware>(call));
    const { courseware: texts } = page.texts.admin;
    if (outcome.ok)
      return goTo(pathOfCourseware(id), { kind: 'good', text: texts.restored(outcome.result.title) });
    const text = isTaken(outcome.refusal) ? texts.taken : refusedBecause(outcome.refusal, page.language);
    return goTo(pathOfList, { kind: 'bad', text });
  });
}

async function one(visit: Visit) {
  const { page, ask, part } = visit;
  const [{ body, etag }, changes] = await Promise.all([courseware(ask, part('id')), changesOf(visit)]);
  return <OneCoursewarePage page={page} courseware={body} etag={etag} changes={changes} />;
}

/** What was typed, at the version that it was typed over: what others have changed since is not overwritten unseen. */
async function again(sent: SentForm, typed: Typed, faults: Faults) {
  const { page, ask, part, form } = sent;
  const [{ body, etag }, changes] = await Promise.all([courseware(ask, part('id')), changesOf(sent)]);
  return (
    <OneCoursewarePage
      page={page}
      courseware={body}
      etag={form.text('version') ?? etag}
      changes={changes}
      typed={typed}
      faults={faults}
    />
  );
}

/** Beyond so many the audit trail tells more. */
const mostChanges = 200;

/** How its hours came to be, the newest first. */
async function changesOf({ ask, part }: Visit): Promise<CoursewareChange[]> {
  const asked = ask.items<CoursewareChange>({ path: ['courseware', part('id'), 'changes'] });
  const all = await allOf<CoursewareChange>(asked, Number.POSITIVE_INFINITY);
  return all.reverse().slice(0, mostChanges);
}

const neverOverwrites = { 'if-none-match': '*' };

const isTaken = ({ code }: Refusal): boolean => code === 'precondition-failed';

const taken = 'is the id of another courseware';

/** What the API refuses, at the fields of the form. */
const faultsOf = ({ faults }: Refusal): Faults =>
  Object.fromEntries(faults.map(({ path, message }) => [fieldOf[path] ?? path.slice(1), message]));
