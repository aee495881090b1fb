import { WatchLedgerError } from '@watchledger/client';
import type { Courseware, CoursewarePage, Preview } from '@watchledger/contract';
import type { Ask } from '../../site/ask.ts';
import { answered, type Refusal } from '../../site/faults.ts';
import type { Site, Visit } from '../../site/site.tsx';
import { AskFirst } from '../ask-first.tsx';
import { Hidden } from '../hidden.tsx';
import { bulkRoutes } from './bulk-routes.tsx';
import { conflictOver } from './conflict.tsx';
import { OneCoursewarePage, typedOf } from './courseware-page.tsx';
import { changesOf, courseware } from './known.ts';
import { CoursewareListPage } from './list-page.tsx';
import { NewCoursewarePage } from './new-page.tsx';
import { pathOfCourseware, pathOfList, pathOfNew } from './paths.ts';
import { PreviewPage } from './preview-page.tsx';
import { rowRoutes } from './row-routes.tsx';
import { coursewareTyped, type Faults, fieldOf, type Typed, typedIn } from './typed-courseware.ts';

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
    if (await isTaken(ask, typed.id)) return again({ id: page.texts.admin.courseware.taken });
    const body = { ...fields, reason: typed.reason || undefined };
    const outcome = await answered(ask.json({ method: 'PUT', path: ['courseware', typed.id], body }));
    if (!outcome.ok) return again(faultsOf(outcome.refusal));
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
    if (form.has('back') || Object.keys(faults).length > 0) return one(sent, typed, faults);
    const present = await courseware(ask, id);
    if (!form.has('confirmed') && fields.limitSeconds !== present.body.limitSeconds) {
      const { limitSeconds } = fields;
      const asked = { method: 'PATCH', path: ['courseware', id], query: { preview: true } } as const;
      const outcome = await answered(ask.json<Preview>({ ...asked, body: { limitSeconds } }));
      if (!outcome.ok) return one(sent, typed, faultsOf(outcome.refusal));
      const { result: preview } = outcome;
      if (preview.gaining + preview.losing > 0) {
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
    if (outcome.refusal.code !== 'precondition-failed') return one(sent, typed, faultsOf(outcome.refusal));
    return conflictOver(sent, typed);
  });

  site.show('/admin/courseware/:id/delete', scope, async ({ page, ask, part }) => {
    const { body, etag } = await courseware(ask, part('id'));
    const { courseware: texts } = page.texts.admin;
    const path = pathOfCourseware(body.coursewareId);
    return (
      <AskFirst
        page={page}
        title={texts.removeTitle(body.title)}
        texts={texts.removeTexts}
        action={`${path}/delete`}
        go={texts.remove}
        back={path}
      >
        <Hidden fields={{ version: etag }} />
      </AskFirst>
    );
  });
  site.take('/admin/courseware/:id/delete', scope, async (sent) => {
    const { page, ask, form, part, goTo } = sent;
    const id = part('id');
    const { body } = await courseware(ask, id);
    const headers = { 'if-match': form.text('version') ?? '' };
    const outcome = await answered(ask.send({ method: 'DELETE', path: ['courseware', id], headers }));
    const { courseware: texts, conflict } = page.texts.admin;
    if (!outcome.ok) return goTo(pathOfCourseware(id), { kind: 'bad', text: conflict.title });
    return goTo(pathOfList, {
      kind: 'good',
      text: texts.removed(body.title),
      undo: {
        action: page.link(`${pathOfCourseware(id)}/restore`),
        label: texts.putBack,
        fields: fieldsOfRestore(typedOf(page, body)),
      },
    });
  });
  site.take('/admin/courseware/:id/restore', scope, async ({ page, ask, form, part, goTo }) => {
    const id = part('id');
    const { fields: body } = coursewareTyped(typedIn(form));
    const { title } = await ask.json<Courseware>({ method: 'PUT', path: ['courseware', id], body });
    return goTo(pathOfCourseware(id), { kind: 'good', text: page.texts.admin.courseware.restored(title) });
  });
}

const fieldsOfRestore = ({ title, kind, hours, media, creator, open }: Typed) => ({
  title,
  kind,
  hours,
  media,
  creator,
  ...(open && { open: 'yes' }),
});

async function one({ page, ask, part }: Visit, typed?: Typed, faults?: Faults) {
  const id = part('id');
  const [{ body, etag }, changes] = await Promise.all([courseware(ask, id), changesOf(ask, id)]);
  const again = typed === undefined ? {} : { typed };
  return (
    <OneCoursewarePage
      page={page}
      courseware={body}
      etag={etag}
      changes={changes}
      faults={faults ?? {}}
      {...again}
    />
  );
}

/** Adding never overwrites what is there. */
async function isTaken(ask: Ask, id: string): Promise<boolean> {
  try {
    await courseware(ask, id);
    return true;
  } catch (error) {
    if (error instanceof WatchLedgerError && [400, 404].includes(error.status)) return false;
    throw error;
  }
}

/** What the API refuses, at the fields of the form. */
const faultsOf = ({ faults }: Refusal): Faults =>
  Object.fromEntries(faults.map(({ path, message }) => [fieldOf[path] ?? path.slice(1), message]));
