import type { Site } from '../../site/site.tsx';
import { faultIn } from '../../texts/faults.ts';
import {
  type BulkChange,
  bulkChangeIn,
  chosenFor,
  fieldsOf,
  patchAll,
  patchesOf,
  previewOfBulk,
  undoOf,
} from './bulk.ts';
import { BulkPage } from './bulk-page.tsx';
import { backToList, pathOfList } from './paths.ts';

/** Several courseware are changed at once: chosen in the list, looked at, confirmed. */
export function bulkRoutes(site: Site): void {
  site.take(pathOfList, 'courseware:write', async ({ page, ask, form, goTo }) => {
    const { courseware: texts } = page.texts.admin;
    const { bulk } = texts;
    const back = backToList(form.text('from'));
    const say = (text: string, kind: 'good' | 'bad' = 'bad') => goTo(back, { kind, text });
    const change = bulkChangeIn(form);
    if (change === null) return say(texts.notSaved(faultIn(page.language, 'must be hours such as 1.5')));
    const rows = form.all('row').map(rowIn);
    const ids = form.has('confirmed') ? rows.map(({ id }) => id) : form.all('id').slice(0, 200);
    if (ids.length === 0) return say(bulk.noneChosen);
    const chosen = await chosenFor(ask, ids, change);
    if (chosen.length === 0) return say(bulk.nothingToDo, 'good');
    if (!form.has('confirmed')) {
      const preview = await previewOfBulk(ask, chosen, change);
      return <BulkPage page={page} change={change} chosen={chosen} preview={preview} back={back} />;
    }
    const { done, left } = await patchAll(ask, patchesFor(rows, change));
    const changed = new Set(done.map(({ id }) => id));
    const undo = undoOf(
      chosen.filter(({ courseware }) => changed.has(courseware.coursewareId)),
      change,
    );
    return goTo(back, {
      kind: left.length === 0 ? 'good' : 'bad',
      text: left.length === 0 ? bulk.done(done.length) : bulk.partly(done.length, left.length),
      undo:
        undo === null || done.length === 0
          ? undefined
          : { action: page.link(`${pathOfList}/~undo`), label: texts.undo, fields: { undo } },
    });
  });

  site.take(`${pathOfList}/~undo`, 'courseware:write', async ({ page, ask, form, goTo }) => {
    const { done, left } = await patchAll(ask, patchesOf(form.text('undo') ?? ''));
    const { bulk } = page.texts.admin.courseware;
    return goTo(
      pathOfList,
      left.length === 0
        ? { kind: 'good', text: bulk.restored(done.length) }
        : { kind: 'bad', text: bulk.partly(done.length, left.length) },
    );
  });
}

/** A chosen row and the version that its admin has seen. */
function rowIn(text: string): { readonly id: string; readonly etag: string } {
  const [id = '', etag = ''] = text.split(' ');
  return { id, etag };
}

const patchesFor = (rows: readonly { readonly id: string; readonly etag: string }[], change: BulkChange) =>
  rows.map(({ id, etag }) => ({ id, etag, fields: fieldsOf(change) }));
