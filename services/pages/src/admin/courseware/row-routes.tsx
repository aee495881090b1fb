import { hoursTyped } from '../../format/hours-typed.ts';
import { answered, refusedBecause } from '../../site/faults.ts';
import type { SentForm, Site } from '../../site/site.tsx';
import { faultIn } from '../../texts/faults.ts';
import { ConflictPage } from '../conflict-page.tsx';
import { lastChange } from '../last-change.ts';
import { courseware } from './known.ts';
import { backToList, pathOfCourseware } from './paths.ts';

/** What a script is told of hours that it sent from a row. */
interface RowAnswer {
  readonly ok: boolean;
  readonly text: string;
  /** The hours as they are now, and their version. */
  readonly hours?: string;
  readonly version?: string;
  /** What it was before, to go back to. */
  readonly before?: string;
}

/** In characters: notices travel in cookies, and what was searched for may be long; then the whole list is shown. */
const longestBack = 300;

/** Hours that are set in the rows of the list: by a script without leaving it, else by a plain form. */
export function rowRoutes(site: Site): void {
  site.take('/admin/courseware/:id/hours', 'courseware:write', async (sent) => {
    const { c, page, ask, form, part, goTo } = sent;
    const { courseware: texts } = page.texts.admin;
    const id = part('id');
    const back = backToList(form.text('from'));
    const byScript = c.req.header('accept') === 'application/json';
    const refuse = (why: string) => {
      const text = texts.notSaved(why);
      return byScript
        ? c.json({ ok: false, text } satisfies RowAnswer)
        : goTo(`${back}#row-${id}`, { kind: 'bad', text });
    };
    const limitSeconds = hoursTyped(form.text('hours') ?? '');
    if (limitSeconds === null) return refuse(faultIn(page.language, 'must be hours such as 1.5'));
    const present = await courseware(ask, id);
    const outcome = await answered(
      ask.tagged({
        method: 'PATCH',
        path: ['courseware', id],
        body: { limitSeconds },
        headers: { 'if-match': form.text('version') ?? '' },
      }),
    );
    const hours = page.format.exactDuration(limitSeconds);
    if (outcome.ok) {
      const before = page.format.exactDuration(present.body.limitSeconds);
      const { etag: version } = outcome.result;
      const text = texts.savedRow(present.body.title, hours);
      if (byScript) {
        return c.json({ ok: true, text: texts.saved, hours, version, before } satisfies RowAnswer);
      }
      return goTo(`${back}#row-${id}`, {
        kind: 'good',
        text,
        undo: {
          action: page.link(`${pathOfCourseware(id)}/hours`),
          label: texts.undo,
          fields: { hours: before, version, ...(back.length <= longestBack && { from: back }) },
        },
      });
    }
    if (outcome.refusal.code === 'precondition-failed') return conflictInRow(sent, hours, back, byScript);
    const [fault] = outcome.refusal.faults;
    return refuse(
      fault === undefined
        ? refusedBecause(outcome.refusal, page.language)
        : faultIn(page.language, fault.message),
    );
  });
}

async function conflictInRow(sent: SentForm, hours: string, back: string, byScript: boolean) {
  const { c, page, ask, part } = sent;
  const { courseware: texts, conflict } = page.texts.admin;
  const id = part('id');
  const [{ body, etag }, last] = await Promise.all([courseware(ask, id), lastChange(sent, 'courseware', id)]);
  const theirs = page.format.exactDuration(body.limitSeconds);
  if (byScript) {
    const text = conflict.inRow(last?.actor ?? conflict.somebody, theirs);
    return c.json({ ok: false, text, hours: theirs, version: etag, before: hours } satisfies RowAnswer);
  }
  return (
    <ConflictPage
      page={page}
      last={last}
      fields={[{ label: `${body.title} · ${texts.hours}`, theirs, yours: hours }]}
      action={`${pathOfCourseware(id)}/hours`}
      sent={{ hours, version: etag, from: back }}
      back={back}
    />
  );
}
